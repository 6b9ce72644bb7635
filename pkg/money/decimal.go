// Package money has exact decimal numbers, currencies and named rounding.
//
// A Decimal knows whether it was given at all: its zero value is absent, Zero
// is nought. A discount of 0 is a statement, a missing one leaves the choice to
// POHODA, so the two must never be mixed up. Arithmetic takes an absent value
// for nought and always gives a value that is set.
package money

import (
	"math/bits"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Decimal is an exact decimal number; the zero value is absent.
//
// A number of up to 18 digits, 18 of them behind the point, is held as
// coef × 10^-scale; whatever is longer is left to the decimal library. A number
// has exactly one form (no trailing zeros, the library only where it must be).
type Decimal struct {
	coef  int64
	big   *decimal.Decimal
	scale uint8
	set   bool
}

// Zero is nought, as opposed to the absent Decimal{}.
var Zero = FromInt(0)

// FromInt gives a whole number.
func FromInt(n int64) Decimal {
	if d, ok := short(n, 0); ok {
		return d
	}
	return shorten(decimal.NewFromInt(n))
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

// Add is a + b; like Sub and Mul it is exact.
func (a Decimal) Add(b Decimal) Decimal {
	if x, y, scale, ok := align(a, b); ok {
		if d, ok := short(x+y, scale); ok {
			return d
		}
	}
	return shorten(a.long().Add(b.long()))
}

// Sub is a − b.
func (a Decimal) Sub(b Decimal) Decimal { return a.Add(b.Neg()) }

// Mul is a × b.
func (a Decimal) Mul(b Decimal) Decimal { return a.mul(b, 0) }

// Percent is a × p / 100, exact.
func (a Decimal) Percent(p Decimal) Decimal { return a.mul(p, 2) }

// Div is a ÷ b to the given number of places, half away from zero. Division by
// nought panics, as for whole numbers: the caller checks.
func (a Decimal) Div(b Decimal, places int32) Decimal {
	if d, ok := a.shortDiv(b, places); ok {
		return d
	}
	return shorten(a.long().DivRound(b.long(), places))
}

// Neg is −a.
func (a Decimal) Neg() Decimal {
	if a.big != nil {
		return shorten(a.big.Neg())
	}
	return Decimal{coef: -a.coef, scale: a.scale, set: true}
}

// Abs is a without its sign.
func (a Decimal) Abs() Decimal {
	if a.Sign() < 0 {
		return a.Neg()
	}
	a.set = true
	return a
}

// Sign is -1, 0 or +1; 0 for an absent number.
func (a Decimal) Sign() int {
	switch {
	case a.big != nil:
		return a.big.Sign()
	case a.coef < 0:
		return -1
	case a.coef > 0:
		return 1
	}
	return 0
}

// Cmp compares by value: 1.0 equals 1, and an absent number equals nought.
func (a Decimal) Cmp(b Decimal) int {
	if x, y, _, ok := align(a, b); ok {
		return Decimal{coef: x - y}.Sign()
	}
	return a.long().Cmp(b.long())
}

// Equal compares by value and by presence.
func (a Decimal) Equal(b Decimal) bool { return a.set == b.set && a.Cmp(b) == 0 }

// IsWhole tells whether the number has no fraction.
func (a Decimal) IsWhole() bool { return a.Places() == 0 }

// Places is the number of digits behind the point that the number needs.
func (a Decimal) Places() int32 {
	if a.big == nil {
		return int32(a.scale)
	}
	_, fraction, _ := strings.Cut(a.big.String(), ".")
	return int32(len(fraction))
}

// Round is a to the given number of places, half away from zero: the way
// POHODA rounds (reference ADDENDA, "line arithmetic").
func (a Decimal) Round(places int32) Decimal {
	switch {
	case !a.set || a.big == nil && places >= int32(a.scale):
		return a
	case a.big != nil || places < 0:
		return shorten(a.long().Round(places))
	}
	step := powers[int32(a.scale)-places]
	whole, rest := a.coef/step, a.coef%step
	switch {
	case 2*rest >= step:
		whole++
	case 2*rest <= -step:
		whole--
	}
	rounded, _ := short(whole, int(places))
	return rounded
}

// String writes the number plainly, without an exponent and without trailing
// zeros; an absent number is "".
func (a Decimal) String() string { return string(a.Append(nil)) }

// Append is String without an allocation of its own.
func (a Decimal) Append(dst []byte) []byte {
	switch {
	case !a.set:
		return dst
	case a.big != nil:
		return append(dst, a.big.String()...)
	case a.scale == 0:
		return strconv.AppendInt(dst, a.coef, 10)
	}
	if a.coef < 0 {
		dst = append(dst, '-')
	}
	var buffer [maxScale + 3]byte
	at := len(buffer)
	for rest, n := magnitude(a.coef), 0; rest > 0 || n <= int(a.scale); n++ {
		if n == int(a.scale) {
			at--
			buffer[at] = '.'
		}
		at--
		buffer[at] = byte('0' + rest%10)
		rest /= 10
	}
	return append(dst, buffer[at:]...)
}

// Fixed writes the number with exactly so many places.
func (a Decimal) Fixed(places int32) string { return a.long().StringFixed(places) }

// MarshalJSON writes a JSON number; an absent one is null, and fields tagged
// omitzero leave it out.
func (a Decimal) MarshalJSON() ([]byte, error) {
	if !a.set {
		return []byte("null"), nil
	}
	return a.Append(nil), nil
}

// UnmarshalJSON reads a JSON number; null is an absent one.
func (a *Decimal) UnmarshalJSON(text []byte) (err error) {
	*a = Decimal{}
	if string(text) != "null" {
		*a, err = Parse(string(text))
	}
	return err
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

// mul is a × b × 10^-shift.
func (a Decimal) mul(b Decimal, shift int) Decimal {
	if a.big == nil && b.big == nil {
		high, low := bits.Mul64(magnitude(a.coef), magnitude(b.coef))
		if high == 0 && low <= 1<<63-1 {
			if d, ok := short(signed(low, a.coef < 0 != (b.coef < 0)), int(a.scale)+int(b.scale)+shift); ok {
				return d
			}
		}
	}
	return shorten(a.long().Mul(b.long()).Shift(-int32(shift)))
}
