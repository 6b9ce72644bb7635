package check

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

func TestCompute(t *testing.T) {
	sums, issues := Compute(order(t), czech)
	assert.Empty(t, issues)
	assert.Equal(t, []string{"16398", "3233.52", "19631.52", "19631.52"},
		[]string{sums.Net.String(), sums.VAT.String(), sums.Gross.String(), sums.Payable.String()})
	var at []vat.Level
	for _, line := range sums.Lines {
		at = append(at, line.Level)
	}
	assert.Equal(t, []vat.Level{vat.High, vat.Low, vat.High}, at)
}

func TestComputeLevels(t *testing.T) {
	nonPayer := Settings{Country: "CZ"}
	for name, c := range map[string]struct {
		set    Settings
		change func(*trade.Document)
		level  vat.Level
		vat    string
	}{
		"domestic":       {czech, func(*trade.Document) {}, vat.High, "2638.44"},
		"gross prices":   {czech, func(d *trade.Document) { d.PricesIncludeVAT = trade.Yes }, vat.High, "2180.53"},
		"no date":        {czech, func(d *trade.Document) { d.IssueDate = trade.Date{} }, "", "2638.44"},
		"unknown rate":   {czech, rates("20"), "", "2512.8"},
		"non-payer":      {nonPayer, func(*trade.Document) {}, vat.None, "0"},
		"of a non-payer": {czech, func(d *trade.Document) { d.VATMode = trade.NonPayer }, vat.None, "0"},
		"reverse charge": {czech, func(d *trade.Document) { d.VATMode = trade.ReverseCharge }, vat.High, "0"},
		"reverse charge of a line": {czech, func(d *trade.Document) { d.Lines[0].ReverseCharge = trade.Yes },
			vat.High, "0"},
		"correction":      {czech, func(d *trade.Document) { rates("15")(d); corrects("2023-05-01")(d) }, vat.HistoryLow, "1884.6"},
		"intra-EU":        {czech, func(d *trade.Document) { rates("")(d); d.VATMode = trade.IntraEU }, vat.None, "0"},
		"OSS to Slovakia": {czech, func(d *trade.Document) { rates("23", "0", "0")(d); oss("SK")(d) }, vat.HistoryHigh, "2889.72"},
		"stated level":    {czech, code("low", ""), vat.Low, "1507.68"},
	} {
		doc := order(t)
		c.change(doc)
		sums, _ := Compute(doc, c.set)
		assert.Equal(t, c.level, sums.Lines[0].Level, name)
		assert.Equal(t, c.vat, sums.Lines[0].VAT.String(), name)
	}
}

func TestAdvancesOfAnInvoice(t *testing.T) {
	doc := order(t)
	doc.Kind, doc.Direction = trade.Invoice, trade.Issued
	doc.Lines = []trade.Line{
		{Name: "Služba", UnitPrice: num("3000"), Quantity: num("2"), VATRate: num("21")},
		{Name: "Záloha", Kind: trade.AdvanceLine, UnitPrice: num("-40"), VATRate: num("0")},
	}
	doc.Advances = []trade.AdvancePayment{{Amounts: trade.Amounts{Gross: num("7000")}}, {Amounts: trade.Amounts{Net: num("100"), VAT: money.Zero}}}
	doc.Totals = trade.Totals{Amounts: trade.Amounts{Gross: num("7260")}, Payable: num("120")}
	assert.Empty(t, found(check(doc, czech)))
	sums, _ := Compute(doc, czech)
	assert.Len(t, sums.Lines, 2)
	assert.Equal(t, "-7140", sums.Deducted.String())

	doc.Kind, doc.Direction = trade.Order, trade.Received
	sums, _ = Compute(doc, czech)
	assert.Equal(t, "7220", sums.Payable.String(), "an order deducts nothing, its lines are lines")
}

