package crm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

var (
	pipedriveWith = []string{examples + "pipedrive/products.json", examples + "pipedrive/organization.json", examples + "pipedrive/person.json"}
	hubspotWith   = []string{examples + "hubspot/line-items.json", examples + "hubspot/company.json", examples + "hubspot/contact.json"}
)

// officeOrder are the lines of the order that all examples carry.
var officeOrder = [][]string{
	{"KANC-001", "Židle kancelářská Lena", "4", "3490", "10", "21"},
	{"POTR-012", "Káva zrnková 1 kg", "6", "389", "0", "12"},
	{"", "Montáž u zákazníka", "1", "1500", "0", "21"},
}

func TestPipedrive(t *testing.T) {
	d, issues := readOne(t, examples+"pipedrive/deal.json", Options{With: pipedriveWith})
	assert.Equal(t, []diag.Code{expression.CodeProfileWarning}, codes(issues), "the product that is switched off is told")
	assert.Equal(t, "Koberec, nabídka navíc", issues[0].Value)
	assert.Equal(t, officeOrder, goodsOf(t, d))
	assert.Equal(t, "19631.52", d.Totals.Gross.String())
	assert.Equal(t, trade.Won, d.Status.Phase)
	assert.False(t, d.PricesIncludeVAT.IsYes())
	assert.Equal(t, []string{"45", "Truhlárna Vzorová s.r.o.", "Jana Příkladná", "Dlouhá 12", "Brno", "602 00", "CZ", "jana@vzorova.example", "+420777000111"},
		[]string{d.Customer.ID, d.Customer.Name, d.Customer.Person, d.Customer.Address.Street, d.Customer.Address.City, d.Customer.Address.Zip,
			string(d.Customer.Address.Country), d.Customer.Email, d.Customer.Phone})
	assert.Equal(t, "MORAVA", d.Custom["a1b2c3d4e5f60718293a4b5c6d7e8f9001122334"])
}

// products gives the products of the deal with something in them replaced.
func products(t *testing.T, pairs ...string) Options {
	t.Helper()
	return Options{With: append([]string{changed(t, "pipedrive/products.json", pairs...)}, pipedriveWith[1:]...)}
}

func TestPipedriveDiscountsAndTaxes(t *testing.T) {
	// An amount of discount for the piece, and for the line: the sum tells.
	for amount, sum := range map[string]string{"349": "12564.0", "1396": "12564.0"} {
		d, _ := readOne(t, examples+"pipedrive/deal.json", products(t, `"discount": 10,
      "discount_type": "percentage"`, `"discount": `+amount+`,
      "discount_type": "amount"`))
		assert.Equal(t, []string{"KANC-001", "Židle kancelářská Lena", "4", "3490", "10", "21"}, goodsOf(t, d)[0], sum)
	}
	for name, pairs := range map[string][]string{
		"a discount that the sum does not show": {`"discount": 10,
      "discount_type": "percentage"`, `"discount": 100,
      "discount_type": "amount"`},
		"prices with tax beside some without": {`"tax": 12,
      "tax_method": "exclusive"`, `"tax": 12,
      "tax_method": "inclusive"`},
		"one product in two states": {`"id": 2,
      "deal_id": 512`, `"id": 1,
      "deal_id": 512`},
	} {
		results := resultsOf(t, examples+"pipedrive/deal.json", products(t, pairs...))
		assert.True(t, results[0].Issues.Refused(), name)
	}
	// Without tax no rate is known, which is not a rate of 0.
	d, _ := readOne(t, examples+"pipedrive/deal.json", products(t, `"exclusive"`, `"none"`, `"tax": 21`, `"tax": 0`))
	assert.False(t, d.Lines[0].VATRate.IsSet())
	// Without its products the deal has no lines.
	results := resultsOf(t, examples+"pipedrive/deal.json", Options{})
	assert.Equal(t, profile.CodeLookupNoFile, results[0].Issues.Of(diag.Error)[0].Code)
}

func TestHubSpot(t *testing.T) {
	text, err := profile.Show("hubspot-deal")
	require.NoError(t, err)
	own := strings.Replace(string(text), "values: {}", `values: {"8121": 21, "8112": 12}`, 1)
	path := fileOf(t, "own.yaml", own)
	d, issues := readOne(t, examples+"hubspot/deal.json", Options{Profile: path, With: hubspotWith})
	assert.Empty(t, issues)
	assert.Equal(t, []string{"Truhlárna Vzorová s.r.o.", "Jana Příkladná", "Dlouhá 12", "Brno", "602 00", "CZ"},
		[]string{d.Customer.Name, d.Customer.Person, d.Customer.Address.Street, d.Customer.Address.City, d.Customer.Address.Zip, string(d.Customer.Address.Country)})
	rows := goodsOf(t, d)
	for i := range rows {
		if rows[i][4] == "" {
			rows[i][4] = "0"
		}
	}
	assert.Equal(t, officeOrder, rows, "in the order of the deal, not of the answer")
	assert.Equal(t, "16398", netOf(d).String())

	// A group of rates that the map lacks is not guessed.
	results := resultsOf(t, examples+"hubspot/deal.json", Options{With: hubspotWith})
	assert.Equal(t, profile.CodeMapMiss, results[0].Issues.Of(diag.Error)[0].Code)
	// Of two companies neither is the customer.
	two := changed(t, "hubspot/deal.json", `"id": "45",
          "type": "deal_to_company_unlabeled"`, `"id": "46",
          "type": "deal_to_company"`)
	results = resultsOf(t, two, Options{Profile: path, With: hubspotWith})
	assert.Equal(t, expression.CodeExpressionNothing, results[0].Issues.Of(diag.Error)[0].Code)
	// A line item that is not given is not left out.
	some := changed(t, "hubspot/line-items.json", `"id": "502"`, `"id": "509"`)
	results = resultsOf(t, examples+"hubspot/deal.json", Options{Profile: path, With: []string{some, hubspotWith[1]}})
	assert.Equal(t, profile.CodeLookupMissing, results[0].Issues.Of(diag.Error)[0].Code)
}

// The samples that were made from the vendors' references, where they are at hand.
func TestSalesCRMsByReference(t *testing.T) {
	reference := os.Getenv("POHODA_REFERENCE")
	if reference == "" {
		t.Skip("POHODA_REFERENCE is not set")
	}
	inputs := filepath.Join(reference, "inputs")
	d, issues := readOne(t, filepath.Join(inputs, "pipedrive/deal_123.json"), Options{With: []string{filepath.Join(inputs, "pipedrive/deal_123_products.json")}})
	assert.Equal(t, []diag.Code{profile.CodeLookupNoFile}, codes(issues), "the organisation's own record")
	assert.Equal(t, officeOrder, goodsOf(t, d))
	assert.Equal(t, "19631.52", d.Totals.Gross.String())
	assert.Equal(t, "Truhlárna Vzorová s.r.o.", d.Customer.Name)
	assert.Equal(t, "jana@vzorova.example", d.Customer.Email)

	d, _ = readOne(t, filepath.Join(inputs, "hubspot/deal_with_line_items.json"), Options{With: []string{filepath.Join(inputs, "hubspot/line_items_batch.json")}})
	for i, row := range goodsOf(t, d) {
		want := append([]string{}, officeOrder[i]...)
		want[5] = "" // the sample names no group of rates
		if want[4] == "0" {
			want[4] = row[4]
		}
		assert.Equal(t, want, row)
	}
	assert.Equal(t, "16398", d.Totals.Net.String())
}
