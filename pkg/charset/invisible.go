package charset

import "strings"

// Invisible tells the characters that nobody sees and that yet make two texts
// differ: byte order marks (U+FEFF, in the middle of joined files), zero-width
// spaces and joiners and marks of direction (U+200B–U+200F), embeddings and
// overrides of direction (U+202A–U+202E), word joiners, invisible operators and
// isolates (U+2060–U+2069). They come with what is copied from web pages and
// chats.
func Invisible(r rune) bool {
	return r == '\uFEFF' || r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2060' && r <= '\u2069'
}

// HasInvisible tells whether a text has an invisible character.
func HasInvisible(text string) bool {
	// All of them begin with one of two bytes, which most texts do not have.
	if strings.IndexByte(text, 0xE2) < 0 && strings.IndexByte(text, 0xEF) < 0 {
		return false
	}
	return strings.IndexFunc(text, Invisible) >= 0
}

// WithoutInvisible drops the invisible characters of a text.
func WithoutInvisible(text string) string {
	if !HasInvisible(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if Invisible(r) {
			return -1
		}
		return r
	}, text)
}
