// Package views makes the pages. Each page is a templ component that takes a
// plain struct of this package, so that a page can be looked at, and tested,
// without a server.
//
// What holds for every page:
//   - Words that people wrote stand in text nodes and in quoted, escaped
//     attributes, never in hx-*, src, formaction, style or script.
//   - There is no style attribute and no inline handler. The few inline
//     elements (places of notes, boot data) carry the nonce of the request,
//     which the caller puts into the context with [templ.WithNonce].
//   - Forms work as plain posts; the data-hx-* attributes only spare a reload.
//   - [Landing], [Accessibility], [Boards], [Trash], [Board], [Embed], [SharePage] and [Problem]
//     are whole documents. [BoardRow], [TrashedRow] and [Share] are fragments
//     that answer a request with the header HX-Request.
package views
