package canonical

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// explain finds what is wrong with a text that is not strict JSON.
func (j jsonText) explain(raw []byte) *diag.Issue {
	var e Extent
	if n, _ := e.Read(raw); e.depth > maxDepth {
		return tooDeep().WithPosition(j.Position(n))
	}
	decoder := jsontext.NewDecoder(bytes.NewBuffer(raw), jsontext.AllowDuplicateNames(true))
	_, err := decoder.ReadValue()
	offset := int(decoder.InputOffset())
	var syntax *jsontext.SyntacticError
	switch {
	case err == nil: // something follows the value
		offset += len(raw[offset:]) - len(bytes.TrimLeft(raw[offset:], " \t\r\n"))
	case errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF):
		offset = int(syntax.ByteOffset)
	default:
		return diag.New(CodeJSONCutOff).WithPosition(j.Position(len(raw)))
	}
	at, rest, path := j.Position(offset), j.text[offset:], j.path(offset)
	char, size := utf8.DecodeRuneInString(rest)
	switch {
	case char == utf8.RuneError && size == 1:
		return diag.New(CodeJSONNotUTF8).WithPath(path).WithPosition(at)
	case halfCharacter(rest):
		return diag.New(CodeJSONLoneSurrogate).WithValue(rest[:6]).WithPath(path).WithPosition(at)
	}
	return diag.New(CodeJSONNotWellFormed).WithValue(Visible(string(char))).WithPosition(at)
}

// path names the place of an offset inside the record: "lines[1].name".
func (j jsonText) path(offset int) string {
	decoder := jsontext.NewDecoder(strings.NewReader(j.text), jsontext.AllowDuplicateNames(true))
	for decoder.InputOffset() <= int64(offset) {
		if _, err := decoder.ReadToken(); err != nil {
			if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
				return pathOf(syntax.JSONPointer)
			}
			break
		}
	}
	return pathOf(decoder.StackPointer())
}

func pathOf(pointer jsontext.Pointer) string {
	var path strings.Builder
	for token := range pointer.Tokens() {
		switch _, err := strconv.Atoi(token); {
		case err == nil:
			path.WriteString("[" + token + "]")
		case path.Len() > 0:
			path.WriteString("." + token)
		default:
			path.WriteString(token)
		}
	}
	return Visible(path.String())
}

// halfCharacter tells whether a text begins with the escape of a surrogate.
func halfCharacter(text string) bool {
	if len(text) < 6 || text[:2] != `\u` {
		return false
	}
	code, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil && utf16.IsSurrogate(rune(code))
}
