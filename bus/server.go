package bus

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	neturl "net/url"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// server is the Redis, or the Redis Cluster, that a URL names.
type server struct {
	client redis.UniversalClient
	db     int
	// line is where news are published. All go to one member of a cluster, which
	// passes them on to the others in order; sent to any member, those of one
	// board could overtake each other.
	line func(context.Context) (redis.Cmdable, error)
}

// errURL quotes nothing of the URL: there may be a password in it.
var errURL = errors.New("REDIS_URL should look like redis://host:6379/0 or unix:///run/redis.sock")

// serverOf makes the client for a URL; one with further addresses names a cluster.
func serverOf(url string) (server, error) {
	u, err := neturl.Parse(url)
	if err != nil {
		return server{}, errURL
	}
	if u.Query().Has("addr") {
		return clusterOf(url)
	}
	options, err := redis.ParseURL(url)
	if err != nil {
		return server{}, errURL
	}
	bound(&options.DialTimeout, &options.ReadTimeout, &options.WriteTimeout, &options.PoolTimeout)
	options.MaxRetries = cmp.Or(options.MaxRetries, 1)
	options.DialerRetries = 1
	options.ContextTimeoutEnabled = true
	// Nothing here needs what protocol 3 adds: frames pushed between replies.
	options.Protocol = cmp.Or(options.Protocol, 2)
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	client := redis.NewClient(options)
	return server{client, options.DB, func(context.Context) (redis.Cmdable, error) { return client, nil }}, nil
}

// bound sets how long a call may take at most, where the URL does not.
func bound(timeouts ...*time.Duration) {
	for _, t := range timeouts {
		*t = cmp.Or(*t, callTimeout)
	}
}

func clusterOf(url string) (server, error) {
	options, err := redis.ParseClusterURL(url)
	if err != nil {
		return server{}, errURL
	}
	bound(&options.DialTimeout, &options.ReadTimeout, &options.WriteTimeout, &options.PoolTimeout)
	options.DialerRetries = 1
	options.ContextTimeoutEnabled = true
	options.Protocol = cmp.Or(options.Protocol, 2)
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	client := redis.NewClusterClient(options)
	return server{client, 0, func(ctx context.Context) (redis.Cmdable, error) {
		member, err := client.MasterForKey(ctx, "cb:news")
		if err != nil {
			return nil, fmt.Errorf("find the cluster's member for news: %w", err)
		}
		return member, nil
	}}, nil
}
