package main

import (
	"net/http"
	"strings"
	"testing"
)

// status asks a server for a path.
func status(t *testing.T, url string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

// adminPages are what an operator may read, and what each shows of the server.
var adminPages = []string{"/debug/pprof/", "/debug/pprof/goroutine?debug=1", "/debug/pprof/heap?gc=1", "/debug/pprof/cmdline"}

func TestAdminPagesAreOnTheirOwnAddressAlone(t *testing.T) {
	t.Parallel()
	c := onPostgres(t)
	c.AdminAddr = "127.0.0.1:0"
	s := startInProcess(t, c)
	address := strings.Fields(s.err.await(t, "profiles are served\" address=", nil))[0]
	for _, path := range append(adminPages, "/metrics") {
		if got := status(t, "http://"+address+path); got != http.StatusOK {
			t.Errorf("%s for the operator: %d", path, got)
		}
		if got := status(t, s.url+path); got != http.StatusNotFound {
			t.Errorf("%s for everybody: %d", path, got)
		}
	}
	if got := status(t, "http://"+address+"/boards"); got != http.StatusNotFound {
		t.Errorf("the operator's address serves boards: %d", got)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get("http://" + address + "/metrics"); err == nil {
		t.Error("the operator's address outlives the server")
	}
}

func TestWithoutAnAdminAddressMetricsArePublicAndProfilesNowhere(t *testing.T) {
	t.Parallel()
	s := startInProcess(t, onPostgres(t))
	if got := status(t, s.url+"/metrics"); got != http.StatusOK {
		t.Errorf("/metrics: %d", got)
	}
	for _, path := range adminPages {
		if got := status(t, s.url+path); got != http.StatusNotFound {
			t.Errorf("%s: %d", path, got)
		}
	}
}

func TestAdminAddressIsChecked(t *testing.T) {
	t.Parallel()
	if _, err := configFrom(map[string]string{"ADMIN_ADDR": "6060"}); err == nil || !strings.HasPrefix(err.Error(), `ADMIN_ADDR is "6060"`) {
		t.Errorf("%v", err)
	}
	c, taken := onPostgres(t), startInProcess(t, onPostgres(t))
	c.AdminAddr = strings.TrimPrefix(taken.url, "http://")
	if err := serve(t.Context(), c, terminal{strings.NewReader(""), newScreen(), newScreen()}); err == nil || !strings.Contains(err.Error(), "set ADMIN_ADDR to another") {
		t.Errorf("%v", err)
	}
}
