package xmlio

import "unicode/utf8"

// What a byte of UTF-8 may be in XML.
const (
	// isNameByte are the ASCII characters of names and every byte beyond ASCII.
	isNameByte = 1 << iota
	// isBlank are space, tab, CR and LF.
	isBlank
	// isText and isValue stand as they are in text and in a quoted value, read or
	// written. What is left to look at closer: markup, what line ends and values
	// rewrite, control characters, and 0xEF, with which U+FFFE and U+FFFF begin.
	isText
	isValue
	// isDigit and isHex are the digits of character references.
	isDigit
	isHex
)

var class = newClass()

func newClass() (table [256]uint8) {
	for b := range table {
		if b >= ' ' {
			table[b] = isText | isValue
		}
		if b >= utf8.RuneSelf {
			table[b] |= isNameByte
		}
	}
	add := func(bits uint8, chars string) {
		for _, b := range []byte(chars) {
			table[b] |= bits
		}
	}
	add(isNameByte|isHex|isDigit, "0123456789")
	add(isNameByte|isHex, "abcdefABCDEF")
	add(isNameByte, "ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ_:-.")
	add(isBlank, " \t\r\n")
	add(isText, "\t\n")
	for _, b := range []byte("<>&]\xEF") {
		table[b] &^= isText
	}
	for _, b := range []byte("<>&\"'\xEF") {
		table[b] &^= isValue
	}
	return table
}

// run gives the index of the first byte from i on that is none of the kind.
func run(b []byte, i int, kind uint8) int {
	for k, c := range b[i:] {
		if class[c]&kind == 0 {
			return i + k
		}
	}
	return len(b)
}

// blank tells whether a text is white space only.
func blank[T string | []byte](text T) bool {
	for i := range len(text) {
		if class[text[i]]&isBlank == 0 {
			return false
		}
	}
	return true
}

// IllegalRune finds the first character of a text that no XML document can hold,
// not even as a reference: control characters, U+FFFE, U+FFFF, lone surrogates
// and bytes that are not UTF-8 (these two as U+FFFD).
func IllegalRune(text string) (rune, bool) {
	for i, r := range text {
		if !legal(r) {
			return r, true
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return r, true
			}
		}
	}
	return 0, false
}

// legal is Char of XML 1.0, production 2.
func legal(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0xD800:
		return true
	case r < 0x10000:
		return r >= 0xE000 && r <= 0xFFFD
	}
	return r <= utf8.MaxRune
}

// ncName tells a name without a colon: NCName of Namespaces in XML.
func ncName(name string) bool {
	for i, r := range name {
		if !nameStart(r) && (i == 0 || !nameRest(r)) {
			return false
		}
	}
	return name != ""
}

// runes is a range of characters, both ends included.
type runes struct{ first, last rune }

// nameStarts and nameRests are NameStartChar without the colon and what NameChar
// adds: XML 1.0, fifth edition, productions 4 and 4a.
var (
	nameStarts = []runes{
		{'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D},
		{0x37F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
		{0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
	}
	nameRests = []runes{{'-', '.'}, {'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}
)

func nameStart(r rune) bool { return within(nameStarts, r) }
func nameRest(r rune) bool  { return within(nameRests, r) }

func within(ranges []runes, r rune) bool {
	for _, one := range ranges {
		if r <= one.last {
			return r >= one.first
		}
	}
	return false
}
