package xsd_test

import (
	"bytes"
	"os"
	"testing"

	oracle "github.com/jacoelho/xsd"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/pkg/xsd"
	"github.com/gopohoda/pohoda/schemas"
)

// orderOfThreeItems is a pack with one order as an export writes it.
func orderOfThreeItems(t testing.TB) []byte {
	doc, err := os.ReadFile("testdata/order.xml")
	require.NoError(t, err)
	return doc
}

func session(t testing.TB, schema *xsd.Schema) *xsd.Session {
	return schema.NewSession(func(f xsd.Finding) { t.Fatal(f.Issue()) })
}

func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, err := xsd.Compile(schemas.XSD, "data.xsd", house)
		require.NoError(b, err)
	}
}

func BenchmarkTree(b *testing.B) {
	scanner := xmlio.NewScanner(bytes.NewReader(orderOfThreeItems(b)), "", namespaces)
	_, err := scanner.Next()
	require.NoError(b, err)
	tree, err := scanner.Element()
	require.NoError(b, err)
	s := session(b, bundled(b, "data.xsd"))
	b.ReportAllocs()
	for b.Loop() {
		s.Tree(tree)
		s.Reset()
	}
}

func BenchmarkEvents(b *testing.B) {
	all, err := events(orderOfThreeItems(b))
	require.NoError(b, err)
	s := session(b, bundled(b, "data.xsd"))
	b.ReportAllocs()
	for b.Loop() {
		feed(s, all)
	}
}

// BenchmarkLibrary is what the same document costs with the library, reading
// included.
func BenchmarkLibrary(b *testing.B) {
	engine, err := oracle.Compile(oracle.File("../../schemas/data.xsd"))
	require.NoError(b, err)
	doc := orderOfThreeItems(b)
	s, err := engine.NewSession(oracle.ValidateOptions{})
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, s.Validate(bytes.NewReader(doc)))
	}
}
