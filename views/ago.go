package views

import (
	"context"
	"time"
)

const day = 24 * time.Hour

// ago says how long before now t was, as people say it.
func ago(ctx context.Context, t, now time.Time) string {
	past := now.Sub(t)
	switch {
	case past < time.Minute:
		return say(ctx, "just now")
	case past < time.Hour:
		return plural(ctx, int(past/time.Minute), "{n} minute ago", "{n} minutes ago")
	case past < day:
		return plural(ctx, int(past/time.Hour), "{n} hour ago", "{n} hours ago")
	case past < 7*day:
		return plural(ctx, int(past/day), "{n} day ago", "{n} days ago")
	case t.Year() == now.Year():
		return say(ctx, "on {day} {month}", "day", t.Day(), "month", month(ctx, t.Month()))
	default:
		return say(ctx, "on {day} {month} {year}", "day", t.Day(), "month", month(ctx, t.Month()), "year", t.Year())
	}
}

// month is the month's name.
func month(ctx context.Context, m time.Month) string {
	return [...]string{
		say(ctx, "January"), say(ctx, "February"), say(ctx, "March"),
		say(ctx, "April"), say(ctx, "May"), say(ctx, "June"),
		say(ctx, "July"), say(ctx, "August"), say(ctx, "September"),
		say(ctx, "October"), say(ctx, "November"), say(ctx, "December"),
	}[m-time.January]
}
