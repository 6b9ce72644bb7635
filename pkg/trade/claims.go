package trade

import (
	"strconv"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The codes of a claimed sum that is not the computed one, and of a line by
// which a shop rounds its total.
const (
	CodeTotalRounding     diag.Code = "total-rounding"
	CodeTotalRounded      diag.Code = "total-rounded"
	CodeTotalDiffers      diag.Code = "total-differs"
	CodeRoundingLine      diag.Code = "rounding-line"
	CodeRoundingLineStray diag.Code = "rounding-line-stray"
)

// hundredth is how far rounding may take a line from the computed sum.
var hundredth = money.MustParse("0.01")

// claims compares the sums that the source claims with those that POHODA will
// compute, to the hundredth. Rounding explains one hundredth a line; a document
// may be rounded as a whole, by a line of its own or in the total alone.
func (c *checker) claims() vat.Totals {
	sums, issues := Compute(c.doc, c.set)
	c.issues.Add(issues...)
	if c.unsure || issues.Refused() || c.doc.VATDay() == 0 {
		return sums
	}
	if original, ok := c.byCoefficient(); ok {
		return original
	}
	claimed := c.doc.Totals
	shop := c.roundingLines(&sums)
	if c.set.untaxes(c.doc) {
		// Its sums without VAT would each differ for the one cause that is warned of.
		claimed.Net, claimed.VAT = money.Decimal{}, money.Decimal{}
	} else {
		c.parts(&sums, shop)
	}
	slack := hundredth.Mul(money.FromInt(int64(len(c.doc.Lines))))
	whole := vat.Amounts{Net: sums.Net, VAT: sums.VAT, Gross: sums.Gross}
	total := claimed.Amounts
	if !claimed.Payable.IsSet() && c.rounded("totals.gross", total.Gross, sums.Gross, sums.Gross, slack) {
		total.Gross = money.Decimal{}
	}
	c.amounts("totals", total, &whole, shop, slack)
	if !c.rounded("totals.payable", claimed.Payable, sums.Payable, sums.Gross.Add(sums.Deducted), slack) {
		c.sum("totals", "payable", claimed.Payable, sums.Payable, money.Zero, slack)
	}
	return sums
}

// parts compares what is claimed for lines and for rates.
func (c *checker) parts(sums *vat.Totals, shop money.Decimal) {
	for i := range c.doc.Lines {
		if claimed := c.doc.Lines[i].Totals; claimed != (Amounts{}) {
			c.amounts(linePath(i, "totals"), claimed, &sums.Lines[i], money.Zero, hundredth)
		}
	}
	for i := range c.doc.Totals.ByRate {
		if !c.doc.Totals.ByRate[i].VATRate.IsSet() {
			continue // of which rate they are is not known
		}
		c.rate(i, &c.doc.Totals.ByRate[i], sums, shop)
	}
}

// rate compares the claimed sums of one rate.
func (c *checker) rate(i int, claimed *RateSum, sums *vat.Totals, shop money.Decimal) {
	computed := vat.Amounts{Net: money.Zero, VAT: money.Zero, Gross: money.Zero}
	slack := money.Zero
	for _, rate := range sums.ByRate {
		if rate.Percent.Cmp(claimed.VATRate) == 0 {
			computed.Net, computed.VAT, computed.Gross =
				computed.Net.Add(rate.Net), computed.VAT.Add(rate.VAT), computed.Gross.Add(rate.Gross)
		}
	}
	for _, line := range sums.Lines {
		if line.Percent.Cmp(claimed.VATRate) == 0 {
			slack = slack.Add(hundredth)
		}
	}
	if claimed.VATRate.Sign() != 0 {
		shop = money.Zero
	}
	c.amounts("totals.byRate["+strconv.Itoa(i)+"]", claimed.Amounts, &computed, shop, slack)
}

// amounts compares the three sums of a line, a rate or a document. The sums of
// the source may lack the shop's own rounding lines.
func (c *checker) amounts(path string, claimed Amounts, computed *vat.Amounts, shop, slack money.Decimal) {
	c.sum(path, "net", claimed.Net, computed.Net, shop, slack)
	c.sum(path, "vat", claimed.VAT, computed.VAT, money.Zero, slack)
	c.sum(path, "gross", claimed.Gross, computed.Gross, shop, slack)
}

func (c *checker) sum(path, field string, claimed, computed, shop, slack money.Decimal) {
	if !claimed.IsSet() || claimed.Cmp(computed) == 0 || claimed.Cmp(computed.Sub(shop)) == 0 {
		return
	}
	path += "." + field
	difference := claimed.Sub(computed)
	pairs := []string{"computed", computed.Fixed(2), "difference", difference.Fixed(max(2, difference.Places()))}
	if difference.Abs().Cmp(slack) <= 0 || difference.Add(shop).Abs().Cmp(slack) <= 0 {
		c.add(diag.Warn(CodeTotalRounding, pairs...).In(path).Of(claimed.String()))
		return
	}
	c.add(c.set.Totals.issue(CodeTotalDiffers, pairs...).In(path).Of(claimed.String()))
}

// explanations are the roundings of a whole document by which a claimed sum is
// understood, the usual ones first.
var explanations = []money.Rounding{
	money.RoundNone, money.MathToOne, money.MathToHalf, money.MathToTenth, money.MathToFiveCent, money.UpToOne, money.DownToOne,
	money.UpToHalf, money.DownToHalf, money.UpToTenth, money.DownToTenth,
}

// rounded tells whether a claimed sum that is not the computed one is the due
// sum, or one as near to it as rounding lines may bring it, rounded as a whole.
func (c *checker) rounded(path string, claimed, computed, due, slack money.Decimal) bool {
	if !claimed.IsSet() || claimed.Sub(computed).Abs().Cmp(slack) <= 0 {
		return false
	}
	for _, r := range explanations {
		least, most := r.Apply(due.Sub(slack)), r.Apply(due.Add(slack))
		if claimed.Cmp(least) >= 0 && claimed.Cmp(most) <= 0 && r.Apply(claimed).Cmp(claimed) == 0 {
			c.add(diag.Tell(CodeTotalRounded, "due", due.Fixed(2), "rounding", string(r), "computed", computed.Fixed(2)).
				In(path).Of(claimed.String()))
			return true
		}
	}
	return false
}

// roundingLines adds up the lines by which a shop rounds its total, outside of
// the VAT, and says which rounding that is.
func (c *checker) roundingLines(sums *vat.Totals) money.Decimal {
	shop, at := money.Zero, -1
	for i := range c.doc.Lines {
		if c.doc.Lines[i].Kind == RoundingLine && sums.Lines[i].Percent.Sign() == 0 {
			shop, at = shop.Add(sums.Lines[i].Gross), i
		}
	}
	if shop.Sign() == 0 {
		return shop
	}
	exact := sums.Gross.Sub(shop)
	pairs := []string{"sum", exact.Fixed(2), "total", sums.Gross.Fixed(2)}
	finding := diag.Warn(CodeRoundingLineStray, pairs...)
	for _, r := range explanations {
		if r.Apply(exact).Cmp(sums.Gross) == 0 {
			finding = diag.Tell(CodeRoundingLine, append(pairs, "rounding", string(r))...)
			break
		}
	}
	c.add(finding.In(linePath(at, "unitPrice")).Of(shop.String()))
	return shop
}
