package listing

import (
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/gopohoda/pohoda/pkg/money"
)

// PlainTable is a table without lines, indented under its document.
func PlainTable() table.Writer {
	t := table.NewWriter()
	style := table.StyleLight
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = text.FormatDefault
	style.Box.PaddingLeft = "  "
	style.Box.PaddingRight = ""
	t.SetStyle(style)
	t.SuppressTrailingSpaces()
	return t
}

// Right aligns a column, counted from 1, to the right.
func Right(column int) table.ColumnConfig {
	return table.ColumnConfig{Number: column, Align: text.AlignRight, AlignHeader: text.AlignRight}
}

// Fixed writes an amount, nothing for one that is not known.
func Fixed(d money.Decimal) string {
	if !d.IsSet() {
		return ""
	}
	return d.Fixed(2)
}

// Filled leaves out the empty texts.
func Filled(texts []string) []string {
	var some []string
	for _, t := range texts {
		if t != "" {
			some = append(some, t)
		}
	}
	return some
}
