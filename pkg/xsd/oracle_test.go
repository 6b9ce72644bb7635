package xsd_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	library "github.com/jacoelho/xsd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/xsd"
	"github.com/gopohoda/pohoda/schemas/schematest"
)

// TestVerdictsOfLibrary compares our verdicts over the bundled schemas with
// those of another Go validator; with the reference at hand also those over the
// official schemas.
func TestVerdictsOfLibrary(t *testing.T) {
	originals := own(t)
	docs := append(slices.Clone(originals), mutants(t, originals, many(t))...)
	t.Run("bundled", func(t *testing.T) {
		for _, root := range roots {
			compareLibrary(t, library.File(filepath.Join("..", "..", "schemas", root)), bundled(t, root), root, docs, originals)
		}
	})
	t.Run("official", func(t *testing.T) {
		originals := samples(t)
		docs := append(slices.Clone(originals), mutants(t, small(originals), many(t))...)
		folder := utf8Schemas(t)
		for _, root := range roots {
			compareLibrary(t, library.File(filepath.Join(folder, root)), official(t, root), root, docs, originals)
		}
	})
}

func compareLibrary(t *testing.T, source library.SchemaSource, schema *xsd.Schema, root string, docs, originals []document) {
	engine, err := library.Compile(source)
	require.NoError(t, err)
	valid, n := 0, 0
	uses := map[string]int{}
	for _, d := range docs {
		if d.root != root {
			continue
		}
		n++
		err := engine.Validate(bytes.NewReader(d.data))
		got, found := validate(schema, d.data)
		if got {
			valid++
		}
		if got == (err == nil) {
			continue
		}
		mistake := libraryMistake(err, found)
		assert.NotEmpty(t, mistake, "library: %v, ours: %v\n%s", err, found, difference(d, originals))
		uses[mistake]++
	}
	t.Logf("%s: %d documents, %d valid; mistakes of the library: %v", root, n, valid, uses)
}

// libraryMistake names the known mistake of the library that a difference comes
// from.
func libraryMistake(err error, found []xsd.Finding) string {
	if err != nil {
		if len(found) == 0 && strings.Contains(err.Error(), "xsi:schemaLocation must contain namespace/location pairs") {
			return "an odd xsi:schemaLocation is refused"
		}
		return ""
	}
	for _, f := range found {
		bare := strings.Trim(f.Value, " \t\r\n")
		if bare == f.Value || bare != "" && f.Code != xsd.CodeNotInList || bare == "" && f.Code != xsd.CodeNotEmpty && f.Code != xsd.CodeEmpty {
			return ""
		}
	}
	return "blanks are nothing to an element without content and to the texts of a union"
}

// utf8Schemas copies the official schemas in UTF-8, as the library needs them.
func utf8Schemas(t *testing.T) string {
	paths, err := filepath.Glob(filepath.Join(reference(t), "pohoda", "xsd", "*.xsd"))
	require.NoError(t, err)
	folder := t.TempDir()
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, filepath.Base(path)), utf8Copy(t, raw), 0o600))
	}
	return folder
}

// TestVerdictsOfLibxml2 compares our verdicts over the official schemas with
// those of xmllint, and, for what they cover, those over the bundled schemas.
func TestVerdictsOfLibxml2(t *testing.T) {
	oracle.XMLLint(t)
	originals := append(samples(t), own(t)...)
	docs := append(slices.Clone(originals), mutants(t, own(t), many(t))...)
	docs = append(docs, mutants(t, small(samples(t)), many(t))...)
	want := lint(t, docs)
	pairs := schemaPairs(t)
	var doubtful []doubt
	covered, valid := 0, 0
	for i, d := range docs {
		got, _ := validate(pairs[d.root].official, d.data)
		if got != want[i] {
			doubtful = append(doubtful, doubt{d, got})
		}
		if got {
			valid++
		}
		if !d.covered {
			continue
		}
		covered++
		if own, _ := validate(pairs[d.root].bundled, d.data); own != got {
			t.Errorf("official %v, bundled %v: %s", got, own, difference(d, originals))
		}
	}
	t.Logf("%d documents, %d valid, %d of covered records, %d to be explained", len(docs), valid, covered, len(doubtful))
	explain(t, doubtful, originals)
}

