package trade

import (
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // a container and Windows have no zones of their own
)

// Date is a calendar day without a zone; the zero value is absent.
type Date struct {
	year  int
	month time.Month
	day   int
}

// NewDate gives a day; it must exist.
func NewDate(year int, month time.Month, day int) Date { return Date{year, month, day} }

// DateOf gives the day of a moment in its own zone.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return Date{t.Year(), t.Month(), t.Day()}
}

// ParseDate reads YYYY-MM-DD and nothing else.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("not a date: %q", s)
	}
	return DateOf(t), nil
}

// IsZero tells whether the date is absent.
func (d Date) IsZero() bool { return d == Date{} }

// Year is the calendar year, 0 for an absent date.
func (d Date) Year() int { return d.year }

// Compare orders days; an absent date comes first.
func (d Date) Compare(e Date) int {
	return (d.year*10000 + int(d.month)*100 + d.day) - (e.year*10000 + int(e.month)*100 + e.day)
}

// Before tells whether the day lies before another.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// String writes YYYY-MM-DD, or "" for an absent date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return string(d.append(nil))
}

// MarshalText writes the date for JSON and CSV.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d Date) append(b []byte) []byte {
	digits := func(n, width int) {
		for scale := [...]int{1, 10, 100, 1000}[width-1]; scale > 0; scale /= 10 {
			b = append(b, byte('0'+n/scale%10))
		}
	}
	digits(d.year, 4)
	b = append(b, '-')
	digits(int(d.month), 2)
	b = append(b, '-')
	digits(d.day, 2)
	return b
}

// Time is a moment as a source states it; it keeps the source's own text, since
// not every source names its zone. The zero value is absent.
type Time struct {
	text string
	t    time.Time
	// zoned says that the text names a zone.
	zoned bool
}

// timeLayouts are the notations in which sources state moments.
var timeLayouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly,
}

// ParseTime reads a moment.
func ParseTime(s string) (Time, error) {
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return Time{s, t, strings.Contains(layout, "07")}, nil
		}
	}
	return Time{}, fmt.Errorf("not a time: %q", s)
}

// IsZero tells whether the time is absent.
func (t Time) IsZero() bool { return t.text == "" }

// Before tells whether the moment is before another; an absent one is before all.
func (t Time) Before(o Time) bool { return t.t.Before(o.t) }

// Date is the day of the moment where the unit is, 2026-12-31T23:30Z is 2027; one that names
// no zone is of the source's own.
func (t Time) Date() Date {
	if t.zoned {
		return DateOf(t.t.In(unitZone()))
	}
	return DateOf(t.t)
}

// unitZone is the zone of accounting units: Prague and Bratislava have had one time since
// 1979, and both follow the summer time of the European Union.
var unitZone = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		panic(err) // it is embedded
	}
	return zone
})

// String gives the text as the source stated it.
func (t Time) String() string { return t.text }

// MarshalText writes the source's own text.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.text), nil }

// Number is the day as a number; unpack gives it back.
func (d Date) Number() int32 { return int32(d.year*10000 + int(d.month)*100 + d.day) }

// DateOfNumber gives back the day of which Number is the number.
func DateOfNumber(day int32) Date {
	return Date{int(day) / 10000, time.Month(day / 100 % 100), int(day) % 100}
}
