package web_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"corkboard/auth"
)

var timeZero = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func hash(token string) []byte { return auth.Hash(token) }

// made is a board that was made over the API.
type made struct {
	ID       string `json:"id"`
	URL      string `json:"url"`
	EditURL  string `json:"edit_url"`
	ViewURL  string `json:"view_url"`
	EmbedURL string `json:"embed_url"`
	APIKey   string `json:"api_key"`
}

func makeBoard(t *testing.T, s *site) made {
	t.Helper()
	a := s.person().ask("POST", "/api/v1/boards", strings.NewReader(`{"name":"Retro"}`), "Content-Type", "application/json")
	var m made
	if err := json.Unmarshal([]byte(a.body), &m); a.status != 201 || err != nil {
		t.Fatalf("%v, %v", a, err)
	}
	return m
}
