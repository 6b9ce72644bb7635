package pohoda_test

import (
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// soldTo is an order to a country at a percent of VAT.
func soldTo(country trade.Country, percent money.Decimal) *trade.Document {
	return &trade.Document{Head: trade.Head{Kind: trade.Order, Source: trade.Source{System: "shop", ID: "1"}}, Direction: trade.Received, Currency: "CZK",
		IssueDate: trade.NewDate(2026, 3, 2), PricesIncludeVAT: trade.Yes, VATMode: trade.OneStopShop,
		OSS:      trade.OSS{Country: country, Evidence: []string{"A"}},
		Customer: &trade.Party{Name: "Jan Ukázka", Address: trade.Address{City: "Brno"}},
		Lines:    []trade.Line{{Name: "Kniha", UnitPrice: money.FromInt(1999), VATRate: percent}},
	}
}

// roundTrip writes a document and gives its text and what is read from it again.
func roundTrip(t *testing.T, doc *trade.Document, totals *vat.Totals, set *pohoda.Settings) (string, *trade.Document) {
	t.Helper()
	codec := codecOf(t, pohoda.Orders)
	record := &trade.Record{Of: doc}
	el, issues := codec.Encode(pohoda.Work{Record: record, Totals: totals, Target: targetOf(pohoda.Orders, doc), Set: set})
	require.False(t, issues.Refused(), issues)
	xml := etree.NewDocument()
	xml.SetRoot(el.Copy())
	text, err := xml.WriteToString()
	require.NoError(t, err)
	read := codec.Decode(el, set)
	again, reader := read.Record, read.Reader
	require.Empty(t, reader.Issues)
	return text, again.Document()
}

// TestNoCzechUnitWritesAThirdLevel sells to every state of the EU at each of its rates,
// and reads the same percent again.
func TestNoCzechUnitWritesAThirdLevel(t *testing.T) {
	sales := 0
	for _, set := range []*pohoda.Settings{&pohodatest.Czech, &pohodatest.Slovak} {
		for country := range strings.FieldsSeq("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK") {
			percents := vat.Default.BuyerPercents(country, 20260302, "")
			require.NotEmpty(t, percents, country)
			for i, percent := range strings.Split(percents, ", ") {
				doc := soldTo(trade.Country(country), money.MustParse(percent))
				totals, issues := compute(doc, set)
				require.False(t, issues.Refused(), issues)
				text, again := roundTrip(t, doc, &totals, set)
				want := "historyLow"
				switch {
				case percent == "0":
					want = "none"
				case i == 0:
					want = "historyHigh"
				}
				assert.Contains(t, text, "<ord:rateVAT>"+want+"<", "%s %s", country, percent)
				assert.NotContains(t, text, "hird", "%s %s", country, percent)
				assert.Equal(t, percent, again.Lines[0].VATRate.String(), country)
				computed, _ := compute(again, set)
				assert.Equal(t, totals.VAT, computed.VAT, "%s %s: what is checked is what was written", country, percent)
				sales++
			}
		}
	}
	assert.Greater(t, sales, 150)
}

// TestMethodIsWritten where the sums rest on another method than that of the day.
func TestMethodIsWritten(t *testing.T) {
	for name, c := range map[string]struct {
		set    *pohoda.Settings
		day    trade.Date
		stated vat.Method
		// by computed the sums.
		by   vat.Method
		want vat.Method
	}{
		"of the day":                         {&pohodatest.Czech, trade.NewDate(2019, 6, 15), "", vat.NewMethod, ""},
		"of the day of the coefficient":      {&pohodatest.Czech, trade.NewDate(2018, 6, 15), "", vat.OriginalMethod, ""},
		"an invoice of the days of both":     {&pohodatest.Czech, trade.NewDate(2019, 6, 15), "", vat.OriginalMethod, vat.OriginalMethod},
		"stated":                             {&pohodatest.Czech, trade.NewDate(2026, 6, 15), vat.NewMethod, vat.NewMethod, vat.NewMethod},
		"stated, of another day":             {&pohodatest.Czech, trade.NewDate(2026, 6, 15), vat.OriginalMethod, vat.OriginalMethod, vat.OriginalMethod},
		"no method is said of the sums":      {&pohodatest.Czech, trade.NewDate(2026, 6, 15), "", "", ""},
		"never by a Slovak unit":             {&pohodatest.Slovak, trade.NewDate(2019, 6, 15), "", vat.OriginalMethod, ""},
		"never by a Slovak unit that has it": {&pohodatest.Slovak, trade.NewDate(2019, 6, 15), vat.OriginalMethod, vat.NewMethod, ""},
	} {
		doc := soldTo("DE", money.FromInt(19))
		doc.VATMode, doc.OSS, doc.IssueDate, doc.Rounding.Method = "", trade.OSS{}, c.day, c.stated
		doc.Lines[0].VATRate = money.FromInt(20)
		totals := vat.Totals{Lines: []vat.Amounts{{Level: vat.High}}, Method: c.by}
		text, again := roundTrip(t, doc, &totals, c.set)
		if c.want == "" {
			assert.NotContains(t, text, "typeCalculateVATInclusivePrice", name)
			continue
		}
		assert.Contains(t, text, "<ord:typeCalculateVATInclusivePrice>"+string(c.want)+"<", name)
		assert.Equal(t, c.want, again.Rounding.Method, name)
	}
}
