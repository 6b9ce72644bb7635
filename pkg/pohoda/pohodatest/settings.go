package pohoda_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/schemas"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldens holds a folder for each agenda: a record (case.json) and the pack that
// it becomes (case.xml); what POHODA may export (export/case.xml) and what is
// read from it (export/case.json).
var goldens = filepath.Join(oracle.Root(), "testdata", "agenda")

// czech is the accounting unit of the goldens.
var czech = pohoda.Settings{
	Unit:        pohoda.Unit{ICO: "12345679", Country: "CZ", VATPayer: true},
	Rates:       vat.Default,
	LinkPartner: true,
}

var slovak = in("SK", true)

var nonPayer = in("CZ", false)

func in(country string, payer bool) pohoda.Settings {
	set := czech
	set.Unit.Country, set.Unit.VATPayer = country, payer
	return set
}

// unitOf picks the unit by the name of the case.
func unitOf(name string) *pohoda.Settings {
	switch {
	case strings.HasPrefix(name, "sk-"):
		return &slovak
	case strings.HasPrefix(name, "non-payer"):
		return &nonPayer
	}
	return &czech
}

// isWritten tells agendas of which documents are made from those that are read only.
func isWritten(a *pohoda.Agenda) bool { return len(a.Targets) > 0 }

// document is one document of a pack.
type document struct {
	item   string
	agenda *pohoda.Agenda
	el     *etree.Element
}

// documentsOf reads the documents of a pack.
func documentsOf(t testing.TB, pack []byte) []document {
	scanner := xmlio.NewScanner(bytes.NewReader(pack), "pack.xml", pohoda.Namespaces())
	_, err := scanner.Next()
	require.NoError(t, err)
	var found []document
	err = pohoda.Documents(scanner, func(f pohoda.Found) error {
		found = append(found, document{f.Item, f.Agenda, f.Element})
		return nil
	}, func(*diag.Issue) {})
	require.NoError(t, err)
	return found
}

// bundled keeps the schemas that it compiled.
var bundled = pohoda.NewValidator(schemas.XSD, true)

// compare holds a result against a golden file, or writes it.
func compare(t *testing.T, file string, got []byte) {
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, got, 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), file)
}
