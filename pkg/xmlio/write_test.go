package xmlio

import (
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
)

func TestAppendElement(t *testing.T) {
	el := etree.NewElement("ord:order")
	el.CreateAttr("version", "2.0")
	header := el.CreateElement("ord:orderHeader")
	header.CreateElement("ord:text").SetText("Židle & <stůl>")
	header.CreateElement("ord:note").SetText("1\r\n2\t")
	header.CreateElement("ord:intNote").SetText("")
	header.CreateElement("ord:isExecuted").CreateAttr("a", "\"1\"\r\n\t<'&>")
	cdata := header.CreateElement("ord:label")
	cdata.CreateCData("a]]>")
	cdata.CreateText(" b")
	assert.Equal(t, `<x/>
  <ord:order version="2.0">
    <ord:orderHeader>
      <ord:text>Židle &amp; &lt;stůl&gt;</ord:text>
      <ord:note>1&#13;
2	</ord:note>
      <ord:intNote/>
      <ord:isExecuted a="&quot;1&quot;&#13;&#10;&#9;&lt;'&amp;&gt;"/>
      <ord:label>a]]&gt; b</ord:label>
    </ord:orderHeader>
  </ord:order>
`, string(AppendElement([]byte("<x/>\n"), el, 1)))
	assert.NotContains(t, string(AppendElement(nil, header.ChildElements()[0], -1)), "\n")
}

func TestAppendMixedContent(t *testing.T) {
	el := etree.NewElement("a")
	el.CreateText("x ")
	el.CreateElement("b").CreateElement("c")
	el.CreateText(" y")
	assert.Equal(t, "<a>x <b><c/></b> y</a>\n", string(AppendElement(nil, el, 0)))
}

func TestAppendForeign(t *testing.T) {
	el, err := rootOf(scan(`<p:a xmlns:p="urn:{p}&amp;" p:k="1" xml:lang="cs"><b/><p:c/><ord:d xmlns:ord="` + orders + `"><b/></ord:d></p:a>`))
	require.NoError(t, err)
	assert.Equal(t, `<a xmlns="urn:{p}&amp;" xmlns:_0="urn:{p}&amp;" _0:k="1" xml:lang="cs">
  <b xmlns=""/>
  <c/>
  <ord:d>
    <b xmlns=""/>
  </ord:d>
</a>
`, string(AppendElement(nil, el, 0)))
}

func TestAppendDeep(t *testing.T) {
	el := etree.NewElement("a")
	deepest := el
	for range 20 {
		deepest = deepest.CreateElement("a")
	}
	lines := strings.Split(string(AppendElement(nil, el, 0)), "\n")
	assert.Equal(t, strings.Repeat(" ", 40)+"<a/>", lines[20])
}

// TestAppendIllegal: the output is well-formed whatever the text.
func TestAppendIllegal(t *testing.T) {
	for text, rune := range map[string]rune{
		"a\x0Bb":       0x0B,
		"a\x00":        0,
		"\uFFFE":       0xFFFE,
		"x\uFFFFy":     0xFFFF,
		"\xFF":         0xFFFD,
		"\xED\xA0\x80": 0xFFFD,
	} {
		found, illegal := IllegalRune(text)
		assert.True(t, illegal)
		assert.Equal(t, rune, found)
		el := etree.NewElement("a")
		el.CreateAttr("b", text)
		el.SetText(text)
		again, err := rootOf(scan(string(AppendElement(nil, el, 0))))
		require.NoError(t, err)
		assert.Contains(t, again.Text(), "\uFFFD")
		assert.Contains(t, again.SelectAttrValue("b", ""), "\uFFFD")
	}
	for _, text := range []string{"", "Příliš\t\r\n", "\x7f\u0085\uFEFF\uFFFD\U0010FFFF"} {
		_, illegal := IllegalRune(text)
		assert.False(t, illegal, "%q", text)
	}
}

func TestEnvelope(t *testing.T) {
	e := Envelope{
		Encoding:   charset.Windows1250,
		Root:       Name{"dat", "dataPack"},
		Attrs:      []Attr{{Name{"", "version"}, "2.0"}, {Name{"", "note"}, `"Ž"`}},
		Prefixes:   []string{"typ", "dat"},
		Namespaces: house,
	}
	assert.Equal(t, `<?xml version="1.0" encoding="Windows-1250"?>
<dat:dataPack version="2.0" note="&quot;Ž&quot;" xmlns:dat="`+version2+`data.xsd" xmlns:typ="`+version2+`type.xsd">
`, string(e.Head()))
	assert.Equal(t, "</dat:dataPack>\n", string(e.Tail()))
	assert.Equal(t, []string{"typ", "dat"}, e.Prefixes, "the order of the caller is left alone")

	plain := Envelope{Encoding: charset.UTF8, Root: Name{Local: "eform"}, Namespaces: house}
	assert.Equal(t, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<eform>\n", string(plain.Head()))
}

func TestNamespaces(t *testing.T) {
	n := NewNamespaces(map[string]string{"b": "urn:x", "a": "urn:x"})
	prefix, ok := n.Prefix("urn:x")
	assert.True(t, ok)
	assert.Equal(t, "a", prefix)
	assert.Equal(t, "urn:x", n.URI("b"))
	assert.Empty(t, n.URI("c"))
	_, ok = n.Prefix("urn:y")
	assert.False(t, ok)
	assert.Equal(t, "ord:text", Name{"ord", "text"}.String())
	assert.Equal(t, "{urn:y}text", Name{"{urn:y}", "text"}.String())
	assert.Equal(t, "text", Name{"", "text"}.String())
}
