package main

import "corkboard/web"

// counters are the numbers of the rooms that know nothing of the web.
func (s *server) counters() []web.Counter {
	st, done := s.services.store, &s.jobs.Stats
	return []web.Counter{
		{Name: "corkboard_unreadable_notes_total", Help: "Notes that could not be read and are shown as placeholders.", Value: &st.UnreadableNotes},
		{Name: "corkboard_unreadable_events_total", Help: "Events that could not be read, at which a log was cut off.", Value: &st.UnreadableEvents},
		{Name: "corkboard_jobs_events_total", Help: "Old events that this node threw away.", Value: &done.Events},
		{Name: "corkboard_jobs_clients_total", Help: "Clients that this node forgot, for they had not been seen for long.", Value: &done.Clients},
		{Name: "corkboard_jobs_boards_total", Help: "Boards in the trash that this node deleted for good.", Value: &done.Boards},
		{Name: "corkboard_jobs_pictures_total", Help: "Pictures that no board had for long and that this node deleted.", Value: &done.Pictures},
		{Name: "corkboard_jobs_sessions_total", Help: "Sessions that had run out and that this node deleted.", Value: &done.Sessions},
		{Name: "corkboard_jobs_guests_total", Help: "Guests without a session or a board that this node deleted.", Value: &done.Guests},
		{Name: "corkboard_jobs_failures_total", Help: "Runs of the background jobs that failed.", Value: &done.Failures},
	}
}
