package pohoda

import (
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The rules of an order's head, by the rows that name them.

// readStorno reads that an order was cancelled: by the mark or by the day.
func readStorno(o *documentOf, s string) *diag.Issue {
	if strings.TrimSpace(s) != "" {
		o.doc.Pohoda.Cancelled = trade.Yes
	}
	return nil
}

// received keeps a field that issued orders do not have out of them (order.xsd,
// annotations of orderHeaderType and orderItemType), and notes that it was there.
func (o *documentOf) received(field string, ok bool) bool {
	if ok && o.target.Direction == trade.Issued {
		if !slices.Contains(o.unsaid, field) {
			o.unsaid = append(o.unsaid, field)
		}
		return false
	}
	return ok
}

// CodeUnsaid names fields that orders of this direction do not have.
var CodeUnsaid = diag.Warning.Code("order-field-unsaid", "fields", "target")

// leftUnsaid warns of what the order could not say.
func (o *documentOf) leftUnsaid() *diag.Issue {
	if o.unsaid == nil {
		return nil
	}
	return diag.Warn(CodeUnsaid, "fields", strings.Join(o.unsaid, ", "), "target", o.target.Name)
}

// receivedCode is a code of a list of the unit that only received orders have.
func receivedCode(list, path, label, field string, place func(*documentOf) *string) fieldtable.Row[*documentOf] {
	return fieldtable.Rule(path, label, field,
		func(o *documentOf) (string, bool) {
			text, ok := fieldtable.Text.Format(*place(o))
			return text, o.received(field, ok)
		},
		fieldtable.Into(fieldtable.Text, place)).NeverCut().OfUnit(list, place).WithNote("received orders only")
}

// dateOf is a date row that only orders of one direction have.
func dateOf(path, label, field string, of trade.Direction, place func(*documentOf) *trade.Date) fieldtable.Row[*documentOf] {
	row := fieldtable.Rule(path, label, field,
		func(o *documentOf) (string, bool) {
			text, ok := dateCodec.Format(*place(o))
			return text, ok && o.target.Direction == of
		},
		func(o *documentOf, s string) *diag.Issue {
			d, issue := dateCodec.Parse(s)
			if issue == nil && !d.IsZero() {
				*place(o) = d
			}
			return issue
		})
	return row.WithNote(string(of) + " orders only")
}

// writeNumber writes the deal's code; that of an issued order goes to the
// internal note.
func writeNumber(o *documentOf) (string, bool) {
	number, ok := fieldtable.Text.Format(o.doc.Number)
	return number, ok && o.target.Direction == trade.Received
}

func writeDeliverFrom(o *documentOf) (string, bool) {
	text, ok := dateCodec.Format(o.doc.DeliverFrom)
	return text, o.received("deliverFrom", ok)
}

func writeReserve(o *documentOf) (string, bool) {
	text, ok := flagCodec.Format(o.doc.Reserve)
	return text, o.received("reserve", ok)
}

func readReserve(o *documentOf, s string) *diag.Issue {
	reserve, issue := flagCodec.Parse(s)
	o.doc.Reserve, o.doc.Pohoda.Reserved = reserve, reserve
	return issue
}

// noteField is a field that orders have no place for, and that the unit may want in the
// internal note.
type noteField struct {
	// Word is what the configuration calls it.
	Word         string
	field, label string
	value        func(*trade.Document) string
}

var noteFields = []noteField{
	{"variable_symbol", "payment.variableSymbol", "Variabilní symbol", func(d *trade.Document) string { return d.Payment.VariableSymbol }},
	{"constant_symbol", "payment.constantSymbol", "Konstantní symbol", func(d *trade.Document) string { return d.Payment.ConstantSymbol }},
	{"specific_symbol", "payment.specificSymbol", "Specifický symbol", func(d *trade.Document) string { return d.Payment.SpecificSymbol }},
	{"due_date", "dueDate", "Splatnost", func(d *trade.Document) string { return d.DueDate.String() }},
	{"terms", "payment.termsDays", "Splatnost ve dnech", func(d *trade.Document) string { return d.Payment.TermsDays.String() }},
	{"account", "payment.account", "Účet", func(d *trade.Document) string { return d.Payment.Account.Text() }},
}

// is tells whether a canonical field is this one or a part of it.
func (f *noteField) is(field string) bool {
	return field == f.field || strings.HasPrefix(field, f.field+".")
}

// NoteWords are the fields that the internal note of an order may hold, as the
// configuration calls them.
func NoteWords() (words []string) {
	for _, f := range noteFields {
		words = append(words, f.Word)
	}
	return words
}

// writeInternalNote gathers what the unit wants to know and no field of an
// order holds. The words are the accountant's. A note that was read from POHODA
// has these lines already.
func writeInternalNote(o *documentOf) (string, bool) {
	note, _ := fieldtable.Memo.Format(o.doc.InternalNote)
	lines := strings.Split(note, "\n")
	add := func(label, value string) {
		line := label + ": " + fieldtable.OneLine(value)
		if value != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if o.target.Direction == trade.Issued {
		add("Doklad v CRM", o.doc.Number)
	}
	add("Objednávka odběratele", o.doc.ExternalNumber)
	add("Obchodník", o.doc.Owner.Name)
	if o.doc.ShipTo != nil {
		add("Výdejní místo", o.doc.ShipTo.PickupPoint)
	}
	for i := range noteFields {
		if f := &noteFields[i]; slices.Contains(o.set.OrderNote, f.Word) {
			add(f.label, f.value(o.doc))
		}
	}
	add("Odkaz", o.doc.Source.URL)
	return fieldtable.Memo.Format(strings.Join(lines, "\n"))
}
