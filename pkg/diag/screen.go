package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// All text that is meant for people goes through this file: issues, phrases,
// summaries, tables. Values come from files and from other systems, and a value
// must neither steer the terminal of who reads about it, nor turn the order of
// what stands beside it, nor begin a line of its own.

// Visible shows the characters of one line that steer instead of being seen:
// controls become their pictures (Unicode block Control Pictures), those without
// one and all that is invisible (marks of direction, characters of no width, ends
// of lines) U+FFFD, and so do bytes that are no UTF-8.
func Visible(line string) string { return strings.Map(visible, line) }

func visible(r rune) rune {
	switch {
	case r < ' ':
		return '␀' + r
	case r < 0x7f:
		return r
	case r == 0x7f:
		return '␡'
	case r > 0xad && r < 0x600:
		return r // letters, of which most texts are
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
		return '\uFFFD'
	}
	return r
}

// Line prints one line for a person.
func Line(w io.Writer, line string) error {
	_, err := io.WriteString(w, Visible(line)+"\n")
	return err
}

// Lines prints a text of several lines. The ends of its lines are the tool's own:
// values in it were made visible before, as Phrase and Message do it.
func Lines(w io.Writer, text string) error {
	for line := range strings.Lines(text) {
		if err := Line(w, strings.TrimSuffix(line, "\n")); err != nil {
			return err
		}
	}
	return nil
}

// Table prints rows for a person, in columns that are as wide as they need.
type Table struct{ w *tabwriter.Writer }

// NewTable begins a table; its rows are printed by Flush.
func NewTable(w io.Writer) *Table { return &Table{tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)} }

// Row adds a row.
func (t *Table) Row(cells ...string) {
	for n := range cells {
		cells[n] = Visible(Mask(cells[n]))
	}
	// It keeps everything until Flush.
	_, _ = fmt.Fprintln(t.w, strings.Join(cells, "\t"))
}

// Flush prints the rows.
func (t *Table) Flush() error { return t.w.Flush() }

// VisibleJSON writes, in a text of JSON, the characters that steer a terminal as
// escapes: a program reads the same.
func VisibleJSON(text []byte) []byte {
	steers := func(r rune) bool { return r >= 0x7f && visible(r) != r }
	if bytes.IndexFunc(text, steers) < 0 {
		return text
	}
	safe := make([]byte, 0, len(text)+len(text)/8)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch high, low := utf16.EncodeRune(r); {
		case !steers(r):
			safe = append(safe, text[:size]...)
		case high != unicode.ReplacementChar:
			safe = fmt.Appendf(safe, `\u%04x\u%04x`, high, low)
		default:
			safe = fmt.Appendf(safe, `\u%04x`, r)
		}
		text = text[size:]
	}
	return safe
}
