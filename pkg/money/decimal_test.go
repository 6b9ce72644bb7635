package money

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "0.00": "0", "00012": "12", "3490.50": "3490.5", "-0.05": "-0.05",
		"1e3": "1000", "1.5E-3": "0.0015", "1E+2": "100",
		"999999999999999999":                      "999999999999999999",
		"1000000000000000000":                     "1000000000000000000",
		"0.000000000000000001":                    "0.000000000000000001",
		"0.0000000000000000001":                   "0.0000000000000000001",
		"1.00000000000000000000":                  "1",
		"12345678901234567890.123456789012345678": "",
		"1234567890123456789012.123456789012":     "1234567890123456789012.123456789012",
		"1e30":                                    "1" + strings.Repeat("0", 30),
	} {
		d, err := Parse(in)
		if want == "" {
			require.Error(t, err, in)
			continue
		}
		require.NoError(t, err, in)
		assert.Equal(t, want, d.String(), in)
		assert.True(t, d.IsSet(), in)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, in := range []string{
		"", "-", "+1", "1.", ".5", "-.5", "1,5", "1 234", " 1", "1.2.3", "0x1", "NaN", "Inf", "1e", "1e+",
		"1e99999", "1e31", "1e-31", "1_000", "١", "--1", strings.Repeat("9", 35),
	} {
		_, err := Parse(in)
		assert.Error(t, err, in)
	}
}

func TestAbsentIsNotZero(t *testing.T) {
	var absent Decimal
	assert.False(t, absent.IsSet())
	assert.True(t, absent.IsZero())
	assert.False(t, Zero.IsZero())
	assert.Empty(t, absent.String())
	assert.False(t, absent.Equal(Zero))
	assert.Equal(t, Zero, absent.Or(Zero))
	assert.False(t, absent.Round(2).IsSet())
	for _, d := range []Decimal{absent.Add(absent), absent.Sub(absent), absent.Mul(absent), absent.Neg(), absent.Abs()} {
		assert.Equal(t, Zero, d)
	}
}

func TestJSON(t *testing.T) {
	type record struct {
		A Decimal `json:"a"`
		B Decimal `json:"b,omitzero"`
		C Decimal `json:"c,omitzero"`
	}
	out, err := json.Marshal(record{C: Zero})
	require.NoError(t, err)
	assert.JSONEq(t, `{"a":null,"c":0}`, string(out))
}

func TestExactTenths(t *testing.T) {
	assert.Equal(t, "0.3", MustParse("0.1").Mul(FromInt(3)).String())
}

func TestDivByNoughtPanics(t *testing.T) {
	assert.Panics(t, func() { FromInt(1).Div(Zero, 2) })
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		in     string
		places int32
		want   string
	}{
		{"143.325", 2, "143.33"}, {"-143.325", 2, "-143.33"}, {"143.324999", 2, "143.32"}, {"2.5", 0, "3"}, {"-2.5", 0, "-3"},
		{"0.004", 2, "0"}, {"1550", -2, "1600"}, {"-1549", -2, "-1500"}, {"999999999999999.995", 2, "1000000000000000"},
		{"1234567890123456789012.125", 2, "1234567890123456789012.13"},
	} {
		assert.Equal(t, c.want, MustParse(c.in).Round(c.places).String(), "%s to %d", c.in, c.places)
	}
}

