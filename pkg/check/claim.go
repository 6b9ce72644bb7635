package check

import (
	"strconv"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

var (
	// hundredth is how far rounding may take a line from the computed sum.
	hundredth = money.MustParse("0.01")
	// perPiece is how far rounding the VAT of one piece may take it.
	perPiece = money.MustParse("0.005")
	// mostCrowns and mostEuros are how far rounding the lines may take the sum of a
	// document: in crowns, and in euros or any other currency.
	mostCrowns = money.MustParse("1.00")
	mostEuros  = money.MustParse("0.10")
)

// slack is what rounding explains of the sum of some lines.
func (c *checker) slack(lines int) money.Decimal {
	slack, most := hundredth.Mul(money.FromInt(int64(lines))), mostEuros
	if c.doc.Currency == "CZK" || c.doc.Currency == "" && money.Home(c.set.Country) == "CZK" {
		most = mostCrowns
	}
	if slack.Cmp(most) > 0 {
		return most
	}
	return slack
}

// claim is the comparison of what a source claims with the computed sums.
type claim struct {
	*checker
	sums *vat.Totals
	// shop are the source's own lines of rounding, which its sums may lack; round
	// is what the rounding of the total added, which its net sum may hold.
	shop, round money.Decimal
	// slack is that of the whole document.
	slack money.Decimal
	// agrees says that what the customer pays agrees to the hundredth.
	agrees bool
	// untaxed says that the document bears no VAT, whatever its source says.
	untaxed bool
}

// leeway is how far the sums of a line, a rate or the document may be off.
type leeway struct {
	shop, round money.Decimal
	// slack is for any sum; split for net and VAT while the gross sum agrees.
	slack, split money.Decimal
}

// whole is the leeway of the document.
func (cl *claim) whole() leeway {
	w := leeway{cl.shop, cl.round, cl.slack, money.Zero}
	for i := range cl.doc.Lines {
		w.split = w.split.Add(cl.split(i))
	}
	return w
}

// split is how far a source that rounds net and VAT piece by piece may be off in a
// line. Orders and offers alone have it: an invoice is a tax document whose VAT the
// customer holds.
func (cl *claim) split(i int) money.Decimal {
	line := &cl.sums.Lines[i]
	if !cl.doc.Kind.IsPlan() || line.Percent.Sign() == 0 || line.Reverse {
		return money.Zero
	}
	return perPiece.Mul(cl.doc.Lines[i].Quantity.Or(one).Abs())
}

// payable compares what is to be paid, as the field states or implies it, and tells
// whether it agrees to the hundredth.
func (cl *claim) payable(field string, claimed money.Decimal) bool {
	due := cl.sums.Gross.Add(cl.sums.Deducted)
	if explained, exact := cl.rounded("totals."+field, claimed, cl.sums.Payable, due, cl.sums.Payable); explained {
		return exact
	}
	cl.sum("totals", field, claimed, cl.sums.Payable, cl.slack)
	return same(claimed, cl.sums.Payable)
}

// withRounding is what is to be paid by a claimed rounding where no sum to pay is
// claimed. A claimed total may hold the rounding already.
func (cl *claim) withRounding(gross, rounding money.Decimal) money.Decimal {
	if gross.IsSet() && same(gross.Sub(rounding), cl.sums.Gross) {
		return vat.Plus(gross, cl.sums.Deducted)
	}
	return vat.Plus(gross.Or(cl.sums.Gross), rounding, cl.sums.Deducted)
}

// total compares the gross sum where it is the rounded one, and tells whether it
// agrees to the hundredth. A source that states no sum to pay, or the same, states
// what is to be paid as its total; its net sum is then that total less the VAT.
func (cl *claim) total(total *trade.Amounts, payable money.Decimal) bool {
	gross := total.Gross.Or(vat.Plus(total.Net, total.VAT))
	if !gross.IsSet() || same(gross, cl.sums.Gross) || same(gross, cl.sums.Gross.Sub(cl.shop)) {
		return gross.IsSet()
	}
	if !total.Gross.IsSet() || payable.IsSet() && payable.Cmp(gross) != 0 {
		return false
	}
	rounded := cl.sums.Gross.Add(cl.sums.Rounding)
	explained, exact := same(gross, rounded), true
	if !explained {
		path := "totals.gross"
		if payable.IsSet() {
			// The sum to pay says it.
			path = ""
		}
		explained, exact = cl.rounded(path, gross, cl.sums.Gross, cl.sums.Gross, rounded)
	}
	if !explained {
		return false
	}
	cl.round, total.Gross = gross.Sub(cl.sums.Gross), money.Decimal{}
	return exact
}

// parts compares what is claimed for lines and for rates.
func (cl *claim) parts() {
	for i := range cl.doc.Lines {
		claimed := cl.doc.Lines[i].Totals
		if cl.untaxed {
			claimed = cl.bare(claimed, cl.doc.Lines[i].Rated())
		}
		if claimed != (trade.Amounts{}) {
			line := &cl.sums.Lines[i]
			cl.amounts(linePath(i, "totals"), claimed, trade.Amounts{Net: line.Net, VAT: line.VAT, Gross: line.Gross},
				leeway{money.Zero, money.Zero, hundredth, cl.split(i)})
		}
	}
	if cl.untaxed {
		return
	}
	for i := range cl.doc.Totals.ByRate {
		cl.rate(i, &cl.doc.Totals.ByRate[i])
	}
}

// rate compares the claimed sums of one rate.
func (cl *claim) rate(i int, claimed *trade.RateSum) {
	computed, lines, split := cl.atRate(claimed.VATRate)
	within := leeway{money.Zero, money.Zero, cl.checker.slack(lines), split}
	if claimed.VATRate.Sign() == 0 {
		within.shop = cl.shop
	}
	cl.amounts("totals.byRate["+strconv.Itoa(i)+"]", claimed.Amounts, computed, within)
}

// atRate gives the computed sums of a rate, how many lines they are and how far
// rounding by the piece may split them otherwise. A line under reverse charge that
// is written without its rate counts where the source has it.
func (cl *claim) atRate(percent money.Decimal) (computed trade.Amounts, lines int, split money.Decimal) {
	net, tax, gross := []money.Decimal{money.Zero}, []money.Decimal{money.Zero}, []money.Decimal{money.Zero}
	for _, rate := range cl.sums.ByRate {
		if rate.Percent.Cmp(percent) == 0 {
			net, tax, gross = append(net, rate.Net), append(tax, rate.VAT), append(gross, rate.Gross)
		}
	}
	split = money.Zero
	for i := range cl.sums.Lines {
		line := &cl.sums.Lines[i]
		at := line.Percent
		if cl.shifted(i) {
			at = cl.doc.Lines[i].VATRate
			switch {
			case at.Cmp(percent) == 0:
				net, gross = append(net, line.Net), append(gross, line.Gross)
			case percent.Sign() == 0:
				net, gross = append(net, line.Net.Neg()), append(gross, line.Gross.Neg())
			}
		}
		if at.Cmp(percent) == 0 {
			lines++
			split = split.Add(cl.split(i))
		}
	}
	return trade.Amounts{Net: vat.Plus(net...), VAT: vat.Plus(tax...), Gross: vat.Plus(gross...)}, lines, split
}

// amounts compares the three sums of a line, a rate or the document. Net and VAT
// may be split otherwise than POHODA does while together they agree.
func (cl *claim) amounts(path string, claimed, computed trade.Amounts, within leeway) {
	agrees := cl.agrees
	if gross := claimed.Gross.Or(vat.Plus(claimed.Net, claimed.VAT)); gross.IsSet() {
		agrees = same(gross, computed.Gross) || same(gross, computed.Gross.Sub(within.shop)) || path == "totals" && agrees
	}
	split := money.Zero
	if agrees {
		split = within.split
	}
	cl.sumOf(path, "net", claimed.Net, computed.Net, within.slack, split, within.shop.Neg(), within.round)
	cl.sumOf(path, "vat", claimed.VAT, computed.VAT, within.slack, split)
	cl.sumOf(path, "gross", claimed.Gross, computed.Gross, within.slack, money.Zero, within.shop.Neg())
}

// same tells sums that agree to the hundredth: less than half of it says nothing.
func same(claimed, computed money.Decimal) bool {
	return claimed.IsSet() && claimed.Round(2).Cmp(computed) == 0
}

func (c *checker) sum(path, field string, claimed, computed, slack money.Decimal) {
	c.sumOf(path, field, claimed, computed, slack, money.Zero)
}

// sumOf compares one sum. It may differ by any of the offsets, and is then as good
// as equal; by the slack, which rounding explains; by the split, which rounding by
// the piece does.
func (c *checker) sumOf(path, field string, claimed, computed, slack, split money.Decimal, offsets ...money.Decimal) {
	if !claimed.IsSet() || same(claimed, computed) {
		return
	}
	difference := claimed.Sub(computed)
	least := difference.Abs()
	for _, offset := range offsets {
		if same(claimed, computed.Add(offset)) {
			return
		}
		if rest := difference.Sub(offset).Abs(); rest.Cmp(least) < 0 {
			least = rest
		}
	}
	pairs := []string{"computed", computed.Fixed(2), "difference", difference.Fixed(max(2, difference.Places()))}
	var issue *diag.Issue
	switch {
	case least.Cmp(slack) <= 0:
		issue = diag.Warn(CodeTotalRounding, pairs...)
	case least.Cmp(split) <= 0:
		issue = diag.Warn(CodeTotalPerPiece, pairs...)
	default:
		issue = c.set.Totals.issue(CodeTotalDiffers, pairs...)
	}
	c.add(issue.WithPath(path + "." + field).WithValue(claimed.String()))
}

// explanations are the roundings of a whole document by which a claimed sum is
// understood, the usual ones first.
var explanations = []money.Rounding{
	money.RoundNone, money.MathToOne, money.MathToHalf, money.MathToTenth, money.MathToFiveCent, money.UpToOne, money.DownToOne,
	money.UpToHalf, money.DownToHalf, money.UpToTenth, money.DownToTenth,
}

// rounded tells whether a claimed sum that is not the computed one is the due
// sum, or one as near to it as rounding lines may bring it, rounded as a whole; and
// whether it is that exactly. given is what POHODA will give.
func (cl *claim) rounded(path string, claimed, computed, due, given money.Decimal) (explained, exact bool) {
	if !claimed.IsSet() || claimed.Sub(computed).Abs().Cmp(cl.slack) <= 0 {
		return false, false
	}
	var by money.Rounding
	for _, r := range explanations {
		if r.Apply(claimed).Cmp(claimed) != 0 {
			continue
		}
		if r.Apply(due).Cmp(claimed) == 0 {
			by, exact = r, true
			break
		}
		least, most := r.Apply(due.Sub(cl.slack)), r.Apply(due.Add(cl.slack))
		if by == "" && claimed.Cmp(least) >= 0 && claimed.Cmp(most) <= 0 {
			by = r
		}
	}
	if by != "" && path != "" {
		cl.add(diag.Notice(CodeTotalRounded, "due", due.Fixed(2), "rounding", string(by), "computed", given.Fixed(2)).
			WithPath(path).WithValue(claimed.String()))
	}
	return by != "", exact
}
