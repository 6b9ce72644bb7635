// Package sheet reads and writes CSV as people in Czechia and Slovakia make it:
// out of Excel, POHODA, an e-shop or by hand.
//
// Open finds out the encoding (byte order mark, UTF-16, UTF-8, Windows-1250, the
// ISO-8859-2 of Unix programs, a CP852 left over from DOS), the delimiter (a `sep=`
// line, else what fits the header or is most frequent) and the row of the header;
// names of columns are compared folded. A Reader streams the rows. ParseNumber, ParseDate and
// ParseBool read cells in people's notation, and Writer writes a file that Czech
// Excel opens by a double click.
//
// # Quotation marks
//
// A cell that begins with a quotation mark is quoted: it may hold delimiters and
// line breaks, a doubled mark stands for one, and a mark before a delimiter or a
// line end closes it. Marks inside other cells are plain characters (Monitor
// 24"). Where a quoted cell goes on after its mark, the writer of the file did
// not escape marks: the cell then ends with its line or at the next delimiter;
// a mark right before that is the closing one, else the first is a plain
// character too. A quoted cell that nothing closes is an error at its beginning,
// as is one that goes on so in a later line: rows were swallowed.
package sheet

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// Options say what is known of a file before it is read; the zero value lets
// Open find out everything and takes the first row for the header.
type Options struct {
	// Encoding is found out when it is charset.Auto.
	Encoding charset.Encoding
	// Delimiter is an ASCII character; 0 has it found out.
	Delimiter rune
	// Require lists the columns that must be there, each as its alternative
	// names; the header is the first row that has them all.
	Require [][]string
	// HeaderWithin is in how many rows, blank ones not counted, the header is
	// looked for; 0 is 1.
	HeaderWithin int
}

// headSize is how much of a file Open looks at to find out its dialect.
const headSize = 64 << 10

// Open finds out the dialect of a CSV file and reads its header. Errors are
// issues csv-empty, csv-bad-delimiter, csv-missing-columns, csv-column-twice and
// those of Next.
func Open(r io.Reader, file string, o Options) (*Reader, error) {
	buffered := bufio.NewReaderSize(r, headSize)
	head, err := buffered.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if o.Encoding == charset.Auto {
		o.Encoding = guessPage(head)
	}
	delimiter := o.Delimiter
	if delimiter == 0 {
		delimiter = rune(findDelimiter(decodeHead(head, o.Encoding), o))
	}
	if delimiter >= utf8.RuneSelf || strings.ContainsRune("\"\r\n\x00", delimiter) {
		// If not from the options, it is from the `sep=` line.
		return nil, diag.New(CodeDelimiter).WithValue(string(delimiter)).WithPosition(diag.Position{File: file, Line: 1})
	}
	reader := newReader(charset.NewReader(buffered, o.Encoding), file, byte(delimiter))
	if err := reader.findHeader(o); err != nil {
		return nil, err
	}
	for _, names := range o.Require {
		if _, err := reader.Index(names...); err != nil {
			return nil, err
		}
	}
	return reader, nil
}

// Index finds a column by its alternative names, which are folded; -1 is none.
// Two columns with one of the names are an issue csv-column-twice, since either
// may be meant.
func (r *Reader) Index(names ...string) (int, error) {
	found := -1
	for i, column := range r.folded {
		if !slices.ContainsFunc(names, func(name string) bool { return Fold(name) == column }) {
			continue
		}
		if found >= 0 {
			columns := quoteAll([]string{r.header.Cells[found], r.header.Cells[i]})
			return -1, diag.New(CodeColumnTwice, "columns", columns).WithValue(names[0]).WithPosition(r.at(r.header.Line))
		}
		found = i
	}
	return found, nil
}

// findHeader reads up to the header.
func (r *Reader) findHeader(o Options) error {
	var best Row
	bestMatches := -1
	for range max(1, o.HeaderWithin) {
		row, err := r.filledRow()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		folded := foldAll(row.Cells)
		matches := len(o.Require) - len(missing(folded, o.Require))
		if matches == len(o.Require) {
			r.header, r.folded = row, folded
			if len(row.Issues) > 0 {
				return row.Issues[0]
			}
			return nil
		}
		r.titles = append(r.titles, row.Raw)
		// The row that looks most like the header is named in the message.
		if matches > bestMatches || matches == bestMatches && filled(row) > filled(best) {
			best, bestMatches = row, matches
		}
	}
	if bestMatches < 0 {
		return diag.New(CodeEmpty).WithPosition(r.at(0))
	}
	return r.missingColumns(best, o.Require)
}

// missing gives the requirements that a row does not meet.
func missing(folded []string, require [][]string) [][]string {
	var lacking [][]string
	for _, names := range require {
		if !slices.ContainsFunc(names, func(name string) bool { return slices.Contains(folded, Fold(name)) }) {
			lacking = append(lacking, names)
		}
	}
	return lacking
}

func (r *Reader) missingColumns(row Row, require [][]string) *diag.Issue {
	var lacking, near []string
	for _, names := range missing(foldAll(row.Cells), require) {
		lacking = append(lacking, names[0])
		for _, name := range names {
			near = append(near, diag.Nearest(name, row.Cells)...)
		}
	}
	slices.Sort(near)
	return diag.New(CodeMissingColumns, "missing", quoteAll(lacking), "found", quoteAll(row.Cells), "near", cmp.Or(quoteAll(slices.Compact(near)), "-")).
		WithPosition(r.at(row.Line))
}

func filled(row Row) int {
	n := 0
	for _, cell := range row.Cells {
		if cell != "" {
			n++
		}
	}
	return n
}

func quoteAll(words []string) string {
	var quoted []string
	for _, word := range words {
		if word != "" {
			quoted = append(quoted, `"`+word+`"`)
		}
	}
	return strings.Join(quoted, ", ")
}
