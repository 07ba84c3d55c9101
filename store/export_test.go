package store

// For tests that look at how a query is run, or at how errors are read.
var (
	ListQuery     = listQuery
	WriteDecision = writeDecision
	Again         = again
	Unavailable   = unavailable
	Outcome       = outcome
	Attempts      = attempts
)
