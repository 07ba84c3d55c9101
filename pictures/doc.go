// Package pictures makes strangers' pictures safe to show, and keeps them.
//
// [Read] takes whatever bytes somebody sent and makes a new picture of what can
// be seen in them: of a known kind, of bounded size, upright, and without
// anything else that the file carried. A file is what its content says, whatever
// it is called. What cannot be taken is a [Refusal], which says why in words for
// the person who sent it.
//
// A picture's id is made of its bytes, so one that is sent twice is kept once,
// and what an id names never changes. [Disk] and [Bucket] keep them: both are a
// [Shelf]. Neither knows who may see what.
package pictures
