package trade

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The rules by which invoices say how far their order is paid (reference
// OPERATION, section 2.5, and INPUTS, section 0.4). What is due rules; totals
// only tell unpaid from partly paid, and an overpayment from a credit note. What
// is not proven is unknown.

// judge fills the verdict from its invoices.
func (v *Verdict) judge() {
	v.State, v.Reason = v.decide()
	if v.State.IsPaid() {
		v.PaidDate = lastSettled(v.Invoices)
	}
}

func (v *Verdict) decide() (PaymentState, diag.Code) {
	if len(v.Invoices) == 0 {
		return NotInvoiced, ""
	}
	if reason := doubt(v.Invoices); reason != "" {
		return PayUnknown, reason
	}
	s, reason := sumUp(v.Invoices)
	if reason == CodeCurrenciesMixed {
		return PayUnknown, reason
	}
	v.Currency = s.currency
	v.Total = s.Total
	if reason != "" {
		return PayUnknown, reason
	}
	v.Due = s.Due()
	state, reason := s.state(v.Due)
	if state.IsPaid() && s.finals == 0 && v.Known != nil && v.Known.Total.IsSet() {
		return s.stateOfAdvances(state, v.Known, v.Due)
	}
	return state, reason
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

// sums are what the invoices in force add up to.
type sums struct {
	vat.Balance
	currency money.Currency
	// inForce counts the invoices that are not cancelled, credits the credit
	// notes among them, finals those that are neither credit notes nor advances.
	inForce, credits, finals int
	// asked says that an invoice asked for money at all; paid that some of it
	// was paid for certain; unclear that it cannot be told of one what is due.
	asked, paid, unclear bool
}

// sumUp adds the invoices. A reason says why they cannot be judged.
func sumUp(invoices []Proof) (sums, diag.Code) {
	s := sums{Balance: vat.NewBalance(), currency: invoices[0].Currency}
	var reason diag.Code
	for i := range invoices {
		p := &invoices[i]
		if p.Cancelled {
			continue
		}
		if s.inForce++; s.inForce == 1 {
			s.currency = p.Currency
		}
		switch {
		case p.Currency != s.currency:
			return s, CodeCurrenciesMixed
		case !p.Due.IsSet():
			reason = CodeDueMissing
		case p.signUnclear() && reason == "":
			reason = CodeSignUnclear
		}
		s.take(p)
	}
	return s, reason
}

// isCredit tells a credit note, by its kind or its total.
func (p *Proof) isCredit() bool { return p.Kind == CreditEvidence || p.Total.Sign() < 0 }

// signUnclear tells an invoice whose amounts do not say who owes whom: less than
// nothing is due and no total tells an overpayment from a credit note, or a
// credit note gives nothing back.
func (p *Proof) signUnclear() bool {
	return p.Due.Sign() < 0 && !p.Total.IsSet() && p.Kind != CreditEvidence ||
		p.Kind == CreditEvidence && p.Total.Sign() > 0
}

// take adds an invoice.
func (s *sums) take(p *Proof) {
	s.Add(p.Total, p.Due, p.isCredit())
	if p.isCredit() {
		s.credits++
		return
	}
	if p.Kind != AdvanceEvidence {
		s.finals++
	}
	s.asked = s.asked || !p.Total.IsSet() || p.Total.Sign() > 0
	switch {
	case p.Total.IsSet():
		s.paid = s.paid || p.Due.Cmp(p.Total) < 0
	case p.Due.Sign() > 0:
		s.unclear = true
	default:
		s.paid = true
	}
}

// state judges sums of which all is known but perhaps totals.
func (s *sums) state(due money.Decimal) (PaymentState, diag.Code) {
	switch {
	case s.inForce == 0:
		return PayCancel, ""
	case s.Open.Sign() > 0:
		return s.stateOfOpen(due)
	case s.credits > 0 && (!s.Total.IsSet() || !s.asked || s.Total.Sign() < 0):
		return s.stateOfCredits(due)
	case !s.asked:
		return PayUnknown, CodeNothingDue
	case due.Sign() < 0:
		return Overpaid, ""
	case s.credits > 0 && s.Total.Sign() == 0:
		// What was sold was taken back, and both sides are settled.
		return PayCancel, ""
	}
	return Paid, ""
}

// stateOfOpen judges an order of which something is still to be paid.
func (s *sums) stateOfOpen(due money.Decimal) (PaymentState, diag.Code) {
	paid := s.paid
	if s.Total.IsSet() {
		paid = s.Total.Cmp(due) > 0
	}
	switch {
	case paid:
		return PartlyPaid, ""
	case s.unclear:
		return PayUnknown, CodeRestUnclear
	}
	return Unpaid, ""
}

// stateOfCredits judges an order whose credit notes outweigh its invoices, or
// may do so. With more paid than is asked for it is overpaid all the same.
func (s *sums) stateOfCredits(due money.Decimal) (PaymentState, diag.Code) {
	switch {
	case !s.Total.IsSet() && s.asked:
		return PayUnknown, CodeRestUnclear
	case s.asked && due.Cmp(s.Total) < 0:
		return Overpaid, ""
	}
	return PayUnknown, CodeCreditsOnly
}

// stateOfAdvances judges an order of which nothing but advances was paid, by what
// it comes to. An order that does not state its currency has that of its invoices.
func (s *sums) stateOfAdvances(state PaymentState, order *KnownOrder, due money.Decimal) (PaymentState, diag.Code) {
	switch {
	case order.Currency != "" && order.Currency != s.currency:
		return PayUnknown, CodeCurrenciesMixed
	case !s.Total.IsSet():
		return PayUnknown, CodeRestUnclear
	case vat.Minus(s.Total, due).Cmp(order.Total) < 0:
		return PartlyPaid, CodeAdvanceOnly
	}
	return state, ""
}

// lastSettled is the day on which the last invoice was settled; every one that
// asked for money must say it.
func lastSettled(invoices []Proof) Date {
	var last Date
	for i := range invoices {
		p := &invoices[i]
		if p.Cancelled || p.Total.IsSet() && p.Total.Sign() == 0 {
			continue
		}
		if p.Settled.IsZero() {
			return Date{}
		}
		if last.Before(p.Settled) {
			last = p.Settled
		}
	}
	return last
}
