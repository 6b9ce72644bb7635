package profile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/yamlio"
)

// small is a profile that is sound; tests add to it.
const small = `profile: 1
name: small
system: small
kind: order
fields:
  source.id: r.id
`

func TestProfileFindings(t *testing.T) {
	for _, c := range []struct {
		name, add string
		code      diag.Code
		line, col int
		value     string
		hint      string
	}{
		{"unknown key", "feilds: {}\n", CodeProfileUnknownKey, 7, 1, "feilds", "known here: fields"},
		{"unknown key of a section", "recognise:\n  hs: [a]\n", CodeProfileUnknownKey, 8, 3, "hs", "has"},
		{"a key twice", "name: again\n", CodeProfileYAML, 7, 1, "", ""},
		{"a field that is not there", "  customer.nmae: r.x\n", CodeProfileUnknownField, 7, 3, "customer.nmae", "name"},
		{"below a single value", "  number.x: r.x\n", CodeProfileUnknownField, 7, 3, "number.x", ""},
		{"a field of lines", "lines:\n  fields:\n    unitprice: it.x\n", CodeProfileUnknownField, 9, 5, "unitprice", "unitPrice"},
		{"a default that is not there", "defaults: {curency: CZK}\n", CodeProfileUnknownField, 7, 12, "curency", "currency"},
		{"a function that is not there", "  number: frist(r.a, r.b)\n", CodeProfileUnknownName, 7, 11, "frist", "first"},
		{"a variable that is not there", "  number: 'r.a ?? rr.b'\n", CodeProfileUnknownName, 7, 19, "rr", ""},
		{"the line outside of lines", "  number: it.a\n", CodeProfileUnknownName, 7, 11, "it", ""},
		{"a map that is not there", "maps: {currency: {values: {a: b}}}\nvars:\n  x: lookup(\"curency\", r.a)\n", CodeProfileUnknownName, 9, 6, "curency", "currency"},
		{"a lookup that is not there", "  number: record(\"x\", r.a)\n", CodeProfileUnknownName, 7, 11, "x", ""},
		{"a name that is taken", "vars: {first: r.a}\n", CodeProfileNameTaken, 7, 8, "first", ""},
		{"not an expression", "  number: r.a +\n", CodeProfileExpression, 7, 15, "r.a +", ""},
		{"a block", "  number: |\n    r.a\n    + + frist(1)\n", CodeProfileUnknownName, 9, 0, "frist", "first"},
		{"cut off by a blank and a hash", "  number: 'map(r.a, # + 1)'\n  title: map(r.a, # + 1)\n", CodeProfileExpression, 8, 0, "map(r.a,", "single quotes"},
		{"cut off by a comma in braces", "vars: {a: first(r.a, r.b)}\n", CodeProfileExpression, 7, 0, "first(r.a", "single quotes"},
		{"a colon", "  number: 'r.a ? 1 : 2'\n  title: r.a ? 1 : 2\n", CodeProfileYAML, 8, 0, "", "single quotes"},
		{"an unknown kind", "", CodeProfileValue, 4, 7, "ordr", ""},
		{"a wrong type", "maps: [a]\n", CodeProfileWrongType, 7, 7, "", ""},
		{"an anchor", "title: &x y\n", CodeProfileWrongType, 7, 8, "", ""},
		{"a wrong choice", "maps: {a: {miss: maybe}}\n", CodeProfileValue, 7, 18, "maybe", "error, warning, none"},
		{"a lookup without a key", "lookups: {a: {title: x}}\n", CodeProfileMissingKey, 7, 11, "", ""},
		{"a column without names", "csv: {group: a, head: {a: {is: code}}}\n", CodeProfileMissingKey, 7, 24, "", ""},
		{"a group that is no column", "csv: {group: b, head: {a: {names: A}}}\n", CodeProfileValue, 7, 14, "b", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := small + c.add
			if c.name == "an unknown kind" {
				text = strings.Replace(text, "kind: order", "kind: ordr", 1)
			}
			path := filepath.Join(t.TempDir(), "own.yaml")
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
			_, issues := FindProfile(path)
			require.NotEmpty(t, issues)
			issue := issues[0]
			assert.Equal(t, c.code, issue.Code, issue)
			assert.Equal(t, path, issue.At.File)
			assert.Equal(t, c.line, issue.At.Line)
			if c.col > 0 {
				assert.Equal(t, c.col, issue.At.Column)
			}
			assert.Equal(t, c.value, issue.Value)
			assert.Contains(t, diag.English.Hint(issue), c.hint)
		})
	}
}

