// Package echo is the reference of the load test: a server that speaks just
// enough of the protocol for the same clients and does nothing else. A cursor
// goes to the room as it came, a frame each or a frame for each tick. What it
// costs is what sockets cost; what Corkboard costs more is Corkboard.
package echo
