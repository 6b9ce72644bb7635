package crm

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

const samples = "testdata/profiles/"

// fileOf writes a file of a test and gives its path.
func fileOf(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// changed is an example with something in it replaced.
func changed(t *testing.T, example string, pairs ...string) string {
	t.Helper()
	text, err := os.ReadFile(examples + example)
	require.NoError(t, err)
	for i := 0; i < len(pairs); i += 2 {
		require.Contains(t, string(text), pairs[i])
	}
	return fileOf(t, filepath.Base(example), strings.NewReplacer(pairs...).Replace(string(text)))
}

func TestRaynetOfferAndOrder(t *testing.T) {
	company := Options{With: []string{examples + "raynet/company.json"}}
	offer, issues := readOne(t, samples+"raynet_offer_8_detail.json", company)
	assert.Empty(t, issues)
	assert.Equal(t, trade.Offer, offer.Kind)
	assert.Equal(t, trade.Issued, offer.Direction)
	assert.Equal(t, "2026-03-31", offer.ValidUntil.String())
	assert.Equal(t, []trade.Reference{{Kind: "deal", ID: "123", Number: "OP-26-123"}}, offer.References)
	assert.Len(t, offer.Lines, 3)

	order, issues := readOne(t, samples+"raynet_salesOrder_115_detail.json", company)
	assert.Empty(t, issues)
	assert.Equal(t, trade.Order, order.Kind)
	assert.Equal(t, trade.InProgress, order.Status.Phase)
	assert.Equal(t, "Vyřizuje se", order.Status.Name)
	assert.Equal(t, "2026-03-31", order.DeliverUntil.String())
	require.NotNil(t, order.ShipTo)
	assert.Equal(t, trade.ShipTo{Company: "Truhlárna Vzorová - sklad",
		Address: trade.Address{Street: "Skladová 3", City: "Kuřim", Zip: "664 34", Country: "CZ"}}, *order.ShipTo)
	assert.Len(t, order.References, 2)
	assert.Equal(t, "jana@vzorova.example", order.Customer.Email)

	// The order carries the customer's address itself.
	order, issues = readOne(t, samples+"raynet_salesOrder_115_detail.json", Options{})
	assert.Equal(t, []diag.Code{profile.CodeLookupNoFile}, codes(issues))
	assert.Equal(t, "Dlouhá 12", order.Customer.Address.Street)
	assert.Equal(t, "22222227", order.Customer.RegistrationID)
}

func TestRaynetSlovakDealInEuro(t *testing.T) {
	deal, issues := readOne(t, samples+"raynet_businessCase_124_detail_eur.json", Options{With: []string{samples + "raynet_company_46_detail_sk.json"}})
	assert.Empty(t, issues)
	assert.Equal(t, money.Currency("EUR"), deal.Currency)
	assert.Equal(t, "25.1", deal.ExchangeRate.Rate.String())
	assert.Equal(t, []string{"77777778", "2029999994", "SK2029999994"},
		[]string{deal.Customer.RegistrationID, deal.Customer.TaxID, deal.Customer.VATID})
	assert.Equal(t, trade.Country("SK"), deal.Customer.Address.Country)
	assert.Equal(t, "010 01", deal.Customer.Address.Zip)
}

func TestListWithoutItemsIsRefused(t *testing.T) {
	results := resultsOf(t, samples+"raynet_businessCase_list.json", Options{With: []string{examples + "raynet/company.json", samples + "raynet_company_46_detail_sk.json"}})
	require.Len(t, results, 3)
	for i, r := range results {
		assert.Equal(t, []diag.Code{profile.CodeLinesAbsent}, codes(r.Issues))
		assert.Equal(t, "raynet-deal", r.Record.Origin.Profile)
		assert.NotZero(t, r.Record.Origin.At.Line)
		assert.Equal(t, []string{"OP-26-123", "OP-26-124", "OP-26-125"}[i], r.Record.Document().Number)
	}
}

func TestShapesAreRecognised(t *testing.T) {
	for from, profile := range map[string]string{
		examples + "raynet/deal.json":                       "raynet-deal",
		samples + "raynet_offer_8_detail.json":              "raynet-offer",
		samples + "raynet_salesOrder_115_detail.json":       "raynet-sales-order",
		examples + "woocommerce/order.json":                 "woocommerce-order",
		examples + "shoptet/order.json":                     "shoptet-order",
		examples + "eway/carts.json":                        "eway-cart",
		examples + "pipedrive/deal.json":                    "pipedrive-deal",
		examples + "hubspot/deal.json":                      "hubspot-deal",
		examples + "csv/orders.csv":                         "csv-orders",
		samples + "raynet_businessCase_124_detail_eur.json": "raynet-deal",
	} {
		for _, r := range resultsOf(t, from, Options{}) {
			assert.Equal(t, profile, r.Record.Origin.Profile, from)
		}
	}
	canonical := resultsOf(t, examples+"canonical/deal.json", Options{})
	require.Len(t, canonical, 1)
	assert.Empty(t, canonical[0].Record.Origin.Profile)
	assert.Empty(t, canonical[0].Issues)
}

func TestBareRecordsAndLists(t *testing.T) {
	text, err := os.ReadFile(examples + "raynet/deal.json")
	require.NoError(t, err)
	bare := strings.TrimSuffix(strings.TrimSpace(string(text)), "}")
	bare = strings.TrimSpace(bare[strings.Index(bare, `"data": `)+len(`"data": `):])
	line := strings.ReplaceAll(bare, "\n", " ")
	for name, text := range map[string]string{
		"bare.json":   bare,
		"list.json":   "[" + bare + "," + bare + "]",
		"lines.json":  line + "\n" + line + "\n",
		"empty.json":  `{"success": true, "totalCount": 0, "data": []}`,
		"answer.json": `{"success": true, "data": [` + bare + "," + bare + `]}`,
	} {
		want := 2
		switch name {
		case "bare.json":
			want = 1
		case "empty.json":
			want = 0
		}
		results := resultsOf(t, fileOf(t, name, text), Options{With: []string{examples + "raynet/company.json"}})
		assert.Len(t, results, want, name)
		for _, r := range results {
			assert.Empty(t, r.Issues, name)
		}
	}
}

func TestWhatAProfileRefuses(t *testing.T) {
	for _, c := range []struct {
		name, from string
		pairs      []string
		code       diag.Code
		severity   diag.Severity
		path       string
		value      string
		line       int
	}{
		{"a currency that the map lacks", "raynet/deal.json", []string{`"value": "Kč"`, `"value": "Kčs"`}, profile.CodeMapMiss, diag.Error, "currency", "Kčs", 21},
		{"a state that the map lacks", "raynet/deal.json", []string{"E_WIN", "E_WINN"}, profile.CodeMapMiss, diag.Warning, "status.phase", "E_WINN", 30},
		{"a VAT mode that the map lacks", "shoptet/order.json", []string{`"vatMode": "Normal"`, `"vatMode": "Other"`}, profile.CodeMapMiss, diag.Error, "vatMode", "Other", 15},
		{"people's notation", "shoptet/order.json", []string{`"withVat": "19631.52"`, `"withVat": "19 631,52 Kč"`}, canonical.CodeBadDecimal, diag.Error, "totals.gross", "19 631,52 Kč", 0},
		{"a date of two readings", "raynet/deal.json", []string{`"validFrom": "2026-03-02"`, `"validFrom": "08/01/2026"`}, canonical.CodeBadDay, diag.Error, "issueDate", "08/01/2026", 23},
		{"a rate that the order does not hold", "woocommerce/order.json", []string{`"rate_id": 2`, `"rate_id": 9`}, expression.CodeExpressionNothing, diag.Error, "lines[1].vatRate", "", 0},
		{"a line of no quantity", "woocommerce/order.json", []string{`"quantity": 6`, `"quantity": 0`}, expression.CodeExpressionZero, diag.Error, "lines[1].priced", "", 0},
		{"a number where an object should be", "raynet/deal.json", []string{`"items": [`, `"items": [ 7,`}, expression.CodeExpressionType, diag.Error, "lines[0]", "", 68},
		{"a record that is none", "raynet/deal.json", []string{`"code": "OP-26-123",`, `"code": {"x": 1},`}, canonical.CodeWrongType, diag.Error, "number", "", 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			results := resultsOf(t, changed(t, c.from, c.pairs...), Options{With: []string{examples + "raynet/company.json"}})
			require.Len(t, results, 1)
			require.NotEmpty(t, results[0].Issues)
			issue := results[0].Issues[0]
			assert.Equal(t, c.code, issue.Code)
			assert.Equal(t, c.severity, issue.Severity)
			assert.Equal(t, c.path, issue.Path)
			assert.Equal(t, c.value, issue.Value)
			if c.line > 0 {
				assert.Equal(t, c.line, issue.At.Line, issue)
			}
		})
	}
}

