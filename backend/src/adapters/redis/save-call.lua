--[[ Writes a call if nobody wrote it since it was read, and keeps its waiting line, its park slot and its alarm in step.
  KEYS[1] call hash (v: version, d: JSON, line: name of its waiting line)   KEYS[2] set of the IDs of all calls
  KEYS[3] alarms (sorted set, time in ms)   KEYS[4] waiting line of its queue (sorted set, place in line)
  KEYS[5] park slots (hash, slot: call ID)          KEYS[6] outbox of the records (stream)
  ARGV[1] version it was read at, 0: it must not exist   ARGV[2] JSON   ARGV[3] call ID
  ARGV[4] its alarm's name   ARGV[5] time of the alarm in ms, or ''
  ARGV[6] place in line, or '' when it does not wait
  ARGV[7] park slot, or '' when it is in none
  ARGV[8...] what is over, for the records: JSON, one each
  Returns 1 written, 0 somebody else was first, 2 the slot is another call's. ]]
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or 0)
if version ~= tonumber(ARGV[1]) then
  return 0
end

if ARGV[7] ~= '' then
  local holder = redis.call('HGET', KEYS[5], ARGV[7])
  if holder and holder ~= ARGV[3] then
    return 2
  end
end
local slots = redis.call('HGETALL', KEYS[5])
for i = 1, #slots, 2 do
  if slots[i + 1] == ARGV[3] and slots[i] ~= ARGV[7] then
    redis.call('HDEL', KEYS[5], slots[i])
  end
end
if ARGV[7] ~= '' then
  redis.call('HSET', KEYS[5], ARGV[7], ARGV[3])
end

redis.call('HSET', KEYS[1], 'v', version + 1, 'd', ARGV[2])
redis.call('SADD', KEYS[2], ARGV[3])

if ARGV[5] == '' then
  redis.call('ZREM', KEYS[3], ARGV[4])
else
  redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
end

-- A call that was moved stands in another line until now. The line's name is kept in its own record, for one Redis.
local line = redis.call('HGET', KEYS[1], 'line')
if line and line ~= KEYS[4] then
  redis.call('ZREM', line, ARGV[3])
end
redis.call('HSET', KEYS[1], 'line', KEYS[4])

if ARGV[6] == '' then
  redis.call('ZREM', KEYS[4], ARGV[3])
else
  redis.call('ZADD', KEYS[4], ARGV[6], ARGV[3])
end

for i = 8, #ARGV do
  redis.call('XADD', KEYS[6], '*', 'd', ARGV[i])
end
return 1
