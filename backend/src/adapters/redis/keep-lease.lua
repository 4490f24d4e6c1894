--[[ Takes or renews the lease, if it is free or held by the expected holder.
  KEYS[1] lease (string: holder)
  ARGV[1] new holder, '' to give it up   ARGV[2] expected holder, '' for none   ARGV[3] how long in ms
  Returns 1 held (or given up), 0 somebody else holds it. ]]
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[2] then
  return 0
end
if ARGV[1] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
end
return 1
