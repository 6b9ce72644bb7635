package check

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

func num(s string) money.Decimal { return money.MustParse(s) }

func day(t *testing.T, s string) trade.Date {
	t.Helper()
	d, err := trade.ParseDate(s)
	require.NoError(t, err)
	return d
}

// order is a document in which nothing is wrong.
func order(t *testing.T) *trade.Document {
	t.Helper()
	changed, err := trade.ParseTime("2026-03-16T14:02:00+01:00")
	require.NoError(t, err)
	return &trade.Document{Head: trade.Head{Kind: trade.Deal,
		Source: trade.Source{System: "raynet", ID: "123", UpdatedAt: changed}}, Direction: trade.Received, Number: "OP-26-123", IssueDate: day(t, "2026-03-02"), Currency: "CZK",

		Customer: &trade.Party{
			ID: "45", Name: "Truhlárna Vzorová s.r.o.", RegistrationID: "22222227", TaxID: "CZ22222227",
			Address: trade.Address{Street: "Dlouhá 12", City: "Brno", Zip: "602 00", Country: "CZ"},
		},
		Lines: []trade.Line{
			{Name: "Židle", UnitPrice: num("3490"), Quantity: num("4"), DiscountPercent: num("10"), VATRate: num("21")},
			{Name: "Káva", UnitPrice: num("389"), Quantity: num("6"), VATRate: num("12")},
			{Name: "Montáž", UnitPrice: num("1500"), VATRate: num("21")},
		},
	}
}

var czech = Settings{Country: "CZ", VATPayer: true}

// found puts issues as "severity code path".
func found(issues diag.List) []string {
	var all []string
	for _, issue := range issues {
		all = append(all, string(issue.Severity)+" "+string(issue.Code)+" "+issue.Path)
	}
	return all
}

