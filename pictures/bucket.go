package pictures

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// bucketPatience bounds one request to the bucket.
const bucketPatience = 30 * time.Second

// Bucket keeps pictures in a bucket that speaks S3.
type Bucket struct {
	place  *url.URL
	keys   Keys
	now    func() time.Time
	client *http.Client
}

var plainPath = regexp.MustCompile(`^[A-Za-z0-9._~/-]*$`)

// InBucket keeps pictures in the bucket at an address such as
// https://s3.eu-central-1.amazonaws.com/bucket or https://bucket.s3.example.com/folder.
func InBucket(address string, keys Keys) (*Bucket, error) {
	u, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil {
		return nil, errors.New("the address of the bucket is not a URL")
	}
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || !plainPath.MatchString(u.Path) {
		return nil, errors.New("the address of the bucket has more than a scheme, a host and a plain path")
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // a signature counts for one place
	return &Bucket{u, keys, time.Now, &http.Client{CheckRedirect: stay}}, nil
}

// Put keeps a picture; to keep it again is no harm.
func (b *Bucket) Put(ctx context.Context, id, mediaType string, content []byte) error {
	body, err := b.do(ctx, http.MethodPut, id, mediaType, content)
	if err != nil {
		return fmt.Errorf("put a picture into the bucket: %w", err)
	}
	return body.Close()
}

// Get opens a picture; ErrMissing.
func (b *Bucket) Get(ctx context.Context, id string) (io.ReadCloser, error) {
	body, err := b.do(ctx, http.MethodGet, id, "", nil)
	if err != nil {
		return nil, fmt.Errorf("get a picture from the bucket: %w", err)
	}
	return body, nil
}

// Delete throws a picture away; one that is not there is no error.
func (b *Bucket) Delete(ctx context.Context, id string) error {
	body, err := b.do(ctx, http.MethodDelete, id, "", nil)
	switch {
	case errors.Is(err, ErrMissing):
		return nil
	case err != nil:
		return fmt.Errorf("delete a picture from the bucket: %w", err)
	}
	return body.Close()
}

// do sends a signed request; the body of a good answer is for the caller to close.
func (b *Bucket) do(ctx context.Context, method, id, mediaType string, content []byte) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, bucketPatience)
	r, err := http.NewRequestWithContext(ctx, method, b.place.JoinPath(id).String(), bytes.NewReader(content))
	if err != nil {
		cancel()
		return nil, err
	}
	if mediaType != "" {
		r.Header.Set("Content-Type", mediaType)
	}
	sign(r, content, b.keys, b.now())
	answer, err := b.client.Do(r)
	if err != nil {
		cancel()
		return nil, err
	}
	body := &lasting{answer.Body, cancel}
	if answer.StatusCode >= 200 && answer.StatusCode < 300 {
		return body, nil
	}
	defer body.Close()
	return nil, complaint(answer)
}

// complaint is what the bucket said against a request.
func complaint(answer *http.Response) error {
	if answer.StatusCode == http.StatusNotFound && answer.Request.Method != http.MethodPut {
		return ErrMissing
	}
	var said struct{ Code, Message string }
	_ = xml.NewDecoder(io.LimitReader(answer.Body, 16<<10)).Decode(&said) // without words the status must do
	return fmt.Errorf("the bucket answered with %s %s %s", answer.Status, said.Code, said.Message)
}

// lasting ends the request's time with its body.
type lasting struct {
	io.ReadCloser
	end context.CancelFunc
}

// Close closes the body.
func (l *lasting) Close() error {
	defer l.end()
	return l.ReadCloser.Close()
}
