--[[ Ends a session and remembers why. Ending it twice, or after its user logged in anew, harms nothing.
  KEYS[1] login of the user (string: token hash)   KEYS[2] session (string: JSON)   KEYS[3] set of all token hashes
  KEYS[4] why it ended (string)
  ARGV[1] token hash   ARGV[2] reason   ARGV[3] how long the reason is kept, in ms
  Returns 1 ended, 0 it had ended before. ]]
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
redis.call('SREM', KEYS[3], ARGV[1])
if redis.call('DEL', KEYS[2]) == 0 then
  return 0
end
redis.call('SET', KEYS[4], ARGV[2], 'PX', ARGV[3])
return 1
