package settlement

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// balance is what the invoices in force of one order come to, kind by kind. Amounts
// of documents that contain each other, an advance and the final invoice that deducts
// it, are never added.
type balance struct {
	// Sale are invoices and debit notes. Shared are documents of several orders,
	// whatever their kind: none of their amounts is this order's alone.
	sale, advances, credits, shared vat.Balance
	currency                        money.Currency
	// mixed says that there are several currencies.
	mixed bool
	// finals counts what is neither advance nor credit note, inForce all.
	finals, inForce int
	// order is what the order comes to after credit and debit notes; absent is
	// unknown. elsewhere says that it is known in another currency.
	order     money.Decimal
	elsewhere bool
	// least and most are what was invoiced, with the advances that are contained in
	// it and less what was credited. They differ where a file does not say whether a
	// total is before or after the deduction of advances.
	least, most money.Decimal
	// total is what was invoiced and due what is still to be paid, absent where the
	// files do not say it. paid is what was paid. open is what is still asked for, less
	// what credit notes give back: due without what was paid too much.
	total, due, paid, open money.Decimal
	// ahead is what was paid for advances and is not contained in the invoices; absent
	// where nothing says it.
	ahead money.Decimal
	// retained is what is held back by agreement.
	retained money.Decimal
	// kindless counts invoices of which nothing says that they are none but advances.
	kindless int
	// asked says that money was asked for at all, somePaid that some was paid for
	// certain, unclear that this cannot be told of an invoice.
	asked, somePaid, unclear bool
	// credited says that there is a credit note, be it one of several orders.
	credited bool
	// dueMissing, signUnclear and dueAbove are faults of single invoices.
	dueMissing, signUnclear, dueAbove bool
	// sharedCover says that documents of several orders come to what all of these do.
	sharedCover bool

	// whole are the totals of invoices before the deduction of advances, as far as
	// it is known; deducted is what they deduct, and says whether all of them say it.
	whole, deducted money.Decimal
	deductionsSaid  bool
	applied, raised money.Decimal
}

// weigh makes the balance of the invoices of an order. order is what is known of it,
// nil for nothing.
func (b *balance) weigh(invoices []Proof, order *KnownOrder) {
	*b = balance{
		sale: vat.NewBalance(), advances: vat.NewBalance(), credits: vat.NewBalance(), shared: vat.NewBalance(),
		currency: invoices[0].Currency, whole: money.Zero, deducted: money.Zero, applied: money.Zero,
		raised: money.Zero, retained: money.Zero, deductionsSaid: true, sharedCover: true,
	}
	for i := range invoices {
		p := &invoices[i]
		if p.Cancelled {
			continue
		}
		if b.inForce++; b.inForce == 1 {
			b.currency = p.Currency
		}
		if p.Currency != b.currency {
			b.mixed = true
			return
		}
		b.look(p)
		b.add(p)
	}
	b.orderIs(order)
	b.sumUp()
}

// isCredit tells a credit note, by its kind or its total.
func (p *Proof) isCredit() bool { return p.Kind == CreditEvidence || p.Total.Sign() < 0 }

// look notes what is wrong with an invoice, and whether it was paid.
func (b *balance) look(p *Proof) {
	credit := p.isCredit()
	switch {
	case !p.Due.IsSet():
		b.dueMissing = true
	case p.Due.Sign() < 0 && !p.Total.IsSet() && p.Kind != CreditEvidence, p.Kind == CreditEvidence && p.Total.Sign() > 0:
		// Less than nothing is due and no total tells an overpayment from a credit
		// note, or a credit note gives nothing back.
		b.signUnclear = true
	case p.Total.IsSet() && (credit && p.Due.Cmp(p.Total) < 0 || !credit && p.Due.Cmp(p.Total) > 0):
		b.dueAbove = true
	}
	switch {
	case credit:
	case p.Total.IsSet():
		b.somePaid = b.somePaid || p.Due.Cmp(p.Total) < 0
	case p.Due.Sign() > 0:
		b.unclear = true
	default:
		b.somePaid = true
	}
}

// add adds an invoice to its kind.
func (b *balance) add(p *Proof) {
	credit, advance := p.isCredit(), p.Kind == AdvanceEvidence
	b.credited = b.credited || credit
	if !credit {
		b.asked = b.asked || !p.Total.IsSet() || p.Total.Sign() > 0
		if !advance {
			b.finals++
		}
	}
	if p.Shared {
		b.addShared(p)
		return
	}
	switch {
	case credit:
		b.credits.Add(p.Total, p.Due)
	case advance:
		b.advances.Add(p.Total, p.Due)
		b.applied = vat.Plus(b.applied, p.more.applied())
	default:
		if p.Kind == "" {
			b.kindless++
		}
		b.sale.Add(p.Total, p.Due)
		b.addSale(p)
	}
}

func (b *balance) addSale(p *Proof) {
	deducted := p.more.deducted()
	b.deductionsSaid = b.deductionsSaid && deducted.IsSet()
	b.deducted = vat.Plus(b.deducted, deducted.Or(money.Zero))
	b.whole = vat.Plus(b.whole, p.Total, deducted.Or(money.Zero))
	b.retained = vat.Plus(b.retained, p.more.retained().Or(money.Zero))
	if p.Kind == DebitEvidence {
		b.raised = vat.Plus(b.raised, p.Total)
	}
}

