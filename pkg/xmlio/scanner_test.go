package xmlio

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const version2 = "http://www.stormware.cz/schema/version_2/"

// house are the prefixes of these tests.
var house = NewNamespaces(map[string]string{
	"dat": version2 + "data.xsd",
	"ord": version2 + "order.xsd",
	"typ": version2 + "type.xsd",
	"rsp": version2 + "response.xsd",
})

// told reads a document to its end and writes each token down: "<name
// attribute=value", ">name" and texts in quotation marks.
func told(s *Scanner) (string, error) {
	var out []string
	for {
		kind, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			return strings.Join(out, " "), nil
		case err != nil:
			return strings.Join(out, " "), err
		case kind == Text:
			out = append(out, fmt.Sprintf("%q", s.Text()))
		case kind == End:
			out = append(out, ">"+s.Name().String())
		default:
			out = append(out, "<"+s.Name().String())
			for _, a := range s.Attrs() {
				out = append(out, fmt.Sprintf("%s=%q", a.Name, a.Value))
			}
		}
	}
}

func scan(document string) *Scanner {
	return NewScanner(strings.NewReader(document), "f.xml", house)
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, document, tokens string }{
		{"empty element", `<a/>`, `<a >a`},
		{"white space in tags", "<a\n b = '1'\t/>", `<a b="1" >a`},
		{"end tag with white space", "<a></a \n>", `<a >a`},
		{"text", `<a>x > y ' "</a>`, `<a "x > y ' \"" >a`},
		{"brackets in text", `<a>]] ]>x]</a>`, `<a "]] ]>x]" >a`},
		{"references", `<a>&lt;&gt;&amp;&apos;&quot;&#65;&#x42;&#x1F600;</a>`, `<a "<>&'\"AB😀" >a`},
		{"leading zeros of a reference", `<a>&#0000000000000000000000065;</a>`, `<a "A" >a`},
		{"CDATA joins", `<a>x<![CDATA[<&]]]]><![CDATA[>]]>y</a>`, `<a "x<&]]>y" >a`},
		{"empty CDATA", `<a><![CDATA[]]></a>`, `<a >a`},
		{"comments and instructions join", `<a>x<!-- - -->y<?p q?>z</a>`, `<a "xyz" >a`},
		{"comments around the root", "<!--1-->\n<?p?><a/><!--2--> <?q ??>\n", `<a >a`},
		{"line ends", "<a>\r\n1\r2\n3<![CDATA[\r\n\r]]>&#13;</a>", `<a "\n1\n2\n3\n\n\r" >a`},
		{"values are normalised", "<a b='\r\n1\t2\r3\n&#10;&#9;&#13;\"'/>", `<a b=" 1 2 3 \n\t\r\"" >a`},
		{"markup in a comment", "<a><!-- <b> & ]]> --></a>", `<a >a`},
		{"greater-than in a value", `<a b=">"/>`, `<a b=">" >a`},
		{"declaration", "<?xml version='1.0' encoding = \"utf-8\"\tstandalone='no' ?><a/>", `<a >a`},
		{"instruction like a declaration", `<?xml-stylesheet href="a"?><a/>`, `<a >a`},
		{"names", `<_.-1><č·é/></_.-1>`, `<_.-1 <č·é >č·é >_.-1`},
		{"delete and C1 characters", "<a>\x7f\u0085\ufeff</a>", "<a \"\\x7f\\u0085\\ufeff\" >a"},
		{"byte order mark", "\uFEFF<a/>", `<a >a`},

		{"house prefix", `<x:order xmlns:x="` + version2 + `order.xsd"/>`, `<ord:order >ord:order`},
		{"default namespace", `<order xmlns="` + version2 + `order.xsd" a="1"/>`, `<ord:order a="1" >ord:order`},
		{"foreign namespace", `<p:a xmlns:p="urn:x" p:b="1"/>`, `<{urn:x}a {urn:x}b="1" >{urn:x}a`},
		{"one prefix twice", `<a xmlns:p="urn:1"><p:b xmlns:p="urn:2"/><p:b/></a>`, `<a <{urn:2}b >{urn:2}b <{urn:1}b >{urn:1}b >a`},
		{"default taken back", `<a xmlns="urn:1"><b xmlns=""/><b/></a>`, `<{urn:1}a <b >b <{urn:1}b >{urn:1}b >{urn:1}a`},
		{"reserved prefixes", `<a xml:lang="cs" xmlns:i="` + uriXSI + `" i:nil="true"/>`, `<a xml:lang="cs" xsi:nil="true" >a`},
		{"declared after use", `<p:a p:b="" xmlns:p="urn:x"/>`, `<{urn:x}a {urn:x}b="" >{urn:x}a`},
		{"same local name", `<a b="1" p:b="2" xmlns:p="urn:x"/>`, `<a b="1" {urn:x}b="2" >a`},
	} {
		t.Run(c.name, func(t *testing.T) {
			tokens, err := told(scan(c.document))
			require.NoError(t, err)
			assert.Equal(t, c.tokens, tokens)
			// However little comes at once.
			tokens, err = told(NewScanner(iotest.OneByteReader(strings.NewReader(c.document)), "", house))
			require.NoError(t, err)
			assert.Equal(t, c.tokens, tokens)
		})
	}
}

func TestSourceFails(t *testing.T) {
	broken := errors.New("the line is cut")
	_, err := told(NewScanner(io.MultiReader(strings.NewReader("<a>"), iotest.ErrReader(broken)), "", house))
	assert.ErrorIs(t, err, broken)
	_, err = told(NewScanner(iotest.ErrReader(broken), "", house))
	assert.ErrorIs(t, err, broken)
}

func TestSkip(t *testing.T) {
	s := scan(`<a><b><c>1</c><b/>2</b><d/>3</a>`)
	var names []string
	for {
		kind, err := s.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if kind == Start {
			names = append(names, s.Name().Local)
		}
		if kind == Start && s.Name().Local != "a" {
			require.NoError(t, s.Skip())
		}
	}
	assert.Equal(t, []string{"a", "b", "d"}, names)
	s = scan(`<a><b></a>`)
	_, err := s.Next()
	require.NoError(t, err)
	require.Error(t, s.Skip())
}
