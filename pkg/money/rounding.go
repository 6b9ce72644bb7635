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

// rule rounds to multiples of 1/per: towards is 0 for the nearest one, +1 away
// from zero, -1 towards it.
type rule struct {
	per     int64
	towards int
}

var rules = map[Rounding]rule{
	MathToOne:      {1, 0},
	MathToHalf:     {2, 0},
	MathToTenth:    {10, 0},
	MathToFiveCent: {20, 0},
	UpToOne:        {1, +1},
	UpToHalf:       {2, +1},
	UpToTenth:      {10, +1},
	DownToOne:      {1, -1},
	DownToHalf:     {2, -1},
	DownToTenth:    {10, -1},
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

// Values lists the names for readers of the canonical record.
func (Rounding) Values() []string {
	var names []string
	for _, name := range Roundings() {
		names = append(names, string(name))
	}
	return names
}

// Apply rounds a total of a document.
func (r Rounding) Apply(a Decimal) Decimal {
	rule, ok := rules[r]
	if !ok {
		return a
	}
	per := FromInt(rule.per)
	exact := a.Mul(per)
	steps := exact.Round(0)
	if r == MathToFiveCent && steps.Sign() == 0 {
		// One or two cents become five by Slovak law (act 457/2021); that math5cent
		// does so too is not proven.
		return FromInt(int64(exact.Sign())).Div(per, 2)
	}
	if beyond := steps.Abs().Cmp(exact.Abs()); beyond*rule.towards < 0 {
		steps = steps.Add(FromInt(int64(rule.towards * exact.Sign())))
	}
	return steps.Div(per, 2)
}
