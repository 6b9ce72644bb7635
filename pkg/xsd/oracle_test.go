package xsd_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	oracle "github.com/jacoelho/xsd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/xsd"
)

// TestVerdictsOfLibrary compares our verdicts over the bundled schemas with
// those of another Go validator; with the reference at hand also those over the
// official schemas.
func TestVerdictsOfLibrary(t *testing.T) {
	originals := own(t)
	docs := append(slices.Clone(originals), mutants(t, originals, many(t))...)
	t.Run("bundled", func(t *testing.T) {
		for _, root := range roots {
			compareLibrary(t, oracle.File(filepath.Join("..", "..", "schemas", root)), bundled(t, root), root, docs, originals)
		}
	})
	t.Run("official", func(t *testing.T) {
		originals := samples(t)
		docs := append(slices.Clone(originals), mutants(t, small(originals), many(t))...)
		folder := utf8Schemas(t)
		for _, root := range roots {
			compareLibrary(t, oracle.File(filepath.Join(folder, root)), official(t, root), root, docs, originals)
		}
	})
}

func compareLibrary(t *testing.T, source oracle.SchemaSource, schema *xsd.Schema, root string, docs, originals []document) {
	engine, err := oracle.Compile(source)
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
