package check

import (
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of what is wrong with lines.
var (
	CodeLinesMissing     = diag.Refused.Code("lines-missing")
	CodeLineNameMissing  = diag.Refused.Code("line-name-missing")
	CodeUnitPriceMissing = diag.Refused.Code("unit-price-missing", "name")
	CodeQuantityZero     = diag.Warning.Code("quantity-zero")
	CodeQuantityTooFine  = diag.Refused.Code("quantity-too-fine")
	CodeDiscountOver100  = diag.Refused.Code("discount-over-100")
	CodeDiscountNegative = diag.Warning.Code("discount-negative")
	CodeAmountTooLarge   = diag.Refused.Code("amount-too-large")
	CodeAmountLost       = diag.Warning.Code("amount-lost", "price", "quantity")
	CodeSetRefused       = diag.Refused.Code("set-refused", "lines", "names")
	CodeLineIDTwice      = diag.Refused.Code("line-id-twice", "first")
)

// quantityPlaces is how fine a quantity may be. Finer ones are noise of a float
// (0.30000000000000004), and POHODA's quantity is a float of seven digits.
const quantityPlaces = 6

// largest is the first amount that a double does not hold to the hundredth.
var largest = money.MustParse("1e13")

var hundred = money.FromInt(100)

// linePath is the canonical path of a field of a line.
func linePath(i int, field string) string { return "lines[" + strconv.Itoa(i) + "]." + field }

func (c *checker) lines() {
	if len(c.doc.Lines) == 0 {
		c.add(diag.New(CodeLinesMissing).WithPath("lines"))
		c.unsure = true
	}
	first := map[string]int{}
	for i := range c.doc.Lines {
		line := &c.doc.Lines[i]
		c.line(i, line)
		// Components and answers name a line by its id.
		if before, twice := first[line.ID]; twice {
			c.add(diag.New(CodeLineIDTwice, "first", strconv.Itoa(before+1)).WithPath(linePath(i, "id")).WithValue(line.ID))
		} else if line.ID != "" {
			first[line.ID] = i
		}
	}
}

func (c *checker) line(i int, line *trade.Line) {
	if strings.TrimSpace(line.Name) == "" {
		c.add(diag.New(CodeLineNameMissing).WithPath(linePath(i, "name")))
	}
	if !line.UnitPrice.IsSet() && line.Kind != trade.TextLine {
		c.add(diag.New(CodeUnitPriceMissing, "name", line.Name).WithPath(linePath(i, "unitPrice")))
		c.unsure = true
	}
	c.parameters(linePath(i, ""), line.Parameters)
	quantity := line.Quantity
	switch {
	case quantity.Places() > quantityPlaces:
		c.add(diag.New(CodeQuantityTooFine).WithPath(linePath(i, "quantity")).WithValue(quantity.String()))
	case quantity.IsSet() && quantity.Sign() == 0:
		c.add(diag.Warn(CodeQuantityZero).WithPath(linePath(i, "quantity")).WithValue(quantity.String()))
	}
	c.discount(linePath(i, "discountPercent"), line.DiscountPercent)
	amount := line.UnitPrice.Mul(quantity.Or(one))
	switch {
	case amount.Abs().Cmp(largest) >= 0:
		c.add(diag.New(CodeAmountTooLarge).WithPath(linePath(i, "unitPrice")).WithValue(amount.String()))
	case amount.Sign() != 0 && amount.Round(2).Sign() == 0:
		c.add(diag.Warn(CodeAmountLost, "price", line.UnitPrice.String(), "quantity", quantity.Or(one).String()).
			WithPath(linePath(i, "unitPrice")).WithValue(amount.String()))
	}
}

// discount refuses more than all, and warns of a surcharge on the first line
// that has one: sources that write discounts as negatives do so on all.
func (c *checker) discount(path string, percent money.Decimal) {
	switch {
	case percent.Cmp(hundred) > 0:
		c.add(diag.New(CodeDiscountOver100).WithPath(path).WithValue(percent.String()))
	case percent.Sign() < 0 && !c.surcharged:
		c.surcharged = true
		c.add(diag.Warn(CodeDiscountNegative).WithPath(path).WithValue(percent.String()))
	}
}

// sets refuses documents with sets and their components (SYSTEMS S5): what a set
// consists of is settled by its stock card in POHODA.
func (c *checker) sets() {
	var numbers, names []string
	first := -1
	for i := range c.doc.Lines {
		line := &c.doc.Lines[i]
		if line.Kind != trade.SetLine && line.Kind != trade.SetItemLine && line.Parent == "" {
			continue
		}
		if first < 0 {
			first = i
		}
		numbers = append(numbers, strconv.Itoa(i+1))
		names = append(names, strconv.Quote(line.Name))
	}
	if first >= 0 {
		c.add(diag.New(CodeSetRefused, "lines", strings.Join(numbers, ", "), "names", strings.Join(names, ", ")).
			WithPath(linePath(first, "kind")).WithValue(c.doc.Lines[first].Name))
	}
}
