package check

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// shopOrder is an order of gross prices whose shop took VAT out by the coefficient:
// 347.03 of 1999 at 21 %, 175.65 of 1347 at 15 %.
func shopOrder(kind trade.Kind, day trade.Date) *trade.Document {
	return &trade.Document{Head: trade.Head{Kind: kind, Source: trade.Source{System: "shop", ID: "1"}}, Direction: trade.Received, IssueDate: day, Currency: "CZK",
		Customer: &trade.Party{Name: "Jan Ukázka", Address: trade.Address{City: "Brno"}}, PricesIncludeVAT: trade.Yes,
		Lines: []trade.Line{
			{Name: "Židle", UnitPrice: num("1999"), VATRate: num("21"), Totals: trade.Amounts{Net: num("1651.97"), VAT: num("347.03"), Gross: num("1999")}},
			{Name: "Kniha", UnitPrice: num("449"), Quantity: num("3"), VATRate: num("15"), Totals: trade.Amounts{Net: num("1171.35"), VAT: num("175.65"), Gross: num("1347")}},
		},
		Totals: trade.Totals{
			Amounts: trade.Amounts{Net: num("2823.32"), VAT: num("522.68"), Gross: num("3346")},
			ByRate: []trade.RateSum{
				{VATRate: num("21"), Amounts: trade.Amounts{Net: num("1651.97"), VAT: num("347.03"), Gross: num("1999")}}, {VATRate: num("15"), Amounts: trade.Amounts{Net: num("1171.35"), VAT: num("175.65"), Gross: num("1347")}},
			},
		},
	}
}

func TestMethodByTheDay(t *testing.T) {
	slovak := Settings{Country: "SK", VATPayer: true}
	june := trade.NewDate(2019, 6, 15)
	original := func(d *trade.Document) { d.Rounding.Method = vat.OriginalMethod }
	taxed := func(day trade.Date) func(*trade.Document) { return func(d *trade.Document) { d.TaxPointDate = day } }
	for name, c := range map[string]struct {
		set    Settings
		kind   trade.Kind
		day    trade.Date
		change func(*trade.Document)
		vat    string
		differ bool
	}{
		"the last day of the coefficient":       {czech, trade.Order, trade.NewDate(2019, 3, 31), nil, "522.68", false},
		"2018":                                  {czech, trade.Order, trade.NewDate(2018, 6, 15), nil, "522.68", false},
		"an order of the days of both":          {czech, trade.Order, june, nil, "522.63", false},
		"an offer of the days of both":          {czech, trade.Offer, trade.NewDate(2019, 9, 30), nil, "522.63", false},
		"an invoice that the customer has":      {czech, trade.Invoice, june, nil, "522.68", false},
		"the first day of the new method alone": {czech, trade.Order, trade.NewDate(2019, 10, 1), nil, "522.63", true},
		"the record beats the day":              {czech, trade.Order, trade.NewDate(2019, 10, 1), original, "522.68", false},
		"the record beats the day, the new":     {czech, trade.Order, trade.NewDate(2018, 6, 15), func(d *trade.Document) { d.Rounding.Method = vat.NewMethod }, "522.63", true},
		"a tax date of an invoice":              {czech, trade.Invoice, trade.NewDate(2019, 10, 1), taxed(trade.NewDate(2019, 3, 31)), "522.68", false},
		"a tax date of an order is none":        {czech, trade.Order, trade.NewDate(2019, 10, 1), taxed(trade.NewDate(2019, 3, 31)), "522.63", true},
		"net prices know no method":             {czech, trade.Order, trade.NewDate(2018, 6, 15), func(d *trade.Document) { d.PricesIncludeVAT = trade.No }, "621.84", true},
		"a sum that neither method gives":       {czech, trade.Order, june, func(d *trade.Document) { d.Lines[0].Totals.VAT = num("347.5") }, "522.63", true},
		"Slovak units had the new method always": {slovak, trade.Order, trade.NewDate(2018, 6, 15), func(d *trade.Document) {
			d.Currency, d.Totals = "EUR", trade.Totals{}
			d.Lines[0].VATRate, d.Lines[1].VATRate = num("20"), num("10")
			d.Lines[0].Totals, d.Lines[1].Totals = trade.Amounts{}, trade.Amounts{}
			original(d)
		}, "455.62", false},
	} {
		t.Run(name, func(t *testing.T) {
			doc := shopOrder(c.kind, c.day)
			if c.change != nil {
				c.change(doc)
			}
			sums, issues := Check(doc, c.set)
			assert.Equal(t, c.vat, sums.VAT.String())
			differ := false
			for _, issue := range issues {
				differ = differ || len(issue.Code) > 6 && issue.Code[:6] == "total-"
			}
			assert.Equal(t, c.differ, differ, issues)
			computed, _ := Compute(doc, c.set)
			if c.kind.IsPlan() {
				assert.Equal(t, computed, sums, "what is checked is what POHODA computes")
			}
		})
	}
}
