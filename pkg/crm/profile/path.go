package profile

import (
	"reflect"
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// CodeProfileUnknownField is the code of a path that the canonical record lacks.
var CodeProfileUnknownField = diag.Usage.Code("profile-unknown-field", "key", "known")

// checkPaths reports the fields that the canonical record of the kind lacks.
func (l *loader) checkPaths() {
	record := canonical.DocumentType(l.p.Kind)
	for _, f := range l.p.fields {
		f.toText = takesText(l.checkPath(record, f.key))
	}
	for _, d := range l.p.defaults {
		l.checkPath(record, d.key)
	}
	if l.p.lines == nil {
		return
	}
	l.checkPath(record, l.p.lines.from.key)
	for _, f := range l.p.lines.fields {
		f.toText = takesText(l.checkPath(reflect.TypeFor[trade.Line](), f.key))
	}
}

// takesText tells whether a field's type is free text.
func takesText(t reflect.Type) bool {
	if t == nil || t.Kind() != reflect.String {
		return false
	}
	_, isLeaf := canonical.Leaves[t]
	return !isLeaf
}

// checkPath gives the type of the field to which a path leads, and reports one
// that leads to none.
func (l *loader) checkPath(t reflect.Type, path scalar) reflect.Type {
	if t == nil {
		return nil // the kind is reported already
	}
	for key := range strings.SplitSeq(path.text, ".") {
		inner, known := fieldType(t, key)
		if inner == nil && len(l.issues) >= canonical.MaxIssues {
			return nil
		}
		if inner == nil {
			l.issues.Add(diag.New(CodeProfileUnknownField, "key", key, "known", known).WithValue(path.text).WithPosition(path.at))
			return nil
		}
		t = inner
	}
	return t
}

// fieldType is the type of a field by its key in the canonical record; nil with
// the keys that were probably meant when there is none.
func fieldType(t reflect.Type, key string) (reflect.Type, string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == reflect.TypeFor[trade.Free]() {
		return reflect.TypeFor[string](), ""
	}
	if _, isLeaf := canonical.Leaves[t]; isLeaf || t.Kind() != reflect.Struct {
		return nil, "-"
	}
	fields := fieldTypes(t)
	if inner, ok := fields[key]; ok {
		return inner, ""
	}
	return nil, nearestOf(key, fields)
}

var knownFields sync.Map // reflect.Type of a struct to map[string]reflect.Type

// fieldTypes are the types of a struct's fields by their keys.
func fieldTypes(t reflect.Type) map[string]reflect.Type {
	if known, ok := knownFields.Load(t); ok {
		return known.(map[string]reflect.Type)
	}
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
			fields[name] = f.Type
		}
	}
	knownFields.Store(t, fields)
	return fields
}
