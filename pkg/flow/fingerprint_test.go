package flow

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// printOf is the fingerprint of the sample deal with changes.
func printOf(t testing.TB, changes ...change) string {
	t.Helper()
	print, err := fingerprint(document(t, deal(t, 1, changes...)))
	require.NoError(t, err)
	return print
}

func TestFingerprint(t *testing.T) {
	was := printOf(t)
	for name, c := range map[string]struct {
		change change
		want   []string
	}{
		"touched":            {with("2026-11-01T10:00:00Z", "source", "updatedAt"), nil},
		"another state":      {with(map[string]any{"phase": "done"}, "status"), nil},
		"paid":               {with(map[string]any{"state": "paid", "amountDue": "0"}, "payment"), nil},
		"a field":            {with("Jiný předmět", "title"), []string{"title"}},
		"the customer":       {with("Jiná s.r.o.", "customer", "name"), []string{"customer"}},
		"a line":             {inLine(1, "quantity", "7"), []string{"lines[1]"}},
		"a line in front":    {linesOf(func(l []any) []any { return append([]any{map[string]any{"name": "x"}}, l...) }), []string{"lines[0]"}},
		"a line is gone":     {linesOf(func(l []any) []any { return l[1:] }), []string{"lines"}},
		"lines moved":        {linesOf(func(l []any) []any { return []any{l[1], l[0], l[2]} }), []string{"lines"}},
		"a field is gone":    {func(r map[string]any) { delete(r, "title") }, []string{"title"}},
		"a line for another": {linesOf(func(l []any) []any { return []any{map[string]any{"name": "x"}, l[1], l[2]} }), []string{"lines[0]"}},
	} {
		t.Run(name, func(t *testing.T) {
			now := printOf(t, c.change)
			assert.Equal(t, c.want == nil, sameContent(was, now))
			if c.want != nil {
				assert.Equal(t, c.want, changedParts(was, now))
			}
		})
	}
}

func BenchmarkFingerprint(b *testing.B) {
	doc := document(b, deal(b, 1))
	for b.Loop() {
		_, _ = fingerprint(doc)
	}
}
