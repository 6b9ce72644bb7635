package reconcile

import (
	"strings"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// orderContent is what of an order is compared: of one in POHODA, and of what a record
// becomes there. Both were read by the agenda's table. A year of orders is held in
// memory, so the lines are one text.
type orderContent struct {
	orderNumber   string
	date          trade.Date
	ico, customer string
	currency      money.Currency
	gross         trade.Flag
	// sum is what the lines come to with VAT, payable the same after the rounding
	// of the document; absent is unknown. rounds says that the document itself says
	// how it is rounded.
	sum, payable money.Decimal
	rounds       bool
	lines        string
	// values are the texts of a record that is no document, packed like lines.
	values string
}

// contentOf takes of a record what is compared, of one that is no document its values.
// The sums are the document's own where it states any, else those computed.
func contentOf(record *trade.Record, values []fieldtable.Value, computed vat.Totals) orderContent {
	doc := record.Document()
	if doc == nil {
		return orderContent{orderNumber: record.Of.Code(), customer: record.Of.Caption(), values: packValues(values)}
	}
	_, party := doc.Partner()
	c := orderContent{
		orderNumber: doc.Number, date: doc.IssueDate, customer: party.DisplayName(), currency: doc.Currency,
		gross: doc.PricesIncludeVAT, rounds: doc.Rounding.Document != "",
		sum: computed.Gross, payable: computed.Payable, lines: packLines(doc.Lines),
	}
	if party != nil {
		c.ico = strings.ReplaceAll(party.RegistrationID, " ", "")
	}
	if own := doc.Totals; own.Gross.IsSet() {
		c.sum, c.payable = own.Gross, own.Payable.Or(own.Gross)
	}
	return c
}

// clone gives the content a memory of its own: texts of a file share the file's.
func (c *orderContent) clone() {
	for _, text := range []*string{&c.orderNumber, &c.ico, &c.customer} {
		*text = strings.Clone(*text)
	}
	c.currency = money.Currency(strings.Clone(string(c.currency)))
}

// Deviation is a field in which a record and its order in POHODA differ.
type Deviation struct {
	// Path is the field's, with the lines of the record; a line that only POHODA
	// has is numbered as there.
	Path string `json:"path"`
	// CRM and Pohoda are the values; of a line that one of them lacks, its name and
	// "".
	CRM    string `json:"crm"`
	Pohoda string `json:"pohoda"`
}

// compare tells in what an order in POHODA differs from what its record becomes.
// Without dated the day of the order is not the record's own and left out.
func compare(ours, theirs *orderContent, dated bool) []Deviation {
	var all []Deviation
	add := func(path, crm, pohoda string, same bool) {
		if !same {
			all = append(all, Deviation{path, crm, pohoda})
		}
	}
	if ours.values != "" {
		return compareValues(ours.values, theirs.values)
	}
	add("number", ours.orderNumber, theirs.orderNumber, ours.orderNumber == "" || ours.orderNumber == theirs.orderNumber)
	add("issueDate", ours.date.String(), theirs.date.String(), !dated || ours.date == theirs.date)
	add("customer", ours.called(), theirs.called(), ours.sameCustomer(theirs))
	add("currency", string(ours.currency), string(theirs.currency), ours.currency == theirs.currency)
	add("pricesIncludeVat", yesNo(ours.gross), yesNo(theirs.gross), ours.gross.IsYes() == theirs.gross.IsYes())
	lines, count := compareLines(ours.lines, theirs.lines, ours.gross.IsYes() == theirs.gross.IsYes())
	mine, other := ours.sum, theirs.sum
	if ours.rounds {
		mine, other = ours.payable, theirs.payable
	}
	slack := money.Zero
	if lines == nil {
		// POHODA may round the VAT of a line the other way.
		slack = money.FromInt(int64(count)).Percent(money.FromInt(1))
	}
	same := !mine.IsSet() || !other.IsSet() || mine.Sub(other).Abs().Cmp(slack) <= 0
	add("totals.payable", mine.String(), other.String(), same)
	return append(all, lines...)
}

func yesNo(f trade.Flag) string {
	if f.IsYes() {
		return "true"
	}
	return "false"
}

// called is the customer as messages show it.
func (c *orderContent) called() string {
	if c.ico == "" {
		return c.customer
	}
	return strings.TrimSpace(c.customer + " (" + c.ico + ")")
}

// sameCustomer compares by the IČO, else by the name.
func (c *orderContent) sameCustomer(theirs *orderContent) bool {
	if c.ico != "" && theirs.ico != "" {
		return c.ico == theirs.ico
	}
	return sameName(c.customer, theirs.customer)
}

// sameName compares names of which POHODA may have lost the diacritics, or put a
// question mark for a letter (reference FORMAT, section 1.4).
func sameName(ours, theirs string) bool {
	ours, theirs = sheet.Fold(ours), sheet.Fold(theirs)
	if ours == theirs {
		return true
	}
	if !strings.ContainsRune(theirs, '?') {
		return false
	}
	for _, r := range theirs {
		own, size := utf8.DecodeRuneInString(ours)
		if size == 0 || own != r && r != '?' {
			return false
		}
		ours = ours[size:]
	}
	return ours == ""
}
