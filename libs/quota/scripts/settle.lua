-- Purpose  Ends a reservation: gives back what it held, books what the call cost, appends its event. Once per call.
-- Includes clock.lua, decimal.lua, window.lua
-- KEYS     1 reservation hash, 2 reservations sorted set, 3 settled marker, 4 usage stream, 5 budget alerts stream,
--          then W windows, R running sets, B budgets
-- ARGV     1 clock of a test, or ''   2 call id   3 'settle' | 'sweep' | 'release'   4 usage event, JSON ('release': '')
--          5 life of the settled marker, ms       6 worst case reserved, nano-USD    7 W   8 R   9 B
--          then per window: what was used minus what was reserved;
--          per budget: cost minus worst case, cost, expiry in ms since the epoch or '', budget id, subject, period,
--          number of alerts, then per alert: thousandths, amount
-- Reply    'booked'    settled or swept now ('settle' books a call without reservation too: admitted by a Redis that
--                      lost it, or while Redis was away)
--          'released'  released now
--          'already'   settled or swept before; nothing done
--          'gone'      'sweep' or 'release' found no reservation; nothing done
-- Errors   none of its own
local now = now_ms()
local call_id, mode, worst = ARGV[2], ARGV[3], ARGV[6]
local windows_n, running_n, budgets_n = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local windows_key, running_key, budgets_key = 5, 5 + windows_n, 5 + windows_n + running_n

local slot = redis.call('HGET', KEYS[1], 'slot')
redis.call('ZREM', KEYS[2], call_id)
if not slot then
  if mode ~= 'settle' then
    return 'gone'
  end
  if redis.call('EXISTS', KEYS[3]) == 1 then
    return 'already'
  end
end

-- A settlement may overtake the admission that it belongs to, when that command was on its way through an outage: what the
-- late admission took goes back, and nothing is booked again.
local settled_before = slot and mode ~= 'release' and redis.call('EXISTS', KEYS[3]) == 1

if slot then
  for i = 1, windows_n do
    if ARGV[9 + i] ~= '0' then
      window_correct(KEYS[windows_key + i], slot, ARGV[9 + i])
    end
  end
  for i = 1, running_n do
    redis.call('ZREM', KEYS[running_key + i], call_id)
  end
  redis.call('DEL', KEYS[1])
end

-- Tells once per period that what is spent has reached a share of the amount.
local function alert(key, arg)
  if ARGV[arg + 7] == '0' then
    return
  end
  local counter = redis.call('HMGET', key, 'committed', 'reserved')
  local unspent = negate(counter[2] or '0')
  for i = 1, tonumber(ARGV[arg + 7]) do
    local share, amount = ARGV[arg + 6 + 2 * i], ARGV[arg + 7 + 2 * i]
    if compare_sum(counter[1], unspent, amount) < 0 then
      return
    end
    if redis.call('HSETNX', key, 'alerted:' .. share, text(now)) == 1 then
      redis.call('XADD', KEYS[5], 'MAXLEN', '~', 10000, '*', 'budget', ARGV[arg + 4], 'subject', ARGV[arg + 5],
        'period', ARGV[arg + 6], 'share', share, 'committed', counter[1], 'reserved', counter[2] or '0')
    end
  end
end

local arg = 9 + windows_n
for i = 1, budgets_n do
  local key, expires_at = KEYS[budgets_key + i], ARGV[arg + 3]
  if slot then
    redis.call('HINCRBY', key, 'committed', settled_before and negate(worst) or ARGV[arg + 1])
    redis.call('HINCRBY', key, 'reserved', negate(worst))
  else
    redis.call('HINCRBY', key, 'committed', ARGV[arg + 2])
    if expires_at ~= '' then
      redis.call('PEXPIREAT', key, expires_at)
    end
  end
  alert(key, arg)
  arg = arg + 7 + 2 * tonumber(ARGV[arg + 7])
end

if mode == 'release' then
  return 'released'
end
if settled_before then
  return 'already'
end
redis.call('SET', KEYS[3], mode, 'PX', ARGV[5])
redis.call('XADD', KEYS[4], '*', 'event', ARGV[4])
return 'booked'
