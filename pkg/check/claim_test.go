package check

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// piece is an order of one line with prices that include VAT.
func piece(t *testing.T, quantity, price string) *trade.Document {
	doc := order(t)
	doc.PricesIncludeVAT = trade.Yes
	doc.Lines = []trade.Line{{Name: "Tablety", Quantity: num(quantity), UnitPrice: num(price), VATRate: num("21")}}
	return doc
}

func sumsOf(net, tax, gross string) trade.Totals {
	return trade.Totals{Amounts: trade.Amounts{Net: maybe(net), VAT: maybe(tax), Gross: maybe(gross)}}
}

// TestClaimedRounding: a rounding that is claimed without a sum to pay says what is to
// be paid. The line is worth 37.20.
func TestClaimedRounding(t *testing.T) {
	told := []string{"note total-rounded totals.rounding"}
	for name, c := range map[string]struct {
		house           money.Rounding
		gross, rounding string
		want            []string
	}{
		"as POHODA will":               {money.MathToOne, "37.20", "-0.20", nil},
		"within the total":             {money.MathToOne, "37.00", "-0.20", nil},
		"without a total":              {money.MathToOne, "", "-0.20", nil},
		"and POHODA will not":          {"", "37.20", "-0.20", told},
		"in the total, POHODA not":     {"", "37.00", "-0.20", told},
		"none, and POHODA will":        {money.MathToOne, "37.20", "0", told},
		"none":                         {"", "37.20", "0", nil},
		"another one":                  {money.MathToOne, "37.20", "0.80", told},
		"one that is none":             {"", "37.20", "0.33", []string{"error total-differs totals.rounding"}},
		"one that is none, no total":   {"", "", "0.33", []string{"error total-differs totals.rounding"}},
		"one that is none, in a total": {"", "37.53", "0.33", []string{"error total-differs totals.rounding", "error total-differs totals.gross"}},
	} {
		doc := piece(t, "10", "3.72")
		doc.Rounding.Document = c.house
		doc.Totals = trade.Totals{Amounts: trade.Amounts{Gross: maybe(c.gross)}, Rounding: num(c.rounding)}
		assert.Equal(t, c.want, found(check(doc, czech)), name)
	}
}

// TestShopsThatRoundByThePiece: net and VAT may be split otherwise, by half a hundredth
// a piece, while what the customer pays agrees to the hundredth.
func TestShopsThatRoundByThePiece(t *testing.T) {
	both := []string{"warning total-per-piece totals.net", "warning total-per-piece totals.vat"}
	apart := []string{"error total-differs totals.net", "error total-differs totals.vat"}
	crowns := []string{"note total-rounded totals.gross"}
	for name, c := range map[string]struct {
		quantity, price string
		totals          trade.Totals
		want            []string
	}{
		"ten pieces":               {"10", "3.70", sumsOf("30.60", "6.40", "37.00"), both},
		"ten that come back":       {"-10", "3.70", sumsOf("-30.60", "-6.40", "-37.00"), both},
		"a hundred pieces":         {"100", "1.99", sumsOf("164.00", "35.00", "199.00"), both},
		"without the gross":        {"10", "3.70", sumsOf("30.60", "6.40", ""), both},
		"the net alone":            {"10", "3.70", sumsOf("30.60", "", ""), apart[:1]},
		"the net and what is paid": {"10", "3.70", trade.Totals{Amounts: trade.Amounts{Net: num("30.60")}, Payable: num("37.00")}, both[:1]},
		"more than by the piece":   {"10", "3.70", sumsOf("30.50", "6.50", "37.00"), apart},
		"the gross differs":        {"10", "3.70", sumsOf("30.60", "6.42", "37.02"), []string{"error total-differs totals.net", "error total-differs totals.gross"}},
		"the gross a hundredth":    {"10", "3.70", sumsOf("30.60", "6.41", "37.01"), []string{"error total-differs totals.net", "warning total-rounding totals.vat", "warning total-rounding totals.gross"}},
		"a part of a piece":        {"0.5", "3.70", sumsOf("1.55", "0.30", "1.85"), apart},
		"no ceiling":               {"100000", "1.99", sumsOf("164000", "35000", "199000"), both},
		"whole crowns":             {"10", "3.72", sumsOf("30.50", "6.50", "37.00"), append(crowns[:1:1], "warning total-per-piece totals.net", "warning total-per-piece totals.vat")},
	} {
		t.Run(name, func(t *testing.T) {
			doc := piece(t, c.quantity, c.price)
			doc.Totals = c.totals
			assert.Equal(t, c.want, found(check(doc, czech)))
			for _, kind := range []trade.Kind{trade.Offer, trade.Order, trade.Deal} {
				doc.Kind, doc.Direction = kind, trade.Received
				if kind == trade.Offer {
					doc.Direction = trade.Issued
				}
				assert.Equal(t, c.want, found(check(doc, czech)), kind)
			}
		})
	}
	doc := piece(t, "10", "3.70")
	doc.Kind, doc.Direction, doc.Totals = trade.Invoice, trade.Issued, sumsOf("30.60", "6.40", "37.00")
	assert.Equal(t, apart, found(check(doc, czech)), "the VAT of a tax document is what the customer holds")

	doc = piece(t, "10", "3.70")
	doc.Lines[0].Totals = sumsOf("30.60", "6.40", "37.00").Amounts
	doc.Totals.ByRate = []trade.RateSum{{VATRate: num("21"), Amounts: doc.Lines[0].Totals}}
	assert.Equal(t, []string{
		"warning total-per-piece lines[0].totals.net", "warning total-per-piece lines[0].totals.vat",
		"warning total-per-piece totals.byRate[0].net", "warning total-per-piece totals.byRate[0].vat",
	}, found(check(doc, czech)), "a line and a rate are compared like the document")
}

