// Package web answers HTTP: pages, sockets and the JSON API.
//
// routes.go is the table of URLs; each resource has a file of its own. An
// action returns an error instead of writing one, and errors.go turns it into a
// status and a page or problem+json, once for all. socket.go and conn.go are
// the only files that know the socket library.
//
// What holds for every answer: a content security policy with a nonce of its
// own and no framing (embed.go alone loosens that), unsafe methods from our own
// pages only, and no token in any log.
package web