// One wrong field hides no other, and is not said twice.
func TestEveryFindingOfARecord(t *testing.T) {
	results := resultsOf(t, changed(t, "raynet/deal.json", `"Kč"`, `"?"`, `"2026-03-02"`, `"2. 3. 2026"`, `"price": 389,`, `"price": "389,-",`),
		Options{With: []string{examples + "raynet/company.json"}})
	require.Len(t, results, 1)
	var found []string
	for _, issue := range results[0].Issues {
		found = append(found, string(issue.Code)+" "+issue.Path)
	}
	assert.Equal(t, []string{"bad-day issueDate", "map-miss currency", "bad-decimal lines[1].unitPrice"}, found)
}

func TestCustomerWhoIsAPerson(t *testing.T) {
	company := changed(t, "raynet/company.json", `"person": false`, `"person": true`, `"firstName": null`, `"firstName": "Vzor"`, `"lastName": null`, `"lastName": "Vzorový"`)
	deal, _ := readOne(t, examples+"raynet/deal.json", Options{With: []string{company}})
	assert.Empty(t, deal.Customer.Name)
	assert.Equal(t, "Vzor Vzorový", deal.Customer.Person)

	order, _ := readOne(t, changed(t, "woocommerce/order.json", `"company": "Truhlárna Vzorová s.r.o."`, `"company": ""`), Options{})
	assert.Empty(t, order.Customer.Name)
	assert.Equal(t, "Jana Příkladná", order.Customer.Person)
}

