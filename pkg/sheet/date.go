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
// 08/01/2026 may be August or January and is refused as date-ambiguous, whatever
// the numbers; all else is bad-date.
func ParseDate(s string) (time.Time, error) {
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
	if strings.Count(text, "/") == 2 {
		return time.Time{}, diag.New(CodeDateAmbiguous).Of(s)
	}
	return time.Time{}, diag.New(CodeBadDate).Of(s)
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
