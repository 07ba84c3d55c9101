package pictures

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/s3mem"
)

// shelf is what Disk and Bucket are.
type shelf interface {
	Put(ctx context.Context, id, mediaType string, content []byte) error
	Get(ctx context.Context, id string) (io.ReadCloser, error)
	Delete(ctx context.Context, id string) error
}

func TestDisk(t *testing.T) {
	t.Parallel()
	keepsAndGives(t, OnDisk(t.TempDir()+"/pictures"))
}

// TestBucket runs on the server that S3_URL, S3_ID, S3_SECRET and S3_REGION name,
// or on one in this process. Either looks at signatures.
func TestBucket(t *testing.T) {
	t.Parallel()
	address, keys := os.Getenv("S3_URL"), Keys{os.Getenv("S3_ID"), os.Getenv("S3_SECRET"), os.Getenv("S3_REGION")}
	if address == "" {
		keys = Keys{"some-key", "its-secret", "here"}
		s3 := gofakes3.New(s3mem.New(), gofakes3.WithAutoBucket(true), gofakes3.WithV4Auth(map[string]string{keys.ID: keys.Secret}))
		server := httptest.NewServer(s3.Server())
		t.Cleanup(server.Close)
		address = server.URL + "/bucket/folder"
	}
	keepsAndGives(t, bucketAt(t, address, keys))
	keys.Secret += "x"
	err := bucketAt(t, address, keys).Put(t.Context(), idOf([]byte("a")), PNG, []byte("a"))
	if err == nil || !strings.Contains(err.Error(), "403") {
		t.Errorf("with a wrong secret: %v", err)
	}
}

func bucketAt(t *testing.T, address string, keys Keys) *Bucket {
	t.Helper()
	b, err := InBucket(address, keys)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func keepsAndGives(t *testing.T, s shelf) {
	t.Helper()
	ctx := t.Context()
	content := []byte("as if it were a picture")
	id := idOf(content)
	if _, err := s.Get(ctx, id); !errors.Is(err, ErrMissing) {
		t.Fatalf("what is not there: %v", err)
	}
	for range 2 { // to put it again is no harm
		if err := s.Put(ctx, id, PNG, content); err != nil {
			t.Fatal(err)
		}
	}
	file, err := s.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil || !bytes.Equal(got, content) {
		t.Fatalf("what was put is %q: %v", got, err)
	}
	for range 2 { // to delete it again, too
		if err := s.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Get(ctx, id); !errors.Is(err, ErrMissing) {
		t.Fatalf("what is deleted: %v", err)
	}
}

func TestWhatTheBucketSaysIsTold(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte("<Error><Code>SignatureDoesNotMatch</Code><Message>Check your key.</Message></Error>"))
	}))
	t.Cleanup(server.Close)
	err := bucketAt(t, server.URL+"/b", Keys{"id", "secret", "here"}).Put(t.Context(), idOf(nil), PNG, nil)
	if err == nil || !strings.Contains(err.Error(), "SignatureDoesNotMatch Check your key.") {
		t.Errorf("the error is %v", err)
	}
}

func TestAddressesOfBuckets(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"s3://bucket", "https:///bucket", "https://key:secret@host/b", "https://host/b?x=1", "https://host/a b", "::"} {
		if _, err := InBucket(address, Keys{}); err == nil {
			t.Errorf("%s is taken", address)
		}
	}
}

// TestSignature holds sign to the example of a PUT in the manual of S3,
// "Authenticating Requests: Using the Authorization Header".
func TestSignature(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodPut, "https://examplebucket.s3.amazonaws.com/test%24file.text", nil)
	r.Header.Set("Date", "Fri, 24 May 2013 00:00:00 GMT")
	r.Header.Set("X-Amz-Storage-Class", "REDUCED_REDUNDANCY")
	keys := Keys{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"}
	sign(r, []byte("Welcome to Amazon S3."), keys, time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC))
	const want = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
	if got := r.Header.Get("Authorization"); !strings.HasSuffix(got, "Signature="+want) {
		t.Errorf("the signature is %s", got)
	}
}
