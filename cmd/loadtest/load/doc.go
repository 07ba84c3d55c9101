// Package load puts many light clients on a server over real sockets and says
// what the server did for them and what it cost. A client of this package reads
// no more of a frame than it counts, so that thousands of them leave the
// machine to the server; the replicas of package bot check the outcome.
package load
