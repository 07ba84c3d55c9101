package views

// Trouble is what a person is told when a request did not do what they asked.
type Trouble struct {
	Status int
	Title  string // what happened, in a few words
	Detail string // what happened and what was kept
	Hint   string // what to do now
}
