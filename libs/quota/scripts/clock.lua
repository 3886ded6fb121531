-- Shared by admit and settle: the server's clock in whole milliseconds, or the test's when ARGV[1] is not empty.
local function now_ms()
  if ARGV[1] ~= '' then
    return tonumber(ARGV[1])
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
