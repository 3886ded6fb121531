-- Writes an organization's snapshot unless a newer one is there.
-- KEYS[1]  the snapshot
-- ARGV[1]  its version
-- ARGV[2]  its JSON
-- ARGV[3]  'replace' to write whatever is there (Postgres was restored to an earlier state), else ''
-- Reply    1 when written, 0 when a newer one is there
local current = redis.call('GET', KEYS[1])
if current and ARGV[3] ~= 'replace' then
  local version = tonumber(string.match(current, '"version":(%d+)') or '0')
  if version > tonumber(ARGV[1]) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
