package export_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestWhatDecidesCannotBeRead has fields of which nobody knows whether the record
// would be asked for.
func TestWhatDecidesCannotBeRead(t *testing.T) {
	always := func(*trade.Record) (bool, *diag.Issue) { return false, nil }
	for _, c := range []struct {
		name    string
		s       flow.Selection
		change  flowtest.Change
		refused int
	}{
		{"the state", flow.Selection{Status: "open"}, flowtest.With(7, "status", "phase"), 1},
		{"the state, of any", flow.Selection{}, flowtest.With(7, "status", "phase"), 1},
		{"the state, on a day", flow.Selection{Since: trade.NewDate(2027, 1, 1)}, flowtest.With(7, "status", "phase"), 0},
		{"the day of the change", flow.Selection{Since: trade.NewDate(2027, 1, 1)}, flowtest.With("soon", "source", "updatedAt"), 1},
		{"the day of issue", flow.Selection{Since: trade.NewDate(2027, 1, 1)}, flowtest.With("soon", "issueDate"), 1},
		{"the day, in a state", flow.Selection{Status: "open"}, flowtest.With("soon", "issueDate"), 0},
		{"anything, on a condition", flow.Selection{Where: always}, flowtest.With(7, "centre"), 1},
		{"nothing that decides", flow.Selection{Status: "open"}, flowtest.With(7, "centre"), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := flowtest.NewTrial(t, flowtest.Deal(t, 1, c.change))
			tr.Select = c.s
			report := tr.RunsWell(t)
			assert.Equal(t, c.refused, report.Refused)
			assert.Equal(t, 1-c.refused, report.Skipped)
		})
	}
}

func TestConditionOfAnExport(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1), flowtest.Deal(t, 2, flowtest.With([]string{"jinam"}, "tags")), flowtest.Deal(t, 3))
	s, err := flow.SelectionOf("deals", nil, `"pohoda" in tags`, "")
	require.NoError(t, err)
	tr.Select = s
	report := tr.RunsWell(t)
	assert.Equal(t, []string{flowtest.Item(1), flowtest.Item(3)}, flowtest.Items(tr.Printed.String()))
	assert.Equal(t, 1, report.Skipped)

	tr = flowtest.NewTrial(t, flowtest.Deal(t, 1))
	tr.Select, err = flow.SelectionOf("deals", nil, `number`, "")
	require.NoError(t, err)
	assert.Equal(t, 1, tr.RunsWell(t).Refused)
	assert.Equal(t, []diag.Code{"where-result"}, tr.Codes())
}
