// Package view prints what is there and changes nothing: documents of a file, field
// tables, verdicts of validation, the records of the ledger and their history.
package view

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/listing"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// PrintRecord writes a record of a file for a person.
func PrintRecord(w io.Writer, s *flow.Shown, l *diag.Language) {
	var b strings.Builder
	shown := *s
	shown.ICO = diag.Visible(s.ICO)
	if s.Document != nil {
		shown.Document = visibleCopy(s.Document)
		printDocument(&b, &shown, l)
	} else {
		printValues(&b, &shown, l)
	}
	// What is left unwritten its writer remembers.
	_ = diag.Lines(w, b.String())
}

func printDocument(w io.Writer, s *flow.Shown, l *diag.Language) {
	doc := s.Document
	title := []string{doc.Number, kindText(s, l), doc.IssueDate.String(), doc.Title}
	fmt.Fprintln(w, strings.Join(listing.Filled(title), "  "))
	role, party := doc.Partner()
	printParty(w, l, "show-"+string(role), party)
	if to := doc.ShipTo; to != nil {
		address := append([]string{to.Company, to.Person}, postal(to.Address)...)
		fmt.Fprintf(w, "  %s: %s\n", l.Phrase("show-delivery"), strings.Join(listing.Filled(address), ", "))
	}
	for _, field := range []struct{ name, value string }{
		{"unit", unitText(s, l)}, {"exchange-rate", rateText(s)},
		{"pohoda-number", pohodaNumber(s)}, {"deliver-until", doc.DeliverUntil.String()},
		{"payment", cmp.Or(doc.Payment.MethodName, string(doc.Payment.Method))}, {"payment-state", paymentText(s, l)},
		{"centre", doc.Centre}, {"project", doc.Project.Number},
		{"note", doc.Note}, {"internal-note", doc.InternalNote},
	} {
		if field.value != "" {
			fmt.Fprintf(w, "  %s: %s\n", l.Phrase("show-"+field.name), field.value)
		}
	}
	if len(doc.Lines) > 0 {
		printLines(w, l, s)
	}
	printSums(w, l, s)
	fmt.Fprintln(w)
}

// printValues writes what is no document, by the names on POHODA's screen.
func printValues(w io.Writer, s *flow.Shown, l *diag.Language) {
	title := []string{s.Record.Of.Code(), kindText(s, l), s.Record.Of.Caption()}
	fmt.Fprintln(w, diag.Visible(strings.Join(listing.Filled(title), "  ")))
	fmt.Fprintf(w, "  %s: %s\n", l.Phrase("show-unit"), unitText(s, l))
	for _, v := range s.Values {
		if v.Label != "" && strings.TrimSpace(v.Text) != "" {
			fmt.Fprintf(w, "  %s: %s\n", v.Label, diag.Visible(strings.TrimSpace(v.Text)))
		}
	}
	fmt.Fprintln(w)
}

// kindText is what the record is called: as what becomes it, or by its kind and side
// ("show-invoice-received").
func kindText(s *flow.Shown, l *diag.Language) string {
	switch {
	case s.Target.Name != "":
		return l.Phrase("target-" + s.Target.Name)
	case s.Document != nil && s.Document.Direction != "":
		return l.Phrase("show-" + string(s.Document.Kind) + "-" + string(s.Document.Direction))
	}
	return l.Word(string(s.Record.Kind()))
}

// unitText says for which unit the pack is and by whose rates it was read.
func unitText(s *flow.Shown, l *diag.Language) string {
	rates := map[flow.CountryOrigin]string{flow.CountrySet: "show-rates", flow.CountryRead: "show-rates-read", flow.CountryAssumed: "show-rates-assumed"}[s.Origin]
	unit := l.Phrase(rates, "country", s.Country)
	if s.ICO != "" {
		unit = "IČO " + s.ICO + ", " + unit
	}
	return unit
}

// rateText words the rate: "25.3 CZK = 1 EUR".
func rateText(s *flow.Shown) string {
	rate := s.Document.ExchangeRate
	if !rate.Rate.IsSet() {
		return ""
	}
	return fmt.Sprintf("%s %s = %s %s", rate.Rate, money.Home(s.Country), rate.Amount.Or(money.FromInt(1)), s.Document.Currency)
}

// pohodaNumber is POHODA's number where it is not the document's own.
func pohodaNumber(s *flow.Shown) string {
	if number := s.Document.Pohoda.Number; number != s.Document.Number {
		return number
	}
	return ""
}

