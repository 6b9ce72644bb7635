package crm

import (
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

const examples = "../../examples/"

// resultsOf reads a source to its end.
func resultsOf(t *testing.T, from string, o Options) []canonical.Result {
	t.Helper()
	s, err := Open(from, o)
	require.NoError(t, err)
	defer s.Close()
	var results []canonical.Result
	for {
		raw, err := s.Next()
		if errors.Is(err, io.EOF) {
			return results
		}
		require.NoError(t, err)
		results = append(results, s.Decode(raw)...)
	}
}

// readOne reads a source that holds one document, without errors in it.
func readOne(t *testing.T, from string, o Options) (*trade.Document, diag.List) {
	t.Helper()
	results := resultsOf(t, from, o)
	require.Len(t, results, 1)
	require.Empty(t, results[0].Issues.Of(diag.Error))
	require.NotNil(t, results[0].Record.Document())
	return results[0].Record.Document(), results[0].Issues
}

// codes are the codes of issues, in their order.
func codes(issues diag.List) (all []diag.Code) {
	for _, issue := range issues {
		all = append(all, issue.Code)
	}
	return all
}

// sameOrder is the order that each of the examples carries.
var sameOrder = []struct {
	system string
	from   string
	with   []string
	// claims says whether the source states sums of its own.
	claims bool
}{
	{"raynet", "raynet/deal.json", []string{"raynet/company.json"}, true},
	{"woocommerce", "woocommerce/order.json", nil, true},
	{"shoptet", "shoptet/order.json", nil, true},
	{"eway", "eway/carts.json", []string{"eway/companies.json", "eway/enum-values.json"}, true},
	{"csv", "csv/orders.csv", nil, false},
}

func TestFiveSystemsGiveTheSameOrder(t *testing.T) {
	for _, c := range sameOrder {
		t.Run(c.system, func(t *testing.T) {
			o := Options{}
			for _, file := range c.with {
				o.With = append(o.With, examples+file)
			}
			d, _ := readOne(t, examples+c.from, o)
			assert.Equal(t, c.system, d.Source.System)
			require.NotNil(t, d.Customer)
			assert.Equal(t, []string{"Truhlárna Vzorová s.r.o.", "22222227", "CZ22222227", "Dlouhá 12", "Brno", "602 00"},
				[]string{d.Customer.Name, d.Customer.RegistrationID, d.Customer.TaxID,
					d.Customer.Address.Street, d.Customer.Address.City, d.Customer.Address.Zip})
			assert.False(t, d.PricesIncludeVAT.IsYes())
			assert.Equal(t, [][]string{
				{"KANC-001", "Židle kancelářská Lena", "4", "3490", "10", "21"},
				{"POTR-012", "Káva zrnková 1 kg", "6", "389", "0", "12"},
				{"", "Montáž u zákazníka", "1", "1500", "0", "21"},
			}, goodsOf(t, d))
			if c.claims {
				assert.Equal(t, []string{"16398", "19631.52"}, []string{d.Totals.Net.String(), d.Totals.Gross.String()})
			}
			assert.Equal(t, "16398", netOf(d).String())
		})
	}
}

// goodsOf gives the lines that carry money; a shop's shipping for nothing stays
// a line of the document.
func goodsOf(t *testing.T, d *trade.Document) (rows [][]string) {
	t.Helper()
	for _, l := range d.Lines {
		if l.UnitPrice.Sign() == 0 {
			assert.Contains(t, []trade.LineKind{"shipping", "payment-fee"}, l.Kind)
			continue
		}
		rows = append(rows, []string{l.SKU, l.Name, l.Quantity.String(), l.UnitPrice.String(), l.DiscountPercent.String(), l.VATRate.String()})
	}
	return rows
}

func netOf(d *trade.Document) money.Decimal {
	total := money.Zero
	for _, l := range d.Lines {
		total = total.Add(l.UnitPrice.Mul(l.Quantity).Percent(money.FromInt(100).Sub(l.DiscountPercent)).Round(2))
	}
	return total
}

func TestShoptetKeepsLinesThatCostNothing(t *testing.T) {
	d, _ := readOne(t, examples+"shoptet/order.json", Options{})
	require.Len(t, d.Lines, 5)
	assert.Equal(t, []trade.LineKind{"product", "product", "text", "shipping", "payment-fee"},
		[]trade.LineKind{d.Lines[0].Kind, d.Lines[1].Kind, d.Lines[2].Kind, d.Lines[3].Kind, d.Lines[4].Kind})
	assert.Equal(t, "19632", d.Totals.Payable.String())
}

func TestNotesOfCustomerAndHouse(t *testing.T) {
	deal, _ := readOne(t, examples+"raynet/deal.json", Options{With: []string{examples + "raynet/company.json"}, Instance: "ukazka"})
	assert.Empty(t, deal.Note)
	assert.Equal(t, "Dodat do konce března.\nVolat předem.", deal.InternalNote)
	assert.Equal(t, "2026-03-31", deal.Forecast.String())
	assert.True(t, deal.DeliverUntil.IsZero())
	assert.Equal(t, "ukazka", deal.Source.Instance)
	assert.Contains(t, deal.Source.URL, "/ukazka/")
	assert.Equal(t, trade.Won, deal.Status.Phase)
	assert.Equal(t, money.Currency("CZK"), deal.Currency)
	assert.Equal(t, "MORAVA", deal.Custom["Stredisko_a1b2c"])

	order, _ := readOne(t, examples+"woocommerce/order.json", Options{})
	assert.Equal(t, "Volat předem.", order.Note)
	assert.Empty(t, order.InternalNote)
}

func TestOwnProfile(t *testing.T) {
	check := CheckProfile(examples+"own-crm/larix.yaml", Options{}, examples+"own-crm/deals.json")
	require.Empty(t, check.Issues)
	require.Len(t, check.Samples, 1)
	sample := check.Samples[0]
	require.NoError(t, sample.Err)
	require.Len(t, sample.Results, 2)
	assert.Equal(t, []string{"positions[].warehouse"}, sample.NotUsed)
	for _, r := range sample.Results {
		assert.Empty(t, r.Issues)
		assert.Equal(t, netOf(r.Record.Document()).String(), r.Record.Document().Totals.Net.String())
	}
	first := sample.Results[0].Record.Document()
	assert.Equal(t, "10", first.Lines[0].DiscountPercent.String())
	assert.Equal(t, "true", first.Custom["transfer"])
	assert.Equal(t, "Krátká 5, hala B", sample.Results[1].Record.Document().Customer.Address.Street)
}
