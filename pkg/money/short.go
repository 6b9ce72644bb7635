package money

import (
	"math/bits"

	"github.com/shopspring/decimal"
)

// The bounds of the short form: the coefficient stays under limit, so that two
// of them add up without overflow.
const (
	maxScale = 18
	limit    = 1_000_000_000_000_000_000
)

// powers are the powers of ten up to limit.
var powers = func() (p [maxScale + 1]int64) {
	p[0] = 1
	for i := range maxScale {
		p[i+1] = p[i] * 10
	}
	return p
}()

// short gives coef × 10^-scale in the short form, if it fits.
func short(coef int64, scale int) (Decimal, bool) {
	for scale > 0 && coef%10 == 0 {
		coef /= 10
		scale--
	}
	if scale > maxScale || coef <= -limit || coef >= limit {
		return Decimal{}, false
	}
	return Decimal{coef: coef, scale: uint8(scale), set: true}, true
}

// shorten gives a number of the library in the short form where it fits.
func shorten(d decimal.Decimal) Decimal {
	if s, ok := parseShort(d.String()); ok {
		return s
	}
	return Decimal{big: &d, set: true}
}

// long gives the number to the library.
func (a Decimal) long() decimal.Decimal {
	if a.big != nil {
		return *a.big
	}
	return decimal.New(a.coef, -int32(a.scale))
}

// align brings two short numbers to one scale; it fails where that overflows.
func align(a, b Decimal) (x, y int64, scale int, ok bool) {
	switch {
	case a.big != nil || b.big != nil:
		return 0, 0, 0, false
	case a.scale < b.scale:
		x, ok = scaled(a.coef, b.scale-a.scale)
		return x, b.coef, int(b.scale), ok
	case a.scale > b.scale:
		y, ok = scaled(b.coef, a.scale-b.scale)
		return a.coef, y, int(a.scale), ok
	}
	return a.coef, b.coef, int(a.scale), true
}

// scaled is coef × 10^by, if that leaves room for one more addition.
func scaled(coef int64, by uint8) (int64, bool) {
	high, low := bits.Mul64(magnitude(coef), uint64(powers[by]))
	return signed(low, coef < 0), high == 0 && low <= 4*limit
}

// shortDiv is Div in the short form, if everything fits.
func (a Decimal) shortDiv(b Decimal, places int32) (Decimal, bool) {
	shift := int(places) + int(b.scale) - int(a.scale)
	if a.big != nil || b.big != nil || b.coef == 0 || places < 0 || shift < -maxScale || shift > maxScale {
		return Decimal{}, false
	}
	high, low, by := uint64(0), magnitude(a.coef), magnitude(b.coef)
	if shift >= 0 {
		high, low = bits.Mul64(low, uint64(powers[shift]))
	} else {
		var over uint64
		if over, by = bits.Mul64(by, uint64(powers[-shift])); over != 0 {
			return Decimal{}, false
		}
	}
	if high >= by {
		return Decimal{}, false
	}
	whole, rest := bits.Div64(high, low, by)
	if rest >= by-rest {
		whole++
	}
	if whole >= limit {
		return Decimal{}, false
	}
	return short(signed(whole, a.coef < 0 != (b.coef < 0)), int(places))
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

func signed(size uint64, negative bool) int64 {
	if negative {
		return -int64(size)
	}
	return int64(size)
}
