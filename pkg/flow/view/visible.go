package view

import (
	"reflect"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// visibleCopy is a thing whose texts are made visible, for a table or a report that
// puts them between line ends of its own.
func visibleCopy[T any](thing T) T {
	c := reflect.New(reflect.TypeFor[T]()).Elem()
	c.Set(reflect.ValueOf(&thing).Elem())
	makeVisible(c)
	return c.Interface().(T)
}

// makeVisible changes the texts of a value that nobody else has; what it points to
// is copied before.
func makeVisible(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(diag.Visible(v.String()))
	case reflect.Struct:
		for n := range v.NumField() {
			if v.Type().Field(n).IsExported() {
				makeVisible(v.Field(n))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c := reflect.New(v.Type().Elem())
			c.Elem().Set(v.Elem())
			makeVisible(c.Elem())
			v.Set(c)
		}
	case reflect.Slice:
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		for n := range c.Len() {
			makeVisible(c.Index(n))
		}
		if !v.IsNil() {
			v.Set(c)
		}
	case reflect.Array:
		for n := range v.Len() {
			makeVisible(v.Index(n))
		}
	}
}
