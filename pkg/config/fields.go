package config

import (
	"reflect"
	"strings"

	"github.com/gopohoda/pohoda/pkg/money"
)

// field is one key of a mapping with the place of its value.
type field struct {
	// key is the whole path: unit.ico.
	key   string
	value reflect.Value
	tag   reflect.StructTag
}

// others is the key of a field that takes the keys which its struct does not name.
const others = "*"

// fields lists the keys of a struct in their order, each under its prefix; the
// map of the other keys has the prefix alone.
func fields(v reflect.Value, prefix string) []field {
	var all []field
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			all = append(all, fields(v.Field(i), prefix)...)
		} else if name := f.Tag.Get("yaml"); name == others {
			all = append(all, field{prefix, v.Field(i), f.Tag})
		} else if name != "" {
			all = append(all, field{join(prefix, name), v.Field(i), f.Tag})
		}
	}
	return all
}

// byName gives those values of a struct that have a type and are set, by their keys.
func byName[T any](v reflect.Value) map[string]T {
	all := map[string]T{}
	for _, f := range fields(v, "") {
		if value, ok := reflect.TypeAssert[T](f.value); ok && !f.value.IsZero() {
			all[f.key] = value
		}
	}
	return all
}

// singles lists the single values below a struct: those that are neither in a
// list nor in a mapping with free keys.
func singles(v reflect.Value, prefix string) []field {
	var all []field
	for _, f := range fields(v, prefix) {
		switch {
		case isMapping(f.value):
			all = append(all, singles(f.value, f.key)...)
		case f.value.Kind() != reflect.Map && f.value.Kind() != reflect.Slice:
			all = append(all, f)
		}
	}
	return all
}

// isMapping tells a struct of keys from a single value that happens to be one.
func isMapping(v reflect.Value) bool {
	_, number := reflect.TypeAssert[money.Decimal](v)
	return v.Kind() == reflect.Struct && !number
}

func join(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

// prefix begins every environment variable of the tool.
const prefix = "POHODA_"

// variable names the environment variable of a key.
func variable(key string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}
