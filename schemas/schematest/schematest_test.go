package schematest

import (
	"math/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
)

func TestMutateIsDeterministicAndVaried(t *testing.T) {
	doc, err := os.ReadFile("../testdata/order-received.xml")
	require.NoError(t, err)
	original := string(doc)
	seed := int64(oracle.Seed(t, 1))
	first, second := rand.New(rand.NewSource(seed)), rand.New(rand.NewSource(seed))
	different, wellFormed := map[string]bool{}, 0
	for range 300 {
		mutant := Mutate(first, doc)
		require.Equal(t, string(mutant), string(Mutate(second, doc)))
		require.Equal(t, original, string(doc), "the document itself stays as it is")
		different[string(mutant)] = true
		if _, err := parse(mutant); err == nil {
			wellFormed++
		}
	}
	assert.Greater(t, len(different), 250)
	assert.Greater(t, wellFormed, 280)
}

func TestMutateLeavesWhatIsNoXML(t *testing.T) {
	rng := rand.New(rand.NewSource(int64(oracle.Seed(t, 1))))
	for _, doc := range []string{"", "text", "<a>", "</a>", "<a></b>", "<a", "\xff"} {
		assert.Equal(t, doc, string(Mutate(rng, []byte(doc))))
	}
}

func TestWriteKeepsADocument(t *testing.T) {
	const doc = `<?xml version="1.0"?><!-- c --><a x="1 &lt; 2"><b/>text &amp; <![CDATA[<]]><?pi d?></a>`
	top, err := parse([]byte(doc))
	require.NoError(t, err)
	assert.Equal(t, doc, string(top.bytes()))
}

func TestXMLLint(t *testing.T) {
	oracle.XMLLint(t)
	file := func(name, content string) string {
		f := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(f, []byte(content), 0o600))
		return f
	}
	schema := file("s.xsd", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:date"/></xs:schema>`)
	good, bad, broken := file("good.xml", "<a>2026-03-02</a>"), file("bad.xml", "<a>x</a>"), file("broken.xml", "<a>")

	verdicts, err := XMLLint(schema, []string{good, bad, broken})
	require.NoError(t, err)
	assert.Equal(t, map[string]bool{good: true, bad: false, broken: false}, verdicts)

	_, err = XMLLint(bad, []string{good})
	assert.ErrorContains(t, err, "failed to compile")
}
