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

// Parse reads a number as JSON and XML write it: an optional minus, digits, a
// decimal point, an exponent. Anything else (a space, a comma, a plus, a
// currency) is an error; people's notation is read by pkg/sheet.
func Parse(s string) (Decimal, error) {
	if d, ok := parseShort(s); ok {
		return d, nil
	}
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
	return shorten(d), nil
}

// MustParse is Parse for constants in code and tests; it panics on an error.
func MustParse(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// parseShort reads a plain number that fits the short form; it fails on all
// else, be it a number or not.
func parseShort(s string) (Decimal, bool) {
	digits := strings.TrimPrefix(s, "-")
	point, coef := len(digits), int64(0)
	for i := range len(digits) {
		c := digits[i]
		switch {
		case c == '.' && point == len(digits) && i > 0 && i+1 < len(digits):
			point = i
		case c < '0' || c > '9' || coef >= limit/10:
			return Decimal{}, false
		default:
			coef = 10*coef + int64(c-'0')
		}
	}
	if digits == "" {
		return Decimal{}, false
	}
	scale := max(0, len(digits)-point-1)
	return short(signed(uint64(coef), len(digits) < len(s)), scale)
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
