package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"

	"corkboard/web"
)

// config is what the environment says, checked. An empty variable is as good as an unset one.
type config struct {
	// Addr is where the server listens, host:port. Port 0 takes any free one.
	Addr string `env:"ADDR" envDefault:"127.0.0.1:8080"`

	// AdminAddr is where the operator's own pages are served, metrics and profiles. Empty: nowhere, and the
	// metrics are public.
	AdminAddr string `env:"ADMIN_ADDR"`

	// PublicURL is the origin under which browsers reach the server, as they write it: scheme, host,
	// and a port that is not the scheme's own. Links begin with it, and sockets must come from it.
	PublicURL string `env:"PUBLIC_URL"`

	// DataDir is the folder of pictures and of the private Postgres and Redis. It is made when they are needed.
	DataDir string `env:"DATA_DIR" envDefault:"./.data"`

	// DatabaseURL and RedisURL name servers of the operator's; empty ones mean private ones.
	DatabaseURL string `env:"DATABASE_URL"`
	RedisURL    string `env:"REDIS_URL"`

	// Pictures says where pictures are kept, if not in the DataDir.
	Pictures picturePlace

	// TrustedProxies are the addresses and networks of the proxies in front of the server, with commas
	// between them: what they say of who asks is believed. Those on this machine need no mention.
	TrustedProxies string `env:"TRUSTED_PROXIES"`

	// Keep is what is kept for how long.
	Keep keeping `env:"-"`

	// LogLevel is the least level that is logged.
	LogLevel slog.Level `env:"-"`
}

// readConfig reads the settings of this process.
func readConfig() (config, error) { return configFrom(env.ToMap(os.Environ())) }

// configFrom reads the settings in an environment. The error names every variable that is wrong, one a
// line, with what is wrong and what it should look like; it never repeats a password.
func configFrom(environment map[string]string) (config, error) {
	set := map[string]string{}
	for name, value := range environment {
		if value = strings.TrimSpace(value); value != "" {
			set[name] = value
		}
	}
	c, err := env.ParseAsWithOptions[config](env.Options{Environment: set})
	if err != nil {
		return config{}, err
	}
	var addr, admin, public, data, database, redis, bucket, proxies, keep, level error
	addr = checkAddr("ADDR", c.Addr, "127.0.0.1:8080, or :8080 for every network of this machine")
	if c.AdminAddr != "" {
		admin = checkAddr("ADMIN_ADDR", c.AdminAddr, "127.0.0.1:6060")
	}
	if c.PublicURL == "" && addr == nil {
		c.PublicURL = publicDefault(c.Addr)
	}
	if addr == nil || set["PUBLIC_URL"] != "" {
		c.PublicURL, public = origin(c.PublicURL)
	}
	data = checkDataDir(c.DataDir)
	database = checkServer("DATABASE_URL", c.DatabaseURL, "postgres://user:password@host:5432/corkboard", "postgres", "postgresql")
	redis = checkServer("REDIS_URL", c.RedisURL, "redis://host:6379/0", "redis", "rediss", "unix")
	bucket = c.Pictures.check()
	proxies = checkProxies(c.TrustedProxies)
	c.Keep, keep = readKeeping(set)
	c.LogLevel, level = logLevel(set["LOG_LEVEL"])
	return c, errors.Join(addr, admin, public, data, database, redis, bucket, proxies, keep, level)
}

// wrong is the sentence about a variable that cannot be used.
func wrong(name, value, problem, example string) error {
	return fmt.Errorf("%s is %q, %s: it should look like %s", name, value, problem, example)
}

func checkAddr(name, addr, example string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return wrong(name, addr, "which is not a host and a port", example)
	}
	if strings.ContainsAny(host, "/ ") {
		return wrong(name, addr, "which has more than a host and a port", example)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return wrong(name, addr, "whose port is not a number up to 65535", example)
	}
	return nil
}

// publicDefault is the address that a browser on this machine uses for a server that listens on addr.
func publicDefault(addr string) string {
	host, port, _ := net.SplitHostPort(addr) // checked before
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// origin checks a public URL and writes it as a browser writes an Origin header.
func origin(public string) (string, error) {
	const example = "https://board.example.com"
	u, err := url.Parse(public)
	switch {
	case err != nil:
		return "", fmt.Errorf("PUBLIC_URL is not a URL: it should look like %s", example)
	case u.User != nil:
		return "", wrong("PUBLIC_URL", u.Redacted(), "which has a user in it", example)
	case u.Scheme != "http" && u.Scheme != "https":
		return "", wrong("PUBLIC_URL", public, "which begins with neither http:// nor https://", example)
	case u.Hostname() == "":
		return "", wrong("PUBLIC_URL", public, "which names no host", example)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return "", wrong("PUBLIC_URL", public, "which has something after the host", example)
	}
	host := strings.ToLower(u.Host)
	if port := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]; strings.HasSuffix(host, port) {
		host = strings.TrimSuffix(host, port)
	}
	return u.Scheme + "://" + strings.TrimSuffix(host, ":"), nil
}

func checkDataDir(path string) error {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return wrong("DATA_DIR", path, "which is a file", "./.data, a folder that may not exist yet")
	}
	return nil
}

// checkServer checks the URL of a server by its scheme and never repeats it, for its password.
func checkServer(name, address, example string, schemes ...string) error {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("%s is not a URL: it should look like %s (write what is special in a password as %%XX)", name, example)
	}
	if !slices.Contains(schemes, u.Scheme) {
		return fmt.Errorf("%s does not begin with %s://: it should look like %s", name, strings.Join(schemes, ":// or "), example)
	}
	if u.Host == "" && u.Query().Get("host") == "" && (u.Scheme != "unix" || u.Path == "") {
		return fmt.Errorf("%s names no host: it should look like %s", name, example)
	}
	return nil
}

func checkProxies(list string) error {
	if _, err := web.ParseProxies(list); err != nil {
		return fmt.Errorf("TRUSTED_PROXIES is wrong, %w: it should look like 10.0.0.7,172.16.0.0/12", err)
	}
	return nil
}

// levels are the words for LOG_LEVEL.
var levels = map[string]slog.Level{
	"":      slog.LevelInfo,
	"debug": slog.LevelDebug,
	"info":  slog.LevelInfo,
	"warn":  slog.LevelWarn,
	"error": slog.LevelError,
}

func logLevel(word string) (slog.Level, error) {
	level, known := levels[strings.ToLower(word)]
	if !known {
		return level, wrong("LOG_LEVEL", word, "which is not a level", "debug, info, warn or error")
	}
	return level, nil
}
