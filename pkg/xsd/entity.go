package xsd

import (
	"strconv"
	"strings"
)

// entities are the references that XML knows without a document type.
var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// unescape replaces the references of a text.
func (r *reader) unescape(text string) string {
	before, rest, found := strings.Cut(text, "&")
	if !found {
		return text
	}
	var out strings.Builder
	for found {
		out.WriteString(before)
		var reference string
		if reference, rest, found = strings.Cut(rest, ";"); !found {
			r.fail("an & without its ;")
			return ""
		}
		char, known := entities[reference]
		if !known {
			char, known = character(reference)
		}
		if !known {
			r.fail("unknown reference &" + reference + ";")
			return ""
		}
		out.WriteString(char)
		before, rest, found = strings.Cut(rest, "&")
	}
	return out.String() + before
}

// character reads "#10" and "#xA".
func character(reference string) (string, bool) {
	digits, ok := strings.CutPrefix(reference, "#")
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	code, err := strconv.ParseUint(digits, base, 21)
	return string(rune(code)), ok && err == nil
}