func TestCheck(t *testing.T) {
	slovak, nonPayer, strict, lax := czech, czech, czech, czech
	slovak.Country, nonPayer.VATPayer, strict.ICO, lax.ICO = "SK", false, Refuse, Off
	for name, c := range map[string]struct {
		set    Settings
		change func(*trade.Document)
		want   []string
	}{
		"nothing wrong": {czech, func(*trade.Document) {}, nil},
		"no customer":   {czech, func(d *trade.Document) { d.Customer = nil }, []string{"error customer-missing customer"}},
		"empty customer": {czech, func(d *trade.Document) { d.Customer = &trade.Party{Email: "jana@vzorova.example"} },
			[]string{"error customer-missing customer"}},
		"customer known by id alone": {czech, func(d *trade.Document) { d.Customer = &trade.Party{ID: "45"} },
			[]string{"error customer-nameless customer"}},
		"customer of POHODA": {czech, func(d *trade.Document) { d.Customer = &trade.Party{PohodaID: 12} }, nil},
		"a person":           {czech, func(d *trade.Document) { d.Customer.Name, d.Customer.Person = "", "Jana Příkladná" }, nil},
		"issued order":       {czech, func(d *trade.Document) { d.Direction = trade.Issued }, []string{"error supplier-missing supplier"}},
		"supplier known by id alone": {czech, func(d *trade.Document) { d.Direction, d.Supplier = trade.Issued, &trade.Party{ID: "7"} },
			[]string{"error supplier-nameless supplier"}},
		"received invoice": {czech, func(d *trade.Document) { d.Kind = trade.Invoice }, []string{"error supplier-missing supplier"}},
		"issued invoice":   {czech, func(d *trade.Document) { d.Kind, d.Direction = trade.Invoice, trade.Issued }, nil},
		"no address": {czech, func(d *trade.Document) { d.Customer.Address = trade.Address{} },
			[]string{"warning address-missing customer.address"}},
		"unknown countries": {czech, func(d *trade.Document) {
			d.Customer.Address.Country, d.ShipTo = "YU", &trade.ShipTo{Address: trade.Address{Country: "Česko"}}
		}, []string{"warning country-unknown customer.address.country", "warning country-unknown shipTo.address.country"}},

		"check digit":            {czech, ico("22222228"), []string{"warning ico-checksum customer.registrationId"}},
		"check digit, strict":    {strict, ico("22222228"), []string{"error ico-checksum customer.registrationId"}},
		"check digit, off":       {lax, ico("22222228"), nil},
		"seven digits":           {czech, ico("2222222"), []string{"warning ico-shape customer.registrationId"}},
		"seven digits, strict":   {strict, ico("2222222"), []string{"error ico-shape customer.registrationId"}},
		"letters":                {czech, ico("CZ222222"), []string{"warning ico-shape customer.registrationId"}},
		"20 digits":              {lax, ico("22222227222222272222"), []string{"error ico-shape customer.registrationId"}},
		"no IČO":                 {strict, ico(""), nil},
		"IČO without a country":  {czech, func(d *trade.Document) { ico("22222228")(d); d.Customer.Address.Country = "" }, []string{"warning ico-checksum customer.registrationId"}},
		"Slovak IČO":             {strict, func(d *trade.Document) { ico("22222228")(d); foreign("SK", "1234567890", "")(d) }, nil},
		"Slovak IČO, six digits": {strict, func(d *trade.Document) { ico("222222")(d); foreign("SK", "1234567890", "")(d) }, []string{"warning ico-shape customer.registrationId"}},
		"German number":          {strict, func(d *trade.Document) { ico("HRB 12345")(d); foreign("DE", "DE123456789", "")(d) }, nil},
		"DIČ without prefix":     {czech, foreign("CZ", "22222227", ""), []string{"warning tax-id-shape customer.taxId"}},
		"DIČ too short":          {czech, foreign("CZ", "CZ2222222", ""), []string{"warning tax-id-shape customer.taxId"}},
		"Slovak DIČ, IČ DPH":     {czech, foreign("SK", "2020000006", "SK2020000006"), []string{"warning vat-id-shape customer.vatId"}},
		"Slovak IČ DPH":          {czech, foreign("SK", "2020000004", "SK2020000004"), nil},
		"Slovak DIČ, nine":       {czech, foreign("SK", "202000000", ""), []string{"warning tax-id-shape customer.taxId"}},
		"VAT number, no country": {czech, foreign("DE", "", "123456789"), []string{"warning vat-id-shape customer.vatId"}},
		"VAT number, odd sign":   {czech, foreign("DE", "", "DE123-456"), []string{"warning vat-id-shape customer.vatId"}},
		"Austrian VAT number":    {czech, foreign("AT", "", "ATU12345678"), nil},

		"parameters without a name": {czech, func(d *trade.Document) {
			d.Parameters, d.Lines[0].Parameters = []trade.Parameter{{Name: "VPrColour"}, {Name: " "}}, []trade.Parameter{{}}
		}, []string{"error parameter-nameless lines[0].parameters[0].name", "error parameter-nameless parameters[1].name"}},

		"no date": {czech, func(d *trade.Document) { d.IssueDate = trade.Date{} }, []string{"error date-missing issueDate"}},
		"date of last year": {czech, func(d *trade.Document) { d.IssueDate = trade.NewDate(2025, 12, 31) },
			[]string{"warning date-year issueDate"}},
		"no currency":                {czech, func(d *trade.Document) { d.Currency = "" }, nil},
		"unknown currency":           {czech, func(d *trade.Document) { d.Currency = "KCS" }, []string{"error currency-unknown currency"}},
		"crowns at 1":                {czech, func(d *trade.Document) { d.ExchangeRate.Rate = num("1.000") }, nil},
		"crowns at 25":               {czech, func(d *trade.Document) { d.ExchangeRate.Rate = num("25.1") }, []string{"error exchange-rate-home exchangeRate"}},
		"euro":                       {czech, euro("25.1", ""), nil},
		"euro per 100":               {czech, euro("2510", "100"), nil},
		"euro, no rate":              {czech, euro("", ""), []string{"warning exchange-rate-missing exchangeRate"}},
		"euro at 1":                  {czech, euro("1", ""), []string{"error exchange-rate-one exchangeRate"}},
		"euro at 0":                  {czech, euro("0", ""), []string{"error exchange-rate-bad exchangeRate"}},
		"euro per 1.5":               {czech, euro("37", "1.5"), []string{"error exchange-rate-bad exchangeRate"}},
		"euro at 0.04":               {czech, euro("0.04", ""), []string{"warning exchange-rate-far exchangeRate"}},
		"euro at 251":                {czech, euro("251", ""), []string{"warning exchange-rate-far exchangeRate"}},
		"dollar at 251":              {czech, func(d *trade.Document) { euro("251", "")(d); d.Currency = "USD" }, nil},
		"crowns at 0.04 in Slovakia": {slovak, func(d *trade.Document) { euro("0.04", "")(d); d.Currency = "CZK"; rates("23", "19", "5")(d) }, nil},
		"crowns at 25 in Slovakia": {slovak, func(d *trade.Document) { euro("25", "")(d); d.Currency = "CZK"; rates("23", "19", "5")(d) },
			[]string{"warning exchange-rate-far exchangeRate"}},
		"euro in Slovakia": {slovak, func(d *trade.Document) { euro("1", "")(d); rates("23", "19", "5")(d) }, nil},
		"euro at 25.1 in Slovakia": {slovak, func(d *trade.Document) { euro("25.1", "")(d); rates("23", "19", "5")(d) },
			[]string{"error exchange-rate-home exchangeRate"}},

		"no lines":   {czech, func(d *trade.Document) { d.Lines = nil }, []string{"error lines-missing lines"}},
		"no name":    {czech, func(d *trade.Document) { d.Lines[1].Name = " " }, []string{"error line-name-missing lines[1].name"}},
		"no price":   {czech, func(d *trade.Document) { d.Lines[1].UnitPrice = money.Decimal{} }, []string{"error unit-price-missing lines[1].unitPrice"}},
		"free":       {czech, func(d *trade.Document) { d.Lines[1].UnitPrice = money.Zero }, nil},
		"a text":     {czech, func(d *trade.Document) { d.Lines[2] = trade.Line{Kind: trade.TextLine, Name: "Děkujeme"} }, nil},
		"quantity 0": {czech, func(d *trade.Document) { d.Lines[1].Quantity = money.Zero }, []string{"warning quantity-zero lines[1].quantity"}},
		"a return":   {czech, func(d *trade.Document) { d.Lines[1].Quantity = num("-1") }, nil},
		"quantity 1e-7": {czech, func(d *trade.Document) { d.Lines[1].Quantity = num("1e-7") },
			[]string{"error quantity-too-fine lines[1].quantity", "warning amount-lost lines[1].unitPrice"}},
		"discount of 101 %": {czech, func(d *trade.Document) { d.Lines[0].DiscountPercent = num("101") }, []string{"error discount-over-100 lines[0].discountPercent"}},
		"surcharges": {czech, func(d *trade.Document) { d.Lines[0].DiscountPercent, d.Lines[1].DiscountPercent = num("-5"), num("-5") },
			[]string{"warning discount-negative lines[0].discountPercent"}},
		"more than a double": {czech, func(d *trade.Document) { d.Lines[1].UnitPrice = num("1e13") },
			[]string{"error amount-too-large lines[1].unitPrice"}},
		// Net 16398, VAT 3233.52 and 19631.52 with it: of net prices the net sums hold.
		"sums of a payer in one who is none": {nonPayer, func(d *trade.Document) {
			d.Lines[0].Totals = trade.Amounts{Net: num("12564"), VAT: num("2638.44"), Gross: num("15202.44")}
			d.Totals.Amounts = trade.Amounts{Net: num("16398"), VAT: num("3233.52"), Gross: num("19631.52")}
			d.Totals.ByRate = []trade.RateSum{{VATRate: num("21"), Amounts: trade.Amounts{Net: num("1")}}}
		}, []string{"warning vat-of-non-payer lines[0].vatRate", "error total-differs totals.gross"}},
		"sums of a payer with its VAT, in one who is none": {nonPayer, func(d *trade.Document) {
			d.PricesIncludeVAT = trade.Yes
			d.Lines[0].Totals = trade.Amounts{Net: num("10383.47"), VAT: num("2180.53"), Gross: num("12564")}
			d.Totals.Amounts = trade.Amounts{Net: num("13707.08"), VAT: num("2690.92"), Gross: num("16398")}
		}, []string{"warning vat-of-non-payer lines[0].vatRate"}},
		"wrong net sums of one who pays no VAT": {nonPayer, func(d *trade.Document) {
			d.Lines[0].Totals.Net, d.Totals.Net = num("12565"), num("16500")
		}, []string{
			"warning vat-of-non-payer lines[0].vatRate", "error total-differs lines[0].totals.net", "error total-differs totals.net",
		}},
		"net and VAT of one who pays no VAT": {nonPayer, func(d *trade.Document) {
			d.PricesIncludeVAT, d.Totals.Net, d.Totals.VAT = trade.Yes, num("13707.08"), num("2699.92")
		}, []string{"warning vat-of-non-payer lines[0].vatRate", "error total-differs totals.gross"}},
		"sums without a rate that contradict themselves": {nonPayer, func(d *trade.Document) {
			for i := range d.Lines {
				d.Lines[i].VATRate = num("0")
			}
			d.PricesIncludeVAT, d.Totals.Amounts = trade.Yes, trade.Amounts{Net: num("16000"), VAT: num("398"), Gross: num("16398")}
		}, []string{"error total-differs totals.net", "error total-differs totals.vat"}},
		"a set": {czech, func(d *trade.Document) { d.Lines[0].Kind, d.Lines[1].Kind = trade.SetLine, trade.SetItemLine },
			[]string{"error set-refused lines[0].kind"}},
		"a component": {czech, func(d *trade.Document) { d.Lines[2].Parent = "501" }, []string{"error set-refused lines[2].kind"}},

		"rate of no table":        {czech, rates("20", "12", "21"), []string{"error vat-rate-unknown lines[0].vatRate"}},
		"no rate":                 {czech, rates("21", "", "21"), []string{"error vat-rate-missing lines[1].vatRate"}},
		"nought":                  {czech, rates("0", "0", "0"), nil},
		"third in CZ":             {czech, code("third", ""), []string{"error vat-level-slovak lines[0].vatCode"}},
		"third in SK":             {slovak, func(d *trade.Document) { euro("", "")(d); rates("5", "19", "23")(d); code("third", "5")(d) }, nil},
		"code and rate":           {czech, code("high", "12"), []string{"error vat-code-contradicts lines[0].vatCode"}},
		"code none, rate":         {czech, code("none", "12"), []string{"error vat-code-contradicts lines[0].vatCode"}},
		"code alone":              {czech, code("low", ""), nil},
		"history":                 {czech, code("history-low", "15"), []string{"error vat-history-unasked lines[0].vatCode"}},
		"history of a correction": {czech, func(d *trade.Document) { code("history-low", "15")(d); corrects("")(d) }, nil},
		"history without a rate": {czech, func(d *trade.Document) { code("history-low", "")(d); corrects("")(d) },
			[]string{"error vat-rate-missing lines[0].vatRate"}},
		"15 % in 2026":         {czech, rates("15", "12", "21"), []string{"error vat-rate-unknown lines[0].vatRate"}},
		"15 % of a correction": {czech, func(d *trade.Document) { rates("15", "12", "21")(d); corrects("")(d) }, nil},
		"15 % of a correction of 2025": {czech, func(d *trade.Document) { rates("15", "12", "21")(d); corrects("2025-01-15")(d) },
			[]string{"error vat-rate-unknown lines[0].vatRate"}},
		"10 % of a correction": {czech, func(d *trade.Document) { rates("10", "12", "21")(d); corrects("2023-01-15")(d) },
			[]string{"error vat-rate-unproven lines[0].vatRate"}},
		"before the table": {czech, func(d *trade.Document) { d.IssueDate, d.Source.UpdatedAt = trade.NewDate(2014, 12, 31), trade.Time{} },
			[]string{"error vat-date-too-old lines[0].vatRate", "error vat-date-too-old lines[1].vatRate", "error vat-date-too-old lines[2].vatRate"}},
		"tax point of an invoice": {czech, func(d *trade.Document) {
			d.Kind, d.Direction, d.TaxPointDate = trade.Invoice, trade.Issued, trade.NewDate(2023, 12, 31)
		}, []string{"error vat-rate-unknown lines[1].vatRate"}},
		"tax point of an order": {czech, func(d *trade.Document) { d.TaxPointDate = trade.NewDate(2023, 12, 31) }, nil},
		"unit that pays no VAT": {nonPayer, func(*trade.Document) {}, []string{"warning vat-of-non-payer lines[0].vatRate"}},
		"no VAT, no rates":      {nonPayer, rates("", "", ""), nil},
		"reverse charge":        {czech, func(d *trade.Document) { d.VATMode = trade.ReverseCharge }, nil},
		"export":                {czech, func(d *trade.Document) { d.VATMode = trade.ExportOutside; rates("", "0", "")(d) }, nil},
		"export at 21 %": {czech, func(d *trade.Document) { d.VATMode = trade.ExportOutside },
			[]string{"warning vat-mode-contradicts lines[0].vatRate"}},
		"OSS to Slovakia": {czech, func(d *trade.Document) { oss("SK")(d); rates("23", "19", "5")(d) }, []string{ossNote}},
		"OSS to Slovakia at 21": {czech, func(d *trade.Document) { oss("SK")(d); rates("21", "19", "5")(d) },
			[]string{"error vat-rate-unknown lines[0].vatRate", ossNote}},
		"OSS to Germany":       {czech, func(d *trade.Document) { oss("DE")(d); rates("19", "7", "0")(d) }, []string{ossNote}},
		"OSS to Greece, by EL": {czech, func(d *trade.Document) { oss("EL")(d); rates("24", "13", "6")(d) }, []string{ossNote}},
		"OSS to Germany at 21": {czech, func(d *trade.Document) { oss("DE")(d); rates("21", "0", "0")(d) },
			[]string{"error vat-rate-unknown lines[0].vatRate"}},
		"OSS to Germany, stated": {czech, func(d *trade.Document) { oss("DE")(d); rates("", "0", "0")(d); code("history-high", "19")(d) }, []string{ossNote}},
		"OSS to Germany, stated at another level": {czech, func(d *trade.Document) { oss("DE")(d); rates("", "0", "0")(d); code("history-low", "19")(d) },
			[]string{"error vat-code-contradicts lines[0].vatCode", ossNote}},
		"OSS to Germany, stated at 21": {czech, func(d *trade.Document) { oss("DE")(d); rates("", "0", "0")(d); code("history-high", "21")(d) },
			[]string{"error vat-rate-unknown lines[0].vatRate"}},
		"OSS by a rate of the day": {czech, func(d *trade.Document) { oss("DE")(d); rates("", "0", "0")(d); code("high", "19")(d) },
			[]string{"error vat-oss-code lines[0].vatCode"}},
		"OSS with the third rate of Slovak units": {czech, func(d *trade.Document) { oss("AT")(d); rates("", "0", "0")(d); code("history-third", "10")(d) },
			[]string{"error vat-level-slovak lines[0].vatCode"}},
		"OSS of a Slovak unit": {slovak, func(d *trade.Document) { euro("", "")(d); oss("CZ")(d); rates("21", "12", "0")(d) }, []string{ossNote}},
		"OSS without evidence": {czech, func(d *trade.Document) { oss("DE")(d); d.OSS.Evidence = nil; rates("19", "0", "0")(d) },
			[]string{ossNote, "note oss-evidence-missing oss.evidence"}},
		"OSS without a country":  {czech, func(d *trade.Document) { oss("")(d); rates("19", "0", "0")(d) }, []string{"error oss-country-missing oss.country"}},
		"OSS without a rate":     {czech, func(d *trade.Document) { oss("DE")(d); rates("", "0", "0")(d) }, []string{"error vat-rate-missing lines[0].vatRate"}},
		"OSS to an unknown land": {czech, func(d *trade.Document) { oss("CH")(d); rates("8.1", "0", "0")(d) }, []string{"warning vat-oss-level lines[0].vatRate", ossNote}},
		"a third rate that was":  {czech, func(d *trade.Document) { corrects("2016-05-05")(d); code("history-third", "10")(d) }, []string{"error vat-level-slovak lines[0].vatCode"}},
		"a level before the table": {czech, func(d *trade.Document) {
			d.IssueDate, d.Source.UpdatedAt = trade.NewDate(2014, 12, 31), trade.Time{}
			rates("", "0", "0")(d)
			code("high", "")(d)
		}, []string{"error vat-level-unknown lines[0].vatCode"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := order(t)
			c.change(doc)
			assert.Equal(t, c.want, found(check(doc, c.set)))
		})
	}
}

