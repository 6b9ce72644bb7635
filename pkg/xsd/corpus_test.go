package xsd_test

import (
	"bytes"
	"io"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/schemas"
	"github.com/gopohoda/pohoda/schemas/schematest"
)

// seed makes the mutants the same every time.
const seed = 26

// document is a complete pack in UTF-8, or a mutant of one.
type document struct {
	name string
	data []byte
	root string // the schema for its document element
	// covered tells that the bundled schemas know all that its items hold.
	covered bool
}

// roots are the schemas by the local name of the document element.
var roots = map[string]string{"dataPack": "data.xsd", "responsePack": "response.xsd"}

// coveredItems are what the bundled schemas know inside an item.
var coveredItems = map[string]bool{
	"order": true, "listOrderRequest": true, "orderResponse": true, "listOrder": true, "errorDetail": true,
}

// own are the documents of this project.
func own(t testing.TB) []document { return documents(t, "../../schemas/testdata/*.xml") }

// samples are those of the reference.
func samples(t testing.TB) []document {
	folder := filepath.Join(reference(t), "pohoda", "samples")
	found := append(documents(t, folder+"/*.xml"), documents(t, folder+"/lib-fragments/*.xml")...)
	require.NotEmpty(t, found)
	return found
}

func documents(t testing.TB, pattern string) []document {
	paths, err := filepath.Glob(pattern)
	require.NoError(t, err)
	var found []document
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		d := document{name: filepath.Base(path), data: utf8Copy(t, raw), covered: true}
		if all, err := events(d.data); err == nil {
			d.survey(all)
		}
		if d.root != "" {
			found = append(found, d)
		}
	}
	return found
}

// survey finds out the root and what the items hold.
func (d *document) survey(all []event) {
	depth := 0
	for _, e := range all {
		switch e.kind {
		case xmlio.Start:
			if depth == 0 {
				d.root = roots[e.name.Local]
			}
			if depth == 2 && e.name.Space != "dat" && !coveredItems[e.name.Local] {
				d.covered = false
			}
			depth++
		case xmlio.End:
			depth--
		}
	}
}

// utf8Copy gives a document in UTF-8 with a declaration that says so.
func utf8Copy(t testing.TB, raw []byte) []byte {
	declaration, rest, _ := bytes.Cut(raw, []byte("?>"))
	if !bytes.Contains(bytes.ToLower(declaration), []byte("windows-1250")) {
		return raw
	}
	text, err := io.ReadAll(charset.NewReader(bytes.NewReader(rest), charset.Windows1250))
	require.NoError(t, err)
	return append([]byte(`<?xml version="1.0" encoding="UTF-8"?>`), text...)
}

// mutants gives n broken documents.
func mutants(t testing.TB, docs []document, n int) []document {
	rng := rand.New(rand.NewSource(int64(oracle.Seed(t, seed))))
	made := make([]document, 0, n)
	for len(made) < n {
		d := docs[rng.Intn(len(docs))]
		if mutant := schematest.Mutate(rng, d.data); !bytes.Equal(mutant, d.data) {
			made = append(made, document{d.name, mutant, d.root, d.covered})
		}
	}
	return made
}

// many is how many mutants a test tries: some for each agenda.
func many(t testing.TB) int { return oracle.Mutants(t) * schematest.Agendas(schemas.XSD) }

// small leaves out documents that would make mutants slow to check.
func small(docs []document) []document {
	var some []document
	for _, d := range docs {
		if len(d.data) < 16<<10 {
			some = append(some, d)
		}
	}
	return some
}

// difference shows what a document has in place of its original.
func difference(d document, originals []document) string {
	for _, o := range originals {
		if o.name != d.name {
			continue
		}
		from := 0
		for from < len(d.data) && from < len(o.data) && d.data[from] == o.data[from] {
			from++
		}
		return d.name + ": " + strings.ToValidUTF8(string(d.data[max(0, from-200):min(len(d.data), from+200)]), "?")
	}
	return d.name
}
