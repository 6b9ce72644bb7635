package xmlio

import (
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// refused are documents that are not well-formed, or that a limit or rule of
// ours refuses, with the place and the beginning of the English message.
var refused = []struct {
	document string
	code     diag.Code
	at       string
}{
	{"", CodeEmpty, "1:1"},
	{" \n ", CodeEmpty, "2:2"},
	{"<!-- -->", CodeEmpty, "1:9"},
	{"x", CodeOutsideRoot, "1:1"},
	{"<a/>x", CodeOutsideRoot, "1:5"},
	{"<a/>\n<b/>", CodeOutsideRoot, "2:1"},
	{"<a/></a>", CodeOutsideRoot, "1:5"},
	{"</a>", CodeOutsideRoot, "1:1"},
	{"&#32;<a/>", CodeOutsideRoot, "1:1"},
	{"<a/><![CDATA[]]>", CodeOutsideRoot, "1:5"},
	{"\uFEFF\uFEFF<a/>", CodeOutsideRoot, "1:1"},

	{"<a>", CodeCutOff, "1:4"},
	{"<a>\ntext", CodeCutOff, "2:5"},
	{"<a", CodeCutOff, "1:3"},
	{"<a b='1", CodeCutOff, "1:8"},
	{"<a><b></b", CodeCutOff, "1:10"},
	{"<a/><!-- ", CodeCutOff, "1:10"},
	{"<", CodeCutOff, "1:2"},
	{"<a>&am", CodeCutOff, "1:7"},
	{"<a><![CDA", CodeCutOff, "1:10"},
	{"<a><?p ", CodeCutOff, "1:8"},

	{"<a></b>", CodeEndTag, "1:4"},
	{"<a>\n <b>\n </a>\n</b>", CodeEndTag, "3:2"},
	{"<a></A>", CodeEndTag, "1:4"},
	{"<p:a xmlns:p='x' xmlns:q='x'></q:a>", CodeEndTag, "1:30"},
	{"<a></>", CodeEndTag, "1:4"},

	{"<a b></a>", CodeNotWellFormed, "1:5"},
	{"<a b=1></a>", CodeNotWellFormed, "1:6"},
	{"<a b='1'c='2'/>", CodeNotWellFormed, "1:9"},
	{"<a / >", CodeNotWellFormed, "1:5"},
	{"<a></a b>", CodeNotWellFormed, "1:8"},
	{"<a></ a>", CodeNotWellFormed, "1:7"},
	{"<a#/>", CodeNotWellFormed, "1:3"},
	{"<a <b/></a>", CodeNotWellFormed, "1:4"},
	{"<a><!-- -- --></a>", CodeNotWellFormed, "1:11"},
	{"<a><!-- ---></a>", CodeNotWellFormed, "1:11"},
	{"<a><!ELEMENT b ANY></a>", CodeNotWellFormed, "1:6"},
	{"<a><![cdata[]]></a>", CodeNotWellFormed, "1:6"},
	{"<a><?p?q?></a>", CodeNotWellFormed, "1:8"},
	{"<a><?p/?></a>", CodeNotWellFormed, "1:7"},
	{"<a><? p?></a>", CodeNotWellFormed, "1:6"},

	{"<1a/>", CodeName, "1:2"},
	{"<-a/>", CodeName, "1:2"},
	{"<a 1b=''/>", CodeName, "1:4"},
	{"<:a/>", CodeName, "1:2"},
	{"<a:/>", CodeName, "1:2"},
	{"<p:a:b xmlns:p='x'/>", CodeName, "1:2"},
	{"<p:1 xmlns:p='x'/>", CodeName, "1:2"},
	{"<a×/>", CodeName, "1:2"},
	{"<a><?p:q?></a>", CodeName, "1:6"},

	{"<a b='1' b='2'/>", CodeDuplicateAttribute, "1:10"},
	{"<a xmlns:p='x' xmlns:q='x' p:b='1' q:b='2'/>", CodeDuplicateAttribute, "1:36"},
	{"<a xmlns='x' xmlns='x'/>", CodeDuplicateAttribute, "1:14"},
	{"<a a1='' a2='' a3='' a4='' a5='' a6='' a7='' a8='' a9='' a1=''/>", CodeDuplicateAttribute, "1:58"},
	{"<p:a/>", CodeUndeclaredPrefix, "1:2"},
	{"<a p:b=''/>", CodeUndeclaredPrefix, "1:4"},
	{"<a><b xmlns:p='x'/><p:c/></a>", CodeUndeclaredPrefix, "1:21"},
	{"<xmlns:a/>", CodeUndeclaredPrefix, "1:2"},
	{"<a xmlns:p=''/>", CodeNamespace, "1:4"},
	{"<a xmlns:xml='x'/>", CodeNamespace, "1:4"},
	{"<a xmlns:xmlns='x'/>", CodeNamespace, "1:4"},
	{"<a xmlns:p='" + uriXML + "'/>", CodeNamespace, "1:4"},
	{"<a xmlns='" + uriXMLNS + "'/>", CodeNamespace, "1:4"},
	{"<a xmlns='" + strings.Repeat("x", maxName+1) + "'/>", CodeNamespace, "1:4"},

	{"<a>A & B</a>", CodeReference, "1:6"},
	{"<a>A&B;</a>", CodeReference, "1:5"},
	{"<a b='&nbsp;'/>", CodeReference, "1:7"},
	{"<a>&lt</a>", CodeReference, "1:4"},
	{"<a>&#;</a>", CodeReference, "1:4"},
	{"<a>&#x;</a>", CodeReference, "1:4"},
	{"<a>&#1a;</a>", CodeReference, "1:4"},
	{"<a>&#X41;</a>", CodeReference, "1:4"},
	{"<a>&</a>", CodeReference, "1:4"},
	{"<a b='<'/>", CodeUnescaped, "1:7"},
	{"<a>1 < 2</a>", CodeUnescaped, "1:6"},
	{"<a>x]]>y</a>", CodeUnescaped, "1:5"},
	{"<a>]]]></a>", CodeUnescaped, "1:5"},

	{"<a>\x00</a>", CodeCharacter, "1:4"},
	{"<a>č\x0b</a>", CodeCharacter, "1:5"},
	{"<a b='\x1f'/>", CodeCharacter, "1:7"},
	{"<a\x01/>", CodeCharacter, "1:3"},
	{"<\x01a/>", CodeCharacter, "1:2"},
	{"<a><\x00/></a>", CodeCharacter, "1:5"},
	{"\x00<a/>", CodeCharacter, "1:1"},
	{"<a>\uFFFE</a>", CodeCharacter, "1:4"},
	{"<a b='\uFFFF'/>", CodeCharacter, "1:7"},
	{"<a><!--\x02--></a>", CodeCharacter, "1:8"},
	{"<a><![CDATA[\x02]]></a>", CodeCharacter, "1:13"},
	{"<a><?p \x02?></a>", CodeCharacter, "1:8"},
	{"<a>&#0;</a>", CodeCharacter, "1:4"},
	{"<a>&#x1F;</a>", CodeCharacter, "1:4"},
	{"<a b='&#xD800;'/>", CodeCharacter, "1:7"},
	{"<a>&#xFFFE;</a>", CodeCharacter, "1:4"},
	{"<a>&#x110000;</a>", CodeCharacter, "1:4"},
	{"<a>&#99999999999999999999;</a>", CodeCharacter, "1:4"},

	{"<!DOCTYPE a><a/>", CodeDoctype, "1:1"},
	{"<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>", CodeDoctype, "1:1"},
	{"<a><!DOCTYPE a></a>", CodeDoctype, "1:4"},
	{"<!doctype html><html/>", CodeDoctype, "1:1"},

	{"<?xml?><a/>", CodeDeclaration, "1:1"},
	{"<?xml ?><a/>", CodeDeclaration, "1:1"},
	{"<?xml version='1.1'?><a/>", CodeDeclaration, "1:1"},
	{"<?xml encoding='UTF-8'?><a/>", CodeDeclaration, "1:1"},
	{"<?xml version='1.0' standalone='yes' encoding='UTF-8'?><a/>", CodeDeclaration, "1:1"},
	{"<?xml version='1.0\"?><a/>", CodeDeclaration, "1:1"},
	{"<?xml version='1.0' encoding=''?><a/>", CodeDeclaration, "1:1"},
	{"<?xml version='1.0'encoding='UTF-8'?><a/>", CodeDeclaration, "1:1"},
	{"<?xml version='1.0' standalone='maybe'?><a/>", CodeDeclaration, "1:1"},
	{"<?xml version='1.0' a='b'?><a/>", CodeDeclaration, "1:1"},
	{"<?xml version='1.0'>\n<a/>", CodeDeclaration, "1:1"},
	{"\n<?xml version='1.0'?><a/>", CodeDeclaration, "2:1"},
	{"<?xml version='1.0'?><?xml version='1.0'?><a/>", CodeDeclaration, "1:22"},
	{"<a><?XmL?></a>", CodeDeclaration, "1:4"},
}

func TestRefused(t *testing.T) {
	for _, c := range refused {
		t.Run(snippet([]byte(c.document)), func(t *testing.T) {
			s := scan(c.document)
			_, err := told(s)
			var issue *diag.Issue
			require.ErrorAs(t, err, &issue)
			assert.Equal(t, c.code, issue.Code, issue.Error())
			assert.Equal(t, "f.xml:"+c.at, issue.At.String(), issue.Error())
			_, again := s.Next()
			assert.Equal(t, err, again)
			_, slowly := told(NewScanner(iotest.OneByteReader(strings.NewReader(c.document)), "f.xml", house))
			assert.Equal(t, err, slowly)
		})
	}
}

func TestMessages(t *testing.T) {
	for document, message := range map[string]string{
		"<a>\n<b></a>":    `2:4: "</a>" stands where "<b>" of line 2 should be closed`,
		"<a>\n<b>x":       `2:5: the document ends before "<b>" is closed`,
		"<a b=1/>":        `1:6: "1" stands where '"' is expected`,
		"<a>R&D</a>":      `1:5: "&D" is not a reference`,
		"<a>&#11;</a>":    `1:4: character U+000B cannot stand in XML, not even as a reference`,
		"<a><x:b/></a>":   `1:5: prefix "x" of "x:b" is not declared`,
		"<a/>\nkonec\n":   `2:1: "konec" stands outside the root element`,
		"<a b='<b>'/>":    `1:7: "<" cannot stand here as it is`,
		"<?xml?>\n<a/>":   `1:1: wrong or misplaced XML declaration "<?xml"`,
		"<a b='' c='' b=": `1:16: the document ends before "<a b='' c='' b=" is closed`,
	} {
		_, err := told(scan(document))
		assert.EqualError(t, err, "f.xml:"+message)
	}
}
