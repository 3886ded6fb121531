-- Purpose  Checks every rate limit and budget that binds a call and takes from all of them, or from none.
-- Includes clock.lua, decimal.lua, window.lua
-- KEYS     1 reservation hash, 2 reservations sorted set, 3 counted budgets, then W windows, R running sets, B budgets
-- ARGV     1 clock of a test, or ''      2 call id                3 hold, ms             4 worst case, nano-USD
--          5 ticket, JSON                6 estimate, JSON         7 W   8 R   9 B
--          then per window: weight, limit; per running set: limit;
--          per budget: amount, 'hard' | 'soft', expiry in ms since the epoch or '', budget id
-- Reply    { 'ok', now, { total of each window }, { indices of soft budgets over their amount } }
--          { 'limit', index among windows then running sets, ms to wait }    the one with the longest wait
--          { 'budget', { committed of each budget } }                        at least one hard budget does not fit
--          { 'uncounted', index }     what this hard budget has spent is not known until it is rebuilt from the ledger
-- Errors   none of its own. A call admitted before takes nothing more and gets 'ok'.
local now = now_ms()
local call_id, hold_ms, worst = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local windows_n, running_n, budgets_n = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local windows_key, running_key, budgets_key = 3, 3 + windows_n, 3 + windows_n + running_n
local windows_arg = 9
local running_arg = windows_arg + 2 * windows_n
local budgets_arg = running_arg + running_n

-- Guards HINCRBY from leaving the 64-bit range, with room for what settlement may add.
local COMMITTED_MAX = '8000000000000000000'
local CONCURRENCY_WAIT_MS = 1000

local windows, totals = {}, {}
for i = 1, windows_n do
  windows[i] = window_open(KEYS[windows_key + i], now)
  totals[i] = windows[i].total
end
if redis.call('EXISTS', KEYS[1]) == 1 then
  return { 'ok', now, totals, {} }
end

-- Check: budgets first, because waiting does not help against them.
local hard, hard_ids = {}, {}
for i = 1, budgets_n do
  local arg = budgets_arg + 4 * (i - 1)
  if ARGV[arg + 2] == 'hard' then
    hard[#hard + 1], hard_ids[#hard_ids + 1] = i, ARGV[arg + 4]
  end
end
if #hard > 0 then
  for position, counted in ipairs(redis.call('HMGET', KEYS[3], unpack(hard_ids))) do
    if not counted then
      return { 'uncounted', hard[position] }
    end
  end
end
local committed, soft_exceeded, refused = {}, {}, false
for i = 1, budgets_n do
  local arg = budgets_arg + 4 * (i - 1)
  local before = redis.call('HGET', KEYS[budgets_key + i], 'committed')
  committed[i] = before or '0'
  if compare_sum(committed[i], worst, ARGV[arg + 1]) > 0 then
    if ARGV[arg + 2] == 'hard' then
      refused = true
    else
      soft_exceeded[#soft_exceeded + 1] = i
    end
  end
  refused = refused or compare_sum(committed[i], worst, COMMITTED_MAX) > 0
end
if refused then
  return { 'budget', committed }
end

local longest_wait, refusing = 0, nil
for i, window in ipairs(windows) do
  local weight, limit = tonumber(ARGV[windows_arg + 2 * i - 1]), tonumber(ARGV[windows_arg + 2 * i])
  if window.total + weight > limit then
    local wait = window_wait(window, weight, limit, now)
    if wait > longest_wait then
      longest_wait, refusing = wait, i
    end
  end
end
for i = 1, running_n do
  local key, limit = KEYS[running_key + i], tonumber(ARGV[running_arg + i])
  if redis.call('ZCARD', key) >= limit then
    -- Calls past their hold are dead: only a full set is worth looking for them.
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    if redis.call('ZCARD', key) >= limit and CONCURRENCY_WAIT_MS > longest_wait then
      longest_wait, refusing = CONCURRENCY_WAIT_MS, windows_n + i
    end
  end
end
if refusing then
  return { 'limit', refusing, longest_wait }
end

-- Take.
for i, window in ipairs(windows) do
  window_take(window, tonumber(ARGV[windows_arg + 2 * i - 1]))
  totals[i] = window.total
end
local until_ms = text(now + hold_ms)
for i = 1, running_n do
  redis.call('ZADD', KEYS[running_key + i], until_ms, call_id)
end
for i = 1, budgets_n do
  local key, expires_at = KEYS[budgets_key + i], ARGV[budgets_arg + 4 * i - 1]
  redis.call('HINCRBY', key, 'committed', worst)
  redis.call('HINCRBY', key, 'reserved', worst)
  if committed[i] == '0' and expires_at ~= '' then
    redis.call('PEXPIREAT', key, expires_at)
  end
end
local slot = text(math.floor(now / SLOT_MS))
redis.call('HSET', KEYS[1], 'slot', slot, 'ticket', ARGV[5], 'estimate', ARGV[6])
redis.call('ZADD', KEYS[2], until_ms, call_id)
return { 'ok', now, totals, soft_exceeded }
