package trade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestDayOfAMoment: the day is that of the unit, whatever zone a system states it in.
func TestDayOfAMoment(t *testing.T) {
	for text, want := range map[string]string{
		"2026-12-31T23:30:00Z":      "2027-01-01",
		"2026-12-31T22:59:59Z":      "2026-12-31",
		"2026-06-30T22:00:00Z":      "2026-07-01",
		"2026-06-30T21:59:59Z":      "2026-06-30",
		"2026-03-29T00:59:59Z":      "2026-03-29",
		"2026-12-31T18:30:00-05:00": "2027-01-01",
		"2027-01-01T00:30:00+01:00": "2027-01-01",
		"2027-01-01T08:00:00+09:00": "2027-01-01",
		"2027-01-01T07:59:59+09:00": "2026-12-31",
		"2026-12-31T23:30:00+0000":  "2027-01-01",
		"2026-12-31T23:30:00":       "2026-12-31",
		"2026-12-31 23:30":          "2026-12-31",
		"2026-12-31":                "2026-12-31",
	} {
		moment, err := trade.ParseTime(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, moment.Date().String(), text)
		assert.Equal(t, text, moment.String())
	}
}
