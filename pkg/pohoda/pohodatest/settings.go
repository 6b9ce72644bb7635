// Package pohodatest has what tests of agendas share: units, goldens, and the bundled
// and the official schemas.
package pohodatest

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
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/schemas"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Goldens holds a folder for each agenda: a record (case.json) and the pack that
// it becomes (case.xml); what POHODA may export (export/case.xml) and what is
// read from it (export/case.json).
var Goldens = filepath.Join(oracle.Root(), "testdata", "agenda")

// Czech is the accounting unit of the goldens.
var Czech = pohoda.Settings{
	Unit:        pohoda.Unit{ICO: "12345679", Country: "CZ", VATPayer: true},
	Rates:       vat.Default,
	LinkPartner: true,
}

// Slovak is a unit in Slovakia.
var Slovak = in("SK", true)

var nonPayer = in("CZ", false)

func in(country string, payer bool) pohoda.Settings {
	set := Czech
	set.Unit.Country, set.Unit.VATPayer = country, payer
	return set
}

// UnitOf picks the unit by the name of the case.
func UnitOf(name string) *pohoda.Settings {
	switch {
	case strings.HasPrefix(name, "sk-"):
		return &Slovak
	case strings.HasPrefix(name, "non-payer"):
		return &nonPayer
	}
	return &Czech
}

// IsWritten tells agendas of which documents are made from those that are read only.
func IsWritten(a *pohoda.Agenda) bool { return len(a.Targets) > 0 }

// Document is one document of a pack.
type Document struct {
	item   string
	Agenda *pohoda.Agenda
	El     *etree.Element
}

// DocumentsOf reads the documents of a pack.
func DocumentsOf(t testing.TB, file []byte) []Document {
	scanner := xmlio.NewScanner(bytes.NewReader(file), "pack.xml", pohoda.Namespaces())
	_, err := scanner.Next()
	require.NoError(t, err)
	var found []Document
	err = pack.Documents(scanner, func(f pack.Found) error {
		found = append(found, Document{f.Item, f.Agenda, f.Element})
		return nil
	}, func(*diag.Issue) {})
	require.NoError(t, err)
	return found
}

// Bundled keeps the schemas that it compiled.
var Bundled = pack.NewValidator(schemas.XSD, true)

// Compare holds a result against a golden file, or writes it.
func Compare(t *testing.T, file string, got []byte) {
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, got, 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), file)
}
