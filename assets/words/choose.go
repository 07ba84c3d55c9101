package words

import (
	"slices"
	"strconv"
	"strings"
)

// Choose is the language for somebody who chose one, or none (""), and whose
// browser sends this Accept-Language header.
func Choose(chosen, accept string) Language {
	if IsLanguage(chosen) {
		return Language(chosen)
	}
	best, most := English, 0.0
	for wish := range strings.SplitSeq(accept, ",") {
		tag, weight := weigh(wish)
		if l, known := closest(tag); known && weight > most {
			best, most = l, weight
		}
	}
	return best
}

// IsLanguage tells whether pages can be shown in the language of the tag.
func IsLanguage(tag string) bool { return slices.Contains(Languages, Language(tag)) }

// weigh takes a wish of an Accept-Language header apart: "de-AT;q=0.8".
func weigh(wish string) (tag string, weight float64) {
	tag, parameter, weighed := strings.Cut(strings.TrimSpace(wish), ";")
	if !weighed {
		return tag, 1
	}
	weight, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(parameter), "q="), 64)
	if err != nil || weight > 1 {
		return tag, 0
	}
	return tag, weight
}

// closest is the language that a tag names, whatever its country or script.
func closest(tag string) (Language, bool) {
	primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	return Language(primary), IsLanguage(primary)
}
