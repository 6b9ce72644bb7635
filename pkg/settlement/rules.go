package settlement

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// rules say by its balance how far an order is paid; the first that holds decides
// (reference OPERATION, section 2.5; INPUTS, section 0.4; ADDENDA-3, point 25). What
// is due rules; totals tell unpaid from partly paid, a part from the whole, and an
// overpayment from a credit note. What is not proven is unknown.
var rules = [...]struct {
	holds  func(*balance) bool
	state  trade.PaymentState
	reason diag.Code
}{
	{func(b *balance) bool { return b.inForce == 0 }, trade.PayCancel, ""},
	{func(b *balance) bool { return b.mixed }, trade.PayUnknown, CodeCurrenciesMixed},
	{func(b *balance) bool { return b.dueMissing }, trade.PayUnknown, CodeDueMissing},
	{func(b *balance) bool { return b.signUnclear }, trade.PayUnknown, CodeSignUnclear},
	{func(b *balance) bool { return b.dueAbove }, trade.PayUnknown, CodeDueAbove},

	// Something is still to be paid.
	{(*balance).retentionUnclear, trade.PayUnknown, CodeRetentionUnclear},
	{func(b *balance) bool { return b.isOpen() && b.somePaid }, trade.PartlyPaid, ""},
	{func(b *balance) bool { return b.isOpen() && b.unclear }, trade.PayUnknown, CodeRestUnclear},
	{(*balance).isOpen, trade.Unpaid, ""},

	// Nothing is to be paid, but was anything sold?
	{(*balance).takenBack, trade.PayCancel, ""},
	{func(b *balance) bool { return b.credited && b.asked && !b.withShared(b.least).IsSet() }, trade.PayUnknown, CodeRestUnclear},
	{(*balance).overCredited, trade.PayUnknown, CodeCreditsOnly},
	{func(b *balance) bool { return !b.asked }, trade.PayUnknown, CodeNothingDue},
	{(*balance).advanceOpen, trade.PayUnknown, CodeAdvanceOpen},

	// An advance is paid, but is it the whole order?
	{func(b *balance) bool { return b.finals == 0 && b.elsewhere }, trade.PayUnknown, CodeCurrenciesMixed},
	{func(b *balance) bool { return b.finals == 0 && !b.order.IsSet() }, trade.PayUnknown, CodeOrderUnknown},
	{func(b *balance) bool { return b.finals == 0 && !b.least.IsSet() }, trade.PayUnknown, CodeRestUnclear},
	{func(b *balance) bool { return b.finals == 0 && b.short(b.paid) }, trade.PartlyPaid, CodeAdvanceOnly},

	// All that was invoiced is paid, but was all invoiced?
	{(*balance).partOnly, trade.PartlyPaid, CodePartlyInvoiced},
	{(*balance).sharedUnclear, trade.PayUnknown, CodeSharedUnclear},
	{(*balance).deductionUnclear, trade.PayUnknown, CodeDeductionUnclear},

	{func(b *balance) bool { return b.due.Sign() < 0 || b.aheadOfAll() }, trade.Overpaid, ""},
	{func(b *balance) bool { return b.open.Sign() > 0 }, trade.Paid, CodeRetained},
	{func(*balance) bool { return true }, trade.Paid, ""},
}

// judge fills the verdict from its invoices. b is memory for their balance.
func (v *OrderPayment) judge(b *balance) {
	if len(v.Invoices) == 0 {
		v.State = trade.NotInvoiced
		return
	}
	if v.Reason = doubt(v.Invoices); v.Reason != "" {
		v.State = trade.PayUnknown
		return
	}
	b.weigh(v.Invoices, v.Known)
	for i := range rules {
		if rules[i].holds(b) {
			v.State, v.Reason = rules[i].state, rules[i].reason
			break
		}
	}
	v.tellAmounts(b)
	if v.State.IsPaid() {
		v.PaidDate = lastSettled(v.Invoices)
	}
}

// tellAmounts gives the amounts that are proven.
func (v *OrderPayment) tellAmounts(b *balance) {
	if b.mixed {
		return
	}
	v.Currency, v.Total, v.order = b.currency, b.total, b.order
	if b.dueMissing || b.signUnclear {
		return
	}
	v.Due = b.due
	if b.inForce == 0 || v.State == trade.PayUnknown {
		return
	}
	v.Paid, v.ToReturn = b.paid, b.toReturn(v.State)
}

