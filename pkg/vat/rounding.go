package vat

import "github.com/gopohoda/pohoda/pkg/money"

// Rounding is a value of POHODA's roundingVAT (type.xsd, typeRoundingVAT). The
// zero value is absent: nothing is sent, and the VAT is computed as for none.
//
// Proven on real exports: none rounds each line's VAT to the hundredth. The rest
// is inferred from the words of the schema: …EveryItem rounds each line's VAT to
// the step, …EveryRate computes the VAT of a rate from its sum and rounds that.
// In a Slovak unit noneEveryRate rounds the VAT of each rate to the hundredth.
// The values up2… were for Czech documents before 2005.
type Rounding string

// RoundNone is the value that is proven.
const RoundNone Rounding = "none"

// rule rounds to a step, to the hundredth where there is none.
type rule struct {
	step      money.Rounding
	everyRate bool
}

var rules = map[Rounding]rule{
	RoundNone:             {},
	"math2tenthEveryItem": {step: money.MathToTenth},
	"math2halfEveryItem":  {step: money.MathToHalf},
	"math2intEveryItem":   {step: money.MathToOne},
	"up2tenthEveryItem":   {step: money.UpToTenth},
	"noneEveryRate":       {everyRate: true},
	"math2tenthEveryRate": {step: money.MathToTenth, everyRate: true},
	"math2halfEveryRate":  {step: money.MathToHalf, everyRate: true},
	"math2intEveryRate":   {step: money.MathToOne, everyRate: true},
	"up2tenthEveryRate":   {step: money.UpToTenth, everyRate: true},
}

// Values lists the values that a reader takes.
func (Rounding) Values() []string {
	return []string{
		"none", "noneEveryRate", "math2tenthEveryItem", "math2halfEveryItem", "math2intEveryItem",
		"math2tenthEveryRate", "math2halfEveryRate", "math2intEveryRate", "up2tenthEveryItem", "up2tenthEveryRate",
	}
}

// line rounds the VAT of a line.
func (r rule) line(tax money.Decimal) money.Decimal {
	if r.everyRate {
		return tax.Round(2)
	}
	return r.round(tax)
}

func (r rule) round(tax money.Decimal) money.Decimal {
	if r.step == "" {
		return tax.Round(2)
	}
	return r.step.Apply(tax)
}

// IsStep tells a rounding to a step that is an amount of the home currency: tenths,
// halves or whole crowns. The others are a method, good for any currency.
func (r Rounding) IsStep() bool { return rules[r].step != "" }

// IsWhole tells a rounding to whole crowns.
func (r Rounding) IsWhole() bool { return rules[r].step == money.MathToOne }

// IsSlovak tells whether the Slovak edition has the value (type.xsd,
// typeRoundingVAT_SK); absent is no value.
func (r Rounding) IsSlovak() bool { return !r.IsStep() }
