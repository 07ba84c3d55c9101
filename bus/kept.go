package bus

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// A set is two keys: a sorted set of members by expiry, in Redis's own
// milliseconds so that no node's clock matters, and a hash of their values. Both
// expire with the member that lives longest.
var (
	keepScript = redis.NewScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local over = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 100)
if #over > 0 then
	redis.call('ZREM', KEYS[1], unpack(over))
	redis.call('HDEL', KEYS[2], unpack(over))
end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
redis.call('PEXPIREAT', KEYS[1], last)
redis.call('PEXPIREAT', KEYS[2], last)
return #over
`)
	dropScript = redis.NewScript(`
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])
`)
	keptScript = redis.NewScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', now), '+inf')) do
	local value = redis.call('HGET', KEYS[2], member)
	if value then
		kept[#kept + 1] = member
		kept[#kept + 1] = value
	end
end
return kept
`)
)

// keysOf names a set's two keys; the braces keep them on one node of a cluster.
func keysOf(set string) []string {
	return []string{"cb:{" + set + "}:until", "cb:{" + set + "}:value"}
}

// Keep stores value under (set, member) for ttl, in the place of an earlier
// one. The time is whole milliseconds, at least one. After an error, ErrDown
// among others, the value may be kept or not.
func (r *Redis) Keep(set, member string, value []byte, ttl time.Duration) error {
	milliseconds := max(1, ttl.Milliseconds())
	if _, err := r.call(keepScript, set, member, value, milliseconds); err != nil {
		return fmt.Errorf("keep %s in %s: %w", member, set, err)
	}
	return nil
}

// Drop forgets a value; one that is not there is no error. After an error,
// ErrDown among others, the value may be kept until it expires.
func (r *Redis) Drop(set, member string) error {
	if _, err := r.call(dropScript, set, member); err != nil {
		return fmt.Errorf("drop %s from %s: %w", member, set, err)
	}
	return nil
}

// Kept returns the values of set that have not expired, by member. After an
// error, ErrDown among others, nothing is known of them.
func (r *Redis) Kept(set string) (map[string][]byte, error) {
	pairs, err := r.call(keptScript, set)
	if err != nil {
		return nil, fmt.Errorf("read what %s keeps: %w", set, err)
	}
	flat, err := pairs.StringSlice()
	if err != nil {
		return nil, fmt.Errorf("read what %s keeps: %w", set, err)
	}
	values := make(map[string][]byte, len(flat)/2)
	for i := 0; i+1 < len(flat); i += 2 {
		values[flat[i]] = []byte(flat[i+1])
	}
	return values, nil
}

// call runs a script on a set's keys; at once with an error while Redis is away.
func (r *Redis) call(script *redis.Script, set string, args ...any) (*redis.Cmd, error) {
	if r.ctx.Err() != nil {
		return nil, ErrClosed
	}
	if r.down.Load() {
		return nil, ErrDown
	}
	ctx, cancel := context.WithTimeout(r.ctx, callTimeout)
	defer cancel()
	reply := script.Run(ctx, r.client, keysOf(set), args...)
	return reply, reply.Err()
}