// ossNote is the note of every sale under the One Stop Shop.
const ossNote = "note vat-oss-unproven "

func ico(id string) func(*trade.Document) {
	return func(d *trade.Document) { d.Customer.RegistrationID = id }
}

func foreign(country trade.Country, taxID, vatID string) func(*trade.Document) {
	return func(d *trade.Document) {
		d.Customer.Address.Country, d.Customer.TaxID, d.Customer.VATID = country, taxID, vatID
	}
}

func euro(rate, amount string) func(*trade.Document) {
	return func(d *trade.Document) {
		d.Currency, d.ExchangeRate = "EUR", trade.ExchangeRate{Rate: maybe(rate), Amount: maybe(amount)}
	}
}

func maybe(s string) money.Decimal {
	if s == "" {
		return money.Decimal{}
	}
	return num(s)
}

func rates(percents ...string) func(*trade.Document) {
	return func(d *trade.Document) {
		for i, percent := range percents {
			d.Lines[i].VATRate = maybe(percent)
		}
	}
}

func code(code trade.VATCode, rate string) func(*trade.Document) {
	return func(d *trade.Document) { d.Lines[0].VATCode, d.Lines[0].VATRate = code, maybe(rate) }
}

func corrects(on string) func(*trade.Document) {
	return func(d *trade.Document) {
		date, _ := trade.ParseDate(on)
		d.References = []trade.Reference{{Kind: "order"}, {Kind: trade.CorrectedInvoice, Date: date}}
	}
}

