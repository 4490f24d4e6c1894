--[[ Writes an operator if nobody wrote him since he was read, and keeps the ready lines of his queues and his alarm in
  step. Two who want the same operator both read him free; only the first write passes.
  KEYS[1] operator hash (v: version, d: JSON)   KEYS[2] set of the IDs of all operators
  KEYS[3] alarms (sorted set, time in ms)       KEYS[4] outbox of the records (stream)
  KEYS[5...] ready lines of his queues (sorted sets, idle since in ms)
  ARGV[1] version he was read at, 0: he must not exist   ARGV[2] JSON   ARGV[3] operator ID
  ARGV[4] his alarm's name   ARGV[5] time of the alarm in ms, or ''
  ARGV[6] idle since in ms, or '' when he is not to be offered a call
  ARGV[7...] what is over, for the records: JSON, one each
  Returns 1 written, 0 somebody else was first. ]]
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or 0)
if version ~= tonumber(ARGV[1]) then
  return 0
end

redis.call('HSET', KEYS[1], 'v', version + 1, 'd', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[3])

if ARGV[5] == '' then
  redis.call('ZREM', KEYS[3], ARGV[4])
else
  redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
end

for i = 5, #KEYS do
  if ARGV[6] == '' then
    redis.call('ZREM', KEYS[i], ARGV[3])
  else
    redis.call('ZADD', KEYS[i], ARGV[6], ARGV[3])
  end
end

for i = 7, #ARGV do
  redis.call('XADD', KEYS[4], '*', 'd', ARGV[i])
end
return 1
