-- Shared by admit, settle and restore: exact comparison of money. A Lua number is a double, exact only below 2^53 (nine
-- million dollars in nano-USD), so an amount is split into two limbs of at most 15 and nine digits, and only limbs
-- meet arithmetic. Sums that are stored are made by HINCRBY, in 64-bit integers.
local LIMB = 1000000000

local function limbs(amount)
  local sign = 1
  if string.byte(amount) == 45 then
    sign, amount = -1, string.sub(amount, 2)
  end
  if #amount <= 9 then
    return 0, sign * tonumber(amount)
  end
  return sign * tonumber(string.sub(amount, 1, -10)), sign * tonumber(string.sub(amount, -9))
end

-- The sign of `plus1 + plus2 - minus`, decimal strings of at most 24 digits: -1, 0 or 1.
local function compare_sum(plus1, plus2, minus)
  local high1, low1 = limbs(plus1)
  local high2, low2 = limbs(plus2)
  local high3, low3 = limbs(minus)
  local low = low1 + low2 - low3
  local carry = math.floor(low / LIMB)
  local high = high1 + high2 - high3 + carry
  low = low - carry * LIMB
  if high ~= 0 then
    return high > 0 and 1 or -1
  end
  return low > 0 and 1 or 0
end

local function negate(amount)
  if amount == '0' then
    return amount
  end
  if string.byte(amount) == 45 then
    return string.sub(amount, 2)
  end
  return '-' .. amount
end
