package pohoda_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// hostile are values that may stand anywhere.
var hostile = []string{
	"", " ", "a", " a\r\n\tb ", "a: b\nOdkaz: x", "0", "1", "-1", "1.50", "1e3", "1e400", "NaN", "INF", "1,5", "99999999999999999999",
	"true", "false", "TRUE", "2026-03-02", "2026-02-30", "2011-01-01", "2026-03-02+01:00", "none", "high", "low", "third", "historyHigh",
	"historyLow", "receivedOrder", "issuedOrder", "draft", "payer", "CZ", "SK", "EUR", "CZK", "USD", "xyz", "math2one", "a:b:c", "issuedInvoice",
	"\x00\uFFFE\xff", strings.Repeat("ž", 300), "21", "15", "23",
}

// grow makes a tree of a program: three bytes pick a row, a value and the level
// from which on the elements are new ones.
func grow(program []byte) *etree.Element {
	rows := pohoda.Orders.Rows()
	root := &etree.Element{Space: "ord", Tag: "order"}
	for ; len(program) >= 3; program = program[3:] {
		value := hostile[int(program[1])%len(hostile)]
		el := root
		for level, step := range strings.Split(rows[int(program[0])%len(rows)].Path, "/") {
			if attribute, ok := strings.CutPrefix(step, "@"); ok {
				el.CreateAttr(attribute, value)
				value = ""
				break
			}
			next := el.SelectElement(step)
			if next == nil || level >= int(program[2])%8 {
				next = el.CreateElement(step)
			}
			el = next
		}
		if value != "" {
			el.CreateText(value)
		}
	}
	return root
}

// FuzzDecodeOrder reads any tree of elements as an order. Nothing that it holds
// is a reason to panic, and what is written from it reads and writes the same
// again: writing settles what reading understood.
func FuzzDecodeOrder(f *testing.F) {
	f.Add([]byte{}, false)
	for row := range pohoda.Orders.Rows() {
		f.Add([]byte{byte(row), byte(row), 7, byte(row + 1), byte(row * 7), 2}, row%2 == 0)
	}
	codec := codecOf(f, pohoda.Orders)
	f.Fuzz(func(t *testing.T, program []byte, inSlovakia bool) {
		set := &pohodatest.Czech
		if inSlovakia {
			set = &pohodatest.Slovak
		}
		settles(t, codec, grow(program), set)
	})
}

// TestExportsSettle does so with the documents that POHODA gives.
func TestExportsSettle(t *testing.T) {
	codec := codecOf(t, pohoda.Orders)
	files, err := filepath.Glob(filepath.Join(pohodatest.Goldens, "order", "export", "*.xml"))
	require.NoError(t, err)
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, document := range pohodatest.DocumentsOf(t, content) {
			settles(t, codec, document.El, pohodatest.UnitOf(filepath.Base(file)))
		}
	}
}

func settles(t *testing.T, codec *pohoda.Codec, el *etree.Element, set *pohoda.Settings) {
	once := rewritten(t, codec, el, set)
	twice := rewritten(t, codec, once, set)
	assert.Equal(t, string(xmlio.AppendElement(nil, once, 0)), string(xmlio.AppendElement(nil, twice, 0)))
}

// rewritten reads a tree and writes what was understood, as it comes out of a file.
func rewritten(t *testing.T, codec *pohoda.Codec, el *etree.Element, set *pohoda.Settings) *etree.Element {
	record := codec.Decode(el, set).Record
	totals, _ := compute(record.Document(), set)
	target := targetOf(codec.Agenda, record.Document())
	written, _ := codec.Encode(pohoda.Work{Record: record, Totals: &totals, Target: target, Set: set})
	return pohodatest.DocumentsOf(t, packOf(codec.Agenda, record, target, written, set))[0].El
}
