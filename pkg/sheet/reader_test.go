package sheet

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

func open(t *testing.T, text string, o Options) *Reader {
	t.Helper()
	r, err := Open(strings.NewReader(text), "x.csv", o)
	require.NoError(t, err)
	return r
}

// readAll reads the rows up to the end or the first error.
func readAll(r *Reader) (rows []Row, err error) {
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
}

func cellsOf(rows []Row) [][]string {
	var cells [][]string
	for _, row := range rows {
		cells = append(cells, row.Cells)
	}
	return cells
}

func TestSamples(t *testing.T) {
	tests := []struct {
		file    string
		columns int
		folded  string
		rows    []int
		last    string
	}{
		{"objednavky_excel.cp1250.csv", 18, "cislo objednavky", []int{2, 4, 5}, "OP-26-123"},
		{"kontakty_sk.utf8bom.csv", 11, "firma", []int{3, 4}, "Živnostník Vzor"},
		{"cenik_tab.utf16le.txt", 6, "kod", []int{2, 3}, "POTR-012"},
		{"pohoda_vydane_faktury.cp1250.csv", 8, "cislo", []int{2, 3, 4, 5}, "260100015"},
		{"upgates_orders.cp1250.csv", 9, "[order_number]", []int{2, 3}, "O2600046"},
		{"shoptet_cs.utf8bom.csv", 20, "kod objednavky", []int{2, 3, 4}, "2026000045"},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			f, err := os.Open("testdata/" + test.file)
			require.NoError(t, err)
			defer f.Close()
			r, err := Open(f, test.file, Options{})
			require.NoError(t, err)
			rows, err := readAll(r)
			require.NoError(t, err)
			assert.Len(t, r.Columns(), test.columns)
			assert.Equal(t, test.folded, r.Folded()[0])
			var lines []int
			for _, row := range rows {
				lines = append(lines, row.Line)
				assert.Empty(t, row.Issues)
			}
			assert.Equal(t, test.rows, lines)
			assert.Equal(t, test.last, rows[len(rows)-1].Cells[0])
		})
	}
}

func TestSampleCells(t *testing.T) {
	f, err := os.Open("testdata/objednavky_excel.cp1250.csv")
	require.NoError(t, err)
	defer f.Close()
	r, err := Open(f, "", Options{})
	require.NoError(t, err)
	row, err := r.Next()
	require.NoError(t, err)
	assert.Equal(t, []string{
		"OP-26-123", "16.3.2026", "Truhlárna Vzorová s.r.o.", "22222227", "CZ22222227", "Dlouhá 12", "Brno", "60200", "KANC-001",
		"Židle kancelářská Lena", "4", "ks", "3\u00A0490,00", "10", "21 %", "26Z001", "MORAVA", "Dodat do konce března;\nvolat předem",
	}, row.Cells)
}

