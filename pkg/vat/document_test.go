package vat

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/oracle"
)

func num(s string) money.Decimal {
	if s == "" {
		return money.Decimal{}
	}
	return money.MustParse(s)
}

func line(price, quantity, discount, percent string) Line {
	l := Line{UnitPrice: num(price), Quantity: num(quantity), Discount: num(discount), Percent: num(percent), Level: High}
	if l.Percent.Sign() == 0 {
		l.Level = None
	}
	return l
}

func TestLine(t *testing.T) {
	gross := func(l Line) Line { l.Gross = true; return l }
	reverse := func(l Line) Line { l.Reverse = true; return l }
	for name, c := range map[string]struct {
		line            Line
		net, vat, gross string
	}{
		"net":                   {line("3490", "4", "10", "21"), "12564", "2638.44", "15202.44"},
		"half up":               {line("682.5", "1", "", "21"), "682.5", "143.33", "825.83"},
		"half away from nought": {line("-682.5", "1", "", "21"), "-682.5", "-143.33", "-825.83"},
		"no rate at all":        {gross(line("121", "1", "", "-100")), "121", "0", "121"},
		"fraction of a unit":    {line("0.1", "3", "", ""), "0.3", "0", "0.3"},
		"discount in hundredths": {
			line("1848", "1", "1.99", "21"), "1811.22", "380.36", "2191.58"},
		"surcharge":        {line("100", "1", "-5", "21"), "105", "22.05", "127.05"},
		"out of the gross": {gross(line("121", "1", "", "21")), "100", "21", "121"},
		"gross, uneven":    {gross(line("99.90", "3", "", "21")), "247.69", "52.01", "299.7"},
		"gross, nought":    {gross(line("10", "1", "", "0")), "10", "0", "10"},
		"reverse charge":   {reverse(line("1000", "2", "", "21")), "2000", "0", "2000"},
		"quantity absent":  {line("10", "", "", "21"), "10", "2.1", "12.1"},
		"price absent":     {line("", "2", "", "21"), "0", "0", "0"},
	} {
		got := Compute([]Line{c.line}, Policy{}).Lines[0]
		assert.Equal(t, []string{c.net, c.vat, c.gross}, []string{got.Net.String(), got.VAT.String(), got.Gross.String()}, name)
	}
}

func TestTotals(t *testing.T) {
	low := line("389", "6", "0", "12")
	low.Level = Low
	got := Compute([]Line{line("3490", "4", "10", "21"), low, line("1500", "1", "0", "21"), line("5", "1", "", "0")},
		Policy{Document: money.MathToOne})
	require.Len(t, got.ByRate, 3)
	assert.Equal(t, Amounts{High, num("21"), num("14064"), num("2953.44"), num("17017.44"), false}, got.ByRate[0])
	assert.Equal(t, Amounts{Low, num("12"), num("2334"), num("280.08"), num("2614.08"), false}, got.ByRate[1])
	assert.Equal(t, Amounts{None, num("0"), num("5"), num("0"), num("5"), false}, got.ByRate[2])
	assert.Equal(t, "19636.52", got.Gross.String())
	assert.Equal(t, "0.48", got.Rounding.String())
	assert.Equal(t, "19637", got.Payable.String())
}

func TestDeductionStaysOutOfTheSums(t *testing.T) {
	advance := line("-7140", "1", "", "0")
	advance.Deduction = true
	got := Compute([]Line{line("3000", "2", "", "21"), advance}, Policy{})
	assert.Len(t, got.ByRate, 1)
	assert.Equal(t, "7260", got.Gross.String())
	assert.Equal(t, "-7140", got.Deducted.String())
	assert.Equal(t, "120", got.Payable.String())
}

func TestRoundingVAT(t *testing.T) {
	net := []Line{line("10.10", "1", "", "21"), line("10.10", "1", "", "21"), line("10.10", "1", "", "21")}
	gross := []Line{line("10.10", "1", "", "21"), line("10.10", "1", "", "21"), line("10.10", "1", "", "21")}
	for i := range gross {
		gross[i].Gross = true
	}
	// The VAT of a net line is 2.121, of a gross one 1.75289; of the rates 6.363 and 5.25868.
	for rounding, want := range map[Rounding][2]string{
		"":                    {"6.36", "5.25"},
		"none":                {"6.36", "5.25"},
		"noneEveryRate":       {"6.36", "5.26"},
		"math2tenthEveryItem": {"6.3", "5.4"},
		"math2halfEveryItem":  {"6", "6"},
		"math2intEveryItem":   {"6", "6"},
		"up2tenthEveryItem":   {"6.6", "5.4"},
		"math2tenthEveryRate": {"6.4", "5.3"},
		"math2halfEveryRate":  {"6.5", "5.5"},
		"math2intEveryRate":   {"6", "5"},
		"up2tenthEveryRate":   {"6.4", "5.3"},
	} {
		n, g := Compute(net, Policy{VAT: rounding}), Compute(gross, Policy{VAT: rounding})
		assert.Equal(t, want, [2]string{n.VAT.String(), g.VAT.String()}, rounding)
		assert.Equal(t, "30.3", n.Net.String(), "net prices keep the net sum: %s", rounding)
		assert.Equal(t, "30.3", g.Gross.String(), "gross prices keep the gross sum: %s", rounding)
	}
	for _, value := range Rounding("").Values() {
		assert.Contains(t, rules, Rounding(value))
	}
	assert.Len(t, rules, len(Rounding("").Values()))
}

