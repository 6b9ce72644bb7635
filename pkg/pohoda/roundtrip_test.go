package pohoda_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// variants are documents with every field filled, of each target; what one of them cannot
// say another can.
var variants = map[string]struct {
	set    *pohoda.Settings
	change func(*trade.Document)
}{
	"plain":   {&pohodatest.Czech, func(*trade.Document) {}},
	"slovak":  {&pohodatest.Slovak, func(d *trade.Document) { d.Currency = "EUR"; rates(d, 23, 5) }},
	"foreign": {&pohodatest.Czech, func(d *trade.Document) { d.Currency = "USD" }},
	"unlinked": {&pohodatest.Czech, func(d *trade.Document) {
		d.Payment.MethodName, d.Customer.PohodaID = "", 0
		for i := range d.Lines {
			d.Lines[i].StockLink = trade.LinkNever
		}
	}},
	"oss": {&pohodatest.Czech, func(d *trade.Document) { d.VATMode = trade.OneStopShop; d.OSS.Country = "SK"; rates(d, 23, 19) }},
}

// TestEveryRowSurvives fills every field with a value of its own, writes and
// reads: each row that is written brings its value back to its place.
func TestEveryRowSurvives(t *testing.T) {
	eachTable(t, func(t *testing.T, a *pohoda.Agenda, _ *xsd.Decl, rows []fieldtable.Info) {
		if !pohodatest.IsWritten(a) {
			t.Skip("it is read only")
		}
		codec := codecOf(t, a)
		written := map[string]bool{}
		for _, target := range a.Targets {
			for name, variant := range variants {
				t.Run(target.Name+"/"+name, func(t *testing.T) {
					w := pohoda.Work{Record: &trade.Record{Of: filled(target)}, Target: target, Set: variant.set}
					if document := w.Record.Document(); document != nil {
						variant.change(document)
						totals, _ := compute(document, variant.set)
						w.Totals = &totals
					}
					el, issues := codec.Encode(w)
					assert.False(t, issues.Refused(), issues)
					paths(el, "", func(path string) { written[path] = true })
					again := codec.Decode(el, variant.set)
					assert.Empty(t, again.Issues)
					assert.Empty(t, again.LeftOut)
					assert.Equal(t, target.Name, again.Target.Name)
					for _, row := range rows {
						survives(t, row, el, w.Record.Of, again.Record.Of)
					}
				})
			}
		}
		for _, row := range rows {
			if row.Direction == fieldtable.Both && row.Field != "" {
				assert.True(t, written[row.Path], "%s was never written", row.Path)
			}
		}
	})
}

func survives(t *testing.T, row fieldtable.Info, el *etree.Element, before, after trade.Subject) {
	present := false
	paths(el, "", func(path string) { present = present || path == row.Path })
	// Several fields in one place cannot be told apart again; the goldens hold them.
	if !present || row.Direction != fieldtable.Both || row.Field == "" || strings.Contains(row.Field, ",") {
		return
	}
	field := row.Field
	if document, ok := before.(*trade.Document); ok {
		role, _ := document.Partner()
		if rest, ok := strings.CutPrefix(field, "customer."); ok {
			field = string(role) + "." + rest
		}
	}
	want := at(reflect.ValueOf(before), field)
	assert.NotEmpty(t, want, field)
	assert.Equal(t, want, at(reflect.ValueOf(after), field), "%s by %s", field, row.Path)
}

func rates(d *trade.Document, percents ...int64) {
	for i := range d.Lines {
		d.Lines[i].VATRate = money.FromInt(percents[i])
	}
}

// filled is a record that becomes a target, in which every field has a value that no
// other has, as far as its type allows.
func filled(target pohoda.Target) trade.Subject {
	subject, _ := trade.New(target.Kind)
	n := 0
	fill(reflect.ValueOf(subject).Elem(), &n)
	subject.Header().Kind = target.Kind
	d, ok := subject.(*trade.Document)
	if !ok {
		return subject
	}
	d.Direction, d.VATMode, d.Currency = target.Direction, trade.Domestic, "CZK"
	d.Rounding = trade.Rounding{Document: money.MathToOne, VAT: "none", CalculateVAT: trade.Yes, Method: vat.OriginalMethod}
	d.Text, d.OSS.Country = "", ""
	d.Attachments[1].Path = ""
	rates(d, 21, 12)
	for i := range d.Lines {
		d.Lines[i].Kind, d.Lines[i].VATCode, d.Lines[i].StockLink = "", "", ""
		d.Lines[i].Note, d.Lines[i].Parent = "", ""
		d.Lines[i].ReverseCharge = trade.Yes
		d.Lines[i].OSSService = []string{"TS", "ES"}[i]
		parameters(d.Lines[i].Parameters)
	}
	parameters(d.Parameters)
	return d
}

// parameters gives the types in turn, with values of their kind.
func parameters(list []trade.Parameter) {
	values := []trade.Parameter{
		{Type: "text", Value: "text"}, {Type: "memo", Value: "two\nlines"}, {Type: "currency", Value: "1.5"}, {Type: "boolean", Value: "true"},
		{Type: "number", Value: "2.5"}, {Type: "date", Value: "2026-01-02"}, {Type: "integer", Value: "7"}, {Type: "list", Value: "item"},
	}
	for i := range list {
		list[i].Type, list[i].Value = values[i].Type, values[i].Value
	}
}

// fill gives a value to everything below.
func fill(v reflect.Value, n *int) {
	*n++
	switch place := v.Addr().Interface().(type) {
	case *money.Decimal:
		*place = money.FromInt(int64(*n))
		return
	case *trade.Date:
		*place = trade.NewDate(2026, 1, 1+*n%28)
		return
	case *trade.Time:
		*place, _ = trade.ParseTime("2026-01-01T00:00:00Z")
		return
	case *trade.Flag:
		*place = trade.FlagOf(*n%2 == 0)
		return
	case *trade.Country:
		*place = []trade.Country{"CZ", "SK", "DE", "AT"}[*n%4]
		return
	case *string:
		*place = fmt.Sprintf("v%d", *n)
		return
	case *int64:
		*place = int64(*n)
		return
	case interface{ Values() []string }:
		words := place.Values()
		v.SetString(words[*n%len(words)])
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, n)
		}
	case reflect.Slice:
		count := 2
		if v.Type().Elem() == reflect.TypeFor[trade.Parameter]() {
			count = 8
		}
		v.Set(reflect.MakeSlice(v.Type(), count, count))
		for i := range count {
			fill(v.Index(i), n)
		}
	}
}

// at gives the values at a canonical path, as text.
func at(v reflect.Value, path string) []string {
	v = reflect.Indirect(v)
	if !v.IsValid() {
		return nil
	}
	if path == "" {
		if v.IsZero() {
			return nil
		}
		return []string{fmt.Sprint(v.Interface())}
	}
	key, rest, _ := strings.Cut(path, ".")
	name, list := strings.CutSuffix(key, "[]")
	field := fieldOf(v, name)
	if !list {
		return at(field, rest)
	}
	var all []string
	for i := range field.Len() {
		all = append(all, at(field.Index(i), rest)...)
	}
	return all
}

// fieldOf finds a field by the name that it has in JSON.
func fieldOf(v reflect.Value, name string) reflect.Value {
	for _, field := range reflect.VisibleFields(v.Type()) {
		if tag, _, _ := strings.Cut(field.Tag.Get("json"), ","); tag == name {
			return v.FieldByIndex(field.Index)
		}
	}
	panic("no field " + name + " in " + v.Type().String())
}
