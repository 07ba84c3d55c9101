package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestConfigDefaults(t *testing.T) {
	t.Parallel()
	for _, environment := range []map[string]string{nil, {"ADDR": "", "LOG_LEVEL": " ", "DATABASE_URL": ""}} {
		got, err := configFrom(environment)
		if err != nil {
			t.Fatal(err)
		}
		want := config{
			Addr:      "127.0.0.1:8080",
			PublicURL: "http://127.0.0.1:8080",
			DataDir:   "./.data",
			Pictures:  picturePlace{Region: "us-east-1"},
			Keep:      defaultKeeping,
			LogLevel:  slog.LevelInfo,
		}
		if got != want {
			t.Errorf("%v gives %+v", environment, got)
		}
	}
}

func TestConfigOfAnInstallation(t *testing.T) {
	t.Parallel()
	got, err := configFrom(map[string]string{
		"ADDR":         ":9000",
		"PUBLIC_URL":   "https://Board.Example.com:443/",
		"DATA_DIR":     "/srv/corkboard",
		"DATABASE_URL": "postgres://me@/corkboard?host=/run/postgresql",
		"REDIS_URL":    "unix:///run/redis.sock?db=0",
		"LOG_LEVEL":    "Debug",

		"PICTURES_URL":      "https://bucket.s3.example.com/corkboard",
		"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "eu-central-1",

		"KEEP_LOG_DAYS": "7", "KEEP_TRASH_DAYS": "0", "KEEP_PICTURES_DAYS": "90",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := config{
		Addr:        ":9000",
		PublicURL:   "https://board.example.com",
		DataDir:     "/srv/corkboard",
		DatabaseURL: "postgres://me@/corkboard?host=/run/postgresql",
		RedisURL:    "unix:///run/redis.sock?db=0",
		Keep:        keeping{LogDays: 7, LogEvents: 1000, ClientsDays: 60, TrashDays: 0, PicturesDays: 90},
		Pictures:    picturePlace{URL: "https://bucket.s3.example.com/corkboard", KeyID: "key", Secret: "secret", Region: "eu-central-1"},
		LogLevel:    slog.LevelDebug,
	}
	if got != want {
		t.Errorf("got %+v", got)
	}
}

func TestPublicURL(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ addr, public, want string }{
		{":8080", "", "http://localhost:8080"},
		{"0.0.0.0:80", "", "http://localhost"},
		{"[::]:8080", "", "http://localhost:8080"},
		{"[::1]:8080", "", "http://[::1]:8080"},
		{"board.local:8080", "", "http://board.local:8080"},
		{":8080", "http://example.com:80", "http://example.com"},
		{":8080", "https://example.com:8443", "https://example.com:8443"},
		{":8080", "https://[2001:db8::1]:443", "https://[2001:db8::1]"},
	} {
		got, err := configFrom(map[string]string{"ADDR": c.addr, "PUBLIC_URL": c.public})
		if err != nil || got.PublicURL != c.want {
			t.Errorf("ADDR %s and PUBLIC_URL %q give %q (%v), want %q", c.addr, c.public, got.PublicURL, err, c.want)
		}
	}
}

func TestWrongValues(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, value, problem, example string }{
		{"ADDR", "8080", "not a host and a port", "127.0.0.1:8080"},
		{"ADDR", "localhost", "not a host and a port", "127.0.0.1:8080"},
		{"ADDR", "http://localhost:8080", "not a host and a port", "127.0.0.1:8080"},
		{"ADDR", ":http", "not a number", "127.0.0.1:8080"},
		{"ADDR", ":70000", "up to 65535", "127.0.0.1:8080"},
		{"ADDR", "a b:80", "more than a host", "127.0.0.1:8080"},
		{"PUBLIC_URL", "board.example.com", "neither http:// nor https://", "https://board.example.com"},
		{"PUBLIC_URL", "ftp://example.com", "neither http:// nor https://", "https://board.example.com"},
		{"PUBLIC_URL", "https://", "no host", "https://board.example.com"},
		{"PUBLIC_URL", "https://:443", "no host", "https://board.example.com"},
		{"PUBLIC_URL", "https://example.com/boards", "after the host", "https://board.example.com"},
		{"PUBLIC_URL", "https://example.com?a=b", "after the host", "https://board.example.com"},
		{"PUBLIC_URL", "https://me:secret@example.com", "a user", "https://board.example.com"},
		{"PUBLIC_URL", "ftp://me:secret@example.com", "a user", "https://board.example.com"},
		{"PUBLIC_URL", "https://exa mple.com", "not a URL", "https://board.example.com"},
		{"DATA_DIR", file, "is a file", "./.data"},
		{"DATABASE_URL", "mysql://root:secret@host/x", "postgres:// or postgresql://", "postgres://user:password@host:5432/corkboard"},
		{"DATABASE_URL", "postgres://me:secret%@host/x", "not a URL", "postgres://user:password@host:5432/corkboard"},
		{"DATABASE_URL", "postgres:///x", "names no host", "postgres://user:password@host:5432/corkboard"},
		{"REDIS_URL", "localhost:6379", "redis:// or rediss:// or unix://", "redis://host:6379/0"},
		{"REDIS_URL", "redis://", "names no host", "redis://host:6379/0"},
		{"PICTURES_URL", "s3://bucket", "more than a scheme", "https://s3.eu-central-1.amazonaws.com/bucket"},
		{"PICTURES_URL", "https://key:secret@host/bucket", "more than a scheme", "https://s3.eu-central-1.amazonaws.com/bucket"},
		{"PICTURES_URL", "https://host/bucket", "AWS_SECRET_ACCESS_KEY", "pictures are kept in DATA_DIR"},
		{"TRUSTED_PROXIES", "proxy", "neither an address nor a network", "172.16.0.0/12"},
		{"KEEP_LOG_DAYS", "30d", "not a whole number", "30; 0 days"},
		{"KEEP_TRASH_DAYS", "-1", "not a whole number", "30; 0 days"},
		{"LOG_LEVEL", "loud", "not a level", "debug, info, warn or error"},
	} {
		_, err := configFrom(map[string]string{c.name: c.value})
		if err == nil {
			t.Errorf("%s=%s is taken", c.name, c.value)
			continue
		}
		said := err.Error()
		if !strings.HasPrefix(said, c.name+" ") || !strings.Contains(said, c.problem) || !strings.Contains(said, c.example) {
			t.Errorf("%s=%s: %s", c.name, c.value, said)
		}
		if strings.Contains(said, "secret") || strings.Contains(said, "\n") {
			t.Errorf("%s=%s says too much: %s", c.name, c.value, said)
		}
	}
}

func TestAllWrongValuesAreNamedAtOnce(t *testing.T) {
	t.Parallel()
	_, err := configFrom(map[string]string{"ADDR": "x", "PUBLIC_URL": "x", "REDIS_URL": "x", "LOG_LEVEL": "x"})
	if err == nil {
		t.Fatal("taken")
	}
	for _, name := range []string{"ADDR", "PUBLIC_URL", "REDIS_URL", "LOG_LEVEL"} {
		if !strings.Contains(err.Error(), name+" ") {
			t.Errorf("%s is not named in:\n%v", name, err)
		}
	}
}
