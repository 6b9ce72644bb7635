package flow

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestWhatDecidesCannotBeRead has fields of which nobody knows whether the record
// would be asked for.
func TestWhatDecidesCannotBeRead(t *testing.T) {
	always := func(*trade.Record) (bool, *diag.Issue) { return false, nil }
	for _, c := range []struct {
		name    string
		s       Selection
		change  change
		refused int
	}{
		{"the state", Selection{Status: "open"}, with(7, "status", "phase"), 1},
		{"the state, of any", Selection{}, with(7, "status", "phase"), 1},
		{"the state, on a day", Selection{Since: trade.NewDate(2027, 1, 1)}, with(7, "status", "phase"), 0},
		{"the day of the change", Selection{Since: trade.NewDate(2027, 1, 1)}, with("soon", "source", "updatedAt"), 1},
		{"the day of issue", Selection{Since: trade.NewDate(2027, 1, 1)}, with("soon", "issueDate"), 1},
		{"the day, in a state", Selection{Status: "open"}, with("soon", "issueDate"), 0},
		{"anything, on a condition", Selection{Where: always}, with(7, "centre"), 1},
		{"nothing that decides", Selection{Status: "open"}, with(7, "centre"), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t, deal(t, 1, c.change))
			tr.Select = c.s
			report := tr.run(t)
			assert.Equal(t, c.refused, report.Refused)
			assert.Equal(t, 1-c.refused, report.Skipped)
		})
	}
}

func TestConditionOfAnExport(t *testing.T) {
	tr := newTrial(t, deal(t, 1), deal(t, 2, with([]string{"jinam"}, "tags")), deal(t, 3))
	s, err := SelectionOf("deals", nil, `"pohoda" in tags`, "")
	require.NoError(t, err)
	tr.Select = s
	report := tr.run(t)
	assert.Equal(t, []string{item(1), item(3)}, items(tr.stdout.String()))
	assert.Equal(t, 1, report.Skipped)

	tr = newTrial(t, deal(t, 1))
	tr.Select, err = SelectionOf("deals", nil, `number`, "")
	require.NoError(t, err)
	assert.Equal(t, 1, tr.run(t).Refused)
	assert.Equal(t, []diag.Code{"where-result"}, tr.codes())
}
