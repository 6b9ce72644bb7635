package xmlio

import (
	"bytes"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// FuzzScanner: nothing panics, every refusal is an issue with a place or the
// charset's, and what is accepted is the same tree after it was written and read
// again, indented or not.
func FuzzScanner(f *testing.F) {
	for _, c := range refused {
		if len(c.document) < 1000 {
			f.Add([]byte(c.document))
		}
	}
	f.Add([]byte(`<a b="1&#10;" xmlns="u" xmlns:c="` + orders + `">x<c:d c:e='&lt;'/> <![CDATA[]]]]>y</a>`))
	f.Add(encoded(f, []byte("\uFEFF<?xml version='1.0'?><a>č</a>"), charset.UTF16BE))
	f.Add(encoded(f, []byte("<?xml version='1.0' encoding='cp852'?>\r\n<a>č<b> </b></a>"), charset.CP852))
	f.Fuzz(func(t *testing.T, file []byte) {
		el, err := rootOf(NewScanner(bytes.NewReader(file), "", house))
		if err != nil {
			var issue *diag.Issue
			require.ErrorAs(t, err, &issue)
			require.Positive(t, issue.At.Line)
			require.Positive(t, issue.At.Column)
			return
		}
		if el == nil {
			return
		}
		for _, level := range []int{-1, 0, 3} {
			text := wrapped(el, level)
			again, err := rootOf(NewScanner(bytes.NewReader(text), "", house))
			require.NoError(t, err, "%s", text)
			require.Equal(t, plain(el), plain(again.ChildElements()[0]), "%s", text)
		}
	})
}

// wrapped writes an element inside a root that declares all customary prefixes.
func wrapped(el *etree.Element, level int) []byte {
	e := Envelope{Encoding: charset.UTF8, Root: Name{"dat", "dataPack"}, Prefixes: []string{"dat", "ord", "typ", "rsp", "xsi"}, Namespaces: house}
	return append(AppendElement(e.Head(), el, level), e.Tail()...)
}

// node is an element to compare: etree's own hold their parents.
type node struct {
	name     string
	attrs    []string
	children []any
}

func plain(el *etree.Element) node {
	n := node{name: Name{el.Space, el.Tag}.String()}
	for _, a := range el.Attr {
		n.attrs = append(n.attrs, Name{a.Space, a.Key}.String()+"="+a.Value)
	}
	for _, child := range el.Child {
		switch child := child.(type) {
		case *etree.Element:
			n.children = append(n.children, plain(child))
		case *etree.CharData:
			n.children = append(n.children, child.Data)
		}
	}
	return n
}

// FuzzAppend: any text in an element and an attribute survives, but for the
// characters that XML cannot hold.
func FuzzAppend(f *testing.F) {
	f.Add("a\r\n\t<>&\"']]>", " ")
	f.Add("\x00\xFF\uFFFE", "\uFFFD")
	f.Fuzz(func(t *testing.T, text, value string) {
		el := etree.NewElement("a")
		el.CreateAttr("b", value)
		if text != "" {
			el.SetText(text)
		}
		again, err := rootOf(NewScanner(bytes.NewReader(AppendElement(nil, el, 0)), "", house))
		require.NoError(t, err)
		if _, illegal := IllegalRune(text + "|" + value); !illegal {
			require.Equal(t, text, again.Text())
			require.Equal(t, value, again.SelectAttrValue("b", ""))
		}
	})
}
