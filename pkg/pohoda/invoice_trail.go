package pohoda

import (
	"github.com/beevik/etree"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Trail is an invoice with what it says of its orders and of what was deducted.
type Trail struct {
	Document *trade.Document
	// NumberOrder is the order from which the invoice was made.
	NumberOrder string
	// Head and Lines are the documents to which the invoice and its lines are tied.
	Head, Lines []trade.Reference
	// Deducted is the sum of the advances that the invoice deducts, in its currency;
	// unset where it cannot be told.
	Deducted money.Decimal
}

// OpenTrails reads trails of invoices. What it cannot read the reader tells.
func OpenTrails() func(el *etree.Element, s *Settings, r *fieldtable.Reader) Trail {
	plan := invoicePlan(nil)
	return func(el *etree.Element, s *Settings, r *fieldtable.Reader) Trail {
		o := decodeInvoice(plan, el, s, r)
		return Trail{Document: o.doc, NumberOrder: o.numberOrder, Head: o.headLinks, Lines: o.lineLinks, Deducted: o.deducts()}
	}
}
