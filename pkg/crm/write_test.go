package crm

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// filler sets the fields of a record, each to another value; an optional one
// only as often as share says.
type filler struct {
	random *rand.Rand
	share  float64
	n      int
}

func (f *filler) fill(v reflect.Value, key string) {
	f.n++
	switch into := v.Addr().Interface().(type) {
	case *money.Decimal:
		*into = money.MustParse([]string{"-0.5", "0", "12.000001"}[f.n%3]).Add(money.FromInt(int64(f.n)))
	case *trade.Date:
		*into = trade.NewDate(2000+f.n%100, 2, 1+f.n%28)
	case *trade.Time:
		*into, _ = trade.ParseTime("2026-03-16 14:" + strconv.Itoa(10+f.n%50))
	case *trade.Flag:
		*into = trade.FlagOf(f.n%2 == 0)
	case *trade.Country:
		*into = "SK"
	case *money.Currency:
		*into = "EUR"
	case *trade.Free:
		*into = trade.Free{"key " + strconv.Itoa(f.n): "value", "": "<&>"}
	case *money.Rounding:
		*into = money.MathToHalf
	case *int64:
		*into = int64(f.n) << 40
	default:
		f.composed(v, key)
	}
}

func (f *filler) composed(v reflect.Value, key string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("č<\"\\\n😀\u2028" + key + strconv.Itoa(f.n))
		if list, ok := reflect.TypeAssert[interface{ Values() []string }](v); ok {
			v.SetString(list.Values()[f.n%len(list.Values())])
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		if f.fill(v.Elem(), key); v.Elem().IsZero() {
			v.SetZero() // nothing in it is the same as nothing there
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(v.Index(0), key)
		f.fill(v.Index(1), key)
	case reflect.Struct:
		for _, field := range reflect.VisibleFields(v.Type()) {
			tag := field.Tag.Get("json")
			if tag != "" && (!isOptional(tag) || f.random.Float64() < f.share) {
				f.fill(v.FieldByIndex(field.Index), field.Name)
			}
		}
	default:
		panic("no value for " + v.Type().String())
	}
}

func isOptional(tag string) bool { return len(tag) > 9 && tag[len(tag)-9:] == ",omitzero" }

// Record makes a record of a kind.
func (f *filler) Record(kind string) trade.Record {
	subject, _ := trade.New(trade.Kind(kind))
	f.fill(reflect.ValueOf(subject).Elem(), "")
	subject.Header().Kind = trade.Kind(kind)
	switch s := subject.(type) {
	case *trade.Document:
		named(s.Customer)
		named(s.Supplier)
	case *trade.ProductRecord:
		named(s.Supplier)
	case *trade.ContractRecord:
		named(s.Customer)
	}
	return trade.Record{Of: subject}
}

// named gives a party its name, without which it counts as absent.
func named(p *trade.Party) {
	if p != nil {
		p.Name = "Truhlárna"
	}
}

func TestWrittenRecordsReadTheSame(t *testing.T) {
	schema := published(t)
	first := oracle.Seed(t, 0)
	for seed := first; seed < first+60; seed++ {
		f := &filler{random: rand.New(rand.NewPCG(seed, 0)), share: float64(seed%4) / 3}
		for _, kind := range trade.Kind("").Values() {
			want := f.Record(kind)
			text, err := canonical.Append([]byte("x"), want)
			require.NoError(t, err)
			require.Equal(t, "x{", string(text[:2]), "appended")
			require.NoError(t, valid(t, schema, string(text[1:])))
			got := decodeJSON(t, string(text[1:]))
			require.Empty(t, got.Issues, "%s", text)
			got.Record.Origin = trade.Origin{}
			require.Equal(t, want, got.Record)
		}
	}
}

func TestWrittenForm(t *testing.T) {
	text, err := canonical.Append(nil, trade.Record{Of: &trade.Document{Head: trade.Head{Kind: trade.Order, Source: trade.Source{System: "x", ID: "7"}}, Number: "<1>",
		Lines: []trade.Line{{Name: "a", UnitPrice: money.MustParse("12345678901234567890.10"), DiscountPercent: money.Zero}},
	}})
	require.NoError(t, err)
	assert.Equal(t, `{"kind":"order","source":{"system":"x","id":"7"},"number":"<1>","lines":[{"name":"a","unitPrice":12345678901234567890.1,"discountPercent":0}]}`, string(text))
	assert.True(t, json.Valid(text))

	_, err = canonical.Append(nil, trade.Record{})
	assert.Error(t, err)
}
