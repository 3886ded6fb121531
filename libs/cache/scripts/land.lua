-- Purpose  Stores an answer and ends the lease of the one who brought it. One who lost the lead while it was asking stores
--          nothing, because another answers for the question by now.
-- KEYS     1 answer   2 lease
-- ARGV     1 token of the leader, '' of one who never led   2 life of the answer, ms   3 the answer
--          4 channel and 5 message that tell those who wait
-- Reply    1 when stored, 0 when another leads
-- Errors   none of its own
local holder = redis.call('HGET', KEYS[2], 'token')
if ARGV[1] ~= '' and holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2])
if holder and holder == ARGV[1] then
  local awaited = redis.call('HGET', KEYS[2], 'awaited')
  redis.call('DEL', KEYS[2])
  if awaited then
    redis.call('PUBLISH', ARGV[4], ARGV[5])
  end
end
return 1
