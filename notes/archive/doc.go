// Package archive reads files of notes.
//
// [Decode] reads notes from our own JSON and names everything that is wrong
// with it, row by row. [Plan] lays the rows out on a board and makes one edit of
// them, all or nothing. Neither touches anything: what the edit does is decided
// where every edit is.
package archive