func TestProfileMissingKeys(t *testing.T) {
	_, issues := ReadProfile([]byte("profile: 1\nformat: csv\n"), "own.yaml")
	var keys []string
	for _, issue := range issues {
		assert.Equal(t, CodeProfileMissingKey, issue.Code)
		keys = append(keys, issue.Args["key"])
	}
	assert.Equal(t, []string{"name", "system", "kind", "fields", "csv"}, keys)
}

func TestProfilesThatAreNone(t *testing.T) {
	for text, code := range map[string]diag.Code{
		"":                                 CodeProfileWrongType,
		"- a\n":                            CodeProfileWrongType,
		"a: 1\n---\nb: 2\n":                CodeProfileWrongType,
		"a: [1, 2\n":                       CodeProfileYAML,
		"\xff\xfe":                         CodeProfileYAML,
		"a: " + strings.Repeat("x", 1<<20): yamlio.CodeTooLarge,
		"a: " + strings.Repeat("[", 40000): yamlio.CodeTooDeep,
		"a: 1\n\uFEFFb: 2\n":               yamlio.CodeInvisible,
	} {
		_, issues := ReadProfile([]byte(text), "own.yaml")
		require.NotEmpty(t, issues, text[:min(20, len(text))])
		assert.Equal(t, code, issues[0].Code, text[:min(20, len(text))])
	}
}

func TestFindProfile(t *testing.T) {
	for name, code := range map[string]diag.Code{
		"raynet-daal":      CodeProfileNotFound,
		"./none.yaml":      canonical.CodeFileNotFound,
		"none.yml":         canonical.CodeFileNotFound,
		"something else":   CodeProfileNotFound,
		t.TempDir() + "/x": canonical.CodeFileNotFound,
	} {
		_, issues := FindProfile(name)
		require.Len(t, issues, 1, name)
		assert.Equal(t, code, issues[0].Code, name)
		if name == "raynet-daal" {
			assert.Equal(t, "raynet-deal", issues[0].Args["known"])
		}
	}
	_, err := Show("raynet-daal")
	assert.Equal(t, CodeProfileNotFound, diag.As(err).Code)
	text, err := Show("raynet-deal")
	require.NoError(t, err)
	assert.Contains(t, string(text), "name: raynet-deal")
}

func TestEmbeddedProfiles(t *testing.T) {
	entries, err := embedded.ReadDir("profiles")
	require.NoError(t, err)
	assert.Len(t, entries, len(EmbeddedNames))
	require.Len(t, Profiles(), len(EmbeddedNames))
	for i, info := range Profiles() {
		t.Run(info.Name, func(t *testing.T) {
			assert.Equal(t, EmbeddedNames[i], info.Name)
			assert.NotEmpty(t, info.Title)
			p, issues := FindProfile(info.Name)
			require.Empty(t, issues)
			assert.NotEmpty(t, p.Shape.Has)
		})
	}
}

// Two columns of a profile must not claim one header.
func TestEmbeddedColumnsAreTold(t *testing.T) {
	p, _ := EmbeddedProfile("csv-orders")
	claimed := map[string]string{}
	for _, c := range p.Table.columns {
		for _, name := range c.names {
			assert.Empty(t, claimed[sheet.Fold(name)], "%s: %s", c.Name, name)
			claimed[sheet.Fold(name)] = c.Name
		}
	}
}

// fileOf writes a file of a test.
func fileOf(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}
