package vat

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/money"
)

// Line is what the arithmetic needs of a line of a document.
type Line struct {
	// UnitPrice is before the discount, with VAT when Gross says so.
	UnitPrice money.Decimal
	// Quantity is 1 when absent.
	Quantity money.Decimal
	// Discount and Percent (of VAT) are percent; absent is nought, and so is a
	// percent of VAT below it.
	Discount money.Decimal
	Percent  money.Decimal
	Gross    bool
	Level    Level
	// Reverse makes the rate informative and the VAT nought: the buyer pays it
	// (reverse charge).
	Reverse bool
	// Deduction takes an advance off what is to be paid; it stays out of all
	// sums (reference ADDENDA, "line arithmetic").
	Deduction bool
}

// Policy names how POHODA rounds a document.
type Policy struct {
	// Document rounds what is to be paid (roundingDocument).
	Document money.Rounding
	// VAT rounds the VAT (roundingVAT).
	VAT Rounding
	// Method takes the VAT out of gross prices.
	Method Method
}

// Amounts are the sums of a line, or of all lines of a rate. Net and VAT
// together are Gross, always.
type Amounts struct {
	Level   Level
	Percent money.Decimal
	Net     money.Decimal
	VAT     money.Decimal
	Gross   money.Decimal
	// Reverse says that a line falls under reverse charge; of a rate it says nothing.
	Reverse bool
}

// Totals are the sums of a document in its currency.
type Totals struct {
	// Lines are in the order of the document.
	Lines []Amounts
	// ByRate begins with the highest percent.
	ByRate          []Amounts
	Net, VAT, Gross money.Decimal
	// Deducted are the advances, a negative number.
	Deducted money.Decimal
	// Rounding is what rounding the document adds.
	Rounding money.Decimal
	// Payable is Gross with Deducted and Rounding.
	Payable money.Decimal
	// Method took the VAT out of gross prices.
	Method Method
}

var hundred = money.FromInt(100)

// Compute adds up a document as POHODA does.
//
// Proven on real exports (reference ADDENDA): a line is unit price × quantity ×
// (1 − discount / 100) rounded to the hundredth; its VAT is taken from the net
// line, or out of the gross one, and rounded to the hundredth; the sums by rate
// add the lines; the document's rounding stands outside of the tax base. All
// rounding is half away from zero; for negative lines that is inferred, as is
// that the rounding of the document comes after the deduction of advances.
func Compute(lines []Line, policy Policy) Totals {
	rule := rules[policy.VAT]
	t := Totals{
		Lines: make([]Amounts, len(lines)), ByRate: make([]Amounts, 0, 3),
		Net: money.Zero, VAT: money.Zero, Gross: money.Zero, Deducted: money.Zero,
		Method: policy.Method,
	}
	var rates []taxable
	for i := range lines {
		line := &lines[i]
		amounts, price := line.amounts(rule, policy.Method)
		t.Lines[i] = amounts
		if line.Deduction {
			t.Deducted = t.Deducted.Add(amounts.Gross)
			continue
		}
		at := t.add(amounts)
		if at == len(rates) {
			rates = append(rates, taxable{gross: line.Gross, sum: money.Zero})
		}
		rates[at].sum = rates[at].sum.Add(price)
	}
	if rule.everyRate {
		for i := range rates {
			rate := &t.ByRate[i]
			rate.settle(rule.round(policy.Method.tax(rates[i].sum, rate.Percent, rates[i].gross)), rates[i].gross)
		}
	}
	t.finish(policy.Document)
	return t
}

// taxable is what the VAT of a rate is computed from: the sum of its lines that bear
// VAT, and whether their prices are gross. The VAT of the lines before rounding is not
// added instead: taken out of gross prices it is no finite decimal, and a half of the
// sum would be missed.
type taxable struct {
	sum   money.Decimal
	gross bool
}

// amounts gives the sums of a line, and what of it bears VAT.
func (l *Line) amounts(rule rule, method Method) (a Amounts, taxed money.Decimal) {
	a = Amounts{Level: l.Level, Percent: l.Percent.Or(money.Zero), Reverse: l.Reverse}
	price := l.UnitPrice.Mul(l.Quantity.Or(money.FromInt(1)))
	if l.Discount.Sign() != 0 {
		price = price.Percent(hundred.Sub(l.Discount))
	}
	price = price.Round(2)
	a.Net, a.VAT, a.Gross = price, money.Zero, price
	if l.Reverse || a.Percent.Sign() <= 0 {
		return a, money.Zero
	}
	a.VAT = rule.line(method.tax(price, a.Percent, l.Gross))
	if l.Gross {
		a.Net = price.Sub(a.VAT)
	} else {
		a.Gross = price.Add(a.VAT)
	}
	return a, price
}

// add adds a line to its rate and says which one that is.
func (t *Totals) add(line Amounts) int {
	at := slices.IndexFunc(t.ByRate, func(r Amounts) bool { return r.Level == line.Level && r.Percent.Cmp(line.Percent) == 0 })
	if at < 0 {
		line.Reverse = false
		t.ByRate = append(t.ByRate, line)
		return len(t.ByRate) - 1
	}
	sum := &t.ByRate[at]
	sum.Net, sum.VAT, sum.Gross = sum.Net.Add(line.Net), sum.VAT.Add(line.VAT), sum.Gross.Add(line.Gross)
	return at
}

// settle gives a rate the VAT that was computed from its sum: gross prices keep
// the gross sum, net ones the net sum.
func (a *Amounts) settle(tax money.Decimal, gross bool) {
	a.VAT = tax
	if gross {
		a.Net = a.Gross.Sub(tax)
	} else {
		a.Gross = a.Net.Add(tax)
	}
}

// finish adds the rates up and rounds what is to be paid.
func (t *Totals) finish(rounding money.Rounding) {
	slices.SortStableFunc(t.ByRate, func(a, b Amounts) int { return b.Percent.Cmp(a.Percent) })
	for i := range t.ByRate {
		rate := &t.ByRate[i]
		t.Net, t.VAT, t.Gross = t.Net.Add(rate.Net), t.VAT.Add(rate.VAT), t.Gross.Add(rate.Gross)
	}
	due := t.Gross.Add(t.Deducted)
	t.Payable = rounding.Apply(due)
	t.Rounding = t.Payable.Sub(due)
}
