package sheet

import (
	"bytes"
	"strings"
)

// splitter finds the rows of a file and the cells of each; see the package's
// comment for the rules of quotation marks. Its own, since encoding/csv joins
// rows over a mark that was not escaped.
type splitter struct {
	delimiter byte
	// cells are those of the row last split.
	cells []span
	// open tells that nothing closed a mark; openLine is how many lines of the row
	// precede it.
	open     bool
	openLine int
}

// span is the place of a cell in its row, without the marks around it.
type span struct {
	start, end int
	quoted     bool
}

// split is a bufio.SplitFunc; a token is a row without its line end, which may be
// LF, CRLF or CR.
func (s *splitter) split(data []byte, atEOF bool) (advance int, token []byte, err error) {
	s.cells, s.open = s.cells[:0], false
	if len(data) == 0 {
		return 0, nil, nil
	}
	for at := 0; ; {
		cell, next := s.cell(data, at)
		if next == len(data) && !atEOF {
			return 0, nil, nil // the cell may go on
		}
		s.cells = append(s.cells, cell)
		if next == len(data) {
			return next, data, nil
		}
		at = next + 1
		if data[next] == s.delimiter {
			continue
		}
		if data[next] == '\r' && at == len(data) && !atEOF {
			return 0, nil, nil // an LF may follow
		}
		if data[next] == '\r' && at < len(data) && data[at] == '\n' {
			at++
		}
		return at, data[:next], nil
	}
}

// cell finds the cell that begins at a place; next is the place of the delimiter
// or line end behind it, or the end of the data.
func (s *splitter) cell(data []byte, at int) (cell span, next int) {
	if at < len(data) && data[at] == '"' {
		return s.quoted(data, at)
	}
	end := s.bareEnd(data, at)
	return span{at, end, false}, end
}

// bareEnd is where a cell without marks around it ends.
func (s *splitter) bareEnd(data []byte, at int) int {
	for !s.endsAt(data, at) {
		at++
	}
	return at
}

func (s *splitter) endsAt(data []byte, at int) bool {
	return at == len(data) || data[at] == s.delimiter || data[at] == '\n' || data[at] == '\r'
}

func (s *splitter) quoted(data []byte, at int) (cell span, next int) {
	start := at + 1
	for mark := start; ; mark += 2 {
		i := bytes.IndexByte(data[mark:], '"')
		if i < 0 {
			return s.unclosed(data, at)
		}
		mark += i
		switch {
		case s.endsAt(data, mark+1):
			return span{start, mark, true}, mark + 1
		case data[mark+1] == '"':
		case lineBreaks(data[start:mark]) > 0:
			return s.unclosed(data, at)
		default:
			return s.unescaped(data, at, mark+1)
		}
	}
}

// unclosed takes the rest of the data for the cell, which ends the reading.
func (s *splitter) unclosed(data []byte, at int) (cell span, next int) {
	s.open, s.openLine = true, lineBreaks(data[:at])
	return span{at, len(data), false}, len(data)
}

// unescaped ends a cell in which something follows a mark that looked closing.
func (s *splitter) unescaped(data []byte, at, from int) (cell span, next int) {
	end := s.bareEnd(data, from)
	if data[end-1] == '"' {
		return span{at + 1, end - 1, true}, end
	}
	return span{at, end, false}, end
}

// text gives a cell's text out of its row: doubled marks single, line breaks LF,
// and the guard that Writer puts before formulas taken off.
func (c span) text(row string) string {
	text := row[c.start:c.end]
	if c.quoted {
		if strings.Contains(text, `""`) {
			text = strings.ReplaceAll(text, `""`, `"`)
		}
		if strings.Contains(text, "\r") {
			text = lineBreak.Replace(text)
		}
	}
	if len(text) > 1 && text[0] == '\'' && formula(text) {
		return text[1:]
	}
	return text
}

var lineBreak = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// lineBreaks counts the line ends in a text.
func lineBreaks(text []byte) int {
	if n := bytes.Count(text, []byte{'\n'}); n > 0 {
		return n
	}
	return bytes.Count(text, []byte{'\r'})
}