func oss(country trade.Country) func(*trade.Document) {
	return func(d *trade.Document) {
		d.VATMode, d.OSS = trade.OneStopShop, trade.OSS{Country: country, Evidence: []string{"A"}}
	}
}

func TestAllFindingsAtOnce(t *testing.T) {
	doc := order(t)
	doc.Customer, doc.Lines[0].Name, doc.Lines[2].VATRate = nil, "", num("20")
	assert.Equal(t, []string{
		"error customer-missing customer", "error line-name-missing lines[0].name", "error vat-rate-unknown lines[2].vatRate",
	}, found(check(doc, czech)))
}

func TestMessagesAreFilled(t *testing.T) {
	doc := order(t)
	doc.Lines[1].VATRate = num("20")
	issue := check(doc, czech)[0]
	assert.Equal(t, `line 2, vatRate: VAT rate "20" is not valid in CZ on 2026-03-02`, issue.Error())
	assert.Equal(t, "rates valid in CZ on 2026-03-02: 21, 12, 0", diag.English.Hint(issue))
	assert.Equal(t, "sazby platné v zemi CZ k 2026-03-02: 21, 12, 0", diag.Czech.Hint(issue))

	doc = order(t)
	doc.Lines[0].Kind, doc.Lines[2].Kind = trade.SetLine, trade.SetItemLine
	assert.Equal(t, `line 1, kind: lines 1, 3 are a set or its components: "Židle", "Montáž"`, check(doc, czech)[0].Error())
}

