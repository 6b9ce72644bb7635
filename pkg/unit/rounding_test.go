package unit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/unit"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// TestSlovakCash are the sums of Slovak receipts: five cents are for cash, since the
// act holds; VAT is never touched.
func TestSlovakCash(t *testing.T) {
	today, before := trade.NewDate(2026, time.March, 2), trade.NewDate(2022, time.June, 30)
	for _, c := range []struct {
		gross   string
		payment trade.PaymentMethod
		date    trade.Date
		payable string
		written money.Rounding
	}{
		{"55.63", "cash", today, "55.65", money.MathToFiveCent},
		{"55.63", "card", today, "55.63", money.RoundNone},
		{"55.63", "bank-transfer", today, "55.63", money.RoundNone},
		{"55.63", "cash-on-delivery", today, "55.63", money.RoundNone},
		{"55.63", "", today, "55.63", money.RoundNone},
		{"55.62", "cash", today, "55.60", money.MathToFiveCent},
		{"55.67", "cash", today, "55.65", money.MathToFiveCent},
		{"55.68", "cash", today, "55.70", money.MathToFiveCent},
		{"1.02", "cash", today, "1.00", money.MathToFiveCent},
		{"0.03", "cash", today, "0.05", money.MathToFiveCent},
		{"0.02", "cash", today, "0.05", money.MathToFiveCent},
		{"0.01", "cash", today, "0.05", money.MathToFiveCent},
		{"0.00", "cash", today, "0.00", money.MathToFiveCent},
		{"-55.63", "cash", today, "-55.65", money.MathToFiveCent},
		{"55.63", "cash", before, "55.63", money.RoundNone},
		{"55.63", "cash", trade.NewDate(2022, time.July, 1), "55.65", money.MathToFiveCent},
	} {
		for _, own := range []bool{false, true} {
			cfg := config.Default()
			cfg.Unit.Country = "SK"
			doc := &trade.Document{Head: trade.Head{Kind: trade.Order}, IssueDate: c.date, Payment: trade.PaymentInfo{Method: c.payment}, PricesIncludeVAT: trade.Yes,
				Lines: []trade.Line{{Name: "Káva", UnitPrice: money.MustParse(c.gross), VATRate: money.FromInt(20)}},
			}
			if c.date == today {
				doc.Lines[0].VATRate = money.FromInt(23)
			}
			if own {
				doc.Rounding.Document = money.MathToFiveCent
			} else {
				cfg.Rounding.Document = money.MathToFiveCent
			}
			told := furnished(cfg, doc)
			sums, _ := check.Compute(doc, flow.CheckSettings(cfg))
			name := c.gross + " " + string(c.payment) + " " + c.date.String()
			assert.Equal(t, c.payable, sums.Payable.Fixed(2), name)
			assert.Equal(t, c.written, doc.Rounding.Document, name)
			assert.Equal(t, c.written == money.RoundNone, hasCode(told, unit.CodeFiveCentsNone), name)
		}
	}
}

// TestSlovakCashOfAPart: only what is still paid in cash would be rounded, which a
// rounding of the whole document cannot say; and other currencies have no five cents.
func TestSlovakCashOfAPart(t *testing.T) {
	for _, c := range []struct {
		currency  money.Currency
		paid, due string
		written   money.Rounding
		told      diag.Code
	}{
		{"EUR", "20.01", "", money.RoundNone, unit.CodeCashPart},
		{"EUR", "", "35.62", money.RoundNone, unit.CodeCashPart},
		{"EUR", "20.01", "35.62", money.RoundNone, unit.CodeCashPart},
		{"EUR", "", "", money.MathToFiveCent, ""},
		{"EUR", "0", "55.65", money.MathToFiveCent, ""},
		{"EUR", "", "55.63", money.MathToFiveCent, ""},
		{"EUR", "55.65", "0", money.MathToFiveCent, ""},
		{"EUR", "55.63", "", money.MathToFiveCent, ""},
		{"", "", "", money.MathToFiveCent, ""},
		{"CZK", "", "", money.RoundNone, unit.CodeFiveCentsNone},
		{"USD", "", "", money.RoundNone, unit.CodeFiveCentsNone},
	} {
		cfg := config.Default()
		cfg.Unit.Country = "SK"
		doc := &trade.Document{Head: trade.Head{Kind: trade.Order}, IssueDate: trade.NewDate(2026, time.March, 2), Currency: c.currency, PricesIncludeVAT: trade.Yes,
			Payment:  trade.PaymentInfo{Method: "cash", PaidAmount: optional(c.paid), AmountDue: optional(c.due)},
			Rounding: trade.Rounding{Document: money.MathToFiveCent},
			Lines:    []trade.Line{{Name: "Káva", UnitPrice: money.MustParse("55.63"), VATRate: money.FromInt(23)}},
		}
		told := furnished(cfg, doc)
		assert.Equal(t, c.written, doc.Rounding.Document, c)
		for _, code := range []diag.Code{unit.CodeCashPart, unit.CodeFiveCentsNone} {
			assert.Equal(t, c.told == code, hasCode(told, code), c)
		}
	}
}

