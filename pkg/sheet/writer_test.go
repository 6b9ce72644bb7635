package sheet

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/oracle"
)

func TestWriter(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	require.NoError(t, w.Write(Text("Číslo"), Text("Částka"), Text("Poznámka")))
	require.NoError(t, w.Write(Text("OP-26-123"), Number(money.MustParse("-1234.50")), Text("=1+1")))
	require.NoError(t, w.Write(Text("+420"), Number(money.Decimal{}), Text("a;\"b\"\nc")))
	require.NoError(t, w.Flush())
	assert.Equal(t, "\xEF\xBB\xBFČíslo;Částka;Poznámka\r\nOP-26-123;-1234,5;'=1+1\r\n'+420;;\"a;\"\"b\"\"\nc\"\r\n", b.String())
}

func TestWriterReportsErrors(t *testing.T) {
	r, pipe := io.Pipe()
	require.NoError(t, r.Close())
	w := NewWriter(pipe)
	_ = w.Write(Text("a"))
	assert.ErrorIs(t, w.Flush(), io.ErrClosedPipe)
}

// alphabet has what makes cells difficult, within all encodings.
var alphabet = []rune("ab žČů1,.;\t|\"'=+-@\n")

func randomCell(random *rand.Rand) string {
	var b strings.Builder
	for range random.IntN(8) {
		b.WriteRune(alphabet[random.IntN(len(alphabet))])
	}
	return b.String()
}

// What is written is read back, cell by cell, in every encoding.
func TestWrittenIsRead(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	for round := range 200 {
		var b bytes.Buffer
		w := NewWriter(&b)
		require.NoError(t, w.Write(Text("a"), Text("Dlouhý název"), Text("c")))
		var want [][]string
		for n := range 20 {
			row := []string{fmt.Sprint(n), randomCell(random), randomCell(random)}
			want = append(want, row)
			require.NoError(t, w.Write(Text(row[0]), Text(row[1]), Text(row[2])))
		}
		require.NoError(t, w.Flush())
		for _, e := range []charset.Encoding{charset.UTF8, charset.Windows1250, charset.UTF16LE, charset.UTF16BE, charset.ISO88592, charset.CP852} {
			text := b.Bytes()
			if e == charset.Windows1250 || e == charset.ISO88592 || e == charset.CP852 {
				text = bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF"))
			}
			raw, bad := e.Append(nil, text)
			require.Zero(t, bad)
			r, err := Open(bytes.NewReader(raw), "", Options{Encoding: e})
			require.NoError(t, err)
			rows, err := readAll(r)
			require.NoError(t, err)
			require.Equal(t, want, cellsOf(rows), "%s, round %d", e, round)
		}
	}
}

// Whatever is read, a row has the header's columns, lines only grow, and the
// cells survive being written and read again.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"a;b\n1;2\n", "sep=,\r\na,b\r\n\"1\r\n2\",3\r\n", "a;b\n\"Lena\" židle;\"24\"\" x\"\n", "\xC8\xEDslo;Datum\n1;2;3\n",
		"\xFF\xFEa\x00\t\x00b\x00\n\x00", "a\rb\r\"c", "x\x00\n'=1;''@2", "a|b|\"c\"d\"\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		_ = Sniff(raw)
		r, err := Open(bytes.NewReader(raw), "", Options{Require: [][]string{{"a", "číslo"}}, HeaderWithin: 3})
		if err != nil {
			return
		}
		rows, _ := readAll(r)
		var b bytes.Buffer
		w := NewWriter(&b)
		write := func(cells []string) {
			texts := []Cell{Text("a")}
			for _, cell := range cells {
				texts = append(texts, Text(cell))
			}
			require.NoError(t, w.Write(texts...))
		}
		write(r.Columns())
		line := r.Header().Line
		for _, row := range rows {
			require.Greater(t, row.Line, line)
			require.Len(t, row.Cells, len(r.Columns()))
			require.True(t, utf8.ValidString(row.Raw))
			line = row.Line
			write(row.Cells)
		}
		require.NoError(t, w.Flush())
		again, err := Open(&b, "", Options{Delimiter: ';'})
		require.NoError(t, err)
		written, err := readAll(again)
		require.NoError(t, err)
		require.Len(t, written, len(rows))
		for i, row := range written {
			require.Equal(t, rows[i].Cells, row.Cells[1:])
		}
	})
}

func BenchmarkReader(b *testing.B) {
	const rows = 100000
	var file bytes.Buffer
	file.WriteString("Číslo;Datum;Splatno;Firma;Var. sym.;Občj;Celkem;K likvidaci\r\n")
	for i := range rows {
		fmt.Fprintf(&file, "2601%06d;20.3.2026;3.4.2026;Truhlárna Vzorová s.r.o.;2601%06d;2026%06d;19\u00A0632,00;0,00\r\n", i, i, i)
	}
	raw, _ := charset.Windows1250.Append(nil, file.Bytes())
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := Open(bytes.NewReader(raw), "", Options{Require: paid, HeaderWithin: 25})
		require.NoError(b, err)
		for {
			row, err := r.Next()
			if err != nil {
				break
			}
			if _, err := ParseNumber(row.Cells[7]); err != nil {
				b.Fatal(err)
			}
			if _, err := ParseDate(row.Cells[1]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
