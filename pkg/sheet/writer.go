package sheet

import (
	"bufio"
	"io"
	"strings"

	"github.com/gopohoda/pohoda/pkg/money"
)

// Cell is a cell to be written, made by Text or Number.
type Cell struct{ text string }

// Text is a cell of text. One that a spreadsheet would take for a formula (it
// begins with = + - @, TAB or CR) gets an apostrophe in front; Reader takes it
// off again.
func Text(s string) Cell {
	if formula(s) {
		return Cell{"'" + s}
	}
	return Cell{s}
}

// formula tells a text that a spreadsheet would compute, be it behind apostrophes
// already.
func formula(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0
}

// Number is a cell of a number, empty when it is absent. A minus is no formula.
func Number(d money.Decimal) Cell { return Cell{FormatNumber(d)} }

// FormatNumber writes a number with a decimal comma, without thousands and in
// full; ParseNumber reads it back.
func FormatNumber(d money.Decimal) string { return strings.Replace(d.String(), ".", ",", 1) }

// Writer writes a table that Czech and Slovak Excel opens by a double click:
// UTF-8 with a byte order mark, semicolons, CRLF.
type Writer struct {
	out   *bufio.Writer
	begun bool
}

// NewWriter makes a Writer; nothing is written before the first row.
func NewWriter(w io.Writer) *Writer { return &Writer{out: bufio.NewWriter(w)} }

// Write writes a row.
func (w *Writer) Write(cells ...Cell) error {
	if !w.begun {
		w.begun = true
		w.put("\uFEFF")
	}
	for i, cell := range cells {
		if i > 0 {
			w.put(";")
		}
		if strings.ContainsAny(cell.text, ";\"\r\n") {
			w.put(`"` + strings.ReplaceAll(cell.text, `"`, `""`) + `"`)
		} else {
			w.put(cell.text)
		}
	}
	_, err := w.out.WriteString("\r\n")
	return err
}

// put leaves errors to the end of the row, since bufio.Writer keeps the first.
func (w *Writer) put(s string) { _, _ = w.out.WriteString(s) }

// Flush writes what is buffered.
func (w *Writer) Flush() error { return w.out.Flush() }
