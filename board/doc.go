// Package board is the product: boards, who may do what on them, and the live
// rooms in which people edit them.
//
// A [Hub] holds this node's rooms. A room is one live board: it owns a replica
// of the document, the sessions of the sockets that are on it, and the roster.
// Everything in a room happens in one goroutine, so that joins, commits and
// deliveries have an order; only the database work is done beside it, one job
// at a time. What waits while a job runs goes into the next transaction
// together.
//
// The write path is the same for sockets, API, imports and pages:
//
//	Session.Receive / Hub.Submit → room → Store.Commit (Decide) → deliver here → Bus → rooms on other nodes
//
// The rules that must hold are numbered in docs/protocol.md.
package board
