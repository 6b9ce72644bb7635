package pohoda

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// unsayings finds the fields of records for which a table has no row that writes them.
type unsayings struct {
	fields []unsayable
	// noted are fields that the internal note says where the unit wants it.
	noted []noteField
}

// unsayable is a field, or what holds some.
type unsayable struct {
	name  string
	index []int
	list  bool
	inner []unsayable
}

// ownFields say nothing to POHODA of themselves: they tell records apart, decide whether
// one goes, are held against what is computed, or are POHODA's own words.
var ownFields = map[string]bool{
	"schemaVersion": true, "kind": true, "source": true, "status": true, "pohoda": true, "direction": true, "totals": true,
	"payment.state": true, "payment.paidAmount": true, "payment.amountDue": true, "payment.amountToReturn": true,
	"payment.appliedAmount": true, "payment.retainedAmount": true, "payment.paidDate": true,
	"customer.id": true, "supplier.id": true, "owner.id": true, "lines[].totals": true, "lines[].kind": true, "lines[].stockLink": true,
}

// unsayingsOf gives those of the targets of an agenda, by name.
func unsayingsOf(a *Agenda) map[string]unsayings {
	all := make(map[string]unsayings, len(a.Targets))
	for _, t := range a.Targets {
		all[t.Name] = newUnsayings(a.Rows(), t)
	}
	return all
}

// newUnsayings looks at the rows of an agenda for what a record that becomes a target may
// hold.
func newUnsayings(rows []fieldtable.Info, t Target) unsayings {
	subject, _ := trade.New(t.Kind)
	role := trade.CustomerRole
	if doc, ok := subject.(*trade.Document); ok {
		doc.Direction = t.Direction
		role, _ = doc.Partner()
	}
	said := map[string]bool{}
	for _, row := range rows {
		if row.Direction != fieldtable.Both && row.Direction != fieldtable.WriteOnly {
			continue
		}
		for field := range strings.SplitSeq(row.Field, ", ") {
			// The rows of the partner, which serve both, name the customer.
			if rest, ok := strings.CutPrefix(field, "customer."); ok {
				field = string(role) + "." + rest
			}
			said[strings.TrimSuffix(field, "[]")] = true
		}
	}
	var u unsayings
	for _, optional := range noteFields {
		before := len(said)
		maps.DeleteFunc(said, func(field string, _ bool) bool { return optional.is(field) })
		if len(said) < before {
			u.noted = append(u.noted, optional)
		}
	}
	u.fields = unsayableOf(reflect.TypeOf(subject).Elem(), "", said)
	return u
}

// leafTypes are the structs of the model that are values.
var leafTypes = []string{"Decimal", "Date", "Time"}

func unsayableOf(t reflect.Type, path string, said map[string]bool) (fields []unsayable) {
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		at := strings.TrimPrefix(path+"."+name, ".")
		if name == "" || ownFields[at] || said[at] {
			continue
		}
		inner, list := f.Type, false
		if inner.Kind() == reflect.Slice {
			inner, list = inner.Elem(), true
			at += "[]"
		}
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		u := unsayable{name: name, index: f.Index, list: list}
		// A part of which nothing is said is named as a whole.
		whole := !slices.ContainsFunc(slices.Collect(maps.Keys(said)), func(field string) bool { return strings.HasPrefix(field, at+".") })
		if inner.Kind() == reflect.Struct && !slices.Contains(leafTypes, inner.Name()) && !whole {
			if u.inner = unsayableOf(inner, at, said); u.inner == nil {
				continue
			}
		}
		fields = append(fields, u)
	}
	return fields
}

// of names the fields that a record has and nothing says, each once; words are those of
// what the internal note says.
func (u unsayings) of(subject trade.Subject, words []string) []string {
	found := map[string]bool{}
	collect(u.fields, reflect.ValueOf(subject).Elem(), "", found)
	if doc, ok := subject.(*trade.Document); ok {
		// Rows of these write nothing where what names the thing is missing.
		place := doc.ShipTo
		found["shipTo"] = found["shipTo"] || place != nil && !place.IsPlace() && *place != trade.ShipTo{PickupPoint: place.PickupPoint}
		found["attachments"] = found["attachments"] || slices.ContainsFunc(doc.Attachments, func(a trade.Attachment) bool { return a.URL == "" })
		maps.DeleteFunc(found, func(_ string, there bool) bool { return !there })
	}
	for _, f := range u.noted {
		if slices.Contains(words, f.Word) {
			maps.DeleteFunc(found, func(field string, _ bool) bool { return f.is(field) })
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func collect(fields []unsayable, v reflect.Value, path string, found map[string]bool) {
	for i := range fields {
		f := &fields[i]
		value := v.FieldByIndex(f.index)
		if value.IsZero() {
			continue
		}
		at := strings.TrimPrefix(path+"."+f.name, ".")
		switch {
		case f.inner == nil:
			found[at] = true
		case f.list:
			for n := range value.Len() {
				collect(f.inner, reflect.Indirect(value.Index(n)), at+"[]", found)
			}
		default:
			collect(f.inner, reflect.Indirect(value), at, found)
		}
	}
}
