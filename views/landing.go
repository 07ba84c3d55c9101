package views

import "context"

// sceneNotes are the notes of the landing page's picture. The style sheet
// places them by id (data-place), since they never move.
func sceneNotes(ctx context.Context) []Note {
	return []Note{
		{ID: "a", Color: "yellow", W: 168, H: 168, Text: say(ctx, "Where do we go on Friday?")},
		{ID: "b", Color: "sky", W: 168, H: 168, Text: say(ctx, "The lake. Trains leave every half hour.")},
		{ID: "c", Color: "green", W: 168, H: 168, Text: say(ctx, "Picnic")},
		{ID: "d", Color: "pink", W: 168, H: 168, Text: say(ctx, "Museum, if it rains")},
		{ID: "e", Color: "sky", W: 168, H: 168, Text: say(ctx, "Bring cards")},
		{ID: "f", Color: "green", W: 168, H: 168, Text: say(ctx, "Sam knows a bakery by the station")},
		{ID: "g", Color: "violet", W: 168, H: 168, Text: say(ctx, "Back by six")},
		{ID: "h", Color: "yellow", W: 168, H: 168, Text: say(ctx, "Who has a big blanket?")},
	}
}
