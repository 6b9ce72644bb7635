package crm

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// A folder may hold what its records refer to beside them.
func TestFolderWithReferredRecords(t *testing.T) {
	for _, c := range []struct {
		folder, profile string
		records, with   int
		customer        string
	}{
		{"raynet", "", 1, 1, "CZ22222227"},
		{"eway", "", 1, 2, "CZ22222227"},
		{"shoptet", "", 1, 0, "CZ22222227"},
	} {
		t.Run(c.folder, func(t *testing.T) {
			s, err := Open("../../examples/"+c.folder, Options{Profile: c.profile})
			require.NoError(t, err)
			raw, err := s.Next()
			require.NoError(t, err)
			results := s.Decode(raw)
			require.Len(t, results, c.records)
			assert.Empty(t, results[0].Issues)
			assert.Equal(t, c.customer, results[0].Record.Document().Customer.TaxID)
			assert.Len(t, s.foreign.With.Files, c.with)
			assert.Empty(t, s.Findings())
		})
	}
}

func TestFolderOfReferredRecordsAlone(t *testing.T) {
	f, err := newForeign(Options{})
	require.NoError(t, err)
	records, with := f.sortFolder([]string{
		"../../examples/raynet/company.json", "../../examples/raynet/deal.json",
		"../../examples/canonical/deal.json", "../../examples/csv/orders.csv", "no-such.json",
	})
	assert.Equal(t, []string{"../../examples/raynet/company.json"}, with)
	assert.Len(t, records, 4, "what is no such file is read, and then says what is wrong with it")
}

// TestShapesAreDistinct: a record of one system has the shape of one profile alone, in
// whatever order they are tried.
func TestShapesAreDistinct(t *testing.T) {
	files, err := filepath.Glob(examples + "*/*.json")
	require.NoError(t, err)
	further, err := filepath.Glob("testdata/profiles/*.json")
	require.NoError(t, err)
	recognised := map[string]bool{}
	for _, file := range append(files, further...) {
		n := firstValue(file)
		if n == nil {
			continue
		}
		var fits []string
		for _, name := range profile.EmbeddedNames {
			p, issues := profile.EmbeddedProfile(name)
			require.Empty(t, issues.Of(diag.Error))
			if records := profile.RecordsAt(n, p.Roots); p.Format == "json" && len(records) > 0 && p.Shape.Fits(records[0]) {
				fits = append(fits, name)
				recognised[name] = true
			}
		}
		assert.LessOrEqual(t, len(fits), 1, "%s: %s", file, fits)
	}
	for _, name := range profile.EmbeddedNames {
		if p, _ := profile.EmbeddedProfile(name); p.Format == "json" {
			assert.True(t, recognised[name], "no example has the shape of %s", name)
		}
	}
}