func optional(s string) money.Decimal {
	if s == "" {
		return money.Decimal{}
	}
	return money.MustParse(s)
}

func hasCode(issues diag.List, code diag.Code) bool {
	for _, issue := range issues {
		if issue.Code == code {
			return true
		}
	}
	return false
}

func TestRoundingForCurrency(t *testing.T) {
	yes, no := true, false
	house := config.TargetRounding{CurrencyRounding: config.CurrencyRounding{Document: money.MathToOne, VAT: "math2intEveryItem", CalculateVAT: &yes}}
	byRate, euros, unset := house, house, config.TargetRounding{Currencies: map[string]config.CurrencyRounding{"EUR": {Document: money.MathToTenth}}}
	byRate.VAT = "noneEveryRate"
	euros.Currencies = map[string]config.CurrencyRounding{"EUR": {Document: money.MathToTenth, CalculateVAT: &no}, "CZK": {VAT: "none"}}
	for name, c := range map[string]struct {
		house    config.TargetRounding
		currency money.Currency
		want     trade.Rounding
	}{
		"nothing set":                  {config.TargetRounding{}, "EUR", trade.Rounding{}},
		"home":                         {house, "CZK", trade.Rounding{Document: money.MathToOne, VAT: "math2intEveryItem", CalculateVAT: trade.Yes}},
		"whole crowns are no euros":    {house, "EUR", trade.Rounding{Document: money.RoundNone, VAT: vat.RoundNone}},
		"a method is for any currency": {byRate, "HUF", trade.Rounding{Document: money.RoundNone, VAT: "noneEveryRate"}},
		"a currency of its own":        {euros, "EUR", trade.Rounding{Document: money.MathToTenth, VAT: vat.RoundNone, CalculateVAT: trade.No}},
		"home by its name":             {euros, "CZK", trade.Rounding{Document: money.MathToOne, VAT: "none", CalculateVAT: trade.Yes}},
		"another than the named":       {euros, "USD", trade.Rounding{Document: money.RoundNone, VAT: vat.RoundNone}},
		"only euros, home":             {unset, "CZK", trade.Rounding{}},
		"only euros":                   {unset, "EUR", trade.Rounding{Document: money.MathToTenth}},
	} {
		cfg, doc := config.Default(), &trade.Document{Currency: c.currency}
		cfg.Rounding.TargetRounding = c.house
		furnished(cfg, doc)
		assert.Equal(t, c.want, doc.Rounding, name)
	}
}

// TestRecordRoundsItself: what a record states beats the unit, part by part.
func TestRecordRoundsItself(t *testing.T) {
	cfg := config.Default()
	cfg.Rounding.Document = money.MathToOne
	doc := &trade.Document{Currency: "EUR", Rounding: trade.Rounding{VAT: "noneEveryRate"}}
	furnished(cfg, doc)
	assert.Equal(t, trade.Rounding{Document: money.RoundNone, VAT: "noneEveryRate"}, doc.Rounding)
	doc = &trade.Document{Currency: "EUR", Rounding: trade.Rounding{Document: money.MathToTenth}}
	furnished(cfg, doc)
	assert.Equal(t, trade.Rounding{Document: money.MathToTenth}, doc.Rounding)
}
