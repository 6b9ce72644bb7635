package flow

import (
	"slices"
	"strconv"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// CodeStatedDiffers says that a sum in a file is not what its prices and rates give.
var CodeStatedDiffers = diag.Warning.Code("stated-differs", "computed", "difference")

// Figures are the sums of a document as they are shown, in text and in JSON: those
// that its file states, and computed ones where it states none. What is absent is not
// known.
type Figures struct {
	// Lines are in the order of the document.
	Lines  []trade.Amounts
	Totals trade.Totals
	// Deducted are the advances, a negative number.
	Deducted money.Decimal
	// Stated says that the file states the total.
	Stated bool
}

// figuresOf puts the stated sums of a document and the computed ones together. Those
// of a line that is unknown, and of a document with such a line, are not computed.
func figuresOf(doc *trade.Document, computed *vat.Totals, unknown []int) Figures {
	f := Figures{
		Lines: make([]trade.Amounts, len(doc.Lines)), Totals: doc.Totals,
		Stated: doc.Totals.Amounts != trade.Amounts{} || doc.Totals.Payable.IsSet(),
	}
	for i := range doc.Lines {
		f.Lines[i] = filledIn(doc.Lines[i].Totals, &computed.Lines[i], !slices.Contains(unknown, i))
	}
	whole := vat.Amounts{Net: computed.Net, VAT: computed.VAT, Gross: computed.Gross}
	computable := unknown == nil && len(doc.Lines) > 0
	f.Totals.Amounts = filledIn(doc.Totals.Amounts, &whole, computable)
	if computable && differing(doc.Totals.Amounts, &whole) == "" {
		f.compute(computed)
	}
	f.finish(doc.Rounding.Document)
	return f
}

// compute adds what a file does not state to sums that the computed ones do not deny.
func (f *Figures) compute(computed *vat.Totals) {
	t := &f.Totals
	if !t.Payable.IsSet() {
		t.Payable = computed.Payable
		if computed.Rounding.Sign() != 0 {
			t.Rounding = computed.Rounding
		}
	}
	if len(t.ByRate) > 0 {
		return
	}
	for i := range computed.ByRate {
		rate := &computed.ByRate[i]
		t.ByRate = append(t.ByRate, trade.RateSum{
			VATRate: rate.Percent, Amounts: trade.Amounts{Net: rate.Net, VAT: rate.VAT, Gross: rate.Gross},
		})
	}
}

// finish finds what is to be paid by a stated total where the file does not say it,
// and what was deducted.
func (f *Figures) finish(rounding money.Rounding) {
	t := &f.Totals
	if !t.Payable.IsSet() && t.Gross.IsSet() {
		t.Payable = vat.Plus(t.Gross, t.Rounding.Or(money.Zero))
		if !t.Rounding.IsSet() {
			t.Payable = rounding.Apply(t.Gross)
			if rounded := vat.Minus(t.Payable, t.Gross); rounded.Sign() != 0 {
				t.Rounding = rounded
			}
		}
	}
	f.Deducted = vat.Minus(t.Payable, t.Gross, t.Rounding.Or(money.Zero))
}

func isWhole(a trade.Amounts) bool { return a.Net.IsSet() && a.VAT.IsSet() && a.Gross.IsSet() }

// filledIn completes sums that a file states in part: two of them give the third, and
// the computed ones give the rest while they do not deny what is stated.
func filledIn(stated trade.Amounts, computed *vat.Amounts, known bool) trade.Amounts {
	stated.Gross = stated.Gross.Or(vat.Plus(stated.Net, stated.VAT))
	stated.Net = stated.Net.Or(vat.Minus(stated.Gross, stated.VAT))
	stated.VAT = stated.VAT.Or(vat.Minus(stated.Gross, stated.Net))
	if !known || differing(stated, computed) != "" {
		return stated
	}
	return trade.Amounts{
		Net: stated.Net.Or(computed.Net), VAT: stated.VAT.Or(computed.VAT), Gross: stated.Gross.Or(computed.Gross),
	}
}

// differing names the first of the stated sums that is not the computed one, "" for
// none. Less than half a hundredth is no difference.
func differing(stated trade.Amounts, computed *vat.Amounts) string {
	for _, sum := range []struct {
		field          string
		stated, actual money.Decimal
	}{{"gross", stated.Gross, computed.Gross}, {"net", stated.Net, computed.Net}, {"vat", stated.VAT, computed.VAT}} {
		if sum.stated.IsSet() && sum.stated.Sub(sum.actual).Abs().Cmp(halfHundredth) >= 0 {
			return sum.field
		}
	}
	return ""
}

var halfHundredth = money.MustParse("0.005")

// deviations compares what a file states for its lines and for the whole with what is
// computed, where that is known.
func deviations(doc *trade.Document, computed *vat.Totals, unknown []int) diag.List {
	var found diag.List
	compare := func(path string, stated trade.Amounts, actual *vat.Amounts) {
		field := differing(stated, actual)
		if field == "" {
			return
		}
		amounts := map[string][2]money.Decimal{
			"gross": {stated.Gross, actual.Gross}, "net": {stated.Net, actual.Net}, "vat": {stated.VAT, actual.VAT},
		}[field]
		found.Add(diag.Warn(CodeStatedDiffers, "computed", amounts[1].Fixed(2), "difference", amounts[0].Sub(amounts[1]).Fixed(2)).
			WithPath(path + field).WithValue(amounts[0].Fixed(2)))
	}
	for i := range doc.Lines {
		if !slices.Contains(unknown, i) {
			compare("lines["+strconv.Itoa(i)+"].totals.", doc.Lines[i].Totals, &computed.Lines[i])
		}
	}
	if unknown == nil && len(doc.Lines) > 0 {
		compare("totals.", doc.Totals.Amounts, &vat.Amounts{Net: computed.Net, VAT: computed.VAT, Gross: computed.Gross})
	}
	return found
}
