package flow

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Text writes the document for a person.
func (s *Shown) Text(w io.Writer, l *diag.Language) {
	doc := s.Document
	direction := "show-received"
	if doc.Direction == trade.Issued {
		direction = "show-issued"
	}
	title := []string{doc.Number, l.Phrase(direction), doc.IssueDate.String(), doc.Title}
	fmt.Fprintln(w, strings.Join(filled(title), "  "))
	role, party := doc.Partner()
	printParty(w, l, "show-"+string(role), party)
	if to := doc.ShipTo; to != nil {
		address := append([]string{to.Company, to.Person}, postal(to.Address)...)
		fmt.Fprintf(w, "  %s: %s\n", l.Phrase("show-delivery"), strings.Join(filled(address), ", "))
	}
	for _, field := range []struct{ name, value string }{
		{"pohoda-number", doc.Pohoda.Number}, {"deliver-until", doc.DeliverUntil.String()},
		{"payment", either(doc.Payment.MethodName, string(doc.Payment.Method))},
		{"centre", doc.Centre}, {"project", doc.Project.Number},
		{"note", doc.Note}, {"internal-note", doc.InternalNote},
	} {
		if field.value != "" {
			fmt.Fprintf(w, "  %s: %s\n", l.Phrase("show-"+field.name), strings.ReplaceAll(field.value, "\n", "\n    "))
		}
	}
	printLines(w, l, s)
	printSums(w, l, s)
	fmt.Fprintln(w)
}

func printParty(w io.Writer, l *diag.Language, role string, p *trade.Party) {
	if p == nil {
		return
	}
	names := filled(append([]string{p.Name, p.Person}, postal(p.Address)...))
	if len(names) == 0 && p.PohodaID != 0 {
		names = []string{l.Phrase("show-address-book", "id", strconv.FormatInt(p.PohodaID, 10))}
	}
	fmt.Fprintf(w, "  %s: %s\n", l.Phrase(role), strings.Join(names, ", "))
	var numbers []string
	for _, n := range []struct{ name, value string }{
		{"IČO", p.RegistrationID}, {"DIČ", p.TaxID}, {"IČ DPH", p.VATID}, {"", p.Phone}, {"", p.Email},
	} {
		if n.value != "" {
			numbers = append(numbers, strings.TrimSpace(n.name+" "+n.value))
		}
	}
	if len(numbers) > 0 {
		fmt.Fprintf(w, "    %s\n", strings.Join(numbers, ", "))
	}
}

func postal(a trade.Address) []string {
	return []string{a.Street, strings.TrimSpace(a.Zip + " " + a.City), string(a.Country)}
}

func printLines(w io.Writer, l *diag.Language, s *Shown) {
	t := plainTable()
	doc := s.Document
	price := l.Phrase("show-price")
	if doc.PricesIncludeVAT.IsYes() {
		price = l.Phrase("show-price-gross")
	}
	t.AppendHeader(table.Row{"", l.Phrase("show-code"), l.Phrase("show-name"), l.Phrase("show-quantity"), "", price,
		l.Phrase("show-discount"), l.Phrase("show-vat"), l.Phrase("show-net"), l.Phrase("show-gross"), ""})
	for i := range doc.Lines {
		line, sums := &doc.Lines[i], s.Totals.Lines[i]
		linked := l.Phrase("show-text-line")
		if line.Linked() {
			linked = l.Phrase("show-stock-line")
		}
		t.AppendRow(table.Row{i + 1, line.SKU, line.Name, line.Quantity, line.Unit, line.UnitPrice,
			percent(line.DiscountPercent), percent(line.VATRate), sums.Net.Fixed(2), sums.Gross.Fixed(2), linked})
	}
	t.SetColumnConfigs([]table.ColumnConfig{
		{Number: 3, WidthMax: 50, WidthMaxEnforcer: text.WrapSoft},
		right(1), right(4), right(6), right(7), right(8), right(9), right(10),
	})
	fmt.Fprintln(w, t.Render())
}

func printSums(w io.Writer, l *diag.Language, s *Shown) {
	t := plainTable()
	currency := string(s.Document.Currency)
	for _, rate := range s.Totals.ByRate {
		t.AppendRow(table.Row{l.Phrase("show-rate", "percent", rate.Percent.String()), rate.Net.Fixed(2), rate.VAT.Fixed(2), rate.Gross.Fixed(2), ""})
	}
	if s.Totals.Rounding.Sign() != 0 {
		t.AppendRow(table.Row{l.Phrase("show-rounding"), "", "", s.Totals.Rounding.Fixed(2), ""})
	}
	t.AppendRow(table.Row{l.Phrase("show-total", "n", strconv.Itoa(len(s.Document.Lines))),
		s.Totals.Net.Fixed(2), s.Totals.VAT.Fixed(2), s.Totals.Payable.Fixed(2), currency})
	t.SetColumnConfigs([]table.ColumnConfig{right(2), right(3), right(4)})
	fmt.Fprintln(w, t.Render())
}

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

func percent(d money.Decimal) string {
	if !d.IsSet() {
		return ""
	}
	return d.String() + " %"
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
