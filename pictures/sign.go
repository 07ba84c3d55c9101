package pictures

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Keys are who we are to a bucket.
type Keys struct{ ID, Secret, Region string }

// sign puts AWS's signature of version 4 on a request without a query, over its
// body, its place and all of its headers.
func sign(r *http.Request, body []byte, keys Keys, now time.Time) {
	at := now.UTC().Format("20060102T150405Z")
	digest := hexOf(body)
	r.Header.Set("X-Amz-Date", at)
	r.Header.Set("X-Amz-Content-Sha256", digest)
	names, lines := signedHeaders(r)
	request := strings.Join([]string{r.Method, r.URL.EscapedPath(), "", lines, names, digest}, "\n")
	scope := strings.Join([]string{at[:8], keys.Region, "s3", "aws4_request"}, "/")
	text := strings.Join([]string{"AWS4-HMAC-SHA256", at, scope, hexOf([]byte(request))}, "\n")
	key := []byte("AWS4" + keys.Secret)
	for _, part := range strings.Split(scope, "/") {
		key = mac(key, part)
	}
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+keys.ID+"/"+scope+
		",SignedHeaders="+names+",Signature="+hex.EncodeToString(mac(key, text)))
}

// signedHeaders are the names and the lines of all headers, in their order.
func signedHeaders(r *http.Request) (names, lines string) {
	all := map[string]string{"host": r.URL.Host}
	for name := range r.Header {
		all[strings.ToLower(name)] = strings.TrimSpace(r.Header.Get(name))
	}
	var list []string
	for name := range all {
		list = append(list, name)
	}
	slices.Sort(list)
	for _, name := range list {
		lines += name + ":" + all[name] + "\n"
	}
	return strings.Join(list, ";"), lines
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func hexOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
