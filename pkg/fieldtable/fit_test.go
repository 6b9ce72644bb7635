package fieldtable_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
)

// limits are those of the letters' schema.
func limits(path string) fieldtable.Limit {
	switch path {
	case "letter/head/number/@series", "letter/lines/line/l:name", "letter/to/p:name", "letter/@number", "letter/head/title":
		return fieldtable.Limit{Length: 5}
	case "letter/tags/tag":
		return fieldtable.Limit{Length: 3, Count: 2}
	case "letter/lines/line/l:money/l:price":
		return fieldtable.Limit{Fault: func(text string) *diag.Issue {
			if text[0] == '-' {
				return diag.New("negative").WithValue(text)
			}
			return nil
		}}
	}
	return fieldtable.Limit{}
}

// ascii is an encoding that lacks much, and knows a way out for some of it.
var ascii = fieldtable.Fit{
	Encoding: "ASCII",
	Lacks: func(text string) []rune {
		var lacking []rune
		for _, r := range text {
			if r > '~' {
				lacking = append(lacking, r)
			}
		}
		return lacking
	},
}

// noMarks is an encoding that has letters with accents, but no accents alone.
var noMarks = fieldtable.Fit{Encoding: "no marks", Lacks: func(text string) []rune {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		return []rune(text)
	}
	return nil
}}

func replacing(with func(string) (string, []rune)) fieldtable.Fit {
	fit := ascii
	fit.Replace = with
	return fit
}

func TestFit(t *testing.T) {
	translit := replacing(func(s string) (string, []rune) {
		if strings.Contains(s, "☃") {
			return strings.ReplaceAll(s, "☃", ""), []rune{'☃'}
		}
		return strings.NewReplacer("ž", "z", "…", "...").Replace(s), nil
	})
	for name, test := range map[string]struct {
		letter letter
		fit    fieldtable.Fit
		xml    string
		issues []string
	}{
		"as long as allowed": {
			letter{Number: "12345", Lines: []line{{Name: "žžžžž"}}, Tags: []string{"abc", "def"}}, fieldtable.Fit{},
			`<letter number="12345"><lines><line><l:name>žžžžž</l:name></line></lines><tags><tag>abc</tag><tag>def</tag></tags></letter>`, nil,
		},
		"too long": {
			letter{Number: "123456", To: &person{Name: "Jaromír"}, Lines: []line{{}, {Name: "žžžžžž"}}, Tags: []string{"abcd"}}, fieldtable.Fit{},
			`<letter number="123456"><to><p:name>Jaromír</p:name></to><lines><line/><line><l:name>žžžžžž</l:name></line></lines><tags><tag>abcd</tag></tags></letter>`,
			[]string{"error text-too-long number 123456", "error text-too-long to.name Jaromír", "error text-too-long lines[1].name žžžžžž", "error text-too-long tags[0] abcd"},
		},
		"cut": {
			letter{Title: "abcd efgh", Lines: []line{{Name: "žluťoučký"}}}, fieldtable.Fit{Cut: true},
			`<letter><head><title>abcd</title></head><lines><line><l:name>žluťo</l:name></line></lines></letter>`,
			[]string{"warning text-cut title abcd efgh", "warning text-cut lines[0].name žluťoučký"},
		},
		"what identifies is never cut": {
			letter{Series: "123456"}, fieldtable.Fit{Cut: true},
			`<letter><head><number series="123456"/></head></letter>`, []string{"error identifier-too-long series 123456"},
		},
		"too many": {
			letter{Tags: []string{"a", "b", "c"}}, fieldtable.Fit{},
			`<letter><tags><tag>a</tag><tag>b</tag><tag>c</tag></tags></letter>`, []string{"error list-too-long tags "},
		},
		"wrong by the schema": {
			letter{Lines: []line{{Price: money.FromInt(-1)}}}, fieldtable.Fit{},
			`<letter><lines><line><l:money><l:price>-1</l:price></l:money></line></lines></letter>`, []string{"error negative lines[0].price -1"},
		},
		"unmappable is refused": {
			letter{Note: "ž"}, ascii, `<letter><note>ž</note></letter>`, []string{"error character-unmappable note ž"},
		},
		"transliterated": {
			letter{Note: "ž"}, translit, `<letter><note>z</note></letter>`, []string{"warning character-replaced note ž"},
		},
		"an accent joins its letter": {
			letter{Note: "z\u030c"}, noMarks, `<letter><note>ž</note></letter>`, nil,
		},
		"nothing like it": {
			letter{Note: "☃"}, translit, `<letter><note></note></letter>`, []string{"error character-unlike note ☃"},
		},
		"longer by transliteration": {
			letter{Title: "abc…"}, translit, `<letter><head><title>abc...</title></head></letter>`,
			[]string{"warning character-replaced title abc…", "error text-too-long title abc..."},
		},
		"sent as a reference": {
			letter{Note: "ž"}, replacing(func(s string) (string, []rune) { return s, nil }),
			`<letter><note>ž</note></letter>`, []string{"warning character-referenced note ž"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			xml, issues := write(t, &test.letter, limits, test.fit)
			assert.Equal(t, test.xml, xml)
			var found []string
			for _, issue := range issues {
				found = append(found, strings.Join([]string{string(issue.Severity), string(issue.Code), issue.Path, issue.Value}, " "))
			}
			assert.Equal(t, test.issues, found)
		})
	}
}

func TestFitExplains(t *testing.T) {
	_, issues := write(t, &letter{Tags: []string{"abcd", "b", "c"}, Note: "ž\u200b"}, limits, ascii)
	require.Len(t, issues, 3)
	assert.Equal(t, diag.Args{"characters": "ž (U+017E), U+200B", "encoding": "ASCII", "label": "NOTE"}, issues[0].Args)
	assert.Equal(t, diag.Args{"count": "3", "limit": "2", "label": "TAGS"}, issues[1].Args)
	assert.Equal(t, diag.Args{"length": "4", "limit": "3", "label": ""}, issues[2].Args)
}
