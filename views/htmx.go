package views

import (
	"strconv"

	"github.com/a-h/templ"

	"corkboard/notes"
)

// What a request that failed puts on the page: the words of the problem page,
// below the list, where a screen reader hears them. The row stays as it was.
var refusal = templ.OrderedAttributes{
	{Key: "hx-status:4xx", Value: `target:#notices select:.problem-words swap:innerHTML`},
	{Key: "hx-status:5xx", Value: `target:#notices select:.problem-words swap:innerHTML`},
}

// swapRow puts the answer in the row's place, dropRow takes the row away.
// Without a time to settle, htmx does not carry the old element's style over,
// which the content security policy would refuse.
var (
	swapRow = swapped("outerHTML settle:0")
	dropRow = swapped("delete")
)

func swapped(how string) templ.OrderedAttributes {
	return append(templ.OrderedAttributes{{Key: "hx-swap", Value: how}}, refusal...)
}

var maxName = strconv.Itoa(notes.MaxName)

// swapShare renews the share dialog; a failure is told at its head.
var swapShare = templ.OrderedAttributes{
	{Key: "hx-swap", Value: "outerHTML settle:0"},
	{Key: "hx-status:4xx", Value: `target:#share-notice select:.problem-words swap:innerHTML`},
	{Key: "hx-status:5xx", Value: `target:#share-notice select:.problem-words swap:innerHTML`},
}
