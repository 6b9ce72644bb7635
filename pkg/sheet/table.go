package sheet

import (
	"io"

	"github.com/gocarina/gocsv"
)

// MarshalCSV makes Cell a type of column; the text is as it will stand in the file.
func (c Cell) MarshalCSV() (string, error) { return c.text, nil }

// tableBatch is how many rows go through gocsv together.
const tableBatch = 256

// Table writes structs as rows, in the way of Writer. R is a struct whose fields are
// Cells; their csv tags are the names of the columns, which stand in the first row
// even when no other follows.
type Table[R any] struct {
	out  *Writer
	rows []R
	put  func(any, gocsv.CSVWriter) error
}

// NewTable makes a Table; nothing is written before the first batch of rows or Flush.
func NewTable[R any](w io.Writer) *Table[R] {
	return &Table[R]{out: NewWriter(w), put: gocsv.MarshalCSV}
}

// Write adds a row.
func (t *Table[R]) Write(row R) error {
	t.rows = append(t.rows, row)
	if len(t.rows) < tableBatch {
		return nil
	}
	return t.marshal()
}

// Flush writes what is buffered, and the names of the columns if nothing was.
func (t *Table[R]) Flush() error {
	if err := t.marshal(); err != nil {
		return err
	}
	return t.out.Flush()
}

func (t *Table[R]) marshal() error {
	rows := t.rows
	t.rows = t.rows[:0]
	put := t.put
	t.put = gocsv.MarshalCSVWithoutHeaders
	return put(rows, &csvRows{out: t.out})
}

// csvRows is what gocsv writes to: cells that are texts by now.
type csvRows struct {
	out *Writer
	err error
}

func (r *csvRows) Write(row []string) error {
	cells := make([]Cell, len(row))
	for i, text := range row {
		cells[i] = Cell{text}
	}
	err := r.out.Write(cells...)
	if r.err == nil {
		r.err = err
	}
	return err
}

// Flush leaves the bytes to Table.Flush.
func (r *csvRows) Flush() {}

func (r *csvRows) Error() error { return r.err }
