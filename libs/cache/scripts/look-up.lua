-- Purpose  Looks for a stored answer; where there is none, the first who asks leads: it is to bring the answer, others wait.
-- KEYS     1 answer   2 lease
-- ARGV     1 token of who asks   2 life of a lease, ms   3 '1' to take no notice of the stored answer, else ''
-- Reply    the answer as stored; or 1 when the caller leads; or 0 when another does
-- Errors   none of its own
local answer = ARGV[3] ~= '1' and redis.call('GET', KEYS[1])
if answer then
  return answer
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('HSET', KEYS[2], 'awaited', '1')
  return 0
end
redis.call('HSET', KEYS[2], 'token', ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
