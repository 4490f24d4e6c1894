--[[ Takes the alarms that are due. Whoever takes one is the only one who gets it.
  KEYS[1] alarms (sorted set, time in ms)
  ARGV[1] now in ms   ARGV[2] how many at most
  Returns the names, earliest first. ]]
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
if #due > 0 then
  redis.call('ZREM', KEYS[1], unpack(due))
end
return due