// addShared adds a document of several orders. It covers them where it comes to what
// they come to together.
func (b *balance) addShared(p *Proof) {
	b.shared.Add(p.Total, p.Due)
	together, known := p.more.orders()
	if !known || !p.Total.IsSet() {
		b.sharedCover = false
		return
	}
	b.sharedCover = b.sharedCover && vat.Covers(vat.Plus(p.Total, p.more.deducted().Or(money.Zero)), together, p.Currency)
}

// orderIs takes what the order comes to. One that does not state its currency has
// that of its invoices. What was credited lowers it, what was debited raises it.
func (b *balance) orderIs(order *KnownOrder) {
	if order == nil || !order.Total.IsSet() {
		return
	}
	if order.Currency != "" && order.Currency != b.currency {
		b.elsewhere = true
		return
	}
	b.order = vat.Plus(order.Total, b.credits.Total, b.raised)
}

// onlyAdvances tells whether nothing but advances says what was sold: there is no
// final invoice, or it comes to zero since the advances paid it.
func (b *balance) onlyAdvances() bool {
	return b.finals == 0 || b.shared.Count == 0 && b.whole.IsSet() && b.whole.Sign() == 0
}

// sumUp finds what was invoiced, what is due and what was paid.
func (b *balance) sumUp() {
	b.open = b.stillOpen()
	b.due = vat.Plus(b.open, b.sale.Over, b.advances.Over)
	switch {
	case b.onlyAdvances():
		b.least = vat.Plus(b.advances.Total, b.sale.Total, b.credits.Total)
		b.most = b.least
	case b.deductionsSaid || b.advances.Count == 0:
		b.least = vat.Plus(b.whole, b.credits.Total)
		b.most = b.least
	default:
		b.least = vat.Plus(b.whole, b.credits.Total)
		b.most = vat.Plus(b.least, b.advances.Total)
	}
	if b.shared.Count > 0 {
		if b.shared.Open.Sign() != 0 || b.shared.Over.Sign() != 0 {
			b.due = money.Decimal{}
		}
		return
	}
	if b.least.IsSet() && b.least.Equal(b.most) && !b.mayBeTwice() {
		b.total = b.least
		b.ahead = b.unapplied()
		b.paid = vat.Plus(vat.Minus(b.total, b.due), b.ahead)
		b.dueAbove = b.dueAbove || b.due.Sign() > 0 && b.due.Cmp(b.total) > 0
		b.somePaid = b.due.Cmp(b.total) < 0 || b.ahead.Sign() > 0 || !b.ahead.IsSet()
	}
}

// mayBeTwice tells whether invoices come to more than the order and one of them may be
// an advance that another contains: nothing says their kinds.
func (b *balance) mayBeTwice() bool {
	return b.kindless > 0 && b.sale.Count > 1 && b.order.IsSet() && !vat.Covers(b.order, b.least, b.currency)
}

// unapplied finds what was paid ahead. An invoice that deducts nothing may have been
// settled with the advance all the same, by setting them off: then that is absent.
func (b *balance) unapplied() money.Decimal {
	if b.advances.Count == 0 || b.onlyAdvances() {
		return money.Zero
	}
	rest := vat.Minus(b.advances.Paid().Or(money.Zero), b.applied.Or(b.deducted))
	switch {
	case rest.Sign() <= 0:
		return money.Zero
	case !b.applied.IsSet() && b.sale.Paid().Sign() != 0:
		return money.Decimal{}
	}
	return rest
}

// stillOpen is what is still asked for. What is left of an advance is asked for by the
// final invoice.
func (b *balance) stillOpen() money.Decimal {
	if b.inForce == b.sale.Count {
		return b.sale.Open // as most orders have nothing else
	}
	open := vat.Plus(b.sale.Open, b.shared.Open, b.credits.Open, b.credits.Over)
	if b.onlyAdvances() {
		open = vat.Plus(open, b.advances.Open)
	}
	return open
}

// doubt gives the doubt of one of the invoices; a contradiction comes first.
func doubt(invoices []Proof) diag.Code {
	var found diag.Code
	for i := range invoices {
		if d := invoices[i].Doubt; d == CodeContradicted || found == "" {
			found = d
		}
	}
	return found
}

// moreAmounts are amounts that few invoices have; nil is none of them.
type moreAmounts struct {
	// deduct, apply and retain are those of Evidence. together is what the orders of
	// an invoice of several come to; absent where one of them is not known.
	deduct, apply, retain, together money.Decimal
}

func (m *moreAmounts) deducted() money.Decimal {
	if m == nil {
		return money.Decimal{}
	}
	return m.deduct
}

func (m *moreAmounts) applied() money.Decimal {
	if m == nil {
		return money.Decimal{}
	}
	return m.apply
}

func (m *moreAmounts) retained() money.Decimal {
	if m == nil {
		return money.Decimal{}
	}
	return m.retain
}

// orders is what the orders of an invoice of several come to together.
func (m *moreAmounts) orders() (together money.Decimal, known bool) {
	if m == nil {
		return money.Decimal{}, false
	}
	return m.together, m.together.IsSet()
}
