package eform_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/eform"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldens holds records (case.json) with the files that they become (case.xph),
// and files of others (export/case.xph) with what is read from them.
const goldens = "../../testdata/agenda/eform"

var czech = eform.Settings{Country: "CZ", Rates: vat.Default}

// TestGoldens writes each record and reads it back: written again it is the
// same file.
func TestGoldens(t *testing.T) {
	cases, err := filepath.Glob(filepath.Join(goldens, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, file := range cases {
		t.Run(filepath.Base(file), func(t *testing.T) {
			el, issues := encode(t, readRecord(t, file).Document())
			require.Empty(t, issues)
			xph := appendFile(el)
			compare(t, strings.TrimSuffix(file, ".json")+".xph", xph)

			again, reader := eform.Decode(readFile(t, xph), &czech)
			assert.Empty(t, reader.Order, "what is written is read")
			assert.Empty(t, reader.Issues)
			el, issues = encode(t, again.Document())
			assert.Empty(t, issues)
			assert.Equal(t, string(xph), string(appendFile(el)), "read and written again")
		})
	}
}

// TestReading reads files of others.
func TestReading(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(goldens, "export", "*.xph"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		record, reader := eform.Decode(readFile(t, content), &czech)
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		require.NoError(t, encoder.Encode(map[string]any{"record": record.Document(), "leftOut": reader.Order}))
		assert.Empty(t, reader.Issues)
		compare(t, strings.TrimSuffix(file, ".xph")+".json", out.Bytes())
	}
}

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

// encode writes a document as the export does: after the checks, with their sums.
func encode(t *testing.T, doc *trade.Document) (*etree.Element, diag.List) {
	totals, issues := check.Check(doc, check.Settings{Country: czech.Country, VATPayer: true, Rates: czech.Rates})
	require.Empty(t, issues.Of(diag.Error))
	return eform.Encode(doc, &totals, &czech)
}

func appendFile(el *etree.Element) []byte {
	return xmlio.AppendElement([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), el, 0)
}

func readFile(t *testing.T, file []byte) *etree.Element {
	scanner := xmlio.NewScanner(bytes.NewReader(file), "order.xph", nil)
	_, err := scanner.Next()
	require.NoError(t, err)
	el, err := scanner.Element()
	require.NoError(t, err)
	return el
}

func compare(t *testing.T, file string, got []byte) {
	if *update {
		require.NoError(t, os.WriteFile(file, got, 0o644))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), file)
}
