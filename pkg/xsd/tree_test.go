package xsd_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// tree reads a document as one element, nil when it is not well-formed.
func tree(doc []byte) *etree.Element {
	scanner := xmlio.NewScanner(bytes.NewReader(doc), "test.xml", namespaces)
	if _, err := scanner.Next(); err != nil {
		return nil
	}
	el, err := scanner.Element()
	if err != nil {
		return nil
	}
	return el
}

func TestTreeHasTheVerdictOfItsDocument(t *testing.T) {
	schema := map[string]*xsd.Schema{}
	for _, root := range roots {
		schema[root] = bundled(t, root)
	}
	for _, d := range append(own(t), mutants(t, own(t), many(t))...) {
		el := tree(d.data)
		if el == nil {
			continue
		}
		want, found := validate(schema[d.root], d.data)
		s := schema[d.root].NewSession(func(xsd.Finding) {})
		s.Tree(el)
		assert.Equal(t, want, s.Done(), "%s: %v", d.name, found)
	}
}

// TestItems validates items one by one below an envelope, as an export does.
func TestItems(t *testing.T) {
	doc, err := os.ReadFile("testdata/order.xml")
	require.NoError(t, err)
	pack := tree(doc)
	require.NotNil(t, pack)
	var found []xsd.Finding
	s := bundled(t, "data.xsd").NewSession(func(f xsd.Finding) { found = append(found, f) })
	start := func() {
		s.Start(xsd.ParseName("dat:dataPack"), []xsd.Attr{
			{Name: xsd.Name{Local: "version"}, Value: "2.0"}, {Name: xsd.Name{Local: "id"}, Value: "P"},
			{Name: xsd.Name{Local: "application"}, Value: "test"}, {Name: xsd.Name{Local: "note"}},
		}, position)
	}
	start()
	s.Tree(pack.SelectElement("dataPackItem"))
	pack.FindElement("//ord:orderItem[2]/ord:quantity").SetText("x")
	s.Tree(pack.SelectElement("dataPackItem"))
	s.End()
	assert.False(t, s.Done())
	require.Len(t, found, 1)
	assert.Equal(t, "dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderDetail/ord:orderItem#2/ord:quantity", found[0].Path)

	start()
	s.End()
	assert.False(t, s.Done())
	require.Len(t, found, 2)
	assert.Equal(t, xsd.CodeMissingElement, found[1].Code)

	start()
	s.Reset()
	assert.True(t, s.Done())
}

func TestSessionDoesNotAllocate(t *testing.T) {
	doc, err := os.ReadFile("testdata/order.xml")
	require.NoError(t, err)
	el := tree(doc)
	all, err := events(doc)
	require.NoError(t, err)
	s := session(t, bundled(t, "data.xsd"))
	s.Tree(el)
	require.True(t, s.Done())
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		s.Tree(el)
		s.Reset()
		feed(s, all)
	}))
}