// TestHalfAHundredthSaysNothing: sums of more decimals are compared to the hundredth.
func TestHalfAHundredthSaysNothing(t *testing.T) {
	for claimed, want := range map[string][]string{
		"57.85124": nil, "57.8549": nil, "57.8451": nil,
		"57.856":  {"warning total-rounding totals.net"},
		"57.844":  {"warning total-rounding totals.net"},
		"57.8611": {"error total-differs totals.net"},
	} {
		doc := piece(t, "7", "10")
		doc.Totals = sumsOf(claimed, "", "")
		assert.Equal(t, want, found(check(doc, czech)), claimed)
	}
}

// TestCeilingOfGrossSums: a hundredth a line explains a sum, at most 1.00 CZK or 0.10 in
// euros and other currencies.
func TestCeilingOfGrossSums(t *testing.T) {
	for _, c := range []struct {
		currency money.Currency
		lines    int
		off      string
		code     diag.Code
	}{
		{"CZK", 20, "0.20", CodeTotalRounding}, {"CZK", 20, "0.21", CodeTotalDiffers},
		{"CZK", 100, "1.00", CodeTotalRounding}, {"CZK", 150, "1.00", CodeTotalRounding}, {"CZK", 150, "1.01", CodeTotalDiffers},
		{"EUR", 10, "0.10", CodeTotalRounding}, {"EUR", 9, "0.11", CodeTotalDiffers},
		{"EUR", 50, "-0.10", CodeTotalRounding}, {"EUR", 50, "0.11", CodeTotalDiffers},
		{"HUF", 50, "0.11", CodeTotalDiffers},
	} {
		doc := order(t)
		doc.Currency, doc.Lines = c.currency, nil
		if c.currency != "CZK" {
			doc.ExchangeRate.Rate = num("25.1")
		}
		for range c.lines {
			doc.Lines = append(doc.Lines, trade.Line{Name: "Šroub", UnitPrice: num("1.03"), VATRate: num("21")})
		}
		sums, _ := Compute(doc, czech)
		doc.Totals.Gross = sums.Gross.Add(num(c.off))
		issues := check(doc, czech)
		if assert.Len(t, issues, 1, c) {
			assert.Equal(t, c.code, issues[0].Code, c)
		}
	}
}

