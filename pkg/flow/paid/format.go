package paid

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/listing"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/sheet"
)

// verdictWriters are the formats by name.
var verdictWriters = map[string]func(io.Writer, *diag.Language) listing.Listing[settlement.OrderPayment]{
	"ndjson": func(w io.Writer, _ *diag.Language) listing.Listing[settlement.OrderPayment] {
		return listing.JSONLines(w, appendVerdict)
	},
	"json": func(w io.Writer, _ *diag.Language) listing.Listing[settlement.OrderPayment] {
		return listing.JSONArray(w, "\n", appendVerdict)
	},
	"csv":   writeSheet,
	"table": writeTable,
}

func appendVerdict(text []byte, v *settlement.OrderPayment) []byte { return v.AppendJSON(text) }

// Formats are the names of the formats.
func Formats() []string { return slices.Sorted(maps.Keys(verdictWriters)) }

// Format is the format of a file by its ending, "" for any other.
func Format(path string) string { return listing.FormatOf(path) }

// sheetRow is an order in a table for people; its columns are named as the keys of
// JSON.
type sheetRow struct {
	Order    sheet.Cell `csv:"order"`
	State    sheet.Cell `csv:"state"`
	Total    sheet.Cell `csv:"total"`
	Due      sheet.Cell `csv:"amountDue"`
	Currency sheet.Cell `csv:"currency"`
	PaidDate sheet.Cell `csv:"paidDate"`
	Invoices sheet.Cell `csv:"invoices"`
	Places   sheet.Cell `csv:"places"`
	ToReturn sheet.Cell `csv:"amountToReturn"`
}

func writeSheet(w io.Writer, _ *diag.Language) listing.Listing[settlement.OrderPayment] {
	out := sheet.NewTable[sheetRow](w)
	return listing.Listing[settlement.OrderPayment]{
		Write: func(v *settlement.OrderPayment) error {
			return out.Write(sheetRow{
				Order: sheet.Text(v.Order), State: sheet.Text(string(v.State)),
				Total: sheet.Number(v.Total), Due: sheet.Number(v.Due),
				Currency: sheet.Text(string(v.Currency)), PaidDate: sheet.Text(v.PaidDate.String()),
				Invoices: sheet.Text(listed(v, func(p *settlement.Proof) string { return p.Number })),
				Places:   sheet.Text(listed(v, func(p *settlement.Proof) string { return p.File + ":" + strconv.Itoa(p.Line) })),
				ToReturn: sheet.Number(v.ToReturn),
			})
		},
		Close: out.Flush,
	}
}

// writeTable writes a table for a terminal.
func writeTable(w io.Writer, l *diag.Language) listing.Listing[settlement.OrderPayment] {
	t := listing.PlainTable()
	header := table.Row{}
	for _, name := range []string{"order", "state", "total", "due", "currency", "invoices"} {
		header = append(header, l.Phrase("paid-"+name))
	}
	t.AppendHeader(header)
	t.SetColumnConfigs([]table.ColumnConfig{listing.Right(3), listing.Right(4)})
	return listing.Listing[settlement.OrderPayment]{
		Write: func(v *settlement.OrderPayment) error {
			t.AppendRow(table.Row{diag.Visible(v.Order), string(v.State), listing.Fixed(v.Total), listing.Fixed(v.Due), diag.Visible(string(v.Currency)), diag.Visible(listed(v, named))})
			return nil
		},
		Close: func() error {
			return diag.Lines(w, t.Render()+"\n")
		},
	}
}

// listed joins what is said of each invoice.
func listed(v *settlement.OrderPayment, say func(*settlement.Proof) string) string {
	var said []string
	for i := range v.Invoices {
		said = append(said, say(&v.Invoices[i]))
	}
	return strings.Join(said, ", ")
}

// named is an invoice as a person finds it: by its number, or its place.
func named(p *settlement.Proof) string {
	if p.Number != "" {
		return p.Number
	}
	return p.File + ":" + strconv.Itoa(p.Line)
}
