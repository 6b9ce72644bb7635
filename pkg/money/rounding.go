package money

import "slices"

// Rounding is a named way to round a document's total: the values of POHODA's
// roundingDocument (type.xsd, typeRoundingDocument). The zero value is absent:
// nothing is sent, POHODA's own setting holds, and nothing is rounded here.
type Rounding string

// The values of roundingDocument. One is a whole unit of the currency, Half is
// 0.50, Tenth 0.10, FiveCents 0.05; Math rounds half away from zero, Up and
// Down away from and towards zero.
const (
	RoundNone      Rounding = "none"
	MathToOne      Rounding = "math2one"
	MathToHalf     Rounding = "math2half"
	MathToTenth    Rounding = "math2tenth"
	MathToFiveCent Rounding = "math5cent"
	UpToOne        Rounding = "up2one"
	UpToHalf       Rounding = "up2half"
	UpToTenth      Rounding = "up2tenth"
	DownToOne      Rounding = "down2one"
	DownToHalf     Rounding = "down2half"
	DownToTenth    Rounding = "down2tenth"
)

type rule struct {
	step Decimal
	// towards is 0 for the nearest multiple, +1 away from zero, -1 towards it.
	towards int
}

var rules = map[Rounding]rule{
	MathToOne:      {MustParse("1"), 0},
	MathToHalf:     {MustParse("0.5"), 0},
	MathToTenth:    {MustParse("0.1"), 0},
	MathToFiveCent: {MustParse("0.05"), 0},
	UpToOne:        {MustParse("1"), +1},
	UpToHalf:       {MustParse("0.5"), +1},
	UpToTenth:      {MustParse("0.1"), +1},
	DownToOne:      {MustParse("1"), -1},
	DownToHalf:     {MustParse("0.5"), -1},
	DownToTenth:    {MustParse("0.1"), -1},
}

// Roundings lists the names in a fixed order.
func Roundings() []Rounding {
	names := []Rounding{RoundNone}
	for name := range rules {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Known tells whether the name is one of POHODA's, or absent.
func (r Rounding) Known() bool {
	_, ok := rules[r]
	return ok || r == "" || r == RoundNone
}

// Apply rounds a total of a document.
func (r Rounding) Apply(a Decimal) Decimal {
	rule, ok := rules[r]
	if !ok {
		return a
	}
	return a.toMultiple(rule.step, rule.towards)
}

// toMultiple rounds to a multiple of step: 0 to the nearest one, +1 away from
// zero, -1 towards zero.
func (a Decimal) toMultiple(step Decimal, towards int) Decimal {
	steps := a.d.Div(step.d)
	switch {
	case towards > 0:
		steps = steps.RoundUp(0)
	case towards < 0:
		steps = steps.RoundDown(0)
	default:
		steps = steps.Round(0)
	}
	return Decimal{steps.Mul(step.d), true}
}