// TestNothingIsLost: whatever the lines and the policy, the sums hold together.
func TestNothingIsLost(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 3), 4))
	roundings := append(Rounding("").Values(), "")
	for range 3000 {
		lines := make([]Line, 1+random.IntN(12))
		mirror := make([]Line, len(lines))
		grossPrices := random.IntN(2) == 0
		for i := range lines {
			lines[i] = randomLine(random)
			lines[i].Gross = grossPrices
			mirror[i] = lines[i]
			mirror[i].UnitPrice = lines[i].UnitPrice.Neg()
		}
		policy := Policy{VAT: Rounding(roundings[random.IntN(len(roundings))]), Document: money.Roundings()[random.IntN(11)]}
		got, opposite := Compute(lines, policy), Compute(mirror, policy)

		net, vat, gross := money.Zero, money.Zero, money.Zero
		for _, a := range append(got.Lines, got.ByRate...) {
			require.Equal(t, a.Gross, a.Net.Add(a.VAT))
			for _, amount := range []money.Decimal{a.Net, a.VAT, a.Gross} {
				require.LessOrEqual(t, amount.Places(), int32(2))
			}
		}
		for _, r := range got.ByRate {
			net, vat, gross = net.Add(r.Net), vat.Add(r.VAT), gross.Add(r.Gross)
		}
		require.Equal(t, []money.Decimal{net, vat, gross}, []money.Decimal{got.Net, got.VAT, got.Gross})
		require.Equal(t, got.Gross, got.Net.Add(got.VAT))
		require.Equal(t, got.Payable, got.Gross.Add(got.Rounding))
		require.Equal(t, policy.Document.Apply(got.Gross), got.Payable)
		if !rules[policy.VAT].everyRate {
			requireLinesAddUp(t, got)
		}
		require.Equal(t, got.Payable.Neg(), opposite.Payable, "sign symmetry")
		require.Equal(t, got.VAT.Neg(), opposite.VAT, "sign symmetry")
	}
}

func requireLinesAddUp(t *testing.T, got Totals) {
	t.Helper()
	for _, r := range got.ByRate {
		net, vat, gross := money.Zero, money.Zero, money.Zero
		for _, l := range got.Lines {
			if l.Level == r.Level && l.Percent == r.Percent {
				net, vat, gross = net.Add(l.Net), vat.Add(l.VAT), gross.Add(l.Gross)
			}
		}
		require.Equal(t, []money.Decimal{net, vat, gross}, []money.Decimal{r.Net, r.VAT, r.Gross})
	}
}

func randomLine(random *rand.Rand) Line {
	cents := func(n int64, shift string) money.Decimal {
		return money.FromInt(random.Int64N(n) - n/4).Mul(num(shift))
	}
	rate := []Rate{{High, num("21")}, {Low, num("12")}, {Third, num("5")}, {None, num("0")}}[random.IntN(4)]
	return Line{
		UnitPrice: cents(50_000_000, "0.001"), Quantity: cents(40_000, "0.001"), Discount: cents(10_000, "0.01"),
		Percent: rate.Percent, Level: rate.Level, Reverse: random.IntN(10) == 0,
	}
}

func BenchmarkCompute(b *testing.B) {
	b.ReportAllocs()
	lines := []Line{line("3490", "4", "10", "21"), line("389", "6", "0", "12"), line("1500", "1", "0", "21")}
	for b.Loop() {
		Compute(lines, Policy{})
	}
}

// TestWholeCrownsAndRoundedVAT: the two settings are a crown apart.
func TestWholeCrownsAndRoundedVAT(t *testing.T) {
	lines := make([]Line, 5)
	for i := range lines {
		lines[i] = line("2.23", "1", "", "21")
	}
	for rounding, want := range map[Rounding][4]string{
		"none":          {"2.35", "13.50", "14.00", "0.50"},
		"noneEveryRate": {"2.34", "13.49", "13.00", "-0.49"},
	} {
		got := Compute(lines, Policy{Document: money.MathToOne, VAT: rounding})
		assert.Equal(t, want, [4]string{got.VAT.Fixed(2), got.Gross.Fixed(2), got.Payable.Fixed(2), got.Rounding.Fixed(2)}, rounding)
	}
}

// TestVATOfASumIsExact: the VAT of a rate that is computed from its sum is that of the
// exact fraction, halves included: three lines that each have a third of a hundredth
// are not a hair less than one.
func TestVATOfASumIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 5), 6))
	halves := 0
	for range 5000 {
		percent := []int64{5, 10, 12, 19, 20, 21, 23, 25}[random.IntN(8)]
		gross := random.IntN(2) == 0
		lines := make([]Line, 1+random.IntN(8))
		sum := int64(0)
		for i := range lines {
			hundredths := random.Int64N(4000) - 500
			sum += hundredths
			lines[i] = Line{UnitPrice: money.FromInt(hundredths).Mul(num("0.01")), Percent: money.FromInt(percent), Level: High, Gross: gross}
		}
		whole := int64(100)
		if gross {
			whole += percent
		}
		// Hundredths of VAT, rounded half away from zero, in whole numbers alone.
		dividend := 2 * max(sum, -sum) * percent
		if dividend%(2*whole) == whole {
			halves++
		}
		want := (dividend + whole) / (2 * whole)
		if sum < 0 {
			want = -want
		}
		got := Compute(lines, Policy{VAT: "noneEveryRate"})
		require.Equal(t, money.FromInt(want).Mul(num("0.01")).Fixed(2), got.VAT.Fixed(2), "%d at %d, gross %v", sum, percent, gross)
	}
	require.Greater(t, halves, 100)
}
