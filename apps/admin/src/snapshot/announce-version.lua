-- Says which version of a snapshot is the newest, unless a newer one was announced.
-- KEYS[1]  hash of versions
-- ARGV[1]  name: an organization's id
-- ARGV[2]  version
-- ARGV[3]  'replace' to announce whatever was announced before, else ''
-- Reply    1 when announced, 0 when a newer one was
local announced = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
if announced > tonumber(ARGV[2]) and ARGV[3] ~= 'replace' then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
