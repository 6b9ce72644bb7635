package flow

import (
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/gopohoda/pohoda/pkg/money"
)

// plainTable is a table without lines, indented under its document.
func plainTable() table.Writer {
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

func right(column int) table.ColumnConfig {
	return table.ColumnConfig{Number: column, Align: text.AlignRight, AlignHeader: text.AlignRight}
}

// fixed writes an amount, nothing for one that is not known.
func fixed(d money.Decimal) string {
	if !d.IsSet() {
		return ""
	}
	return d.Fixed(2)
}

func filled(texts []string) []string {
	var some []string
	for _, t := range texts {
		if t != "" {
			some = append(some, t)
		}
	}
	return some
}
