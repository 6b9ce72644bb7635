package crm

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// recordBegin is where the records of tests begin.
var recordBegin = diag.Position{File: "deal.json", Line: 1, Column: 1}

// decodeJSON reads one record out of a text.
func decodeJSON(t *testing.T, text string) canonical.Result {
	t.Helper()
	in := openJSON(bytes.NewReader(nil), "", false, &foreign{}, false)
	results := in.Decode(canonical.Raw{At: recordBegin, Bytes: []byte(text)})
	require.Len(t, results, 1)
	return results[0]
}

func TestSamplesBind(t *testing.T) {
	files, err := filepath.Glob("testdata/canonical/*.json")
	require.NoError(t, err)
	require.Len(t, files, 5)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Empty(t, decodeJSON(t, string(text)).Issues)
		})
	}
}

func TestDealBinds(t *testing.T) {
	text, err := os.ReadFile("testdata/canonical/deal_123.json")
	require.NoError(t, err)
	r := decodeJSON(t, string(text))
	require.Empty(t, r.Issues)
	assert.Equal(t, trade.Deal, r.Record.Kind())
	assert.Equal(t, trade.Origin{At: recordBegin, Raw: text}, r.Record.Origin)
	d := r.Record.Document()
	require.NotNil(t, d)
	assert.Equal(t, "OP-26-123", d.Number)
	assert.Equal(t, "2026-03-16T14:02:00+01:00", d.Source.UpdatedAt.String())
	assert.Equal(t, trade.Won, d.Status.Phase)
	assert.Equal(t, "2026-03-31", d.DeliverUntil.String())
	assert.Equal(t, trade.No, d.PricesIncludeVAT)
	assert.Equal(t, trade.Unset, d.Reserve)
	assert.Equal(t, "Truhlárna Vzorová s.r.o.", d.Customer.Name)
	assert.Equal(t, "0800", d.Customer.BankAccounts[0].BankCode)
	assert.Nil(t, d.Supplier)
	assert.Equal(t, "Dodat do konce března.\nVolat předem.", d.Note)
	require.Len(t, d.Lines, 3)
	assert.True(t, d.Lines[1].DiscountPercent.IsSet(), "a discount of 0 is not an absent one")
	assert.False(t, d.Lines[1].ListPrice.IsSet())
	assert.Equal(t, trade.LinkNever, d.Lines[2].StockLink)
	assert.Equal(t, "19631.52", d.Totals.Gross.String(), "embedded sums")
	assert.Equal(t, "2953.44", d.Totals.ByRate[0].VAT.String())
}

// bare is the least that a document may be; tests add a member to it.
const bare = `{"kind": "order", "source": {"system": "x", "id": "7"}, `

func TestValuesBind(t *testing.T) {
	r := decodeJSON(t, bare+`
		"exchangeRate": {"rate": "0.1", "amount": 1e2},
		"customer": {"id": 45, "name": null, "vatPayer": true, "pohodaId": 12},
		"custom": {"text": "a", "number": 1.50, "flag": false, "none": null},
		"tags": [], "lines": [{"name": "", "quantity": 1e-7, "unitPrice": 12345678901234567890.12}],
		"project": null}`)
	require.Empty(t, r.Issues)
	d := r.Record.Document()
	assert.Equal(t, "0.1", d.ExchangeRate.Rate.String())
	assert.Equal(t, "100", d.ExchangeRate.Amount.String())
	assert.Equal(t, &trade.Party{ID: "45", VATPayer: trade.Yes, PohodaID: 12}, d.Customer)
	assert.Equal(t, trade.Free{"text": "a", "number": "1.50", "flag": "false"}, d.Custom)
	assert.Nil(t, d.Tags)
	assert.True(t, d.Lines[0].Quantity.Equal(money.MustParse("0.0000001")))
	assert.Equal(t, "12345678901234567890.12", d.Lines[0].UnitPrice.String())
}