// TestClaims starts from an order of 16398 + 3233.52 = 19631.52.
func TestClaims(t *testing.T) {
	lax := czech
	lax.Totals = Warn
	rounding := trade.Line{Kind: trade.RoundingLine, Name: "Zaokrouhlení", UnitPrice: num("0.48")}
	for name, c := range map[string]struct {
		set    Settings
		change func(*trade.Document)
		want   []string
	}{
		"all as computed": {czech, func(d *trade.Document) {
			d.Lines[0].Totals = trade.Amounts{Net: num("12564.00"), VAT: num("2638.44"), Gross: num("15202.44")}
			d.Totals = trade.Totals{
				Amounts: trade.Amounts{Net: num("16398"), VAT: num("3233.52"), Gross: num("19631.52")}, Payable: num("19631.52"),
				ByRate: []trade.RateSum{
					{VATRate: num("21"), Amounts: trade.Amounts{Net: num("14064"), VAT: num("2953.44"), Gross: num("17017.44")}},
					{VATRate: num("12"), Amounts: trade.Amounts{Net: num("2334"), VAT: num("280.08"), Gross: num("2614.08")}},
					{VATRate: num("0"), Amounts: trade.Amounts{Net: num("0.00")}},
				},
			}
		}, nil},
		"a hundredth a line": {czech, func(d *trade.Document) {
			d.Lines[0].Totals.VAT, d.Totals.VAT = num("2638.43"), num("3233.49")
			d.Totals.ByRate = []trade.RateSum{{VATRate: num("21"), Amounts: trade.Amounts{VAT: num("2953.42")}}}
		}, []string{
			"warning total-rounding lines[0].totals.vat", "warning total-rounding totals.byRate[0].vat",
			"warning total-rounding totals.vat",
		}},
		"more than a hundredth a line": {czech, func(d *trade.Document) {
			d.Lines[0].Totals.VAT, d.Totals.VAT = num("2638.42"), num("3233.48")
			d.Totals.ByRate = []trade.RateSum{{VATRate: num("21"), Amounts: trade.Amounts{VAT: num("2953.41")}}}
		}, []string{
			"error total-differs lines[0].totals.vat", "error total-differs totals.byRate[0].vat", "error total-differs totals.vat",
		}},
		"as a warning": {lax, func(d *trade.Document) { d.Totals.Net = num("16000") }, []string{"warning total-differs totals.net"}},
		"a rate of no line": {czech, func(d *trade.Document) {
			d.Totals.ByRate = []trade.RateSum{{VATRate: num("15"), Amounts: trade.Amounts{Net: num("1")}}}
		},
			[]string{"error total-differs totals.byRate[0].net"}},
		"paid in whole crowns":  {czech, func(d *trade.Document) { d.Totals.Gross, d.Totals.Payable = num("19631.52"), num("19632") }, []string{"note total-rounded totals.payable"}},
		"total in whole crowns": {czech, func(d *trade.Document) { d.Totals.Gross = num("19632") }, []string{"note total-rounded totals.gross"}},
		"rounded down":          {czech, func(d *trade.Document) { d.Totals.Payable = num("19631") }, []string{"note total-rounded totals.payable"}},
		"five cents": {czech, func(d *trade.Document) {
			d.Lines = []trade.Line{{Name: "Káva", UnitPrice: num("100.03"), VATRate: money.Zero}}
			d.Totals.Payable = num("100.05")
		}, []string{"note total-rounded totals.payable"}},
		"no rounding at all":     {czech, func(d *trade.Document) { d.Totals.Payable = num("19633") }, []string{"error total-differs totals.payable"}},
		"rounded, total is not":  {czech, func(d *trade.Document) { d.Totals.Gross, d.Totals.Payable = num("19632"), num("19632") }, []string{"note total-rounded totals.payable"}},
		"POHODA rounds as well":  {czech, func(d *trade.Document) { d.Rounding.Document, d.Totals.Payable = money.MathToOne, num("19632") }, nil},
		"POHODA rounds, we not":  {czech, func(d *trade.Document) { d.Rounding.Document, d.Totals.Payable = money.MathToOne, num("19631.52") }, []string{"note total-rounded totals.payable"}},
		"hundredth and rounding": {czech, func(d *trade.Document) { d.Lines[2].UnitPrice, d.Totals.Payable = num("1499.98"), num("19632") }, []string{"note total-rounded totals.payable"}},
		"line of rounding": {czech, func(d *trade.Document) {
			d.Lines = append(d.Lines, rounding)
			d.Totals = trade.Totals{Amounts: trade.Amounts{Net: num("16398"), VAT: num("3233.52"), Gross: num("19632")}, Payable: num("19632")}
			d.Totals.ByRate = []trade.RateSum{{VATRate: num("0"), Amounts: trade.Amounts{Net: num("0.48")}}, {VATRate: num("21"), Amounts: trade.Amounts{Net: num("14064")}}}
		}, []string{"note rounding-line lines[3].unitPrice"}},
		"line of rounding, sums without it": {czech, func(d *trade.Document) {
			d.Lines = append(d.Lines, rounding)
			d.Totals = trade.Totals{Amounts: trade.Amounts{Net: num("16398"), Gross: num("19631.52")}, Payable: num("19632")}
		}, []string{"note rounding-line lines[3].unitPrice"}},
		"line of rounding that rounds nothing": {czech, func(d *trade.Document) {
			d.Lines = append(d.Lines, rounding)
			d.Lines[3].UnitPrice = num("35")
		}, []string{"warning rounding-line-stray lines[3].unitPrice"}},
		"a rate is wrong, so sums are not compared": {czech, func(d *trade.Document) {
			d.Lines[0].VATRate, d.Totals.VAT = num("20"), num("1")
		}, []string{"error vat-rate-unknown lines[0].vatRate"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := order(t)
			c.change(doc)
			assert.Equal(t, c.want, found(check(doc, c.set)))
		})
	}
}

func TestDifferenceIsNamedToTheHundredth(t *testing.T) {
	doc := order(t)
	doc.Totals.Gross = num("19000.5")
	issues := check(doc, czech)
	require.Len(t, issues, 1)
	assert.Equal(t, `totals.gross: the source claims "19000.5", the lines give 19631.52, the difference is -631.02`, issues[0].Error())

	doc.Totals.Gross = num("19632")
	assert.Equal(t, `totals.gross: "19632" is the sum 19631.52 with rounding math2one, POHODA will give 19631.52`, check(doc, czech)[0].Error())
}
