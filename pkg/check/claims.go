package check

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The codes of a claimed sum that is not the computed one, and of a line by
// which a shop rounds its total.
var (
	CodeTotalRounding     = diag.Warning.Code("total-rounding", "computed", "difference")
	CodeTotalRounded      = diag.Note.Code("total-rounded", "computed", "due", "rounding")
	CodeTotalPerPiece     = diag.Warning.Code("total-per-piece", "computed", "difference")
	CodeTotalDiffers      = diag.Refused.Code("total-differs", "computed", "difference")
	CodeRoundingLine      = diag.Note.Code("rounding-line", "rounding", "sum", "total")
	CodeRoundingLineStray = diag.Warning.Code("rounding-line-stray", "sum", "total")
	CodeRoundingUntaxed   = diag.Warning.Code("rounding-untaxed", "amount", "method")
	CodeRoundingVATCrowns = diag.Warning.Code("rounding-vat-crowns")
)

// checkStatedTotals compares the sums that the source claims with those that POHODA will
// compute, to the hundredth. Rounding explains one hundredth a line; a document
// may be rounded as a whole, by a line of its own or in the total alone. Canonical
// records and those of any CRM are compared alike.
func (c *checker) checkStatedTotals() vat.Totals {
	sums, issues := Compute(c.doc, c.set)
	c.issues.Add(issues...)
	if c.unsure || issues.Refused() || c.doc.VATDay() == 0 {
		return sums
	}
	if original, ok := c.byCoefficient(); ok {
		return original
	}
	claimed := c.doc.Totals
	cl := claim{checker: c, sums: &sums, shop: c.roundingLines(&sums), round: money.Zero}
	cl.slack = c.slack(len(c.doc.Lines))
	total := claimed.Amounts
	if cl.untaxed = c.set.untaxes(c.doc); cl.untaxed {
		gross := total.Gross.Or(vat.Plus(total.Net, total.VAT))
		total = c.bare(total, slices.ContainsFunc(c.doc.Lines, trade.Line.Rated))
		total.Gross = gross
	}
	field, payable := "payable", claimed.Payable
	if !payable.IsSet() && claimed.Rounding.IsSet() {
		field, payable = "rounding", cl.withRounding(total.Gross, claimed.Rounding)
	}
	paid := cl.payable(field, payable)
	if cl.total(&total, payable) || paid {
		cl.agrees = true
	}
	cl.parts()
	cl.amounts("totals", total, trade.Amounts{Net: sums.Net, VAT: sums.VAT, Gross: sums.Gross}, cl.whole())
	c.roundingTaxed(&sums)
	return sums
}

// bare is what of claimed sums says something of a document without VAT: where the
// source has VAT all the same, those with it of prices with VAT, else those without.
// The others would each differ for the one cause that is warned of.
func (c *checker) bare(claimed trade.Amounts, rated bool) trade.Amounts {
	switch {
	case !rated:
		return claimed
	case c.doc.PricesIncludeVAT.IsYes():
		return trade.Amounts{Gross: claimed.Gross}
	}
	return trade.Amounts{Net: claimed.Net}
}

// roundingLines adds up the lines by which a shop rounds its total, outside of
// the VAT, and says which rounding that is.
func (c *checker) roundingLines(sums *vat.Totals) money.Decimal {
	shop, at := money.Zero, -1
	for i := range c.doc.Lines {
		if c.doc.Lines[i].Kind == trade.RoundingLine && sums.Lines[i].Percent.Sign() == 0 {
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
			finding = diag.Notice(CodeRoundingLine, append(pairs, "rounding", string(r))...)
			break
		}
	}
	c.add(finding.WithPath(linePath(at, "unitPrice")).WithValue(shop.String()))
	return shop
}

// taxedRounding is the day from which Czech rounding counts for the tax: VAT is no
// longer rounded to whole crowns, and rounding of what is not paid in cash belongs
// to the tax base (§ 36 (5); reference ADDENDA-3, 16).
var taxedRounding = vat.DayOf(2019, 10, 1)

// nonCash are the ways of payment in which no coins are missing.
var nonCash = []trade.PaymentMethod{"bank-transfer", "card", "online"}

// roundingTaxed warns of roundings in crowns that Czech law does not have.
func (c *checker) roundingTaxed(sums *vat.Totals) {
	crowns := c.set.Country == "CZ" && (c.doc.Currency == "" || c.doc.Currency == "CZK")
	if !crowns || c.set.untaxes(c.doc) || c.doc.VATDay() < taxedRounding {
		return
	}
	rounding := c.doc.Rounding
	if sums.Rounding.Sign() != 0 && !rounding.CalculateVAT.IsYes() && slices.Contains(nonCash, c.doc.Payment.Method) {
		c.add(diag.Warn(CodeRoundingUntaxed, "amount", sums.Rounding.Fixed(2), "method", string(c.doc.Payment.Method)).
			WithPath("rounding.document").WithValue(string(rounding.Document)))
	}
	if rounding.VAT.IsWhole() {
		c.add(diag.Warn(CodeRoundingVATCrowns).WithPath("rounding.vat").WithValue(string(rounding.VAT)))
	}
}
