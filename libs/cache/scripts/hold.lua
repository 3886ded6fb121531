-- Purpose  Prolongs a lease, or ends it without an answer; only for the one who holds it.
-- KEYS     1 lease
-- ARGV     1 token of the leader   2 life from now, ms; '0' ends it   3 channel and 4 message that tell those who wait
-- Reply    1 when the caller held it, else 0
-- Errors   none of its own
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then
  return 0
end
if ARGV[2] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 1
end
local awaited = redis.call('HGET', KEYS[1], 'awaited')
redis.call('DEL', KEYS[1])
if awaited then
  redis.call('PUBLISH', ARGV[3], ARGV[4])
end
return 1
