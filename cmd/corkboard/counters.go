package main

import "corkboard/web"

// counters are the numbers of the rooms that know nothing of the web.
func (s *server) counters() []web.Counter {
	st := s.services.store
	return []web.Counter{
		{Name: "corkboard_unreadable_notes_total", Help: "Notes that could not be read and are shown as placeholders.", Value: &st.UnreadableNotes},
		{Name: "corkboard_unreadable_events_total", Help: "Events that could not be read, at which a log was cut off.", Value: &st.UnreadableEvents},
	}
}
