package settlement

import (
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// CodeInvoiceContradicts says that two rows state different things of one invoice.
var CodeInvoiceContradicts = diag.Refused.Code("invoice-contradicts", "other", "place")

// fields is a set of fields of an invoice.
type fields uint16

const (
	dateField fields = 1 << iota
	settledField
	totalField
	dueField
	currencyField
	kindField
	cancelledField
	orderField
	deductedField
)

// merge adds a further row of an invoice. Whatever the order of the rows, the
// outcome is the same: a field holds what all rows that state it agree upon.
func (p *Payments) merge(kept, row *invoice, e *Evidence) {
	m := merger{p, kept, e}
	join(&m, dateField, "date", &kept.date, row.date, dayText)
	join(&m, settledField, "settled", &kept.settled, row.settled, dayText)
	m.total(row)
	join(&m, dueField, "amountDue", &kept.due, row.due, money.Decimal.String)
	join(&m, currencyField, "currency", &kept.currency, row.currency, func(i uint16) string { return string(p.currencies[i]) })
	join(&m, kindField, "kind", &kept.kind, row.kind, func(i uint8) string { return string(evidenceKinds[i]) })
	join(&m, cancelledField, "cancelled", &kept.cancelled, row.cancelled, flagText)
	m.names()
	m.moreAmounts()
	kept.doubtful = kept.doubtful || row.doubtful
	p.earlier(kept, row)
}

// merger is a row on its way into its invoice.
type merger struct {
	*Payments
	kept *invoice
	row  *Evidence
}

// join joins one field: the zero value is unstated. Numbers have one form, so
// that equal ones are the same.
func join[T comparable](m *merger, f fields, name string, kept *T, row T, text func(T) string) {
	var unstated T
	switch {
	case row == unstated || *kept == row || m.kept.clashes&f != 0:
	case *kept == unstated:
		*kept = row
	default:
		m.clash(f, name, text(*kept), text(row))
		*kept = unstated
	}
}

// total joins the totals. One that is known to be free of advances is the same as one
// before their deduction.
func (m *merger) total(row *invoice) {
	kept, was := m.kept, &m.amounts[m.kept.amounts]
	before := func(total, deducted, other money.Decimal) bool {
		return deducted.Sign() > 0 && other.IsSet() && vat.Plus(total, deducted).Equal(other)
	}
	switch {
	case before(kept.total, was.deduct, row.total):
	case before(row.total, m.row.Deducted, kept.total):
		kept.total = row.total
	default:
		join(m, totalField, "total", &kept.total, row.total, money.Decimal.String)
	}
}

// moreAmounts joins the amounts that few invoices have. Where all that is known is
// that nothing is deducted, they are one for all.
func (m *merger) moreAmounts() {
	row := moreAmounts{deduct: m.row.Deducted, apply: m.row.Applied, retain: m.row.Retained}
	if row == (moreAmounts{}) {
		return
	}
	if m.kept.amounts == 0 {
		if last := len(m.amounts) - 1; m.amounts[last] != row || last == 0 {
			m.Payments.amounts = append(m.Payments.amounts, row)
		}
		m.kept.amounts = int32(len(m.amounts) - 1)
		return
	}
	joined := m.amounts[m.kept.amounts]
	join(m, deductedField, "deducted", &joined.deduct, row.deduct, money.Decimal.String)
	join(m, deductedField, "applied", &joined.apply, row.apply, money.Decimal.String)
	join(m, deductedField, "retained", &joined.retain, row.retain, money.Decimal.String)
	if joined != m.amounts[m.kept.amounts] {
		m.Payments.amounts = append(m.Payments.amounts, joined)
		m.kept.amounts = int32(len(m.amounts) - 1)
	}
}

func (m *merger) clash(f fields, name, kept, row string) {
	m.kept.clashes |= f
	other := diag.Position{File: m.files[m.kept.file].name, Line: int(m.kept.line)}
	m.tell(diag.New(CodeInvoiceContradicts, "other", kept, "place", other.String()).
		WithPath(name).WithValue(row).WithRecord("invoice " + m.kept.number).WithPosition(m.row.At))
}

// names adds what the row calls its orders. Texts are one field of POHODA, so
// two of them contradict each other; a spoiled one says nothing against another.
// Links add up.
func (m *merger) names() {
	spoiled := m.row.spoiled()
	for _, link := range m.row.Orders {
		text := strings.TrimSpace(link.Number)
		switch {
		case !link.isText():
			m.addName(m.kept, link)
		case spoiled:
			m.addName(m.kept, OrderLink{Via: viaSpoiled, Number: text})
		case m.kept.order == "":
			m.kept.order = m.texts.keep(text)
		case m.addName(m.kept, OrderLink{Via: ViaCell, Number: text}):
			m.clash(orderField, "order", m.kept.order, text)
		}
	}
}

// addName adds what names an order besides the text, and tells whether it is new.
func (p *Payments) addName(i *invoice, link OrderLink) bool {
	link.Number = strings.TrimSpace(link.Number)
	nothing := link.Number == "" && link.PohodaID == 0
	if nothing || link.isText() && link.Number == i.order || slices.Contains(p.names[i.names], link) {
		return false
	}
	if i.names == 0 {
		i.names = int32(len(p.names))
		p.names = append(p.names, nil)
	}
	link.Number, link.System = p.texts.keep(link.Number), p.texts.keep(link.System)
	p.names[i.names] = append(p.names[i.names], link)
	return true
}

// earlier gives an invoice the place of its first row, by the names of files.
func (p *Payments) earlier(kept, row *invoice) {
	a, b := p.files[kept.file].name, p.files[row.file].name
	if b < a || b == a && row.line < kept.line {
		kept.file, kept.line = row.file, row.line
	}
}

// isText tells a name that people may have typed from a link of POHODA's own.
func (l OrderLink) isText() bool { return l.Via == ViaCell || l.Via == ViaNumberOrder }

// isLink tells a link of POHODA's own to an order.
func (l OrderLink) isLink() bool { return l.Via == ViaHeader || l.Via == ViaLine }

// text is the first text that names an order for certain.
func (e *Evidence) text() string {
	if e.spoiled() {
		return ""
	}
	for _, link := range e.Orders {
		if text := strings.TrimSpace(link.Number); text != "" && link.isText() {
			return text
		}
	}
	return ""
}

// DoubtOfOrder is the path of a doubt that concerns the text that names the
// order; any other makes the row itself prove nothing.
const DoubtOfOrder = "order"

// viaSpoiled marks a text that names an order but is in doubt.
const viaSpoiled LinkVia = "spoiled"

// spoiled tells whether the order's name is in doubt.
func (e *Evidence) spoiled() bool { return slices.ContainsFunc(e.Doubts, ofOrder) }

func ofOrder(doubt *diag.Issue) bool { return doubt.Path == DoubtOfOrder }

func dayText(day int32) string { return trade.DateOfNumber(day).String() }

func flagText(f trade.Flag) string {
	if f.IsYes() {
		return "yes"
	}
	return "no"
}
