package sheet

import (
	"strings"
	"time"
	"unicode"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// firstYear is the earliest year of a date; what lies before is a typing error,
// or a spreadsheet's day nought.
const firstYear = 1900

// ParseDate reads a date as people write it, 16.3.2026, 16.03.2026 or
// 16. 3. 2026, or by ISO 8601, 2026-03-16, each with or without a time of the
// day behind it; ISO may name a zone, else the time is given in UTC. An empty
// cell is the zero time.
//
// 08/01/2026 may be August or January and is refused as date-ambiguous; with a
// number above 12 it is a date. All else is bad-date.
func ParseDate(s string) (time.Time, error) {
	if day, ok := usualDate(s); ok {
		return day, nil
	}
	return anyDate(s)
}

func anyDate(s string) (time.Time, error) {
	text := strings.TrimFunc(s, unicode.IsSpace)
	if text == "" {
		return time.Time{}, nil
	}
	layouts := isoLayouts
	if len(text) > 2 && (text[1] == '.' || text[2] == '.') {
		text, layouts = joinDots(text), czechLayouts
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= firstYear {
			return t, nil
		}
	}
	return slashDate(text, s)
}

// slashDate reads a date with slashes, of which only one reading is a day.
func slashDate(text, s string) (time.Time, error) {
	dayFirst, errDay := time.Parse("2/1/2006", text)
	monthFirst, errMonth := time.Parse("1/2/2006", text)
	switch {
	case errDay == nil && errMonth == nil && !dayFirst.Equal(monthFirst):
		return time.Time{}, diag.New(CodeDateAmbiguous).WithValue(s)
	case errDay == nil && dayFirst.Year() >= firstYear:
		return dayFirst, nil
	case errMonth == nil && monthFirst.Year() >= firstYear:
		return monthFirst, nil
	}
	return time.Time{}, diag.New(CodeBadDate).WithValue(s)
}

// usualDate reads what most cells hold, 16.3.2026, and fails on all else. It is
// there for the sake of speed alone: anyDate gives the same.
func usualDate(s string) (time.Time, bool) {
	var parts [3]int
	at, digits := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9' && digits < 4:
			parts[at] = 10*parts[at] + int(c-'0')
			digits++
		case c == '.' && at < 2 && 0 < digits && digits <= 2:
			at, digits = at+1, 0
		default:
			return time.Time{}, false
		}
	}
	day := time.Date(parts[2], time.Month(parts[1]), parts[0], 0, 0, 0, 0, time.UTC)
	ok := at == 2 && digits == 4 && parts[2] >= firstYear && day.Day() == parts[0] && int(day.Month()) == parts[1]
	return day, ok
}

var (
	czechLayouts = []string{"2.1.2006", "2.1.2006 15:04:05", "2.1.2006 15:04"}
	isoLayouts   = []string{
		time.DateOnly, "2006-01-02 15:04:05", "2006-01-02 15:04", time.RFC3339, "2006-01-02T15:04:05",
		"2006-01-02T15:04", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00",
	}
)

// joinDots takes out the blanks after the dots of a date.
func joinDots(s string) string {
	parts := strings.SplitAfterN(s, ".", 3)
	for i, part := range parts {
		parts[i] = strings.TrimLeftFunc(part, unicode.IsSpace)
	}
	return strings.Join(parts, "")
}
