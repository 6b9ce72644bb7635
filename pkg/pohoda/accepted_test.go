package pohoda_test

import (
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// oddities are values that a record may hold by its types.
var (
	oddTexts   = []string{"", " ", "\n", "a\r\nb\tc", "& < > \" ]]>", strings.Repeat("ž", 19), strings.Repeat("long ", 60), "1,5", "ano", "true", "2026-02-30", "\U0001F600"}
	oddNumbers = []string{"0", "-0.00", "-1", "0.000001", "1e-7", "1000", "-1000", "999.5", "1e12", "123456789.123456789"}
)

// TestAcceptedIsValid puts odd values into a full document: either something is
// said against it, or it is valid. What passes the checks and is refused by the
// schema would be a fault that no user can mend.
func TestAcceptedIsValid(t *testing.T) {
	for _, a := range pohoda.Agendas() {
		if len(a.Targets) > 0 {
			t.Run(a.Name, func(t *testing.T) { acceptedIsValid(t, a) })
		}
	}
}

func acceptedIsValid(t *testing.T, a *pohoda.Agenda) {
	codec := codecOf(t, a)
	random := rand.New(rand.NewSource(int64(oracle.Seed(t, 20260302))))
	accepted := 0
	for range 1000 {
		target := a.Targets[random.Intn(len(a.Targets))]
		document, ok := filled(target).(*trade.Document)
		if !ok {
			t.Skip("it holds no documents")
		}
		document.ExchangeRate, document.Totals = trade.ExchangeRate{}, trade.Totals{}
		document.PricesIncludeVAT = trade.No
		for i := range document.Lines {
			document.Lines[i].Totals, document.Lines[i].DiscountPercent = trade.Amounts{}, money.Decimal{}
		}
		var changed []string
		for range 1 + random.Intn(3) {
			odd(reflect.ValueOf(document).Elem(), random, "", &changed)
		}
		record := &trade.Record{Of: document}
		totals, issues := compute(document, &pohodatest.Czech)
		if issues.Refused() {
			continue
		}
		el, issues := codec.Encode(pohoda.Work{Record: record, Totals: &totals, Target: target, Set: &pohodatest.Czech})
		if issues.Refused() {
			continue
		}
		accepted++
		if found := findings(t, packOf(codec.Agenda, record, target, el, &pohodatest.Czech)); len(found) > 0 {
			t.Errorf("%s: %v", changed, found)
		}
	}
	assert.Greater(t, accepted, 300)
}

// odd gives one value below an odd one.
func odd(v reflect.Value, random *rand.Rand, path string, changed *[]string) {
	switch place := v.Addr().Interface().(type) {
	case *money.Decimal:
		*place = money.MustParse(oddNumbers[random.Intn(len(oddNumbers))])
		*changed = append(*changed, path+"="+place.String())
		return
	case *trade.Date, *trade.Time, *trade.Flag:
		v.SetZero()
		*changed = append(*changed, path+" absent")
		return
	case interface{ Values() []string }:
		words := append(place.Values(), "")
		v.SetString(words[random.Intn(len(words))])
		*changed = append(*changed, path+"="+v.String())
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(oddTexts[random.Intn(len(oddTexts))])
		*changed = append(*changed, path+"="+v.String())
	case reflect.Int64:
		v.SetInt(random.Int63n(3) - 1)
		*changed = append(*changed, path)
	case reflect.Pointer:
		odd(v.Elem(), random, path, changed)
	case reflect.Struct:
		if v.NumField() == 0 {
			return
		}
		i := random.Intn(v.NumField())
		odd(v.Field(i), random, path+"."+v.Type().Field(i).Name, changed)
	case reflect.Slice:
		if random.Intn(4) == 0 {
			v.Set(reflect.AppendSlice(v, reflect.AppendSlice(v, reflect.AppendSlice(v, v))))
			*changed = append(*changed, path+" longer")
			return
		}
		if v.Len() == 0 {
			return
		}
		odd(v.Index(random.Intn(v.Len())), random, path, changed)
	}
}

// TestOnlyWordsAreCut writes a document none of whose texts fits: what names
// nothing may lose its end, half of anything else would name something else.
func TestOnlyWordsAreCut(t *testing.T) {
	schema, err := pack.Schema(pohoda.Orders)
	require.NoError(t, err)
	real := pack.Limits(schema)
	codec := pohoda.Orders.Open(func(path string) fieldtable.Limit {
		limit := real(path)
		limit.Length = min(limit.Length, 1)
		limit.Fault = nil
		return limit
	})
	words := []string{
		"title", "note", "internalNote", "parameters[].value", "attachments[].name",
		"customer.name", "customer.division", "customer.person", "customer.address.city", "customer.address.street",
		"shipTo.company", "shipTo.division", "shipTo.person", "shipTo.address.city", "shipTo.address.street",
		"lines[].name", "lines[].unit", "lines[].description", "lines[].parameters[].value",
	}
	set := pohodatest.Czech
	set.Fit.Cut = true
	document := filled(pohoda.Orders.Targets[0]).(*trade.Document)
	totals, _ := compute(document, &set)
	_, issues := codec.Encode(pohoda.Work{Record: &trade.Record{Of: document}, Totals: &totals, Target: targetOf(pohoda.Orders, document), Set: &set})
	refused := 0
	for _, issue := range issues {
		field := indices.ReplaceAllString(issue.Path, "[]")
		if issue.Code == fieldtable.CodeCut {
			assert.Contains(t, words, field)
			continue
		}
		assert.Equal(t, fieldtable.CodeNeverCut, issue.Code, field)
		refused++
	}
	assert.Greater(t, refused, 20)
}