// paymentText says how far an invoice is paid: "partly paid, 711.00 CZK due, last
// payment 2026-04-12". What the file does not say is left out.
func paymentText(s *flow.Shown, l *diag.Language) string {
	pay := s.Document.Payment
	if pay.State == "" || pay.State == trade.PayUnknown {
		return ""
	}
	parts := []string{l.Phrase("payment-state-" + string(pay.State))}
	if pay.AmountDue.IsSet() && pay.State != trade.PayCancel {
		parts = append(parts, l.Phrase("show-amount-due", "amount", pay.AmountDue.Fixed(2), "currency", string(s.Document.Currency)))
	}
	if !pay.PaidDate.IsZero() {
		parts = append(parts, l.Phrase("show-last-payment", "day", pay.PaidDate.String()))
	}
	return strings.Join(parts, ", ")
}

func printParty(w io.Writer, l *diag.Language, role string, p *trade.Party) {
	if p == nil {
		return
	}
	names := listing.Filled(append([]string{p.Name, p.Person}, postal(p.Address)...))
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

func printLines(w io.Writer, l *diag.Language, s *flow.Shown) {
	t := listing.PlainTable()
	doc := s.Document
	price := l.Phrase("show-price")
	if doc.PricesIncludeVAT.IsYes() {
		price = l.Phrase("show-price-gross")
	}
	t.AppendHeader(table.Row{"", l.Phrase("show-code"), l.Phrase("show-name"), l.Phrase("show-quantity"), "", price,
		l.Phrase("show-discount"), l.Phrase("show-vat"), l.Phrase("show-net"), l.Phrase("show-gross"), ""})
	for i := range doc.Lines {
		line, sums := &doc.Lines[i], s.Figures.Lines[i]
		t.AppendRow(table.Row{i + 1, line.SKU, line.Name, line.Quantity, line.Unit, line.UnitPrice,
			percent(line.DiscountPercent), rateOf(line), amount(sums.Net), amount(sums.Gross), lineMarks(l, line, s.Totals.Lines[i].Reverse)})
	}
	t.SetColumnConfigs([]table.ColumnConfig{
		{Number: 3, WidthMax: 50, WidthMaxEnforcer: text.WrapSoft},
		listing.Right(1), listing.Right(4), listing.Right(6), listing.Right(7), listing.Right(8), listing.Right(9), listing.Right(10),
	})
	fmt.Fprintln(w, t.Render())
}

// rateOf is the percent of a line, or the level of which no percent is known.
func rateOf(line *trade.Line) string {
	if line.VATRate.IsSet() {
		return percent(line.VATRate)
	}
	return string(line.VATCode)
}

// lineMarks says whether a line is tied to stock, and who pays its VAT.
func lineMarks(l *diag.Language, line *trade.Line, reverse bool) string {
	mark := "show-text-line"
	if line.Linked() {
		mark = "show-stock-line"
	}
	marks := l.Phrase(mark)
	if reverse {
		marks += ", " + l.Phrase("show-reverse-charge")
	}
	return marks
}

func printSums(w io.Writer, l *diag.Language, s *flow.Shown) {
	sums := &s.Figures.Totals
	switch unknown := !sums.Payable.IsSet(); {
	case unknown && s.Unknown != nil:
		fmt.Fprintln(w, "  "+l.Phrase("show-total-unknown", "lines", s.UnknownLines()))
		return
	case unknown:
		fmt.Fprintln(w, "  "+l.Phrase("show-total-absent"))
		return
	}
	t := listing.PlainTable()
	for _, rate := range sums.ByRate {
		name := l.Phrase("show-rate", "percent", rate.VATRate.String())
		if !rate.VATRate.IsSet() {
			name = l.Phrase("show-rate-unknown")
		}
		t.AppendRow(table.Row{name, amount(rate.Net), amount(rate.VAT), amount(rate.Gross), ""})
	}
	if s.Figures.Deducted.Sign() != 0 {
		t.AppendRow(table.Row{l.Phrase("show-advances"), "", "", s.Figures.Deducted.Fixed(2), ""})
	}
	if sums.Rounding.Sign() != 0 {
		t.AppendRow(table.Row{l.Phrase("show-rounding"), "", "", sums.Rounding.Fixed(2), ""})
	}
	currency := string(s.Document.Currency)
	if s.Figures.Stated {
		currency = l.Phrase("show-stated", "currency", currency)
	}
	t.AppendRow(table.Row{l.Phrase("show-total", "n", strconv.Itoa(len(s.Document.Lines))),
		amount(sums.Net), amount(sums.VAT), amount(sums.Payable), currency})
	t.SetColumnConfigs([]table.ColumnConfig{listing.Right(2), listing.Right(3), listing.Right(4)})
	fmt.Fprintln(w, t.Render())
}

// amount writes a figure, a question mark for one that is not known.
func amount(d money.Decimal) string {
	if !d.IsSet() {
		return "?"
	}
	return d.Fixed(2)
}

func percent(d money.Decimal) string {
	if !d.IsSet() {
		return ""
	}
	return d.String() + " %"
}
