package sheet

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// paid are the columns that a list of invoices must have.
var paid = [][]string{{"Občj", "Č. obj.", "Číslo objednávky"}, {"K likvidaci", "K likvidácii"}, {"Datum", "Dátum"}}

func TestHeaderIsFound(t *testing.T) {
	tests := map[string]string{
		"at once":              "Občj;Datum;K likvidaci\n1;2;3\n",
		"other names and case": "C.OBJ.;DÁTUM;K  likvidácii\n1;2;3\n",
		"behind titles":        "Vydané faktury, rok 2026, leden, únor, březen\n\nVzorová firma\nObčj;Datum;K likvidaci\n1;2;3\n",
		"with commas":          "Faktury; zálohy; dobropisy; vše\nObčj,Datum,K likvidaci\n1,2,3\n",
		"with a sep line that is not the first delimiter tried": "sep=|\nObčj|Datum|K likvidaci\n1|2|3\n",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			r := open(t, text, Options{Require: paid, HeaderWithin: 25})
			rows, err := readAll(r)
			require.NoError(t, err)
			assert.Equal(t, [][]string{{"1", "2", "3"}}, cellsOf(rows))
			i, err := r.Index(paid[1]...)
			require.NoError(t, err)
			assert.Equal(t, 2, i)
		})
	}
}

func TestTitles(t *testing.T) {
	r := open(t, "Vydané faktury;;\n\n2026\nObčj;Datum;K likvidaci\n1;2;3\n", Options{Require: paid, HeaderWithin: 25})
	assert.Equal(t, []string{"Vydané faktury;;", "2026"}, r.Titles())
	assert.Empty(t, open(t, "a;b\n1;2\n", Options{}).Titles())
}

func TestHeaderIsNotFound(t *testing.T) {
	at25 := strings.Repeat("x\n", 25) + "Občj;Datum;K likvidaci\n"
	_, err := Open(strings.NewReader(at25), "x.csv", Options{Require: paid, HeaderWithin: 25})
	_ = requireCode(t, CodeMissingColumns, err)

	text := "Vydané faktury\nČíslo;Datum;Obč.;Klikvidaci\n1;2;3;4\n"
	_, err = Open(strings.NewReader(text), "x.csv", Options{Require: paid, HeaderWithin: 25})
	issue := requireCode(t, CodeMissingColumns, err)
	assert.Equal(t, "x.csv:2", issue.At.String())
	assert.Equal(t, `"Občj", "K likvidaci"`, issue.Args["missing"])
	assert.Equal(t, `"Číslo", "Datum", "Obč.", "Klikvidaci"`, issue.Args["found"])
	assert.Equal(t, `"Klikvidaci", "Obč."`, issue.Args["near"])

	for _, text := range []string{"", "\n\n", " ; \n", "\xEF\xBB\xBF", "sep=;\n"} {
		_, err = Open(strings.NewReader(text), "x.csv", Options{})
		_ = requireCode(t, CodeEmpty, err)
	}
	_, err = Open(strings.NewReader("a;\"b\n1;2\n"), "x.csv", Options{})
	_ = requireCode(t, CodeOpenQuote, err)
	_, err = Open(strings.NewReader("a;b\x00\n1;2\n"), "x.csv", Options{})
	_ = requireCode(t, CodeControl, err)
}

func TestColumnTwice(t *testing.T) {
	text := "Č. obj.;Datum;K likvidaci;Číslo objednávky;x;X\n"
	_, err := Open(strings.NewReader(text), "x.csv", Options{Require: paid})
	issue := requireCode(t, CodeColumnTwice, err)
	assert.Equal(t, `"Č. obj.", "Číslo objednávky"`, issue.Args["columns"])

	// Said outright, the other is another column.
	r := open(t, text, Options{Require: [][]string{{"Číslo objednávky"}}})
	i, err := r.Index("číslo objednávky")
	require.NoError(t, err)
	assert.Equal(t, 3, i)
	_, err = r.Index("x")
	_ = requireCode(t, CodeColumnTwice, err)
	i, err = r.Index("y")
	require.NoError(t, err)
	assert.Equal(t, -1, i)
}

func TestDelimiterOption(t *testing.T) {
	r := open(t, "a;b#c\n1;2#3\n", Options{Delimiter: '#'})
	assert.Equal(t, []string{"a;b", "c"}, r.Columns())
	for _, delimiter := range []rune{'"', '\n', 'ž'} {
		_, err := Open(strings.NewReader("a"), "x.csv", Options{Delimiter: delimiter})
		_ = requireCode(t, CodeDelimiter, err)
	}
	for _, line := range []string{"sep=\"", "SEP=\x00"} {
		_, err := Open(strings.NewReader(line+"\na\n"), "x.csv", Options{})
		issue := requireCode(t, CodeDelimiter, err)
		assert.Equal(t, diag.Position{File: "x.csv", Line: 1}, issue.At)
	}
}
