package pohoda

import (
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The rules of an order's head, by the rows that name them.

// whole hands a part of a document the document itself.
func whole[C any](c C) (C, bool) { return c, true }

// nothing is the list of a row that is only read.
func nothing[C, D any](C) []D { return nil }

// orderSource is the record in its own system; POHODA wants both its parts.
func orderSource(o *orderOf) (*trade.Source, bool) {
	s := &o.doc.Source
	return s, fieldtable.OneLine(s.ID) != "" && fieldtable.OneLine(s.System) != ""
}

func writeOrderType(o *orderOf) (string, bool) { return o.target.Type, true }

func readOrderType(o *orderOf, s string) *diag.Issue {
	for _, t := range orderTargets {
		if t.Type == strings.TrimSpace(s) {
			o.target, o.doc.Direction = t, t.Direction
			return nil
		}
	}
	return fieldtable.Unreadable(s)
}

// readStorno reads that an order was cancelled: by the mark or by the day.
func readStorno(o *orderOf, s string) *diag.Issue {
	if strings.TrimSpace(s) != "" {
		o.doc.Pohoda.Cancelled = trade.Yes
	}
	return nil
}

// received keeps a field that issued orders do not have out of them (order.xsd,
// annotations of orderHeaderType and orderItemType), and notes that it was there.
func (o *orderOf) received(field string, ok bool) bool {
	if ok && o.target.Direction != trade.Received {
		if !slices.Contains(o.unsaid, field) {
			o.unsaid = append(o.unsaid, field)
		}
		return false
	}
	return ok
}

// CodeUnsaid names fields that orders of this direction do not have.
const CodeUnsaid diag.Code = "order-field-unsaid"

// leftUnsaid warns of what the order could not say.
func (o *orderOf) leftUnsaid() *diag.Issue {
	if o.unsaid == nil {
		return nil
	}
	return diag.Warn(CodeUnsaid, "fields", strings.Join(o.unsaid, ", "), "target", o.target.Name)
}

// receivedText is a text row that only received orders have.
func receivedText(path, label, field string, place func(*orderOf) *string) fieldtable.Row[*orderOf] {
	return fieldtable.Rule(path, label, field,
		func(o *orderOf) (string, bool) {
			text, ok := fieldtable.Text.Format(*place(o))
			return text, o.received(field, ok)
		},
		func(o *orderOf, s string) *diag.Issue {
			*place(o) = fieldtable.OneLine(s)
			return nil
		}).Because("received orders only")
}

// dateOf is a date row that only orders of one direction have.
func dateOf(path, label, field string, of trade.Direction, place func(*orderOf) *trade.Date) fieldtable.Row[*orderOf] {
	row := fieldtable.Rule(path, label, field,
		func(o *orderOf) (string, bool) {
			text, ok := dateCodec.Format(*place(o))
			return text, ok && o.target.Direction == of
		},
		func(o *orderOf, s string) *diag.Issue {
			d, issue := dateCodec.Parse(s)
			if issue == nil && !d.IsZero() {
				*place(o) = d
			}
			return issue
		})
	return row.Because(string(of) + " orders only")
}

// writeNumber writes the deal's code; that of an issued order goes to the
// internal note.
func writeNumber(o *orderOf) (string, bool) {
	number, ok := fieldtable.Text.Format(o.doc.Number)
	return number, ok && o.target.Direction == trade.Received
}

func readNumber(o *orderOf, s string) *diag.Issue {
	o.doc.Number = fieldtable.OneLine(s)
	return nil
}

func writeDeliverFrom(o *orderOf) (string, bool) {
	text, ok := dateCodec.Format(o.doc.DeliverFrom)
	return text, o.received("deliverFrom", ok)
}

func readDeliverFrom(o *orderOf, s string) *diag.Issue {
	date, issue := dateCodec.Parse(s)
	o.doc.DeliverFrom = date
	return issue
}

func writeTitle(o *orderOf) (string, bool) {
	if o.doc.Text != "" {
		return fieldtable.Text.Format(o.doc.Text)
	}
	return fieldtable.Text.Format(o.doc.Title)
}

func readTitle(o *orderOf, s string) *diag.Issue {
	o.doc.Title = fieldtable.OneLine(s)
	return nil
}

// partnerFor is the other side of a document, never nil, so that its rows need not ask.
func partnerFor(doc *trade.Document) *trade.Party {
	if _, party := doc.Partner(); party != nil {
		return party
	}
	return &trade.Party{}
}

func orderPartner(o *orderOf) (partnerOf, bool) {
	p := partnerOf{party: o.partner, shipTo: o.doc.ShipTo, set: o.set}
	if p.shipTo == nil && len(o.partner.ShipTo) > 0 {
		p.shipTo = &o.partner.ShipTo[0]
	}
	return p, true
}

// paymentTypes are POHODA's kinds of payment (type.xsd, paymentType). An online
// payment has none: the unit's own form is named by maps.payment.
var paymentTypes = map[trade.PaymentMethod]string{
	"bank-transfer":    "draft",
	"cash":             "cash",
	"cash-on-delivery": "delivery",
	"card":             "creditcard",
	"advance":          "advance",
	"offset":           "compensation",
	"cheque":           "cheque",
	"postal":           "postal",
	"encashment":       "encashment",
}

// writePaymentType names the kind of payment where no form of the unit is named.
func writePaymentType(o *orderOf) (string, bool) {
	kind, ok := paymentTypes[o.doc.Payment.Method]
	return kind, ok && o.doc.Payment.MethodName == ""
}

func readPaymentType(o *orderOf, s string) *diag.Issue {
	for method, kind := range paymentTypes {
		if kind == strings.TrimSpace(s) {
			o.doc.Payment.Method = method
			return nil
		}
	}
	return fieldtable.Unreadable(s)
}

func writeReserve(o *orderOf) (string, bool) {
	text, ok := flagCodec.Format(o.doc.Reserve)
	return text, o.received("reserve", ok)
}

func readReserve(o *orderOf, s string) *diag.Issue {
	reserve, issue := flagCodec.Parse(s)
	o.doc.Reserve, o.doc.Pohoda.Reserved = reserve, reserve
	return issue
}

// writeInternalNote gathers what the house wants to know and no field of an
// order holds. The words are the accountant's. A note that was read from POHODA
// has these lines already.
func writeInternalNote(o *orderOf) (string, bool) {
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
	add("Odkaz", o.doc.Source.URL)
	return fieldtable.Memo.Format(strings.Join(lines, "\n"))
}

func readInternalNote(o *orderOf, s string) *diag.Issue {
	o.doc.InternalNote, _ = fieldtable.Memo.Parse(s)
	return nil
}

// pages are the attachments that have an address.
func pages(all []trade.Attachment) []*trade.Attachment {
	var some []*trade.Attachment
	for i := range all {
		if all[i].URL != "" {
			some = append(some, &all[i])
		}
	}
	return some
}

// finish fills what the elements say together, after all of them were read.
func (o *orderOf) finish(r *fieldtable.Reader) {
	doc := o.doc
	dropStrange(doc, r)
	if doc.ShipTo.IsZero() {
		doc.ShipTo = nil
	}
	if !o.partner.Unnamed() {
		if role, _ := doc.Partner(); role == trade.SupplierRole {
			doc.Supplier = o.partner
		} else {
			doc.Customer = o.partner
		}
	}
	if doc.Currency == "" && !o.foreign {
		doc.Currency = money.Home(o.set.Unit.Country)
	}
	if doc.OSS.Country != "" {
		doc.VATMode = trade.OneStopShop
	}
	day := doc.VATDay()
	for i := range doc.Lines {
		finishLine(&doc.Lines[i], o.set, day)
	}
	// In a foreign currency the sums by rate are still those of the home one.
	if !o.foreign {
		doc.Totals.ByRate = o.sums.byRate(o.set.Rates, o.set.Unit.Country, day)
		doc.Totals.Rounding = o.sums.rounding
		o.sumUp()
	}
}

// sumUp adds POHODA's own sums by rate to the sums of the document.
func (o *orderOf) sumUp() {
	totals := &o.doc.Totals
	if len(totals.ByRate) == 0 {
		return
	}
	for _, sum := range totals.ByRate {
		totals.Net = totals.Net.Add(sum.Net)
		totals.VAT = totals.VAT.Add(sum.VAT)
		totals.Gross = totals.Gross.Add(sum.Gross)
	}
	if totals.Rounding.IsSet() {
		totals.Payable = totals.Gross.Add(totals.Rounding)
	}
}