// TestNoMessageHasAHole: every code's words are filled by what the checks give.
func TestNoMessageHasAHole(t *testing.T) {
	for _, change := range []func(*trade.Document){
		ico("22222228"), ico("1"), foreign("CZ", "1", "1"), euro("1", ""), euro("0", ""), euro("", ""), rates("20", "10", ""),
		code("third", ""), code("high", "12"), code("history-low", "15"), oss("DE"), oss("CH"), oss(""), corrects("2020-01-01"),
		func(d *trade.Document) { oss("DE")(d); code("high", "19")(d) },
		func(d *trade.Document) { oss("DE")(d); code("history-low", "19")(d) },
		func(d *trade.Document) { oss("DE")(d); code("history-third", "7")(d) },
		func(d *trade.Document) { d.Rounding.Method = vat.OriginalMethod },
		func(d *trade.Document) { d.ExchangeRate.Rate = num("25") },
		func(d *trade.Document) { d.Customer = &trade.Party{ID: "45"} },
		func(d *trade.Document) { d.Customer.Address = trade.Address{} },
		func(d *trade.Document) { d.VATMode = trade.Exempt },
		func(d *trade.Document) { d.IssueDate = trade.NewDate(2010, 1, 1) },
		func(d *trade.Document) { d.Lines[0].Quantity = num("0.0000001") },
		func(d *trade.Document) {
			d.Totals.Gross, d.Totals.Net, d.Totals.Payable = num("19632"), num("1"), num("19640")
		},
		func(d *trade.Document) {
			d.Lines = append(d.Lines, trade.Line{Kind: trade.RoundingLine, Name: "Zaokrouhlení", UnitPrice: num("0.48")})
		},
		func(d *trade.Document) {
			d.Lines = append(d.Lines, trade.Line{Kind: trade.RoundingLine, Name: "Zaokrouhlení", UnitPrice: num("48.2")})
		},
		func(d *trade.Document) { d.Lines[0].Totals.Net = num("12564.01") },
	} {
		doc := order(t)
		change(doc)
		for _, set := range []Settings{czech, {Country: "CZ"}, {Country: "DE", VATPayer: true}} {
			for _, issue := range check(doc, set) {
				for _, language := range diag.Languages {
					assert.NotRegexp(t, `\{[a-z]+\}`, language.Message(issue), issue.Code)
					assert.NotRegexp(t, `\{[a-z]+\}`, language.Hint(issue), issue.Code)
					assert.NotEqual(t, string(issue.Code), language.Message(issue), "the catalogue lacks it")
				}
			}
		}
	}
}