// TestAgainstLibrary holds every operation to the library's result, over numbers
// that cross the border of the short form.
func TestAgainstLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	for range 20000 {
		s, u := randomNumber(random), randomNumber(random)
		a, b := MustParse(s), MustParse(u)
		x, y := decimal.RequireFromString(s), decimal.RequireFromString(u)
		places := random.Int32N(9) - 2
		same := func(name string, got Decimal, want decimal.Decimal) {
			t.Helper()
			require.Equal(t, want.String(), got.String(), "%s of %s and %s, %d places", name, s, u, places)
			_, fits := parseShort(got.String())
			require.Equal(t, fits, got.big == nil, "one form: %s of %s and %s", name, s, u)
		}
		same("parse", a, x)
		same("add", a.Add(b), x.Add(y))
		same("sub", a.Sub(b), x.Sub(y))
		same("mul", a.Mul(b), x.Mul(y))
		same("percent", a.Percent(b), x.Mul(y).Shift(-2))
		same("neg", a.Neg(), x.Neg())
		same("abs", a.Abs(), x.Abs())
		same("round", a.Round(places), x.Round(places))
		if !y.IsZero() {
			same("div", a.Div(b, max(0, places)), x.DivRound(y, max(0, places)))
		}
		require.Equal(t, x.Cmp(y), a.Cmp(b), "cmp %s %s", s, u)
		require.Equal(t, x.Sign(), a.Sign(), s)
		require.Equal(t, x.IsInteger(), a.IsWhole(), s)
		require.Equal(t, x.StringFixed(2), a.Fixed(2), s)
		require.Equal(t, x.Equal(y), a.Equal(b), "equal %s %s", s, u)
	}
}

// randomNumber is mostly an amount, sometimes one of up to 30 digits.
func randomNumber(random *rand.Rand) string {
	size := 1 + random.IntN(8)
	if random.IntN(3) == 0 {
		size = 1 + random.IntN(29)
	}
	digits := make([]byte, size)
	for i := range digits {
		digits[i] = byte('0' + random.IntN(10))
		if random.IntN(3) == 0 {
			digits[i] = "059"[random.IntN(3)]
		}
	}
	point := random.IntN(size + 1)
	s := "0" + string(digits[:point])
	if point < size {
		s += "." + string(digits[point:])
	}
	if random.IntN(3) == 0 {
		s = "-" + s
	}
	return s
}

func TestDocumentRounding(t *testing.T) {
	for _, c := range []struct {
		rounding Rounding
		in, want string
	}{
		{"", "12.34", "12.34"}, {RoundNone, "12.34", "12.34"},
		{MathToOne, "2949.38", "2949"}, {MathToOne, "8950.50", "8951"}, {MathToOne, "-8950.50", "-8951"},
		{MathToHalf, "1.24", "1"}, {MathToHalf, "1.25", "1.5"},
		{MathToTenth, "1.25", "1.3"}, {MathToFiveCent, "1.02", "1"}, {MathToFiveCent, "1.03", "1.05"},
		{UpToOne, "1.01", "2"}, {UpToOne, "-1.01", "-2"}, {UpToOne, "2", "2"}, {UpToHalf, "1.01", "1.5"}, {UpToTenth, "0.01", "0.1"},
		{DownToOne, "1.99", "1"}, {DownToOne, "-1.99", "-1"}, {DownToHalf, "1.99", "1.5"}, {DownToTenth, "0.09", "0"},
	} {
		assert.Equal(t, c.want, c.rounding.Apply(MustParse(c.in)).String(), "%s of %s", c.rounding, c.in)
	}
	assert.Len(t, Roundings(), 11)
	for _, name := range Roundings() {
		assert.True(t, name.Known(), name)
	}
	assert.False(t, Rounding("math2two").Known())
	assert.Len(t, RoundNone.Values(), 11)
}

func TestCurrency(t *testing.T) {
	assert.True(t, Currency("CZK").Known())
	assert.False(t, Currency("Kč").Known())
	assert.Equal(t, Currency("EUR"), Home("SK"))
	assert.Equal(t, Currency("CZK"), Home("CZ"))
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Parse("3490.50")
	}
}

func BenchmarkAppend(b *testing.B) {
	b.ReportAllocs()
	price, dst := MustParse("3490.5"), make([]byte, 0, 32)
	for b.Loop() {
		dst = price.Append(dst[:0])
	}
}

// BenchmarkLine is what a line of a document costs: two products, two
// roundings and a sum, in the short form and in the library's.
func BenchmarkLine(b *testing.B) {
	for name, price := range map[string]Decimal{"short": MustParse("3490.5"), "long": FromInt(limit)} {
		quantity, rest, rate := FromInt(4), FromInt(90), FromInt(21)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				net := price.Mul(quantity).Percent(rest).Round(2)
				_ = net.Add(net.Percent(rate).Round(2))
			}
		})
	}
}
