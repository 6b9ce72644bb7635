// Package money has exact decimal numbers, currencies and named rounding.
//
// A Decimal knows whether it was given at all: its zero value is absent, Zero
// is nought. A discount of 0 is a statement, a missing one leaves the choice to
// POHODA, so the two must never be mixed up. Arithmetic takes an absent value
// for nought and always gives a value that is set.
package money

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Limits of Parse. They keep a hostile exponent (1e999999999) from filling the
// memory and are far beyond any amount that POHODA's double can hold.
const (
	maxDigits   = 34
	maxExponent = 30
)

// Decimal is an exact decimal number; the zero value is absent.
type Decimal struct {
	d   decimal.Decimal
	set bool
}

// Zero is nought, as opposed to the absent Decimal{}.
var Zero = FromInt(0)

// FromInt gives a whole number.
func FromInt(n int64) Decimal { return Decimal{decimal.NewFromInt(n), true} }

// Parse reads a number as JSON and XML write it: an optional minus, digits, a
// decimal point, an exponent. Anything else (a space, a comma, a plus, a
// currency) is an error; people's notation is read by pkg/sheet.
func Parse(s string) (Decimal, error) {
	if err := checkNumber(s); err != nil {
		return Decimal{}, err
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Decimal{}, fmt.Errorf("not a number: %q", s)
	}
	if e := d.Exponent(); e < -maxExponent || e > maxExponent || d.NumDigits() > maxDigits {
		return Decimal{}, fmt.Errorf("number out of range: %q", s)
	}
	return Decimal{d, true}, nil
}

// MustParse is Parse for constants in code and tests; it panics on an error.
func MustParse(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// checkNumber holds a number to the grammar of JSON, which is stricter than the
// decimal library's: no plus in front, no bare point, digits on both sides.
// Leading zeros are taken, since XML and CSV have them.
func checkNumber(s string) error {
	rest := strings.TrimPrefix(s, "-")
	mantissa, exponent, hasExponent := cutAny(rest, "eE")
	whole, fraction, hasFraction := strings.Cut(mantissa, ".")
	ok := allDigits(whole) && (!hasFraction || allDigits(fraction))
	if hasExponent {
		exponent = strings.TrimLeft(exponent, "+-")
		// Four digits are out of range in any case; more would overflow.
		ok = ok && allDigits(exponent) && len(exponent) <= 4
	}
	if !ok || len(s) > 4*maxDigits {
		return fmt.Errorf("not a number: %q", s)
	}
	return nil
}

func cutAny(s, chars string) (before, after string, found bool) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// IsSet tells a number from an absent one.
func (a Decimal) IsSet() bool { return a.set }

// Or gives the number, or the other one when this is absent.
func (a Decimal) Or(b Decimal) Decimal {
	if a.set {
		return a
	}
	return b
}

// Add, Sub and Mul are exact.
func (a Decimal) Add(b Decimal) Decimal { return Decimal{a.d.Add(b.d), true} }

// Sub is a − b.
func (a Decimal) Sub(b Decimal) Decimal { return Decimal{a.d.Sub(b.d), true} }

// Mul is a × b.
func (a Decimal) Mul(b Decimal) Decimal { return Decimal{a.d.Mul(b.d), true} }

// Div is a ÷ b to the given number of places, half away from zero. Division by
// nought panics, as for whole numbers: the caller checks.
func (a Decimal) Div(b Decimal, places int32) Decimal {
	return Decimal{a.d.DivRound(b.d, places), true}
}

// Percent is a × p / 100, exact.
func (a Decimal) Percent(p Decimal) Decimal { return Decimal{a.d.Mul(p.d).Shift(-2), true} }

// Neg is −a.
func (a Decimal) Neg() Decimal { return Decimal{a.d.Neg(), true} }

// Abs is a without its sign.
func (a Decimal) Abs() Decimal { return Decimal{a.d.Abs(), true} }

// Sign is -1, 0 or +1; 0 for an absent number.
func (a Decimal) Sign() int { return a.d.Sign() }

// Cmp compares by value: 1.0 equals 1, and an absent number equals nought.
func (a Decimal) Cmp(b Decimal) int { return a.d.Cmp(b.d) }

// Equal compares by value and by presence.
func (a Decimal) Equal(b Decimal) bool { return a.set == b.set && a.d.Equal(b.d) }

// IsWhole tells whether the number has no fraction.
func (a Decimal) IsWhole() bool { return a.d.IsInteger() }

// Round is a to the given number of places, half away from zero: the way
// POHODA rounds (reference ADDENDA, "line arithmetic").
func (a Decimal) Round(places int32) Decimal { return Decimal{a.d.Round(places), a.set} }

// String writes the number plainly, without an exponent and without trailing
// zeros; an absent number is "".
func (a Decimal) String() string {
	if !a.set {
		return ""
	}
	return a.d.String()
}

// Fixed writes the number with exactly so many places.
func (a Decimal) Fixed(places int32) string { return a.d.StringFixed(places) }

// MarshalJSON writes a JSON number; an absent one is null, and fields tagged
// omitzero leave it out.
func (a Decimal) MarshalJSON() ([]byte, error) {
	if !a.set {
		return []byte("null"), nil
	}
	return []byte(a.String()), nil
}

// IsZero serves the omitzero tag of encoding/json: it tells an absent number,
// not nought.
func (a Decimal) IsZero() bool { return !a.set }

// Sum adds numbers.
func Sum(all ...Decimal) Decimal {
	total := Zero
	for _, d := range all {
		total = total.Add(d)
	}
	return total
}
