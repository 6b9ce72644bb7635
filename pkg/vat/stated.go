package vat

import "github.com/gopohoda/pohoda/pkg/money"

// Sums of amounts that a file states, where it does not state the sum itself. What
// is unknown stays unknown and is never taken for nought.

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

// Balance is what several invoices come to, in one currency; NewBalance is that of
// none.
type Balance struct {
	// Total is what they ask for together; absent when one does not state it.
	Total money.Decimal
	// Open is what they still ask for, less what credit notes give back; Over is
	// what was paid beyond an invoice, as a negative number.
	Open, Over money.Decimal
}

// NewBalance is nought.
func NewBalance() Balance { return Balance{money.Zero, money.Zero, money.Zero} }

// Add adds an invoice by its total, which may be absent, and what is due of it.
// Less than nothing due was paid beyond the invoice; of a credit note it is what that
// gives back. An absent amount due counts for nothing.
func (b *Balance) Add(total, due money.Decimal, credit bool) {
	b.Total = Plus(b.Total, total)
	if due.Sign() < 0 && !credit {
		b.Over = b.Over.Add(due)
	} else {
		b.Open = b.Open.Add(due)
	}
}

// Due is what is to be paid together.
func (b *Balance) Due() money.Decimal { return Plus(b.Open, b.Over) }
