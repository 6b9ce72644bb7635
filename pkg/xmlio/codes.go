package xmlio

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// What can be wrong with a document before any schema is asked.
var (
	CodeNotWellFormed      = diag.Refused.Code("xml-not-well-formed", "expected")
	CodeEmpty              = diag.Refused.Code("xml-empty")
	CodeCutOff             = diag.Refused.Code("xml-cut-off")
	CodeDeclaration        = diag.Refused.Code("xml-bad-declaration")
	CodeUnknownEncoding    = diag.Refused.Code("xml-encoding", "known")
	CodeEncodingMismatch   = diag.Refused.Code("xml-encoding-mismatch", "found")
	CodeNoByteOrderMark    = diag.Refused.Code("xml-no-byte-order-mark")
	CodeBadByte            = diag.Refused.Code("xml-bad-byte", "byte", "encoding")
	CodeCharacter          = diag.Refused.Code("xml-illegal-character", "character")
	CodeDoctype            = diag.Refused.Code("doctype-refused")
	CodeOutsideRoot        = diag.Refused.Code("xml-outside-root")
	CodeName               = diag.Refused.Code("xml-bad-name")
	CodeEndTag             = diag.Refused.Code("xml-wrong-end-tag", "line", "open")
	CodeReference          = diag.Refused.Code("xml-bad-reference")
	CodeUnescaped          = diag.Refused.Code("xml-unescaped", "instead")
	CodeDuplicateAttribute = diag.Refused.Code("xml-duplicate-attribute")
	CodeUndeclaredPrefix   = diag.Refused.Code("xml-undeclared-prefix", "prefix")
	CodeNamespace          = diag.Refused.Code("xml-bad-namespace", "prefix")
	CodeTooDeep            = diag.Refused.Code("xml-too-deep", "limit")
	CodeTooLong            = diag.Refused.Code("xml-too-long", "limit")
	CodeTooManyAttributes  = diag.Refused.Code("xml-too-many-attributes", "limit")
)

// fail makes an issue whose place is the byte i of the current token.
func (s *Scanner) fail(code diag.Code, i int, value []byte, pairs ...string) error {
	s.place()
	return diag.New(code, pairs...).WithValue(snippet(value)).WithPosition(s.at(s.tok + i))
}

// unexpected tells that another character should stand at b[i]. At the end of
// what is read it is not known yet.
func (s *Scanner) unexpected(b []byte, i int, expected string) error {
	if _, err := s.hard(b, i); err != nil {
		return err
	}
	if !utf8.FullRune(b[i : len(b)-1]) {
		return errShort
	}
	_, size := utf8.DecodeRune(b[i:])
	return s.fail(CodeNotWellFormed, i, b[i:i+size], "expected", expected)
}

// hard looks at a byte that is neither isText nor isValue: it gives the length
// of the character or refuses it.
func (s *Scanner) hard(b []byte, i int) (int, error) {
	switch c := b[i]; {
	case i == len(b)-1:
		return 0, errShort
	case c == 0xEF:
		if b[i+1] == 0xBF && b[i+2] >= 0xBE {
			return 0, s.illegal(i, rune(0xFF40)+rune(b[i+2]))
		}
		return min(3, len(b)-1-i), nil
	case c < ' ' && class[c]&isBlank == 0:
		return 0, s.illegal(i, rune(c))
	}
	return 1, nil
}

func (s *Scanner) illegal(i int, r rune) error {
	return s.fail(CodeCharacter, i, nil, "character", fmt.Sprintf("U+%04X", r))
}

// limit is what an issue says about a limit.
func limit(n int) []string { return []string{"limit", strconv.Itoa(n)} }

// maxSnippet is how much of a document an issue quotes, in bytes.
const maxSnippet = 80

func snippet(b []byte) string {
	if len(b) <= maxSnippet {
		return string(b)
	}
	n := maxSnippet
	for !utf8.RuneStart(b[n]) {
		n--
	}
	return string(b[:n]) + "…"
}
