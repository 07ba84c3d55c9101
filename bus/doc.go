// Package bus carries bytes between nodes under the name of a topic, and keeps
// small values that expire. It knows no board.
//
// It is a road for news and for presence, never for truth: what is sent may be
// lost, repeated or reordered, and whoever needs all of it repairs by position.
// What the bus promises instead is to say so: after anything that may have
// lost a message, every subscription it may concern hears restored.
//
// [Memory] serves one process; nodes that share one Memory hear each other.
// [Redis] serves any number of processes. Both pass bustest.Suite.
package bus
