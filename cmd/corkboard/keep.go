package main

import (
	"errors"
	"strconv"
	"time"

	"corkboard/jobs"
)

// keeping says for how many days is kept what is not on the boards, and how many
// of each board's events, however old they are. 0 days are for ever.
type keeping struct{ LogDays, LogEvents, ClientsDays, TrashDays, PicturesDays int }

var defaultKeeping = keeping{LogDays: 30, LogEvents: 1000, ClientsDays: 60, TrashDays: 30, PicturesDays: 30}

// readKeeping reads the variables that begin with KEEP_.
func readKeeping(set map[string]string) (keeping, error) {
	k := defaultKeeping
	var errs []error
	for _, v := range []struct {
		name string
		to   *int
	}{
		{"KEEP_LOG_DAYS", &k.LogDays}, {"KEEP_LOG_EVENTS", &k.LogEvents},
		{"KEEP_CLIENTS_DAYS", &k.ClientsDays}, {"KEEP_TRASH_DAYS", &k.TrashDays},
		{"KEEP_PICTURES_DAYS", &k.PicturesDays},
	} {
		if set[v.name] == "" {
			continue
		}
		n, err := strconv.Atoi(set[v.name])
		if err != nil || n < 0 || n > 100_000 {
			errs = append(errs, wrong(v.name, set[v.name], "which is not a whole number up to 100000", "30; 0 days are for ever"))
		}
		*v.to = n
	}
	return k, errors.Join(errs...)
}

// forJobs is what is kept as the jobs are told.
func (k keeping) forJobs() jobs.Keep {
	const day = 24 * time.Hour
	return jobs.Keep{
		Log: time.Duration(k.LogDays) * day, Events: int64(k.LogEvents),
		Clients: time.Duration(k.ClientsDays) * day, Trash: time.Duration(k.TrashDays) * day,
		Pictures: time.Duration(k.PicturesDays) * day,
	}
}