func TestRows(t *testing.T) {
	tests := []struct {
		name string
		text string
		want [][]string
	}{
		{"plain", "a;b\n1;2\n3;4\n", [][]string{{"1", "2"}, {"3", "4"}}},
		{"no line end at the end", "a;b\n1;2", [][]string{{"1", "2"}}},
		{"carriage returns", "a;b\r\n1;2\r\n", [][]string{{"1", "2"}}},
		{"an old Mac", "a;b\r1;2\r3;4", [][]string{{"1", "2"}, {"3", "4"}}},
		{"tab", "a\tb\n1\t2\n", [][]string{{"1", "2"}}},
		{"comma", "a,b\n1,2\n", [][]string{{"1", "2"}}},
		{"bar", "a|b\n1|2\n", [][]string{{"1", "2"}}},
		{"delimiter of the sep line", "sep=,\r\na;x,b\r\n1,2\r\n", [][]string{{"1", "2"}}},
		{"decimal commas", "a;b;c\n1,5;2,5;3,5\n", [][]string{{"1,5", "2,5", "3,5"}}},
		{"delimiters inside quotes do not count", "\"a,b,c\";d\n1;2\n", [][]string{{"1", "2"}}},
		{"one column", "a\n1\n2\n", [][]string{{"1"}, {"2"}}},
		{"blank rows", "\n\na;b\n\n1;2\n;\n \n3;4\n", [][]string{{"1", "2"}, {"3", "4"}}},
		{"short rows", "a;b;c\n1\n1;2\n", [][]string{{"1", "", ""}, {"1", "2", ""}}},
		{"empty cells too many", "a;b\n1;2;;\n", [][]string{{"1", "2"}}},
		{"quoted", "a;b\n\"1;2\";\"x\"\"y\"\n", [][]string{{"1;2", `x"y`}}},
		{"quoted empty", "a;b\n\"\";1\n", [][]string{{"", "1"}}},
		{"line breaks in a cell", "a;b\r\n\"1\r\n2\n3\";4\r\n", [][]string{{"1\n2\n3", "4"}}},
		{"bare marks", "a;b\nMonitor 24\" černý;x\"y\"z\n", [][]string{{`Monitor 24" černý`, `x"y"z`}}},
		{"marks not escaped in a quoted cell", "a;b\n\"Monitor 24\" černý\";\"1\"\n", [][]string{{`Monitor 24" černý`, "1"}}},
		{"marks not escaped around the first word", "a;b;c\n\"Lena\" židle;\"4\";ks\n", [][]string{{`"Lena" židle`, "4", "ks"}}},
		{"marks not escaped in the last cell", "a;b\n1;\"Lena\" židle\n2;3\n", [][]string{{"1", `"Lena" židle`}, {"2", "3"}}},
		{"guarded formulas", "a;b\n'=1+1;'+420 777\n", [][]string{{"=1+1", "+420 777"}}},
		{"apostrophes that guard nothing", "a;b\n'80s;'\n", [][]string{{"'80s", "'"}}},
		{"blanks are kept", "a;b\n 1 ;2\n", [][]string{{" 1 ", "2"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, err := readAll(open(t, test.text, Options{}))
			require.NoError(t, err)
			assert.Equal(t, test.want, cellsOf(rows))
			trickled, err := Open(iotest.OneByteReader(strings.NewReader(test.text)), "x.csv", Options{})
			require.NoError(t, err)
			again, err := readAll(trickled)
			require.NoError(t, err)
			assert.Equal(t, rows, again)
		})
	}
}

func TestLinesAndRaw(t *testing.T) {
	r := open(t, "sep=;\r\na;b\r\n\r\n\"1\r\n\r\n2\";x\r\n3;\"4\"\r\n", Options{})
	assert.Equal(t, 2, r.Header().Line)
	rows, err := readAll(r)
	require.NoError(t, err)
	require.Len(t, rows, 2)
	assert.Equal(t, 4, rows[0].Line)
	assert.Equal(t, "\"1\r\n\r\n2\";x", rows[0].Raw)
	assert.Equal(t, 7, rows[1].Line)
	assert.Equal(t, `3;"4"`, rows[1].Raw)
}

func TestRowIssues(t *testing.T) {
	rows, err := readAll(open(t, "a;b\n1;2;3;4\n1;x\x00y\x0Bz\n5;6\n", Options{}))
	require.NoError(t, err)
	require.Len(t, rows, 3)

	require.Len(t, rows[0].Issues, 1)
	issue := requireCode(t, CodeTooManyCells, rows[0].Issues[0])
	assert.Equal(t, "3;4", issue.Value)
	assert.Equal(t, "x.csv:2", issue.At.String())

	require.Len(t, rows[1].Issues, 1)
	issue = requireCode(t, CodeControl, rows[1].Issues[0])
	assert.Equal(t, "U+0000", issue.Args["character"])
	assert.Equal(t, "b", issue.Path)

	assert.Empty(t, rows[2].Issues)
}

func TestWhatEndsTheReading(t *testing.T) {
	long := strings.Repeat("x;y\n", maxRow/4)
	tests := []struct {
		name string
		text string
		code diag.Code
		at   string
		rows int
	}{
		{"a quote never closed", "a;b\n1;2\n3;\"4\n5;6\n7;8\n", CodeOpenQuote, "x.csv:3", 1},
		{"a quote never closed behind a line break", "a;b\n\"1\n2\";\"4\n5;6\n", CodeOpenQuote, "x.csv:3", 0},
		{"a quote never closed in a long file", "a;b\n1;2\n3;\"4\n" + long, CodeOpenQuote, "x.csv:3", 1},
		{"a quote never closed before quoted cells", "a;b\n1;2\n\"3;4\n5;\"6\"\n", CodeOpenQuote, "x.csv:3", 1},
		{"a row without an end", "a;b\n1;2\n" + strings.Repeat("x", maxRow+1), CodeRowTooLong, "x.csv:3", 1},
		{"an undefined byte", "a;b\n\xE8;2\n3;\"4\n\x81\"\n5;6\n", CodeBadByte, "x.csv:4", 1},
		{"an undefined byte far on", "a;b\n\xE8;2\n" + long + "\x81;\n", CodeBadByte, "x.csv:262147", maxRow/4 + 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := open(t, test.text, Options{})
			rows, err := readAll(r)
			issue := requireCode(t, test.code, err)
			assert.Equal(t, test.at, issue.At.String())
			assert.Len(t, rows, test.rows)
			_, again := r.Next()
			assert.Equal(t, err, again)
		})
	}
}

