package xmlio

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rootOf reads a whole document as an element.
func rootOf(s *Scanner) (*etree.Element, error) {
	if _, err := s.Next(); err != nil {
		return nil, err
	}
	el, err := s.Element()
	if err != nil {
		return nil, err
	}
	if _, err = s.Next(); !errors.Is(err, io.EOF) {
		return nil, err
	}
	return el, nil
}

const orders = version2 + "order.xsd"

func TestElement(t *testing.T) {
	el, err := rootOf(scan(`<?xml version="1.0"?>
<o:order xmlns:o="` + orders + `" xmlns:x="urn:x" version="2.0" x:y="z">
  <o:text>Židle &amp; <![CDATA[stůl]]></o:text> <!-- -->
  <o:note>  </o:note>
  <o:intNote/>
  <t:ids xmlns:t="` + version2 + `type.xsd">A</t:ids>
</o:order>`))
	require.NoError(t, err)
	assert.Equal(t, "ord:order", el.FullTag())
	assert.Len(t, el.Attr, 2)
	assert.Equal(t, "2.0", el.SelectAttrValue("version", ""))
	assert.Equal(t, etree.Attr{Space: "{urn:x}", Key: "y", Value: "z"}, el.Attr[1])
	assert.Len(t, el.Child, 4, "white space beside elements is left out")
	assert.Equal(t, "Židle & stůl", el.FindElement("ord:text").Text())
	assert.Equal(t, "  ", el.SelectElement("ord:note").Text(), "white space alone is a text")
	assert.Empty(t, el.SelectElement("ord:intNote").Child)
	assert.Equal(t, "A", el.SelectElement("typ:ids").Text())
	assert.Same(t, el, el.SelectElement("typ:ids").Parent())
	assert.Equal(t, 3, el.SelectElement("typ:ids").Index())
}

func TestElementsInTurn(t *testing.T) {
	s := scan("<pack><item id='1'><a/></item>\n<item id='2'/>\n</pack>")
	_, err := s.Next()
	require.NoError(t, err)
	var ids []string
	for {
		kind, err := s.Next()
		require.NoError(t, err)
		if kind == End {
			break
		}
		if kind == Start {
			line := s.Pos().Line
			el, err := s.Element()
			require.NoError(t, err)
			ids = append(ids, el.SelectAttrValue("id", ""))
			assert.Equal(t, len(ids), line)
		}
	}
	assert.Equal(t, []string{"1", "2"}, ids)
	_, err = s.Next()
	assert.ErrorIs(t, err, io.EOF)
}

func TestElementCut(t *testing.T) {
	_, err := rootOf(scan("<a><b>x</b>"))
	assert.Error(t, err)
	_, err = rootOf(scan("<a><b>x"))
	assert.Error(t, err)
}

// TestBlankAtBufferEnd puts the white space of an element, and of another that
// has a child, right before the end of the buffer.
func TestBlankAtBufferEnd(t *testing.T) {
	for shift := range 40 {
		pad := strings.Repeat("x", firstBuffer-60+shift)
		el, err := rootOf(scan("<a><p>" + pad + "</p><b>  </b><c> <d/> </c></a>"))
		require.NoError(t, err)
		assert.Equal(t, "  ", el.SelectElement("b").Text())
		assert.Len(t, el.SelectElement("c").Child, 1)
	}
}