// refusedValues are members that no reader may take.
var refusedValues = map[string]struct {
	member string
	code   diag.Code
	path   string
	value  string
}{
	"people's number":       {`"lines": [{"name": "a", "unitPrice": "1 234,50 Kč"}]`, canonical.CodeBadDecimal, "lines[0].unitPrice", "1 234,50 Kč"},
	"English thousands":     {`"lines": [{"name": "a", "unitPrice": "1,234.50"}]`, canonical.CodeBadDecimal, "lines[0].unitPrice", "1,234.50"},
	"percent sign":          {`"lines": [{"name": "a"}, {"name": "b", "vatRate": "21 %"}]`, canonical.CodeBadDecimal, "lines[1].vatRate", "21 %"},
	"empty number":          {`"totals": {"net": ""}`, canonical.CodeBadDecimal, "totals.net", ""},
	"endless exponent":      {`"totals": {"net": 1e999999999}`, canonical.CodeNumberOutOfRange, "totals.net", "1e999999999"},
	"number as flag":        {`"totals": {"net": true}`, canonical.CodeWrongType, "totals.net", "true"},
	"ambiguous date":        {`"issueDate": "08/01/2026"`, canonical.CodeBadDay, "issueDate", "08/01/2026"},
	"day that is not there": {`"issueDate": "2026-02-30"`, canonical.CodeBadDay, "issueDate", "2026-02-30"},
	"date as number":        {`"issueDate": 20260316`, canonical.CodeWrongType, "issueDate", "20260316"},
	"flag as text":          {`"reserve": "Ano"`, canonical.CodeWrongType, "reserve", "Ano"},
	"phase":                 {`"status": {"phase": "inProgress"}`, canonical.CodeValueNotAllowed, "status.phase", "inProgress"},
	"phase as number":       {`"status": {"phase": 1}`, canonical.CodeWrongType, "status.phase", "1"},
	"rounding":              {`"rounding": {"document": "math2ten"}`, canonical.CodeValueNotAllowed, "rounding.document", "math2ten"},
	"country":               {`"customer": {"address": {"country": "Česko"}}`, canonical.CodeBadCountry, "customer.address.country", "Česko"},
	"currency":              {`"currency": "Kč"`, canonical.CodeBadCurrency, "currency", "Kč"},
	"currency, small":       {`"currency": "czk"`, canonical.CodeBadCurrency, "currency", "czk"},
	"text as number":        {`"customer": {"registrationId": 12345679}`, canonical.CodeTextExpected, "customer.registrationId", "12345679"},
	"id as fraction":        {`"customer": {"id": 4.5}`, canonical.CodeTextExpected, "customer.id", "4.5"},
	"id as object":          {`"customer": {"id": {}}`, canonical.CodeWrongType, "customer.id", ""},
	"list as text":          {`"tags": "a"`, canonical.CodeWrongType, "tags", "a"},
	"null in a list":        {`"tags": ["a", null]`, canonical.CodeWrongType, "tags[1]", ""},
	"object as list":        {`"customer": []`, canonical.CodeWrongType, "customer", ""},
	"unknown key":           {`"lines": [{"name": "a", "unitprice": 1}]`, canonical.CodeUnknownKey, "lines[0].unitprice", "unitprice"},
	"missing key":           {`"lines": [{"quantity": 1}]`, canonical.CodeMissingKey, "lines[0].name", ""},
	"null required":         {`"lines": [{"name": null}]`, canonical.CodeMissingKey, "lines[0].name", ""},
	"fraction":              {`"project": {"pohodaId": 1.5}`, canonical.CodeNotWhole, "project.pohodaId", "1.5"},
	"too many digits":       {`"project": {"pohodaId": 9223372036854775808}`, canonical.CodeNumberOutOfRange, "project.pohodaId", "9223372036854775808"},
	"whole number as text":  {`"project": {"pohodaId": "1"}`, canonical.CodeWrongType, "project.pohodaId", "1"},
	"control character":     {`"note": "a\u000bb"`, canonical.CodeControlCharacter, "note", "a␋b"},
	"non-character":         {`"note": "a\uffff"`, canonical.CodeControlCharacter, "note", "a\uffff"},
	"nested custom field":   {`"custom": {"a": {"b": 1}}`, canonical.CodeWrongType, "custom.a", ""},
	"custom as text":        {`"custom": "a"`, canonical.CodeWrongType, "custom", "a"},
}

