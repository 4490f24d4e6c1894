--[[ Removes an alarm that was handled, unless it was set anew meanwhile.
  KEYS[1] alarms (sorted set, time in ms)
  ARGV[1] its name   ARGV[2] the time in ms that taking it gave it
  Returns 1 removed, 0 it was set anew or is gone already. ]]
if redis.call('ZSCORE', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return 0
end
return redis.call('ZREM', KEYS[1], ARGV[1])