func TestOverriddenRates(t *testing.T) {
	set := czech
	set.Rates = vat.Default.Merge(vat.Rates{{Country: "CZ", From: 20260101, High: num("22"), Low: num("13")}})
	doc := order(t)
	rates("22", "13", "22")(doc)
	assert.Empty(t, check(doc, set))
	assert.Len(t, check(order(t), set), 3)
}

func TestValidICO(t *testing.T) {
	for ico, want := range map[string]bool{
		"12345679": true, "22222227": true, "77777778": true, "99999994": true, "00000001": true, "00000019": true,
		"12345678": false, "1234567": false, "": false, "1234567a": false,
	} {
		assert.Equal(t, want, ValidICO(ico), ico)
	}
	valid := 0
	for n := range 10000 {
		if ValidICO("2222" + strconv.Itoa(10000 + n)[1:]) {
			valid++
		}
	}
	assert.Equal(t, 1000, valid, "one digit of ten fits")
}

func BenchmarkCheck(b *testing.B) {
	b.ReportAllocs()
	doc := order(&testing.T{})
	doc.Totals = trade.Totals{Amounts: trade.Amounts{Net: num("16398"), VAT: num("3233.52"), Gross: num("19631.52")}}
	for b.Loop() {
		if check(doc, czech) != nil {
			b.Fatal("a finding")
		}
	}
}

func check(doc *trade.Document, set Settings) diag.List {
	_, issues := Check(doc, set)
	return issues
}