// TestReverseCharge: one rule says which lines the buyer pays the VAT of.
func TestReverseCharge(t *testing.T) {
	byClass, unsayable, slovak, nonPayer := czech, czech, czech, czech
	byClass.Reverse, unsayable.Reverse, slovak.Country, nonPayer.VATPayer = ReverseByClass, ReverseUnsayable, "SK", false
	for name, c := range map[string]struct {
		set    Settings
		change func(*trade.Document)
		vat    string
		want   []string
	}{
		"none":                {czech, func(*trade.Document) {}, "3233.52", nil},
		"all":                 {czech, reversed(), "0.00", nil},
		"all but one":         {czech, func(d *trade.Document) { reversed()(d); d.Lines[2].ReverseCharge = trade.No }, "315.00", nil},
		"one":                 {czech, func(d *trade.Document) { d.Lines[2].ReverseCharge = trade.Yes }, "2918.52", nil},
		"gross prices":        {czech, func(d *trade.Document) { reversed()(d); d.PricesIncludeVAT = trade.Yes }, "", []string{"error reverse-charge-gross pricesIncludeVat"}},
		"gross prices of one": {czech, func(d *trade.Document) { d.Lines[2].ReverseCharge, d.PricesIncludeVAT = trade.Yes, trade.Yes }, "", []string{"error reverse-charge-gross-mixed pricesIncludeVat"}},
		"no mark, a class":    {byClass, reversed(), "0.00", []string{"note reverse-charge-by-class lines[0].reverseCharge"}},
		"no mark, a class, claims": {byClass, func(d *trade.Document) {
			reversed()(d)
			d.Totals = sumsOf("16398", "0", "16398")
			d.Totals.ByRate = []trade.RateSum{{VATRate: num("21"), Amounts: trade.Amounts{Net: num("14064"), VAT: num("0")}}, {VATRate: num("12"), Amounts: trade.Amounts{Gross: num("2334")}}, {VATRate: num("0"), Amounts: trade.Amounts{Net: num("0")}}}
		}, "0.00", []string{"note reverse-charge-by-class lines[0].reverseCharge"}},
		"no mark, no class": {unsayable, func(d *trade.Document) { d.Lines[2].ReverseCharge = trade.Yes }, "", []string{"error reverse-charge-unsayable lines[2].reverseCharge"}},
		"no mark, no reverse charge": {unsayable, func(d *trade.Document) {
			reversed()(d)
			for i := range d.Lines {
				d.Lines[i].ReverseCharge = trade.No
			}
		}, "3233.52", nil},
		"Czech code": {czech, func(d *trade.Document) { reversed()(d); d.Lines[1].ReverseChargeCode = "4" }, "0.00", []string{"warning reverse-charge-code-unsent lines[1].reverseChargeCode"}},
		"Slovak code": {slovak, func(d *trade.Document) {
			reversed()(d)
			euro("", "")(d)
			rates("23", "19", "5")(d)
			d.Lines[1].ReverseChargeCode = "4"
		}, "0.00", nil},
		"a unit that pays no VAT": {nonPayer, func(d *trade.Document) { reversed()(d); d.PricesIncludeVAT = trade.Yes; rates("", "", "")(d) }, "0.00", nil},
	} {
		t.Run(name, func(t *testing.T) {
			doc := order(t)
			c.change(doc)
			sums, issues := Check(doc, c.set)
			assert.Equal(t, c.want, found(issues))
			if c.vat != "" {
				assert.Equal(t, c.vat, sums.VAT.Fixed(2))
			}
		})
	}
}

func reversed() func(*trade.Document) {
	return func(d *trade.Document) { d.VATMode = trade.ReverseCharge }
}

// TestRoundingAndTheTaxBase: Czech rounding stays outside the tax base in cash only.
func TestRoundingAndTheTaxBase(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*trade.Document)
		want   []string
	}{
		"cash":             {func(d *trade.Document) { d.Payment.Method = "cash" }, nil},
		"not known":        {func(*trade.Document) {}, nil},
		"transfer":         {func(d *trade.Document) { d.Payment.Method = "bank-transfer" }, []string{"warning rounding-untaxed rounding.document"}},
		"card":             {func(d *trade.Document) { d.Payment.Method = "card" }, []string{"warning rounding-untaxed rounding.document"}},
		"transfer, taxed":  {func(d *trade.Document) { d.Payment.Method, d.Rounding.CalculateVAT = "bank-transfer", trade.Yes }, nil},
		"nothing to round": {func(d *trade.Document) { d.Payment.Method = "card"; d.Lines = d.Lines[2:] }, nil},
		"before the law": {func(d *trade.Document) {
			d.Payment.Method, d.IssueDate = "card", trade.NewDate(2019, 9, 30)
			d.Source.UpdatedAt = trade.Time{}
			rates("21", "15", "21")(d)
		}, nil},
		"VAT in whole crown": {func(d *trade.Document) { d.Rounding = trade.Rounding{VAT: "math2intEveryRate"} }, []string{"warning rounding-vat-crowns rounding.vat"}},
	} {
		doc := order(t)
		doc.Rounding.Document = money.MathToOne
		c.change(doc)
		assert.Equal(t, c.want, found(check(doc, czech)), name)
	}
}
