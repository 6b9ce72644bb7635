package schemas_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/schemas"
	"github.com/gopohoda/pohoda/schemas/schematest"
)

// seed makes the broken documents the same every time.
const seed = 20260302

// covered are the records, requests and answers that the bundled schemas know.
func covered(t *testing.T) map[string]bool {
	known := map[string]bool{}
	all := loadSet(t, schemas.XSD)
	for _, item := range []string{"data.xsd dataPackItemType", "response.xsd responsePackItemType"} {
		c := all["complexType "+item]
		for _, choice := range c.all("choice") {
			for _, e := range choice.all("element") {
				_, name, _ := strings.Cut(e.attr("ref"), ":")
				known[name+e.attr("name")] = true
			}
		}
	}
	return known
}

// document is a complete pack.
type document struct {
	path   string // as it was written, in its own encoding
	utf8   []byte
	schema string // data.xsd or response.xsd
}

func TestVerdictsOfDocuments(t *testing.T) {
	official := officialSet(t)
	docs := append(documents(t, "testdata/*.xml"), samples(t)...)
	files := map[string][]string{}
	for _, d := range docs {
		files[d.schema] = append(files[d.schema], d.path)
	}
	theirs, ours := map[string]bool{}, map[string]bool{}
	for schema, batch := range files {
		maps.Copy(theirs, verdicts(t, filepath.Join(official, schema), batch...))
		maps.Copy(ours, verdicts(t, schema, batch...))
	}
	valid := 0
	for _, d := range docs {
		want := theirs[d.path]
		assert.Equal(t, want, ours[d.path], d.path)
		if strings.HasPrefix(d.path, "testdata") {
			assert.True(t, want, "%s is meant to be valid", d.path)
		}
		if want {
			valid++
		}
	}
	t.Logf("%d documents: %d valid, %d invalid", len(docs), valid, len(docs)-valid)
}

func TestVerdictsOfMutants(t *testing.T) {
	official := officialSet(t)
	mutants := oracle.Mutants(t) * schematest.Agendas(schemas.XSD)
	docs := append(documents(t, "testdata/*.xml"), samples(t)...)
	rng := rand.New(rand.NewSource(int64(oracle.Seed(t, seed))))
	dir := t.TempDir()
	files := map[string][]string{}
	origin := map[string]document{}
	for made := 0; made < mutants; {
		d := docs[rng.Intn(len(docs))]
		mutant := schematest.Mutate(rng, d.utf8)
		if bytes.Equal(mutant, d.utf8) {
			continue
		}
		made++
		f := filepath.Join(dir, strconv.Itoa(made)+".xml")
		require.NoError(t, os.WriteFile(f, mutant, 0o600))
		files[d.schema] = append(files[d.schema], f)
		origin[f] = d
	}
	valid, unequal := 0, 0
	for schema, batch := range files {
		want := verdicts(t, filepath.Join(official, schema), batch...)
		got := verdicts(t, schema, batch...)
		for _, f := range batch {
			if want[f] {
				valid++
			}
			if want[f] != got[f] && unequal < 20 {
				unequal++
				t.Errorf("%s: official %v, bundled %v:\n%s", origin[f].path, want[f], got[f], difference(t, origin[f].utf8, f))
			}
		}
	}
	t.Logf("%d mutants of %d documents: %d valid, %d invalid", mutants, len(docs), valid, mutants-valid)
}

// difference shows what a mutant has in place of its original.
func difference(t *testing.T, original []byte, file string) string {
	mutant, err := os.ReadFile(file)
	require.NoError(t, err)
	from := 0
	for from < len(mutant) && from < len(original) && mutant[from] == original[from] {
		from++
	}
	return string(mutant[max(0, from-100):min(len(mutant), from+200)])
}

// oracle gives the folder of the official schemas.
func officialSet(t *testing.T) string {
	oracle.XMLLint(t)
	return filepath.Join(oracle.Reference(t), "pohoda", "xsd")
}

func verdicts(t *testing.T, schema string, files ...string) map[string]bool {
	found, err := schematest.XMLLint(schema, files)
	require.NoError(t, err)
	return found
}

// samples gives the packs of the reference that hold nothing but covered records.
func samples(t *testing.T) []document {
	folder := filepath.Join(os.Getenv("POHODA_REFERENCE"), "pohoda", "samples")
	found := append(documents(t, folder+"/*.xml"), documents(t, folder+"/lib-fragments/*.xml")...)
	require.NotEmpty(t, found)
	return found
}

func documents(t *testing.T, pattern string) []document {
	paths, err := filepath.Glob(pattern)
	require.NoError(t, err)
	known := covered(t)
	var found []document
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		require.NoError(t, err)
		d := document{path: p, utf8: toUTF8(t, raw)}
		if d.schema = schemaOf(d.utf8, known); d.schema != "" {
			found = append(found, d)
		}
	}
	return found
}

func toUTF8(t *testing.T, raw []byte) []byte {
	declaration, rest, _ := bytes.Cut(raw, []byte("?>"))
	if !bytes.Contains(bytes.ToLower(declaration), []byte("windows-1250")) {
		return raw
	}
	rest, err := charmap.Windows1250.NewDecoder().Bytes(rest)
	require.NoError(t, err)
	return append([]byte(`<?xml version="1.0" encoding="UTF-8"?>`), rest...)
}

// schemaOf names the schema of a pack; empty for other documents and for packs with anything not covered.
func schemaOf(doc []byte, covered map[string]bool) string {
	schema := map[string]string{"dataPack": "data.xsd", "responsePack": "response.xsd"}
	var root, parent string
	dec := xml.NewDecoder(bytes.NewReader(doc))
	for depth := 0; ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return schema[root]
		}
		if err != nil {
			return ""
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			switch depth {
			case 0:
				root = name
			case 1:
				parent = name
			case 2:
				if strings.HasSuffix(parent, "PackItem") && !covered[name] {
					return ""
				}
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
}
