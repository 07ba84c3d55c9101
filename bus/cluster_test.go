package bus_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"corkboard/bus/bustest"
)

func TestRedisCluster(t *testing.T) {
	t.Parallel()
	url := startCluster(t)
	bustest.Suite(t, func(t *testing.T) func() bustest.Bus {
		return func() bustest.Bus { return open(t, url) }
	})
}

// startCluster runs three members that share the slots, and returns their URL.
func startCluster(t *testing.T) (url string) {
	t.Helper()
	const members = 3
	var admins []*redis.Client
	var addresses, gossips []string
	for range members {
		address, gossip := startMember(t)
		admin := redis.NewClient(&redis.Options{Addr: address, MaxRetries: -1})
		t.Cleanup(func() { admin.Close() })
		addresses, gossips, admins = append(addresses, address), append(gossips, gossip), append(admins, admin)
	}
	for i, admin := range admins {
		expect(t, "an answer of a member", func() bool { return admin.Ping(t.Context()).Err() == nil })
		if err := admin.ClusterAddSlotsRange(t.Context(), i*16384/members, (i+1)*16384/members-1).Err(); err != nil {
			t.Fatal(err)
		}
		host, port, _ := net.SplitHostPort(addresses[0])
		if err := admin.Do(t.Context(), "CLUSTER", "MEET", host, port, gossips[0]).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, admin := range admins {
		expect(t, "a whole cluster", func() bool {
			info := admin.ClusterInfo(context.Background()).Val()
			return strings.Contains(info, "cluster_state:ok") && strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d", members))
		})
	}
	return "redis://" + addresses[0] + "?addr=" + strings.Join(addresses[1:], "&addr=")
}

// startMember runs a Redis that may become a cluster's; its address is on TCP,
// because members know each other by host and port, and gossip the port of
// their own talk.
func startMember(t *testing.T) (address, gossip string) {
	t.Helper()
	var port string
	port, gossip = bustest.FreePort(t), bustest.FreePort(t)
	bustest.Run(t, "--port", port, "--bind", "127.0.0.1", "--cluster-enabled", "yes", "--cluster-port", gossip, "--dir", t.TempDir())
	return "127.0.0.1:" + port, gossip
}