type schemaPair struct{ official, bundled *xsd.Schema }

func schemaPairs(t *testing.T) map[string]schemaPair {
	pairs := map[string]schemaPair{}
	for _, root := range roots {
		pairs[root] = schemaPair{official(t, root), bundled(t, root)}
	}
	return pairs
}

// validate tells whether a document is valid; one that is not well-formed is
// not.
func validate(schema *xsd.Schema, doc []byte) (bool, []xsd.Finding) {
	all, err := events(doc)
	if err != nil {
		return false, nil
	}
	var found []xsd.Finding
	valid := feed(schema.NewSession(func(f xsd.Finding) { found = append(found, f) }), all)
	return valid, found
}

// lint gives the verdicts of xmllint over the official schemas.
func lint(t *testing.T, docs []document) []bool {
	dir := t.TempDir()
	files := map[string][]string{}
	for i, d := range docs {
		file := filepath.Join(dir, strconv.Itoa(i))
		require.NoError(t, os.WriteFile(file, d.data, 0o600))
		files[d.root] = append(files[d.root], file)
	}
	verdicts := make([]bool, len(docs))
	for root, batch := range files {
		found, err := schematest.XMLLint(filepath.Join(reference(t), "pohoda", "xsd", root), batch)
		require.NoError(t, err)
		for file, valid := range found {
			i, err := strconv.Atoi(filepath.Base(file))
			require.NoError(t, err)
			verdicts[i] = valid
		}
	}
	return verdicts
}

// mistakes are those of libxml2 2.9 against XSD 1.0, each with a way to write
// the same document so that it does not make them. Its verdict on that has to
// be ours.
var mistakes = []struct {
	name  string
	spot  *regexp.Regexp
	plain string
}{
	{"a blank CDATA section between elements is refused", regexp.MustCompile(`<!\[CDATA\[(\s*)\]\]>`), "$1"},
	{"blanks around a date, a time or a short are refused", padded(`\d[-\d:TZ+.]*`), ">$1$2<"},
	{"an integer of more than 24 digits is refused", regexp.MustCompile(`>[-+]?\d{25,}<`), ">1<"},
	{"an exponent without digits is taken", regexp.MustCompile(`>[\d.]+e<`), ">x<"},
	{"letters outside its alphabet are taken in base64", regexp.MustCompile(`(:data(?: [^>]*)?>)[^<]*[^\s\w+/=<][^<]*<`), "${1}x<"},
	{"a float fixed at 1.0 is compared as a text", regexp.MustCompile(`(:quantity>)` + blank + `*1` + blank + `*<`), "${1}1.0<"},
}

// blank is one, as a character or as a reference to it.
const blank = `(?:\s|&#(?:9|10|13|32);)`

// padded finds a text of which the blanks around it do not count.
func padded(text string) *regexp.Regexp {
	return regexp.MustCompile(`>(?:` + blank + `+(` + text + `)` + blank + `*|(` + text + `)` + blank + `+)<`)
}

// doubt is a document of which xmllint says something else.
type doubt struct {
	document
	ours bool
}

// explain checks that each difference from xmllint is a known mistake of it.
func explain(t *testing.T, doubtful []doubt, originals []document) {
	plain := make([]document, len(doubtful))
	uses := map[string]int{}
	for i, d := range doubtful {
		plain[i] = d.document
		text := string(d.data)
		for _, m := range mistakes {
			if m.spot.MatchString(text) {
				uses[m.name]++
				text = m.spot.ReplaceAllString(text, m.plain)
			}
		}
		plain[i].data = []byte(text)
	}
	for i, verdict := range lint(t, plain) {
		if verdict != doubtful[i].ours {
			t.Errorf("ours %v, xmllint %v: %s", doubtful[i].ours, verdict, difference(doubtful[i].document, originals))
		}
	}
	for name, n := range uses {
		t.Logf("%4d × libxml2: %s", n, strings.TrimSpace(name))
	}
}
