// Package notes is the domain: what a board's document is and what an op does
// to it. It is pure: no clock, no storage, no goroutines, standard library only.
// The same rules stand a second time in assets/src/notes, and the vectors in
// testdata/vectors are run by both.
//
// A [Document] is a board's notes and fields at one seq. An [Op] is a proposed
// edit. A [Draft] applies ops on top of a document without touching it, and
// answers each with an [Effect] (what to log and broadcast), a no-op, or a
// [Rejection]. Once a draft's events are durable, [Document.ApplyEvent] moves
// the document on; every replica, on a server or in a browser, moves by events
// alone.
//
// Conflicts (rule numbers are those of docs/protocol.md):
//
//	op            against                      outcome
//	note.set      note.set, other field        both land
//	note.set      note.set, same field         the later seq wins, field by field
//	note.text     note.text                    transformed: every character of both survives
//	note.text     note.delete                  the deletion wins; the typist is refused with the note
//	note.delete   note.delete                  the second is a no-op
//	note.restore  note.restore                 the second is a no-op
//	note.create   note.create, same id         the second is refused
//	any with base a newer version              left alone; nothing left is a no-op
package notes
