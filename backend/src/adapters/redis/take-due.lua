--[[ Takes the alarms that are due. Whoever takes one is the only one who gets it; it comes again later unless it is
  done, set anew or cleared by then, because the taker may die.
  KEYS[1] alarms (sorted set, time in ms)
  ARGV[1] now in ms   ARGV[2] how many at most   ARGV[3] when they come again, in ms
  Returns the names, earliest first. ]]
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, name in ipairs(due) do
  redis.call('ZADD', KEYS[1], ARGV[3], name)
end
return due