// toReturn is what is to be paid back, absent where that is not proven: of an order that
// is not invoiced whole, or of which something is still to be paid, what was paid beyond
// one invoice may be meant for the next; and whether an open advance was deducted from an
// invoice that is settled says whether any money came at all.
func (b *balance) toReturn(state trade.PaymentState) money.Decimal {
	known := b.total.IsSet() || b.order.IsSet() && !b.mayBeTwice()
	proven := state == trade.PayCancel || state == trade.Overpaid && known
	if !proven || !b.due.IsSet() || b.inForce == 0 || b.advanceOpen() {
		return money.Decimal{}
	}
	sum := b.due.Neg()
	if b.ahead.IsSet() && (state == trade.PayCancel || b.aheadOfAll()) {
		sum = sum.Add(b.ahead)
	}
	if sum.Sign() <= 0 {
		return money.Decimal{}
	}
	return sum
}

// aheadOfAll tells whether advances that no invoice deducts were paid beside invoices of
// the whole order: more was paid than it comes to.
func (b *balance) aheadOfAll() bool {
	return b.ahead.Sign() > 0 && b.order.IsSet() && b.paid.IsSet() && !b.short(b.least) && !vat.Covers(b.order, b.paid, b.currency)
}

// aheadOfRest tells whether such advances pay the part of the order that is not invoiced.
func (b *balance) aheadOfRest() bool {
	return b.ahead.Sign() > 0 && b.due.Sign() == 0 && b.paid.IsSet() && !b.short(b.paid)
}

// isOpen tells whether something is to be paid that is not held back by agreement.
func (b *balance) isOpen() bool {
	onlyRetained := b.retained.Sign() > 0 && b.somePaid && b.open.Equal(b.retained)
	return b.open.Sign() > 0 && !onlyRetained
}

// retentionUnclear tells an invoice with a retention of which all but the retention is
// to be paid: whether K likvidaci contains retentions is not proven, so either nothing
// was paid of it, or as much as the retention.
func (b *balance) retentionUnclear() bool {
	return b.retained.Sign() > 0 && b.open.Sign() > 0 && vat.Plus(b.open, b.retained).Equal(b.total)
}

// takenBack tells whether invoices and credit notes sum to nothing. Halves of negative
// lines may round either way, so a hundredth or so is nothing. Where it depends on what
// invoices deduct, the order says whether something of it is left.
func (b *balance) takenBack() bool {
	if !b.credited || !b.asked || !b.isNothing(b.withShared(b.least)) && !b.isNothing(b.withShared(b.most)) {
		return false
	}
	return b.least.Equal(b.most) || !b.order.IsSet() || b.isNothing(b.order)
}

// withShared adds what documents of several orders come to.
func (b *balance) withShared(sum money.Decimal) money.Decimal { return vat.Plus(sum, b.shared.Total) }

func (b *balance) isNothing(sum money.Decimal) bool {
	return sum.IsSet() && sum.Abs().Cmp(vat.Tolerance(b.currency, b.credits.Total)) <= 0
}

// overCredited tells whether credit notes outweigh the invoices.
func (b *balance) overCredited() bool {
	return b.credited && (!b.asked || b.withShared(b.most).Sign() < 0)
}

// advanceOpen tells whether an advance is not paid beside final invoices that are: it
// may have been deducted all the same, or nobody needs it any more.
func (b *balance) advanceOpen() bool {
	if b.onlyAdvances() || b.advances.Open.Sign() <= 0 {
		return false
	}
	paid := b.advances.Paid()
	return !b.deductionsSaid || !paid.IsSet() || b.deducted.Cmp(paid) > 0
}

// short tells whether an amount is known to be less than the order comes to.
func (b *balance) short(amount money.Decimal) bool {
	return b.order.IsSet() && amount.IsSet() && !vat.Covers(amount, b.order, b.currency)
}

// partOnly tells whether all that was invoiced, with all of what is for several orders,
// is less than the order comes to. Advances alone are judged by what was paid of them.
func (b *balance) partOnly() bool {
	return b.finals+b.shared.Count > 0 && b.short(b.withShared(b.most)) && !b.aheadOfRest()
}

// sharedUnclear tells whether a document of several orders leaves open how much of it
// is for this one.
func (b *balance) sharedUnclear() bool {
	return b.shared.Count > 0 && !b.sharedCover && b.short(b.least)
}

// deductionUnclear tells whether the invoices cover the order only where their totals are
// after the deduction of advances.
func (b *balance) deductionUnclear() bool {
	return b.finals > 0 && b.shared.Count == 0 && b.short(b.least) && !b.aheadOfRest()
}

// lastSettled is the day on which the last invoice was settled; every one that
// asked for money must say it.
func lastSettled(invoices []Proof) trade.Date {
	var last trade.Date
	for i := range invoices {
		p := &invoices[i]
		if p.Cancelled || p.Total.IsSet() && p.Total.Sign() == 0 {
			continue
		}
		if p.Settled.IsZero() {
			return trade.Date{}
		}
		if last.Before(p.Settled) {
			last = p.Settled
		}
	}
	return last
}
