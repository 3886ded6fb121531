-- Purpose  Corrects a budget's counters by what the ledger says more or less, and declares them counted.
-- Includes none
-- KEYS     1 token of the rebuild, 2 counted budgets, then the counters
-- ARGV     1 the token          2 budget id          3 clock of the caller, ms          4 expiry, ms since the epoch, or ''
--          then per counter: correction in nano-USD, number of alerts already due, their thousandths
-- Reply    'rebuilt'
--          'overtaken'  another rebuild has begun, or Redis has lost its data since: nothing done
-- Errors   none of its own
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 'overtaken'
end
local arg = 5
for i = 3, #KEYS do
  redis.call('HINCRBY', KEYS[i], 'committed', ARGV[arg])
  if ARGV[4] ~= '' then
    redis.call('PEXPIREAT', KEYS[i], ARGV[4])
  end
  local due = tonumber(ARGV[arg + 1])
  for alert = arg + 2, arg + 1 + due do
    redis.call('HSETNX', KEYS[i], 'alerted:' .. ARGV[alert], 'rebuilt')
  end
  arg = arg + 2 + due
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('DEL', KEYS[1])
return 'rebuilt'
