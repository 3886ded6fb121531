-- Purpose  Says that a gateway runs, forgets those not heard of for a while, and counts the rest.
-- Includes none
-- KEYS     1 sorted set of gateways
-- ARGV     1 name of this gateway          2 ms after which a silent one is forgotten
-- Reply    number of gateways
-- Errors   none of its own
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
return redis.call('ZCARD', KEYS[1])
