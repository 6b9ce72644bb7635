package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// OriginKind says which layer a value comes from.
type OriginKind string

// The layers, each beating the one before.
const (
	FromDefault     OriginKind = "default"
	FromFile        OriginKind = "file"
	FromEnvironment OriginKind = "environment"
	FromFlag        OriginKind = "flag"
)

// Origin is where a value was set: At is set for a file, Name is the variable
// or the flag.
type Origin struct {
	Kind OriginKind
	At   diag.Position
	Name string
}

// String names the place; a default is the word "default".
func (o Origin) String() string {
	switch o.Kind {
	case FromFile:
		return o.At.String()
	case FromEnvironment, FromFlag:
		return o.Name
	}
	return string(FromDefault)
}

// Origin tells where the value at a key ("unit.ico") comes from.
func (c *Config) Origin(key string) Origin {
	if origin, ok := c.origins[key]; ok {
		return origin
	}
	return Origin{Kind: FromDefault}
}

// Value is one value in force.
type Value struct {
	Key    string
	Text   string
	Origin Origin
}

// Values lists every value that is set, in the order of the keys. Elements of
// lists have keys such as "vat.rates[0].high", those of maps "maps.payment.cod".
func (c *Config) Values() []Value {
	var all []Value
	c.collect(reflect.ValueOf(c).Elem(), "", &all)
	return all
}

func (c *Config) collect(v reflect.Value, key string, all *[]Value) {
	switch {
	case isMapping(v):
		for _, f := range fields(v, key) {
			c.collect(f.value, f.key, all)
		}
	case v.Kind() == reflect.Map:
		for _, name := range slices.Sorted(maps.Keys(stringKeys(v))) {
			c.collect(v.MapIndex(reflect.ValueOf(name)), join(key, name), all)
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			c.collect(v.Index(i), fmt.Sprintf("%s[%d]", key, i), all)
		}
	case !v.IsZero() || c.Origin(key).Kind != FromDefault:
		*all = append(*all, Value{key, display(v), c.Origin(key)})
	}
}

func stringKeys(v reflect.Value) map[string]bool {
	keys := map[string]bool{}
	for _, key := range v.MapKeys() {
		keys[key.String()] = true
	}
	return keys
}

func display(v reflect.Value) string {
	switch value := v.Interface().(type) {
	case *bool:
		return strconv.FormatBool(*value)
	case fmt.Stringer:
		return value.String()
	}
	return diag.Mask(fmt.Sprint(v.Interface()))
}

// String writes YYYY-MM-DD.
func (d Day) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// UnknownVariables warns of environment variables that look like values of the
// configuration but name none.
func UnknownVariables(env map[string]string) diag.List {
	var known []string
	for _, f := range singles(reflect.ValueOf(Default()).Elem(), "") {
		known = append(known, variable(f.key))
	}
	var issues diag.List
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if strings.HasPrefix(name, prefix) && !slices.Contains(known, name) {
			issues.Add(diag.Warn(CodeUnknownVariable, "known", diag.Meant(name, known)).WithValue(name))
		}
	}
	return issues
}
