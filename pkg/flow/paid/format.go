package flow

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// verdictWriters are the formats by name.
var verdictWriters = map[string]func(io.Writer, *diag.Language) listing[trade.Verdict]{
	"ndjson": func(w io.Writer, _ *diag.Language) listing[trade.Verdict] { return jsonLines(w, appendVerdict) },
	"json":   func(w io.Writer, _ *diag.Language) listing[trade.Verdict] { return jsonArray(w, "\n", appendVerdict) },
	"csv":    writeSheet,
	"table":  writeTable,
}

func appendVerdict(text []byte, v *trade.Verdict) []byte { return v.AppendJSON(text) }

// PaidFormats are the names of the formats.
func PaidFormats() []string { return slices.Sorted(maps.Keys(verdictWriters)) }

// PaidFormat is the format of a file by its ending, "" for any other.
func PaidFormat(path string) string { return formatOf(path) }

// writeSheet writes a table for people; its columns are named as the keys of JSON.
func writeSheet(w io.Writer, _ *diag.Language) listing[trade.Verdict] {
	out := sheet.NewWriter(w)
	header := []string{"order", "state", "total", "amountDue", "currency", "paidDate", "invoices", "places", "amountToReturn"}
	var cells []sheet.Cell
	for _, name := range header {
		cells = append(cells, sheet.Text(name))
	}
	err := out.Write(cells...)
	return listing[trade.Verdict]{
		func(v *trade.Verdict) error {
			return out.Write(sheet.Text(v.Order), sheet.Text(string(v.State)), sheet.Number(v.Total), sheet.Number(v.Due),
				sheet.Text(string(v.Currency)), sheet.Text(v.PaidDate.String()),
				sheet.Text(listed(v, func(p *trade.Proof) string { return p.Number })),
				sheet.Text(listed(v, func(p *trade.Proof) string { return p.File + ":" + strconv.Itoa(p.Line) })),
				sheet.Number(v.ToReturn))
		},
		func() error {
			if err != nil {
				return err
			}
			return out.Flush()
		},
	}
}

// writeTable writes a table for a terminal.
func writeTable(w io.Writer, l *diag.Language) listing[trade.Verdict] {
	t := plainTable()
	header := table.Row{}
	for _, name := range []string{"order", "state", "total", "due", "currency", "invoices"} {
		header = append(header, l.Phrase("paid-"+name))
	}
	t.AppendHeader(header)
	t.SetColumnConfigs([]table.ColumnConfig{right(3), right(4)})
	return listing[trade.Verdict]{
		func(v *trade.Verdict) error {
			t.AppendRow(table.Row{diag.Visible(v.Order), string(v.State), fixed(v.Total), fixed(v.Due), diag.Visible(string(v.Currency)), diag.Visible(listed(v, named))})
			return nil
		},
		func() error {
			return diag.Lines(w, t.Render()+"\n")
		},
	}
}

// listed joins what is said of each invoice.
func listed(v *trade.Verdict, say func(*trade.Proof) string) string {
	var said []string
	for i := range v.Invoices {
		said = append(said, say(&v.Invoices[i]))
	}
	return strings.Join(said, ", ")
}

// named is an invoice as a person finds it: by its number, or its place.
func named(p *trade.Proof) string {
	if p.Number != "" {
		return p.Number
	}
	return p.File + ":" + strconv.Itoa(p.Line)
}
