-- Purpose  Begins to set a budget's counters from the ledger: notes, as of one instant, what they hold and how far the
--          stream of events goes. What is booked later is only added to the counters and is no part of this rebuild.
-- Includes none
-- KEYS     1 token of the rebuild, 2 usage stream, then the counters
-- ARGV     1 the token          2 its life, ms
-- Reply    { id of the last event in the stream or '', { committed, reserved } of each counter, false where not set }
-- Errors   none of its own
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
local reply = { last[1] and last[1][1] or '' }
for i = 3, #KEYS do
  reply[#reply + 1] = redis.call('HMGET', KEYS[i], 'committed', 'reserved')
end
return reply
