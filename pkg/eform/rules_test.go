package eform_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/eform"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// plain is an order that the format can say.
func plain() *trade.Document {
	return &trade.Document{Head: trade.Head{Kind: trade.Order}, Direction: trade.Received, IssueDate: trade.NewDate(2026, 3, 2), Currency: "CZK",
		Customer: &trade.Party{Name: "Truhlárna Vzorová s.r.o."},
		Lines:    []trade.Line{{SKU: "KANC-001", Name: "Židle", UnitPrice: money.FromInt(100), VATRate: money.FromInt(21)}},
	}
}

func encodeIn(country string, doc *trade.Document) diag.List {
	totals, _ := check.Check(doc, check.Settings{Country: country, VATPayer: true})
	_, issues := eform.Encode(doc, &totals, &eform.Settings{Country: country, Rates: vat.Default})
	return issues
}

func TestRefused(t *testing.T) {
	line := func(d *trade.Document) *trade.Line { return &d.Lines[0] }
	for name, test := range map[string]struct {
		country string
		change  func(*trade.Document)
		code    diag.Code
		path    string
	}{
		"foreign currency":       {"CZ", func(d *trade.Document) { d.Currency = "EUR" }, eform.CodeForeign, "currency"},
		"euro in Slovakia":       {"SK", func(d *trade.Document) { d.Currency = "EUR"; line(d).VATRate = money.FromInt(23) }, "", ""},
		"koruna in Slovakia":     {"SK", func(d *trade.Document) { line(d).VATRate = money.FromInt(23) }, eform.CodeForeign, "currency"},
		"third rate":             {"SK", func(d *trade.Document) { d.Currency = "EUR"; line(d).VATRate = money.FromInt(5) }, eform.CodeRate, "lines[0].vatRate"},
		"historic rate":          {"CZ", func(d *trade.Document) { corrects(d); line(d).VATRate = money.FromInt(15) }, eform.CodeRate, "lines[0].vatRate"},
		"low rate":               {"CZ", func(d *trade.Document) { line(d).VATRate = money.FromInt(12) }, "", ""},
		"no rate":                {"CZ", func(d *trade.Document) { line(d).VATRate = money.Zero }, "", ""},
		"reverse charge":         {"CZ", func(d *trade.Document) { d.VATMode = trade.ReverseCharge }, eform.CodeReverse, "lines[0].reverseCharge"},
		"reverse charge of line": {"CZ", func(d *trade.Document) { line(d).ReverseCharge = trade.Yes }, eform.CodeReverse, "lines[0].reverseCharge"},
		"line without it":        {"CZ", func(d *trade.Document) { d.VATMode, line(d).ReverseCharge = trade.ReverseCharge, trade.No }, "", ""},
		"discount":               {"CZ", func(d *trade.Document) { line(d).DiscountPercent = money.MustParse("12.5") }, "", ""},
		"discount of seven decimals, few pieces": {"CZ", func(d *trade.Document) {
			line(d).UnitPrice, line(d).DiscountPercent = money.MustParse("0.123457"), money.MustParse("33.3")
		}, "", ""},
		"discount of seven decimals, many pieces": {"CZ", func(d *trade.Document) {
			line(d).UnitPrice, line(d).DiscountPercent, line(d).Quantity = money.MustParse("0.123457"), money.MustParse("33.3"), money.FromInt(100000)
		}, eform.CodeDiscount, "lines[0].discountPercent"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := plain()
			test.change(doc)
			issues := encodeIn(test.country, doc)
			if test.code == "" {
				assert.Empty(t, issues)
				return
			}
			require.Len(t, issues, 1)
			assert.Equal(t, test.code, issues[0].Code)
			assert.Equal(t, test.path, issues[0].Path)
			assert.True(t, issues.Refused())
		})
	}
}

func corrects(d *trade.Document) {
	d.References = []trade.Reference{{Kind: trade.CorrectedInvoice, Date: trade.NewDate(2023, 11, 20)}}
}

// nobodyMisses are fields of POHODA's order that are not named when they are
// left out: identities, what the checks use and what is refused by itself.
var nobodyMisses = []string{
	"source.system", "source.instance", "source.id", "source.url", "customer.pohodaId", "lines[].id", "pohoda.executed", "pohoda.reserved",
	"direction", "currency", "exchangeRate.rate", "exchangeRate.amount", "vatMode", "lines[].vatCode",
	"lines[].reverseCharge", "lines[].reverseChargeCode",
}

// TestNothingIsLeftOutInSilence sets every field that an order of POHODA has and
// the format does not, one by one: the warning names it.
func TestNothingIsLeftOutInSilence(t *testing.T) {
	has := map[string]bool{}
	for _, field := range nobodyMisses {
		has[field] = true
	}
	for _, row := range eform.Rows() {
		for field := range strings.SplitSeq(row.Field, ", ") {
			has[field] = true
		}
	}
	for _, row := range pohoda.Orders.Rows() {
		for field := range strings.SplitSeq(row.Field, ", ") {
			if has[field] || row.Direction == fieldtable.ReadOnly || row.Direction == fieldtable.None {
				continue
			}
			has[field] = true
			doc := plain()
			set(reflect.ValueOf(doc), field)
			issues := encodeIn("CZ", doc)
			if assert.Len(t, issues, 1, field) {
				assert.Equal(t, eform.CodeLeftOut, issues[0].Code, field)
				assert.True(t, strings.HasPrefix(field, issues[0].Args["fields"]), "%s is called %s", field, issues[0].Args["fields"])
			}
		}
	}
}

// set puts a value to a canonical path; lists get an element.
func set(v reflect.Value, path string) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.Slice {
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		v = v.Index(0)
	}
	key, rest, deeper := strings.Cut(path, ".")
	switch {
	case path != "":
		name := strings.TrimSuffix(key, "[]")
		for i := range v.NumField() {
			if tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); tag == name {
				v = v.Field(i)
				break
			}
		}
		if !deeper {
			rest = ""
		}
		set(v, rest)
	case v.Kind() == reflect.Struct:
		setStruct(v)
	case v.Kind() == reflect.String:
		v.SetString("SK")
	case v.Kind() == reflect.Uint8:
		v.SetUint(uint64(trade.Yes))
	}
}

func setStruct(v reflect.Value) {
	switch place := v.Addr().Interface().(type) {
	case *trade.Date:
		*place = trade.NewDate(2026, 1, 1)
	case *money.Decimal:
		*place = money.FromInt(7)
	case *trade.Person:
		place.Name = "Petr Obchodník"
	}
}

func TestReadReports(t *testing.T) {
	_, reader := eform.Decode(readFile(t, []byte(`<eform version="1.3"><order version="1.2"><document number="1" date="2.3.2026"/>`+
		`<orderItem payVAT="no" price="1,50" rateVAT="high">a</orderItem><orderItem payVAT="yes" rateVAT="third">b</orderItem>`+
		`<orderItem payVAT="1">c</orderItem><payment payType="barter"/><person/></order></eform>`)), &czech)
	var found []string
	for _, issue := range reader.Issues {
		found = append(found, string(issue.Code)+" "+issue.Path+" "+issue.Value)
	}
	assert.Equal(t, []string{
		"value-unreadable issueDate 2.3.2026", "value-unreadable lines[0].unitPrice 1,50", "value-unreadable lines[0].vatRate high",
		"prices-mixed lines[1].pricesIncludeVat yes", "value-unreadable lines[1].vatRate third", "value-unreadable lines[2].pricesIncludeVat 1",
		"value-unreadable payment.method barter",
	}, found)
	assert.Equal(t, []string{"eform/order/person"}, reader.Order)
}
