package main

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
)

// TestConfigTemplateIsSound takes the marks of comment off the keys: all of it
// must be a configuration, with every key in it.
func TestConfigTemplateIsSound(t *testing.T) {
	commented := regexp.MustCompile(`(?m)^( *)# ( *(?:- \{|[a-zA-Z_]+:( |$)))`)
	whole := commented.ReplaceAllString(configTemplate, "$1$2")
	for _, content := range []string{configTemplate, whole} {
		_, issues := config.Read(config.Name, []byte(content), nil)
		assert.Empty(t, issues, content)
	}
	loaded, _ := config.Read(config.Name, []byte(whole), nil)
	table, err := profile.Show("csv-orders")
	require.NoError(t, err)
	require.NotEmpty(t, loaded.Source.Columns)
	for column := range loaded.Source.Columns {
		assert.Contains(t, string(table), "    "+column+":")
	}
	for _, key := range yamlKeys(reflect.TypeFor[config.Config]()) {
		assert.Regexp(t, `(?m)(^ *|[{] ?|, )`+key+`:`, whole)
	}
}

func yamlKeys(typ reflect.Type) []string {
	switch typ.Kind() {
	case reflect.Map, reflect.Slice, reflect.Pointer:
		return yamlKeys(typ.Elem())
	case reflect.Struct:
	default:
		return nil
	}
	var keys []string
	for f := range typ.Fields() {
		switch key := f.Tag.Get("yaml"); key {
		case "":
			if f.Anonymous {
				keys = append(keys, yamlKeys(f.Type)...)
			}
		case "*":
			// The keys are the user's own.
			keys = append(keys, yamlKeys(f.Type)...)
		default:
			keys = append(append(keys, key), yamlKeys(f.Type)...)
		}
	}
	return keys
}

func TestConfigTemplateStatesTheDefaults(t *testing.T) {
	for _, v := range config.Default().Values() {
		name := v.Key[strings.LastIndexByte(v.Key, '.')+1:]
		name, _, list := strings.Cut(name, "[")
		open := ": "
		if list {
			open = `: \[(\w+, )*`
		}
		assert.Regexp(t, `(?m)^ *(# )? *`+name+open+regexp.QuoteMeta(v.Text)+`\b`, configTemplate)
	}
}
