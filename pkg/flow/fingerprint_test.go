package flow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
)

// printOf is the fingerprint of the sample deal with changes.
func printOf(t testing.TB, changes ...flowtest.Change) string {
	t.Helper()
	print, err := flow.Fingerprint(flowtest.Document(t, flowtest.Deal(t, 1, changes...)))
	require.NoError(t, err)
	return print
}

func TestFingerprint(t *testing.T) {
	was := printOf(t)
	for name, c := range map[string]struct {
		change flowtest.Change
		want   []string
	}{
		"touched":            {flowtest.With("2026-11-01T10:00:00Z", "source", "updatedAt"), nil},
		"another state":      {flowtest.With(map[string]any{"phase": "done"}, "status"), nil},
		"paid":               {flowtest.With(map[string]any{"state": "paid", "amountDue": "0"}, "payment"), nil},
		"a field":            {flowtest.With("Jiný předmět", "title"), []string{"title"}},
		"the customer":       {flowtest.With("Jiná s.r.o.", "customer", "name"), []string{"customer"}},
		"a line":             {flowtest.InLine(1, "quantity", "7"), []string{"lines[1]"}},
		"a line in front":    {flowtest.LinesOf(func(l []any) []any { return append([]any{map[string]any{"name": "x"}}, l...) }), []string{"lines[0]"}},
		"a line is gone":     {flowtest.LinesOf(func(l []any) []any { return l[1:] }), []string{"lines"}},
		"lines moved":        {flowtest.LinesOf(func(l []any) []any { return []any{l[1], l[0], l[2]} }), []string{"lines"}},
		"a field is gone":    {func(r map[string]any) { delete(r, "title") }, []string{"title"}},
		"a line for another": {flowtest.LinesOf(func(l []any) []any { return []any{map[string]any{"name": "x"}, l[1], l[2]} }), []string{"lines[0]"}},
	} {
		t.Run(name, func(t *testing.T) {
			now := printOf(t, c.change)
			assert.Equal(t, c.want == nil, flow.SameContent(was, now))
			if c.want != nil {
				assert.Equal(t, c.want, flow.ChangedParts(was, now))
			}
		})
	}
}

func BenchmarkFingerprint(b *testing.B) {
	doc := flowtest.Document(b, flowtest.Deal(b, 1))
	for b.Loop() {
		_, _ = flow.Fingerprint(doc)
	}
}
