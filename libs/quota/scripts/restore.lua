-- Purpose  Sets what a budget has spent to what the ledger says, leaving running reservations in place.
-- Includes decimal.lua
-- KEYS     1 budget
-- ARGV     1 spent by the ledger, nano-USD   2 spent by the counter when the ledger was asked, nano-USD
--          3 expiry in ms since the epoch or ''   then thousandths of the alerts already due
-- Reply    'restored'
--          'moved'  the counter has booked more since: nothing done, ask the ledger again
-- Errors   none of its own
local counter = redis.call('HMGET', KEYS[1], 'committed', 'reserved')
local committed, reserved = counter[1] or '0', counter[2] or '0'
if compare_sum(committed, negate(reserved), ARGV[2]) ~= 0 then
  return 'moved'
end
redis.call('HSET', KEYS[1], 'committed', ARGV[1], 'reserved', reserved)
redis.call('HINCRBY', KEYS[1], 'committed', reserved)
if ARGV[3] ~= '' then
  redis.call('PEXPIREAT', KEYS[1], ARGV[3])
end
for i = 4, #ARGV do
  redis.call('HSETNX', KEYS[1], 'alerted:' .. ARGV[i], 'restored')
end
return 'restored'
