package pohoda_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// slovak and nonPayer are the units of cases that need another one.
var ()

// codecs opens an agenda with the limits of the bundled schema.
func codecOf(t testing.TB, a *pohoda.Agenda) *pohoda.Codec {
	schema, err := pack.Schema(a)
	require.NoError(t, err)
	return a.Open(pack.Limits(schema))
}

// compute gives the totals as the export does, and what the checks say.
func compute(doc *trade.Document, set *pohoda.Settings) (vat.Totals, diag.List) {
	return check.Check(doc, check.Settings{Country: set.Unit.Country, VATPayer: set.Unit.VATPayer, Rates: set.Rates})
}

// targetOf is what a document becomes in an agenda: the target of its direction.
func targetOf(a *pohoda.Agenda, doc *trade.Document) pohoda.Target {
	for _, target := range a.Targets {
		if target.Direction == doc.Direction {
			return target
		}
	}
	return a.Targets[0]
}

func TestGoldens(t *testing.T) {
	for _, agenda := range pohoda.Agendas() {
		cases, err := filepath.Glob(filepath.Join(pohodatest.Goldens, agenda.Name, "*.json"))
		require.NoError(t, err)
		assert.Equal(t, pohodatest.IsWritten(agenda), len(cases) > 0, "goldens of agenda %s", agenda.Name)
		codec := codecOf(t, agenda)
		for _, file := range cases {
			name := strings.TrimSuffix(filepath.Base(file), ".json")
			t.Run(agenda.Name+"/"+name, func(t *testing.T) { golden(t, codec, file, pohodatest.UnitOf(name)) })
		}
	}
}

// golden writes a record and reads it back. What is read need not be the record
// itself, for POHODA has no place for some of it; but written again it is the
// same document.
func golden(t *testing.T, codec *pohoda.Codec, file string, set *pohoda.Settings) {
	record := readRecord(t, file)
	pack := encode(t, codec, record, set)
	pohodatest.Compare(t, strings.TrimSuffix(file, ".json")+".xml", pack)
	assert.Empty(t, findings(t, pack), "against the bundled schemas")

	read := codec.Decode(pohodatest.DocumentsOf(t, pack)[0].El, set)

	again, reader := read.Record, read.Reader
	assert.Empty(t, reader.LeftOut, "what is written is read")
	assert.Empty(t, reader.Issues)
	assert.Equal(t, record.Document().Direction, again.Document().Direction)
	assert.Equal(t, string(documentOf(t, pack)), string(appendDocument(t, codec, again, set)), "read and written again")
}

// readRecord reads a canonical record as the export does.
func readRecord(t *testing.T, file string) *trade.Record {
	source, err := crm.Open(file, crm.Options{})
	require.NoError(t, err)
	defer source.Close()
	raw, err := source.Next()
	require.NoError(t, err)
	results := source.Decode(raw)
	require.Len(t, results, 1)
	require.Empty(t, results[0].Issues)
	return &results[0].Record
}

// encode gives the whole file of one record.
func encode(t *testing.T, codec *pohoda.Codec, record *trade.Record, set *pohoda.Settings) []byte {
	totals, issues := compute(record.Document(), set)
	require.Empty(t, issues.Of(diag.Error))
	target := targetOf(codec.Agenda, record.Document())
	el, issues := codec.Encode(pohoda.Work{Record: record, Totals: &totals, Target: target, Set: set})
	require.Empty(t, issues)
	return packOf(codec.Agenda, record, target, el, set)
}

// packOf wraps a document.
func packOf(a *pohoda.Agenda, record *trade.Record, target pohoda.Target, el *etree.Element, set *pohoda.Settings) []byte {
	envelope := pack.Pack{Unit: set.Unit, ID: pack.ID(record.Document().Source), Application: "pohoda"}.Envelope(a)
	envelope.Encoding = charset.UTF8
	pack := xmlio.AppendElement(envelope.Head(), pack.Item(pack.ItemID(record.Of.Header(), target, 0), el), 1)
	return append(pack, envelope.Tail()...)
}

// appendDocument writes the document alone, whatever the checks say: what POHODA
// holds may be against the rules of today.
func appendDocument(t *testing.T, codec *pohoda.Codec, record *trade.Record, set *pohoda.Settings) []byte {
	totals, _ := compute(record.Document(), set)
	el, issues := codec.Encode(pohoda.Work{Record: record, Totals: &totals, Target: targetOf(codec.Agenda, record.Document()), Set: set})
	assert.Empty(t, issues)
	return xmlio.AppendElement(nil, el, 0)
}

func documentOf(t *testing.T, pack []byte) []byte {
	return xmlio.AppendElement(nil, pohodatest.DocumentsOf(t, pack)[0].El, 0)
}

// findings holds a file against the bundled schemas.
func findings(t testing.TB, file []byte) diag.List {
	var found diag.List
	verdict, err := pohodatest.Bundled.Validate(bytes.NewReader(file), "file.xml", func(issue *diag.Issue) { found.Add(issue) })
	require.NoError(t, err)
	assert.Equal(t, verdict.Valid, !found.Refused())
	return found
}

// pretty gives JSON for people.
func pretty(t *testing.T, value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	require.NoError(t, encoder.Encode(value))
	return out.Bytes()
}
