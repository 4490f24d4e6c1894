--[[ Makes a session unless its user has one already: of two who log in at once, one passes.
  KEYS[1] login of the user (string: token hash)   KEYS[2] session (string: JSON)   KEYS[3] set of all token hashes
  ARGV[1] token hash   ARGV[2] session as JSON   ARGV[3] life in ms
  Returns 1 claimed, 0 the user is logged in already. ]]
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[3]) then
  return 0
end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('SADD', KEYS[3], ARGV[1])
return 1
