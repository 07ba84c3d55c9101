// Package jobs is the background work that survives restarts: it throws away what
// nobody can need any more, so that a database that is written to for years stays
// as large as what is on the boards.
//
// The work is done by one node at a time, in small batches with pauses between
// them, and everything that a run has not done the next one finds again: nothing
// is lost when a node is killed in the middle. What is kept for how long says
// [Keep]; notes that were deleted are kept for ever, so that they stay deleted
// for whoever comes back, can be restored, and their ids are not used again.
package jobs
