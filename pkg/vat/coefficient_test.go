package vat

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/money"
)

// TestCoefficients are those of the Czech VAT Act: rate / (100 + rate) to four places.
func TestCoefficients(t *testing.T) {
	for percent, want := range map[string]string{
		"22": "0.1803", "21": "0.1736", "20": "0.1667", "19": "0.1597", "15": "0.1304", "14": "0.1228",
		"12": "0.1071", "10": "0.0909", "9": "0.0826", "5": "0.0476",
	} {
		assert.Equal(t, want, OriginalMethod.taxIn(num("1"), num(percent)).String(), percent)
	}
}

// TestVATOutOfAGrossPrice by both methods, at rates of the years of the coefficient.
func TestVATOutOfAGrossPrice(t *testing.T) {
	for _, c := range []struct{ gross, quantity, percent, original, new string }{
		{"1999", "1", "21", "347.03", "346.93"},
		{"449", "3", "15", "175.65", "175.7"},
		{"129", "1", "10", "11.73", "11.73"},
		{"9999", "1", "21", "1735.83", "1735.36"},
		{"-1999", "1", "21", "-347.03", "-346.93"},
	} {
		l := line(c.gross, c.quantity, "", c.percent)
		l.Gross = true
		for method, want := range map[Method]string{OriginalMethod: c.original, NewMethod: c.new, "": c.new} {
			got := Compute([]Line{l}, Policy{Method: method})
			assert.Equal(t, want, got.VAT.String(), "%s at %s by %s", c.gross, c.percent, method)
			assert.Equal(t, num(c.gross).Mul(num(c.quantity)), got.Gross)
			assert.Equal(t, method, got.Method)
		}
		l.Gross = false
		net := Compute([]Line{l}, Policy{})
		net.Method = OriginalMethod
		assert.Equal(t, net, Compute([]Line{l}, Policy{Method: OriginalMethod}), "net prices know no method")
	}
}

func TestMethodOn(t *testing.T) {
	for _, c := range []struct {
		country string
		day     Day
		want    Method
		either  bool
	}{
		{"CZ", 20040101, OriginalMethod, false},
		{"CZ", 20190331, OriginalMethod, false},
		{"CZ", 20190401, NewMethod, true},
		{"CZ", 20190930, NewMethod, true},
		{"CZ", 20191001, NewMethod, false},
		{"CZ", 0, NewMethod, false},
		{"SK", 20180615, NewMethod, false},
		{"SK", 20190615, NewMethod, false},
	} {
		assert.Equal(t, c.want, MethodOn(c.country, c.day), "%s %s", c.country, c.day)
		assert.Equal(t, c.either, EitherMethod(c.country, c.day), "%s %s", c.country, c.day)
	}
}

// TestTaxInAGrossPriceIsExact compares the VAT of every price up to 200, by
// every rate that a state has, with fractions; exact halves are among them.
func TestTaxInAGrossPriceIsExact(t *testing.T) {
	rule, halves := rules[""], 0
	for percent := int64(1); percent <= 27; percent++ {
		for cents := int64(1); cents <= 20_000; cents++ {
			exact := big.NewRat(cents*percent, 100+percent)
			doubled := new(big.Int).Div(new(big.Int).Add(new(big.Int).Mul(exact.Num(), big.NewInt(2)), exact.Denom()), new(big.Int).Mul(exact.Denom(), big.NewInt(2)))
			if new(big.Rat).Mul(exact, big.NewRat(2, 1)).IsInt() && !exact.IsInt() {
				halves++
			}
			got := rule.line(NewMethod.taxIn(money.FromInt(cents).Percent(money.FromInt(1)), money.FromInt(percent)))
			if got.Cmp(money.FromInt(doubled.Int64()).Percent(money.FromInt(1))) != 0 {
				require.Equal(t, doubled.String(), got.String(), "%d hundredths, %d %%", cents, percent)
			}
		}
	}
	require.Positive(t, halves)
}
