package xmlio

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"
)

// AppendElement appends an element as UTF-8, each element on a line of its own,
// two spaces in for each level from the given one on; an element that holds text
// is written on one line. A negative level writes no white space at all. Only
// elements, attributes and text are written, CDATA as text.
//
// Prefixes are written as they are: who writes the root declares them (Envelope).
// A Space "{uri}" is declared where it stands. A character that no XML document
// can hold becomes U+FFFD, so that the output is always well-formed; who must not
// lose it asks IllegalRune before.
func AppendElement(dst []byte, el *etree.Element, level int) []byte {
	return appendElement(dst, el, level, "")
}

// appendElement knows the default namespace that is in force around the element.
func appendElement(dst []byte, el *etree.Element, level int, outer string) []byte {
	dst = appendIndent(dst, level)
	dst = append(dst, '<')
	dst = appendName(dst, el)
	inner := outer
	if foreign(el.Space) {
		inner = el.Space
	} else if el.Space == "" {
		inner = ""
	}
	if inner != outer {
		dst = appendAttr(dst, "xmlns", uri(inner))
	}
	for i := range el.Attr {
		dst = appendAttribute(dst, &el.Attr[i], i)
	}
	content := contentOf(el)
	if content == empty {
		dst = append(dst, '/', '>')
		return appendEnd(dst, level)
	}
	dst = append(dst, '>')
	dst = appendContent(dst, el, content, level, inner)
	dst = append(dst, '<', '/')
	dst = appendName(dst, el)
	dst = append(dst, '>')
	return appendEnd(dst, level)
}

// content is what an element holds: nothing, elements only, or text, perhaps
// among elements.
type content int

const (
	empty content = iota
	elements
	texts
)

func contentOf(el *etree.Element) content {
	held, space := empty, empty
	for _, child := range el.Child {
		switch child := child.(type) {
		case *etree.Element:
			held = elements
		case *etree.CharData:
			if child.Data == "" {
				continue
			}
			if !blank(child.Data) {
				return texts
			}
			space = texts
		}
	}
	if held == empty {
		return space
	}
	return held
}

func appendContent(dst []byte, el *etree.Element, held content, level int, space string) []byte {
	below := -1
	if held == elements && level >= 0 {
		below = level + 1
		dst = append(dst, '\n')
	}
	for _, child := range el.Child {
		switch child := child.(type) {
		case *etree.Element:
			dst = appendElement(dst, child, below, space)
		case *etree.CharData:
			if held == texts {
				dst = appendText(dst, child.Data)
			}
		}
	}
	if below >= 0 {
		dst = appendIndent(dst, level)
	}
	return dst
}

func appendName(dst []byte, el *etree.Element) []byte {
	if el.Space != "" && !foreign(el.Space) {
		dst = append(dst, el.Space...)
		dst = append(dst, ':')
	}
	return append(dst, el.Tag...)
}

// appendAttribute writes the i-th attribute of an element; one of a foreign
// namespace gets a prefix made from i.
func appendAttribute(dst []byte, a *etree.Attr, i int) []byte {
	switch {
	case a.Space == "":
		return appendAttr(dst, a.Key, a.Value)
	case foreign(a.Space):
		prefix := "_" + strconv.Itoa(i)
		dst = appendAttr(dst, "xmlns:"+prefix, uri(a.Space))
		return appendAttr(dst, prefix+":"+a.Key, a.Value)
	}
	return appendAttr(dst, a.Space+":"+a.Key, a.Value)
}

func appendAttr(dst []byte, name, value string) []byte {
	dst = append(dst, ' ')
	dst = append(dst, name...)
	dst = append(dst, '=', '"')
	dst = appendEscaped(dst, value, isValue)
	return append(dst, '"')
}

// uri takes the braces off a Space.
func uri(space string) string {
	if space == "" {
		return ""
	}
	return space[1 : len(space)-1]
}

func appendText(dst []byte, text string) []byte { return appendEscaped(dst, text, isText) }

// appendEscaped writes text; plain is isText or isValue, whatever needs no look.
func appendEscaped(dst []byte, text string, plain uint8) []byte {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	from := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if class[c]&plain != 0 {
			continue
		}
		if escape := escaped(text, i); escape != "" {
			dst = append(dst, text[from:i]...)
			dst = append(dst, escape...)
			if from = i + 1; c == 0xEF {
				from = i + 3
			}
		}
	}
	return append(dst, text[from:]...)
}

// escaped gives what is written for text[i], "" for what stays. Line ends and
// tabs of a value, and a CR anywhere, would otherwise be normalised on reading.
func escaped(text string, i int) string {
	switch c := text[i]; c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&quot;"
	case '\r':
		return "&#13;"
	case '\n':
		return "&#10;"
	case '\t':
		return "&#9;"
	case 0xEF:
		if text[i+1] == 0xBF && text[i+2] >= 0xBE {
			return "\uFFFD"
		}
	default:
		if c < ' ' {
			return "\uFFFD"
		}
	}
	return ""
}

const spaces = "                                "

func appendIndent(dst []byte, level int) []byte {
	for n := 2 * level; n > 0; n -= len(spaces) {
		dst = append(dst, spaces[:min(n, len(spaces))]...)
	}
	return dst
}

func appendEnd(dst []byte, level int) []byte {
	if level < 0 {
		return dst
	}
	return append(dst, '\n')
}
