-- Shared by admit and settle: a sliding window of 60 s in slots of 250 ms, weighted. One hash per window: `total`, `oldest`
-- and `newest` (slot numbers), and one field per slot used. Any 60 s touch at most 241 slots, so the last 241 together
-- never holding more than the limit means that no 60 s ever do, at a cost of at most 250 ms in 60 s.
local SLOT_MS = 250
local SLOTS = 241
-- A window that nothing touches disappears when all of its slots are out.
local WINDOW_TTL_MS = tostring((SLOTS + 3) * SLOT_MS)

-- A Lua number as Redis wants it. What redis.call does with a number argument costs as much as the command itself.
local function text(number)
  return string.format('%d', number)
end

-- Drops the slots that are out and returns { key, slot, total, oldest, weight already in the slot (nil: none) }. Each slot
-- is looked at once in its life, so the cost per call does not depend on the window's length.
local function window_open(key, now)
  local slot = math.floor(now / SLOT_MS)
  local stored = redis.call('HMGET', key, 'total', 'oldest', 'newest', text(slot))
  if not stored[1] then
    return { key = key, slot = slot, total = 0, oldest = slot }
  end
  local total, oldest, newest = tonumber(stored[1]), tonumber(stored[2]), tonumber(stored[3])
  local held = tonumber(stored[4])
  if slot < newest then
    -- The server's clock stepped back: go on in the newest slot, so that slots stay in order.
    slot = newest
    held = tonumber(redis.call('HGET', key, stored[3]))
  end
  local first = slot - SLOTS + 1
  if newest < first then
    redis.call('DEL', key)
    return { key = key, slot = slot, total = 0, oldest = slot }
  end
  if oldest < first then
    local gone = {}
    for number = oldest, first - 1 do
      gone[#gone + 1] = text(number)
    end
    for _, weight in ipairs(redis.call('HMGET', key, unpack(gone))) do
      total = total - (tonumber(weight) or 0)
    end
    redis.call('HDEL', key, unpack(gone))
    redis.call('HSET', key, 'total', text(total), 'oldest', text(first))
    oldest = first
  end
  return { key = key, slot = slot, total = total, oldest = oldest, held = held }
end

local function window_take(window, weight)
  window.total = window.total + weight
  local total, slot = text(window.total), text(window.slot)
  if window.held then
    redis.call('HSET', window.key, 'total', total, slot, text(window.held + weight))
  else
    redis.call('HSET', window.key, 'total', total, slot, text(weight), 'oldest', text(window.oldest), 'newest', slot)
    redis.call('PEXPIRE', window.key, WINDOW_TTL_MS)
  end
end

-- Milliseconds until enough slots are out for `weight` to fit under `limit`, if nothing else arrives. A weight above the
-- limit never fits: then until the window is empty.
local function window_wait(window, weight, limit, now)
  local excess = window.total + weight - limit
  for from = window.oldest, window.slot, 32 do
    local numbers = {}
    for number = from, math.min(from + 31, window.slot) do
      numbers[#numbers + 1] = text(number)
    end
    for index, held in ipairs(redis.call('HMGET', window.key, unpack(numbers))) do
      excess = excess - (tonumber(held) or 0)
      if excess <= 0 then
        return (tonumber(numbers[index]) + SLOTS) * SLOT_MS - now
      end
    end
  end
  return (window.slot + SLOTS) * SLOT_MS - now
end

-- Corrects what was taken in `slot` once the truth is known. A slot that is out needs no correction.
local function window_correct(key, slot, difference)
  if redis.call('HEXISTS', key, slot) == 1 then
    redis.call('HINCRBY', key, slot, difference)
    redis.call('HINCRBY', key, 'total', difference)
  end
end
