package views

// sceneNotes are the notes of the landing page's picture. The style sheet
// places them by id (data-place), since they never move.
var sceneNotes = []Note{
	{ID: "a", Color: "yellow", W: 168, H: 168, Text: "Where do we go on Friday?"},
	{ID: "b", Color: "sky", W: 168, H: 168, Text: "The lake. Trains leave every half hour."},
	{ID: "c", Color: "green", W: 168, H: 168, Text: "Picnic"},
	{ID: "d", Color: "pink", W: 168, H: 168, Text: "Museum, if it rains"},
	{ID: "e", Color: "sky", W: 168, H: 168, Text: "Bring cards"},
	{ID: "f", Color: "green", W: 168, H: 168, Text: "Sam knows a bakery by the station"},
	{ID: "g", Color: "violet", W: 168, H: 168, Text: "Back by six"},
	{ID: "h", Color: "yellow", W: 168, H: 168, Text: "Who has a big blanket?"},
}
