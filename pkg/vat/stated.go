package vat

import "github.com/gopohoda/pohoda/pkg/money"

// Sums of amounts that a file states, where it does not state the sum itself. What
// is unknown stays unknown and is never taken for zero.

// Plus adds amounts; the sum is absent when one of them is.
func Plus(amounts ...money.Decimal) money.Decimal {
	sum := money.Zero
	for _, a := range amounts {
		if !a.IsSet() {
			return money.Decimal{}
		}
		sum = sum.Add(a)
	}
	return sum
}

// Minus takes amounts off one; the rest is absent when one of them is.
func Minus(from money.Decimal, amounts ...money.Decimal) money.Decimal {
	taken := Plus(amounts...)
	if !from.IsSet() || !taken.IsSet() {
		return money.Decimal{}
	}
	return from.Sub(taken)
}

// Balance is what invoices of one kind come to, in one currency; NewBalance is that of
// none.
type Balance struct {
	// Count is how many they are.
	Count int
	// Total is what they ask for together; absent when one does not state it.
	Total money.Decimal
	// Open is what they still ask for. Over is a negative number: what was paid beyond
	// an invoice, or what a credit note is still to give back.
	Open, Over money.Decimal
}

// NewBalance is the balance of no invoice.
func NewBalance() Balance { return Balance{Total: money.Zero, Open: money.Zero, Over: money.Zero} }

// Add adds an invoice by its total, which may be absent, and what is due of it; an
// absent amount due counts for nothing.
func (b *Balance) Add(total, due money.Decimal) {
	b.Count++
	b.Total = Plus(b.Total, total)
	if due.Sign() < 0 {
		b.Over = b.Over.Add(due)
	} else {
		b.Open = b.Open.Add(due)
	}
}

// Due is what is to be paid of them together.
func (b *Balance) Due() money.Decimal { return Plus(b.Open, b.Over) }

// Paid is what was paid of them; absent when a total is.
func (b *Balance) Paid() money.Decimal { return Minus(b.Total, b.Due()) }

// The tolerances of gross sums of whole documents: rounding to the crown, or by the
// line, explains no more (reference ADDENDA-3, point 25).
var (
	crown     = money.FromInt(1)
	tenth     = money.MustParse("0.10")
	fiftieth  = money.FromInt(50)
	hundredth = money.MustParse("0.01")
)

// Tolerance is by how much two gross sums of one sale may differ: at most 1.00 CZK or
// 0.10 of any other currency, and never more than a fiftieth of the amount.
func Tolerance(currency money.Currency, amount money.Decimal) money.Decimal {
	most := tenth
	if currency == "CZK" {
		most = crown
	}
	if part := amount.Abs().Div(fiftieth, 2); part.Cmp(most) < 0 {
		most = part
	}
	if most.Cmp(hundredth) < 0 {
		return hundredth
	}
	return most
}

// Covers tells whether an amount comes to another one, as far as rounding allows.
func Covers(amount, whole money.Decimal, currency money.Currency) bool {
	if amount.Cmp(whole) >= 0 {
		return true
	}
	return whole.Sub(amount).Cmp(Tolerance(currency, whole)) <= 0 && amount.Sign() > 0
}