func TestShopsWithGrossPrices(t *testing.T) {
	// A shop that counts VAT out of a price of 100.00 states 82.64 without it.
	shoptet := changed(t, "shoptet/order.json", `"withVat": "2614.08"`, `"withVat": "600.00"`, `"withoutVat": "2334.00"`, `"withoutVat": "535.71"`,
		`"withVat": "435.68"`, `"withVat": "100.00"`, `"withoutVat": "389.00"`, `"withoutVat": "89.29"`)
	d, _ := readOne(t, shoptet, Options{})
	assert.True(t, d.PricesIncludeVAT.IsYes())
	assert.Equal(t, []string{"100", "0"}, []string{d.Lines[1].UnitPrice.String(), d.Lines[1].DiscountPercent.String()})
	assert.Equal(t, []string{"4222.9", "10"}, []string{d.Lines[0].UnitPrice.String(), d.Lines[0].DiscountPercent.String()})

	woo := changed(t, "woocommerce/order.json", `"prices_include_tax": false`, `"prices_include_tax": true`)
	d, _ = readOne(t, woo, Options{})
	assert.True(t, d.PricesIncludeVAT.IsYes())
	assert.Equal(t, []string{"4222.9", "10"}, []string{d.Lines[0].UnitPrice.String(), d.Lines[0].DiscountPercent.String()})
	assert.Equal(t, "1815", d.Lines[2].UnitPrice.String())
}

func TestCouponThatIsNoPercentage(t *testing.T) {
	d, _ := readOne(t, changed(t, "woocommerce/order.json", `"total": "12564.00"`, `"total": "12563.99"`), Options{})
	assert.Equal(t, []string{"3140.9975", "0"}, []string{d.Lines[0].UnitPrice.String(), d.Lines[0].DiscountPercent.String()})
}

func TestEwaySetsAndStates(t *testing.T) {
	o := Options{With: []string{examples + "eway/companies.json", examples + "eway/enum-values.json"}}
	d, _ := readOne(t, changed(t, "eway/carts.json", `"IsFromSet": false,
          "ParentGuid": null,
          "Goods_GoodsInfoGuid": "00000000-0000-4000-8000-000000000032"`, `"IsFromSet": true, "ParentGuid": "p", "Goods_GoodsInfoGuid": "32"`), o)
	assert.Equal(t, trade.SetItemLine, d.Lines[1].Kind)
	assert.Equal(t, "p", d.Lines[1].Parent)
	for state, phase := range map[string]trade.Phase{"611": trade.Draft, "612": trade.InProgress, "613": trade.Done, "614": trade.Cancelled} {
		d, _ := readOne(t, changed(t, "eway/carts.json", `"StateEn": "00000000-0000-4000-8000-000000000612"`, `"StateEn": "00000000-0000-4000-8000-000000000`+state+`"`), o)
		assert.Equal(t, phase, d.Status.Phase)
	}
	// Where only some prices include VAT each line gives the one without.
	d, _ = readOne(t, changed(t, "eway/carts.json", `"VatIncluded": false,
          "Vat": 280.08`, `"VatIncluded": true, "Vat": 280.08`), o)
	assert.False(t, d.PricesIncludeVAT.IsYes())
	assert.Equal(t, []string{"389", "0"}, []string{d.Lines[1].UnitPrice.String(), d.Lines[1].DiscountPercent.String()})
}

func TestDecodeOnSeveralCores(t *testing.T) {
	s, err := Open(examples+"raynet/deal.json", Options{With: []string{examples + "raynet/company.json"}})
	require.NoError(t, err)
	raw, err := s.Next()
	require.NoError(t, err)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				results := s.Decode(raw)
				if len(results) != 1 || len(results[0].Issues) > 0 {
					t.Error("a record decoded beside others differs")
				}
			}
		})
	}
	all.Wait()
}
