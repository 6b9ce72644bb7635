package trade

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/vat"
)

// shopOrder is an order of gross prices whose shop took VAT out by the coefficient:
// 347.03 of 1999 at 21 %, 175.65 of 1347 at 15 %.
func shopOrder(kind Kind, day Date) *Document {
	return &Document{
		Kind: kind, Direction: Received, Source: Source{System: "shop", ID: "1"}, IssueDate: day, Currency: "CZK",
		Customer: &Party{Name: "Jan Ukázka", Address: Address{City: "Brno"}}, PricesIncludeVAT: Yes,
		Lines: []Line{
			{Name: "Židle", UnitPrice: num("1999"), VATRate: num("21"), Totals: Amounts{num("1651.97"), num("347.03"), num("1999")}},
			{Name: "Kniha", UnitPrice: num("449"), Quantity: num("3"), VATRate: num("15"), Totals: Amounts{num("1171.35"), num("175.65"), num("1347")}},
		},
		Totals: Totals{
			Amounts: Amounts{num("2823.32"), num("522.68"), num("3346")},
			ByRate: []RateSum{
				{num("21"), Amounts{num("1651.97"), num("347.03"), num("1999")}}, {num("15"), Amounts{num("1171.35"), num("175.65"), num("1347")}},
			},
		},
	}
}

func TestMethodByTheDay(t *testing.T) {
	slovak := CheckSettings{Country: "SK", VATPayer: true}
	june := NewDate(2019, 6, 15)
	original := func(d *Document) { d.Rounding.Method = vat.OriginalMethod }
	taxed := func(day Date) func(*Document) { return func(d *Document) { d.TaxPointDate = day } }
	for name, c := range map[string]struct {
		set    CheckSettings
		kind   Kind
		day    Date
		change func(*Document)
		vat    string
		differ bool
	}{
		"the last day of the coefficient":       {czech, Order, NewDate(2019, 3, 31), nil, "522.68", false},
		"2018":                                  {czech, Order, NewDate(2018, 6, 15), nil, "522.68", false},
		"an order of the days of both":          {czech, Order, june, nil, "522.63", false},
		"an offer of the days of both":          {czech, Offer, NewDate(2019, 9, 30), nil, "522.63", false},
		"an invoice that the customer has":      {czech, Invoice, june, nil, "522.68", false},
		"the first day of the new method alone": {czech, Order, NewDate(2019, 10, 1), nil, "522.63", true},
		"the record beats the day":              {czech, Order, NewDate(2019, 10, 1), original, "522.68", false},
		"the record beats the day, the new":     {czech, Order, NewDate(2018, 6, 15), func(d *Document) { d.Rounding.Method = vat.NewMethod }, "522.63", true},
		"a tax date of an invoice":              {czech, Invoice, NewDate(2019, 10, 1), taxed(NewDate(2019, 3, 31)), "522.68", false},
		"a tax date of an order is none":        {czech, Order, NewDate(2019, 10, 1), taxed(NewDate(2019, 3, 31)), "522.63", true},
		"net prices know no method":             {czech, Order, NewDate(2018, 6, 15), func(d *Document) { d.PricesIncludeVAT = No }, "621.84", true},
		"a sum that neither method gives":       {czech, Order, june, func(d *Document) { d.Lines[0].Totals.VAT = num("347.5") }, "522.63", true},
		"Slovak units had the new method always": {slovak, Order, NewDate(2018, 6, 15), func(d *Document) {
			d.Currency, d.Totals = "EUR", Totals{}
			d.Lines[0].VATRate, d.Lines[1].VATRate = num("20"), num("10")
			d.Lines[0].Totals, d.Lines[1].Totals = Amounts{}, Amounts{}
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
			if c.kind.isPlan() {
				assert.Equal(t, computed, sums, "what is checked is what POHODA computes")
			}
		})
	}
}