func TestSourceFails(t *testing.T) {
	_, err := Open(iotest.ErrReader(io.ErrClosedPipe), "x.csv", Options{})
	assert.ErrorIs(t, err, io.ErrClosedPipe)

	long := "a;b\n" + strings.Repeat("1;2\n", headSize)
	r, err := Open(io.MultiReader(strings.NewReader(long), iotest.ErrReader(io.ErrClosedPipe)), "x.csv", Options{})
	require.NoError(t, err)
	_, err = readAll(r)
	assert.ErrorIs(t, err, io.ErrClosedPipe)
}

func TestEncodings(t *testing.T) {
	const text = "Číslo;Částka\r\n1;žluťoučký kůň\r\n"
	for _, e := range []charset.Encoding{charset.Windows1250, charset.UTF8, charset.UTF16LE, charset.UTF16BE, charset.CP852, charset.ISO88592} {
		raw, _ := e.Append(nil, []byte(text))
		rows, err := readAll(open(t, string(raw), Options{}))
		require.NoError(t, err, e)
		assert.Equal(t, [][]string{{"1", "žluťoučký kůň"}}, cellsOf(rows), e)
	}
}

// Each letter that lies elsewhere in ISO-8859-2 tells it, and none of the marks does that lie
// there in Windows-1250.
func TestISO88592(t *testing.T) {
	for _, word := range []string{"Šroub", "TAŠKA", "Ťažidlo", "Židle", "RŮŽE", "nášivka", "hosťovi", "krůžek", "Ľudovít", "kľúč", "spoľahlivý"} {
		for _, e := range []charset.Encoding{charset.ISO88592, charset.Windows1250} {
			if word == "spoľahlivý" && e == charset.ISO88592 {
				word = "spoľahlivý, Šaľa"
			}
			raw, _ := e.Append(nil, []byte("Název;Množství\n"+word+";5 kusů\n"))
			rows, err := readAll(open(t, string(raw), Options{}))
			require.NoError(t, err)
			assert.Equal(t, word, rows[0].Cells[0], "%s as %s", word, e)
		}
	}
	for _, text := range []string{"«citát»", "Lego®", "© 2026", "5 µm", "±5", "Poľana", "Príklad, ľan", "10 °C", "»x«"} {
		raw, _ := charset.Windows1250.Append(nil, []byte("n\u00E1zev\n"+text+"\n"))
		rows, err := readAll(open(t, string(raw), Options{}))
		require.NoError(t, err)
		assert.Equal(t, text, rows[0].Cells[0])
	}
}

// CP852 is taken only where it makes better Czech.
func TestCP852(t *testing.T) {
	for _, header := range []string{"Číslo;Občj;K likvidaci;Datum", "cislo;částka", "Název;Množství", "Splatné;Dátum;K likvidácii"} {
		for _, e := range []charset.Encoding{charset.CP852, charset.Windows1250} {
			raw, _ := e.Append(nil, []byte(header+"\n1\u00A0490,00\u00A0Kč;…;Ľ\n"))
			r := open(t, string(raw), Options{})
			assert.Equal(t, strings.Split(header, ";"), r.Columns(), e)
		}
	}
	raw, _ := charset.Windows1250.Append(nil, []byte("code;price\nA;1\u00A0490\u00A0EUR\nB – „x“…;§ 5\n"))
	rows, err := readAll(open(t, string(raw), Options{}))
	require.NoError(t, err)
	assert.Equal(t, "1\u00A0490\u00A0EUR", rows[0].Cells[1])
}
