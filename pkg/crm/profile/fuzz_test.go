package profile

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// FuzzProfile: whatever a profile says, it is refused with a place or it ends,
// and what it makes is a tree or a finding.
func FuzzProfile(f *testing.F) {
	for _, name := range EmbeddedNames {
		text, err := fs.ReadFile(embedded, "profiles/"+name+".yaml")
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(small + "  number: first(r.a, r.b?.c) ?? 'x'\nlines:\n  fields:\n    quantity: dec(it.q) * 2 / 3\n"))
	f.Add([]byte(small + "maps: {m: {values: {a: b}}}\nvars: {x: 'lookup(\"m\", r.a)'}\ndefaults: {number: 5}\n"))
	const record = `{"id": 1, "a": "x", "b": {"c": [1, 2.5, null, true]}, "lines": [{"q": "1"}, {"q": 2}], "items": [{}]}`
	f.Fuzz(func(t *testing.T, text []byte) {
		p, issues := ReadProfile(text, "fuzz.yaml")
		if !issues.Refused() {
			issues = p.Compile()
		}
		for _, issue := range issues {
			assert.Equal(t, "fuzz.yaml", issue.At.File, issue)
		}
		if issues.Refused() {
			return
		}
		tree, _ := new(canonical.Parser).Parse([]byte(record), diag.Position{})
		made := (&translator{profile: p, with: &withFiles{}, env: map[string]any{}}).Record(tree, func(int) diag.Position { return diag.Position{} })
		found := made.Issues
		canonical.RecordOf(made.Node, func(int) diag.Position { return diag.Position{} }, &found)
		for _, issue := range found {
			assert.NotEqual(t, diag.Unexpected, issue.Code, issue)
		}
	})
}
