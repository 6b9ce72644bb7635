package export_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// silentFields leave neither XML nor a word, and why.
var silentFields = map[string]string{
	"schemaVersion":           "the version of the record's own form",
	"source.updatedAt":        "decides what is new",
	"source.version":          "decides what is new",
	"status.name":             "decides whether the record goes",
	"status.id":               "decides whether the record goes",
	"pohoda.id":               "POHODA's own words of a document that it holds",
	"pohoda.number":           "POHODA's own words of a document that it holds",
	"pohoda.delivered":        "POHODA's own words of a document that it holds",
	"pohoda.reserved":         "POHODA's own words of a document that it holds",
	"pohoda.cancelled":        "POHODA's own words of a document that it holds",
	"direction":               "what the record becomes anyway",
	"customer.id":             "tells records apart in the source",
	"owner.id":                "tells records apart in the source",
	"payment.state":           "what pohoda paid fills in",
	"payment.paid":            "what pohoda paid fills in",
	"payment.amount":          "what pohoda paid fills in",
	"payment.applied":         "what pohoda paid fills in",
	"payment.retained":        "what pohoda paid fills in",
	"totals.byRate[].vatRate": "a rate without a sum claims nothing",
	"lines[].kind":            "rules how the line is written",
	"lines[].stockLink":       "rules whether the line is tied to stock",
}

// TestEveryFieldIsSentOrTold fills each canonical field alone: it shows in the document, or
// the report names it, or the record is refused for it.
func TestEveryFieldIsSentOrTold(t *testing.T) {
	run := func(t *testing.T, line string) (string, string) {
		tr := flowtest.NewTrial(t, line)
		tr.Config.Maps.Label, tr.Config.Maps.Series = map[string]string{"*": "*"}, map[string]string{"*": "*"}
		_, err := tr.Run(t.Context())
		require.NoError(t, err)
		var said strings.Builder
		for _, issue := range tr.Told {
			said.WriteString(string(issue.Code) + " " + issue.Path + " " + issue.Value + " " + issue.Args["fields"] + "\n")
		}
		return tr.Printed.String(), said.String()
	}
	const base = `{"kind":"deal","source":{"system":"crm","id":"1"},"number":"D-1","issueDate":"2026-03-02","currency":"CZK",` +
		`"customer":{"name":"Vzorová","address":{"city":"Brno"}},"lines":[{"name":"Stůl","quantity":"1","unitPrice":"1000","vatRate":"21"}]}`
	plainXML, plainSaid := run(t, base)
	tried := 0
	for _, field := range leavesOf(reflect.TypeFor[trade.Document](), "") {
		var record map[string]any
		require.NoError(t, json.Unmarshal([]byte(base), &record))
		if !setField(record, strings.Split(field.path, "."), field.value) {
			continue // the base has it
		}
		text, err := json.Marshal(record)
		require.NoError(t, err)
		tried++
		xml, said := run(t, string(text))
		silent := slices.ContainsFunc(slices.Collect(keysOf(silentFields)), func(p string) bool { return strings.HasPrefix(field.path, p) })
		assert.Equal(t, silent, xml == plainXML && said == plainSaid, "%s = %v\n%s", field.path, field.value, said)
	}
	assert.Greater(t, tried, 100)
}

func keysOf(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

type leafField struct {
	path  string
	value any
}

// leavesOf gives the canonical fields below a type, each with a value.
func leavesOf(t reflect.Type, path string) (fields []leafField) {
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			continue
		}
		at := strings.TrimPrefix(path+"."+name, ".")
		inner := f.Type
		if inner.Kind() == reflect.Slice {
			inner, at = inner.Elem(), at+"[]"
		}
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		value := valueOf(inner)
		if value == nil {
			fields = append(fields, leavesOf(inner, at)...)
			continue
		}
		fields = append(fields, leafField{at, value})
	}
	return fields
}

// valueOf is a value of a leaf's type, nil of a struct.
func valueOf(t reflect.Type) any {
	switch v := reflect.New(t).Interface().(type) {
	case *money.Decimal:
		return "7"
	case *trade.Date:
		return "2026-03-09"
	case *trade.Time:
		return "2026-03-09T10:00:00Z"
	case *trade.Flag:
		return true
	case *trade.Country:
		return "CZ"
	case *money.Currency:
		return "CZK"
	case interface{ Values() []string }:
		return v.Values()[len(v.Values())-1]
	case *trade.Free:
		return map[string]any{"x": "y"}
	}
	switch t.Kind() {
	case reflect.String:
		return "12345679"
	case reflect.Int64:
		return 7
	}
	return nil
}

// setField puts a value at a path; false says that there is one.
func setField(at map[string]any, path []string, value any) bool {
	key, list := strings.CutSuffix(path[0], "[]")
	if len(path) == 1 {
		if _, there := at[key]; there {
			return false
		}
		if list {
			value = []any{value}
		}
		at[key] = value
		return true
	}
	if list {
		if at[key] == nil {
			at[key] = []any{map[string]any{}}
		}
		return setField(at[key].([]any)[0].(map[string]any), path[1:], value)
	}
	if at[key] == nil {
		at[key] = map[string]any{}
	}
	return setField(at[key].(map[string]any), path[1:], value)
}
