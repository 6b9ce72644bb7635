package expression

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// Places of what is derived. A unit price keeps six; a percentage has at most
// the two that people write, since how many POHODA keeps is not known.
const (
	unitPlaces    = 6
	percentPlaces = 2
)

// unitAndDiscount finds the unit price and the percentage of discount of a line
// that is known by its sums: before the discount, after it, and the quantity,
// which must not be nought.
//
// The percentage is written only if unit price × quantity × (1 − discount)
// gives the line to the hundredth, in the fewest places that do; otherwise the
// unit price is the discounted one and the discount is 0.
func unitAndDiscount(before, after, quantity money.Decimal) (unit, discount money.Decimal) {
	unit = before.Div(quantity, unitPlaces)
	hundred := money.FromInt(100)
	if unit.Sign() != 0 {
		share := before.Sub(after).Mul(hundred).Div(before, divisionPlaces)
		for places := range int32(percentPlaces + 1) {
			discount = share.Round(places)
			line := unit.Mul(quantity).Percent(hundred.Sub(discount))
			if discount.Sign() >= 0 && line.Round(2).Cmp(after.Round(2)) == 0 {
				return unit, discount
			}
		}
	}
	return after.Div(quantity, unitPlaces), money.Zero
}

// priceOf is price(before, after, quantity), giving {unit, discount}.
func priceOf(args ...any) (any, error) {
	var numbers [3]money.Decimal
	for i := range numbers {
		var err error
		if numbers[i], err = numberOf(args[i]); err != nil {
			return nil, err
		}
	}
	if numbers[2].Sign() == 0 {
		return nil, diag.New(CodeExpressionZero)
	}
	unit, discount := unitAndDiscount(numbers[0], numbers[1], numbers[2])
	return map[string]any{"unit": unit, "discount": discount}, nil
}
