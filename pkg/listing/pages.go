package listing

import (
	"bufio"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// pages prints a table of any length for a person: columns are as wide as the
// rows of a page need, and a later page makes none of them narrower.
type pages struct {
	out    *bufio.Writer
	rows   [][]string
	widths []int
}

const (
	// pageRows is how many rows are looked at before they are printed.
	pageRows = 500
	// maxCell is how many characters of a cell are shown.
	maxCell = 40
)

// NewPages writes a table page by page, so that it takes little memory.
func NewPages(w io.Writer, header ...string) *pages {
	return &pages{out: bufio.NewWriter(w), rows: [][]string{header}}
}

func (p *pages) Add(cells ...string) error {
	p.rows = append(p.rows, cells)
	if len(p.rows) < pageRows {
		return nil
	}
	return p.Flush()
}

// Flush prints the rows that wait.
func (p *pages) Flush() error {
	for _, row := range p.rows {
		for column, cell := range row {
			row[column] = text.Snip(diag.Visible(cell), maxCell, "…")
			if column == len(p.widths) {
				p.widths = append(p.widths, 0)
			}
			p.widths[column] = max(p.widths[column], width(row[column]))
		}
	}
	var line strings.Builder
	for _, row := range p.rows {
		line.Reset()
		gap := 2
		for column, cell := range row {
			if cell != "" {
				line.WriteString(strings.Repeat(" ", gap) + cell)
				gap = -width(cell)
			}
			gap += p.widths[column] + 2
		}
		// bufio.Writer keeps its first error for Flush.
		_, _ = p.out.WriteString(line.String() + "\n")
	}
	p.rows = p.rows[:0]
	return p.out.Flush()
}

// width is how many columns a text takes in which nothing steers.
func width(s string) int { return text.StringWidthWithoutEscSequences(s) }