func TestValuesRefused(t *testing.T) {
	for name, test := range refusedValues {
		t.Run(name, func(t *testing.T) {
			issues := decodeJSON(t, bare+test.member+"}").Issues
			require.Len(t, issues, 1)
			assert.Equal(t, test.code, issues[0].Code)
			assert.Equal(t, test.path, issues[0].Path)
			assert.Equal(t, test.value, issues[0].Value)
			assert.Equal(t, diag.Error, issues[0].Severity)
		})
	}
}

func TestEveryFindingIsReportedAtItsPlace(t *testing.T) {
	r := decodeJSON(t, `{
  "kind": "deal",
  "source": {"system": "x", "id": ""},
  "nubmer": "1",
  "issueDate": "16.3.2026",
  "issueDate": "2026-03-16",
  "customer": {"naem": "Dřevo ž", "vatPayer": 1},
  "lines": [{"name": "a", "quantity": "x"}, 7]
}`)
	var lines []string
	for _, issue := range r.Issues {
		lines = append(lines, issue.Error())
	}
	assert.Equal(t, []string{
		`deal.json:6:3: issueDate: key "issueDate" stands twice in one object`,
		`deal.json:4:3: nubmer: unknown key "nubmer"`,
		`deal.json:5:16: issueDate: "16.3.2026" is not a day`,
		`deal.json:7:16: customer.naem: unknown key "naem"`,
		`deal.json:7:47: customer.vatPayer: a JSON boolean is expected, not number`,
		`deal.json:8:39: line 1, quantity: "x" is not a decimal number`,
		`deal.json:8:45: line 2: a JSON object is expected, not number`,
		`deal.json:3:35: source.id: required key "id" is missing or empty`,
	}, lines)
	assert.Equal(t, "known near it: number; what POHODA need not know belongs into custom", diag.English.Hint(r.Issues[1]))
	assert.Equal(t, trade.Deal, r.Record.Kind(), "what could be read serves to name the record")
	assert.Equal(t, "x", r.Record.Document().Source.System)
}

func TestFindingsOfOneRecordAreLimited(t *testing.T) {
	var text strings.Builder
	for i := range 3 * canonical.MaxIssues {
		text.WriteString(`"key` + strconv.Itoa(i) + `": 1, `)
	}
	issues := decodeJSON(t, bare+text.String()+text.String()+`"number": 1}`).Issues
	require.Len(t, issues, canonical.MaxIssues+1)
	assert.Equal(t, canonical.CodeFurtherIssues, issues[canonical.MaxIssues].Code)
}

func TestValuesCannotSteerATerminal(t *testing.T) {
	issues := decodeJSON(t, bare+`"\u001b[2J\u009b": 1}`).Issues
	require.Len(t, issues, 1)
	assert.Equal(t, "␛[2J\uFFFD", issues[0].Value)
	assert.Equal(t, "␛[2J\uFFFD", issues[0].Path)
}

// refusedRecords are whole records that no reader may take.
var refusedRecords = map[string]struct {
	text string
	code diag.Code
	path string
}{
	"unknown kind":        {`{"kind": "ordr", "source": {"system": "x", "id": "1"}}`, canonical.CodeValueNotAllowed, "kind"},
	"kind as number":      {`{"kind": 1, "source": {"system": "x", "id": "1"}}`, canonical.CodeValueNotAllowed, "kind"},
	"no source":           {`{"kind": "order", "number": "1"}`, canonical.CodeMissingKey, "source"},
	"product without sku": {`{"kind": "product", "source": {"system": "x", "id": "1"}, "sku": " "}`, canonical.CodeMissingKey, "sku"},
	"another shape":       {`{"deal_name": "x", "amount": 7}`, CodeUnrecognisedShape, ""},
	"bad time":            {`{"kind": "order", "source": {"system": "x", "id": "1", "updatedAt": "yesterday"}}`, canonical.CodeBadTime, "source.updatedAt"},
	"no object":           {`7`, CodeNotARecord, ""},
	"nested array":        {`[{}]`, CodeNotARecord, ""},
}

func TestRecordsRefused(t *testing.T) {
	for name, test := range refusedRecords {
		t.Run(name, func(t *testing.T) {
			issues := decodeJSON(t, test.text).Issues
			require.Len(t, issues, 1)
			assert.Equal(t, test.code, issues[0].Code)
			assert.Equal(t, test.path, issues[0].Path)
		})
	}
}
