package sheet

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// Row is a row of a table.
type Row struct {
	// Line is the line of the file in which the row begins, from 1.
	Line int
	// Raw is the row as it stands in the file, in UTF-8 and without its line end.
	Raw string
	// Cells are as many as the header has columns, since rows often lack their
	// last empty cells. Blanks around a text are kept, characters that nobody sees
	// (charset.Invisible) are not.
	Cells []string
	// Invisible says that such characters were dropped.
	Invisible bool
	// Issues refuse the row: more cells than columns (csv-too-many-cells), control
	// characters (csv-control-character).
	Issues diag.List
}

// Reader reads the rows of a CSV file one after another.
type Reader struct {
	file    string
	scanner *bufio.Scanner
	split   splitter
	titles  []string
	header  Row
	folded  []string
	// line is that in which the next row begins.
	line int
	err  error
}

// maxRow is how many bytes a row may have. What is longer is a mark that nothing
// closes, or no CSV.
const maxRow = 1 << 20

func newReader(r io.Reader, file string, delimiter byte) *Reader {
	reader := &Reader{file: file, scanner: bufio.NewScanner(r), split: splitter{delimiter: delimiter}, line: 1}
	reader.scanner.Buffer(make([]byte, 0, headSize), maxRow)
	reader.scanner.Split(reader.split.split)
	return reader
}

// Columns are the names of the columns as they are written.
func (r *Reader) Columns() []string { return r.header.Cells }

// Folded are the names of the columns folded; two may be equal.
func (r *Reader) Folded() []string { return r.folded }

// Titles are the rows above the header, as they stand in the file.
func (r *Reader) Titles() []string { return r.titles }

// Header is the row of the columns' names.
func (r *Reader) Header() Row { return r.header }

// Next gives the next row that is not blank, io.EOF after the last. An issue
// csv-bad-byte, csv-open-quote or csv-row-too-long, or an error of the source,
// ends the reading; what only concerns one row is in its Issues.
func (r *Reader) Next() (Row, error) {
	row, err := r.filledRow()
	if err != nil {
		return Row{}, err
	}
	columns := len(r.header.Cells)
	if missing := columns - len(row.Cells); missing > 0 {
		row.Cells = append(row.Cells, make([]string, missing)...)
	}
	if extra := row.Cells[columns:]; !blank(extra) {
		row.Issues.Add(diag.New(CodeTooManyCells, "columns", fmt.Sprint(columns), "cells", fmt.Sprint(len(row.Cells))).
			WithValue(strings.Join(extra, string(r.split.delimiter))).WithPosition(r.at(row.Line)))
	}
	row.Cells = row.Cells[:columns]
	return row, nil
}

// filledRow gives the next row that holds anything, with its own cells.
func (r *Reader) filledRow() (Row, error) {
	for {
		row, err := r.row()
		if err != nil || !blank(row.Cells) {
			return row, err
		}
	}
}

func (r *Reader) row() (Row, error) {
	if r.err != nil {
		return Row{}, r.err
	}
	if !r.scanner.Scan() || r.split.open || r.scanner.Err() != nil {
		r.err = r.failure()
		return Row{}, r.err
	}
	row := Row{Line: r.line, Raw: r.scanner.Text()}
	r.line += 1 + lineBreaks(r.scanner.Bytes())
	if _, ok := sepLine(row.Raw); ok && row.Line == 1 {
		return row, nil
	}
	row.Cells = make([]string, len(r.split.cells))
	for i, cell := range r.split.cells {
		row.Cells[i] = cell.text(row.Raw)
	}
	if row.Invisible = charset.HasInvisible(row.Raw); row.Invisible {
		for i := range row.Cells {
			row.Cells[i] = charset.WithoutInvisible(row.Cells[i])
		}
	}
	r.checkControls(&row)
	return row, nil
}

// failure says why there is no further row: io.EOF, or what is wrong and where.
func (r *Reader) failure() error {
	err := r.scanner.Err()
	var bad *charset.BadByteError
	switch {
	case errors.As(err, &bad):
		line := r.line + lineBreaks(r.scanner.Bytes())
		return diag.New(CodeBadByte, "byte", fmt.Sprintf("0x%02X", bad.Byte), "encoding", bad.Encoding.String()).WithPosition(r.at(line))
	case err != nil && !errors.Is(err, bufio.ErrTooLong):
		return err
	case r.split.open:
		return diag.New(CodeOpenQuote).WithPosition(r.at(r.line + r.split.openLine))
	case err != nil:
		return diag.New(CodeRowTooLong).WithPosition(r.at(r.line))
	}
	return io.EOF
}

// checkControls reports the first character of each cell that no text has: NUL
// and the like, but not TAB and line breaks.
func (r *Reader) checkControls(row *Row) {
	if findControl(row.Raw) < 0 {
		return
	}
	for i, cell := range row.Cells {
		at := findControl(cell)
		if at < 0 {
			continue
		}
		issue := diag.New(CodeControl, "character", fmt.Sprintf("U+%04X", cell[at])).WithPosition(r.at(row.Line))
		if i < len(r.header.Cells) {
			issue = issue.WithPath(r.header.Cells[i])
		}
		row.Issues.Add(issue)
	}
}

func findControl(text string) int {
	for i := range len(text) {
		if isControl(text[i]) {
			return i
		}
	}
	return -1
}

func isControl(c byte) bool { return c < ' ' && c != '\t' && c != '\n' && c != '\r' }

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

func (r *Reader) at(line int) diag.Position { return diag.Position{File: r.file, Line: line} }
