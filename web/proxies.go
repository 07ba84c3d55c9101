package web

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of the proxies in front of a node, which are believed
// about whom they ask for. A proxy on this machine is believed without being named.
type Proxies []netip.Prefix

// ParseProxies reads addresses and networks, with commas between them: "10.0.0.7,
// 172.16.0.0/12". The error names the first that is neither.
func ParseProxies(list string) (Proxies, error) {
	var p Proxies
	for entry := range strings.SplitSeq(list, ",") {
		if entry = strings.TrimSpace(entry); entry == "" {
			continue
		}
		if ip, err := netip.ParseAddr(entry); err == nil {
			p = append(p, netip.PrefixFrom(ip, ip.BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(entry)
		if err != nil {
			return nil, fmt.Errorf("%q is neither an address nor a network", entry)
		}
		p = append(p, network.Masked())
	}
	return p, nil
}

func (p Proxies) trusts(ip netip.Addr) bool {
	return ip.IsLoopback() || slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(ip) })
}

// client is whom limits count against: the last in the chain of senders that is
// no proxy of ours. What stands before that one in X-Forwarded-For is its own claim.
func (p Proxies) client(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	named := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for ip = ip.Unmap(); p.trusts(ip) && len(named) > 0; named = named[:len(named)-1] {
		before, err := netip.ParseAddr(strings.TrimSpace(named[len(named)-1]))
		if err != nil {
			break
		}
		ip = before.Unmap()
	}
	return ip.String()
}
