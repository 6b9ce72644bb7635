package charset

import "unicode/utf8"

// suspect watches the bytes of a file that is read in an encoding of one byte a
// character, and tells whether they are UTF-8 after all: the bytes of other text
// are so by chance only in the shortest of files. It costs no more than a look
// at the bytes until the first accent clears the file.
type suspect struct {
	cleared, accents bool
	// cut is a character that the end of a chunk has cut.
	cut []byte
}

// see takes the next bytes of the file.
func (s *suspect) see(text []byte) {
	if s.cleared || len(text) == 0 {
		return
	}
	for len(s.cut) > 0 && len(text) > 0 && !utf8.FullRune(s.cut) {
		s.cut, text = append(s.cut, text[0]), text[1:]
	}
	whole := withoutCutRune(text)
	s.cleared = utf8.FullRune(s.cut) && !utf8.Valid(s.cut) || !utf8.Valid(whole)
	s.accents = s.accents || !isASCII(text)
	if utf8.FullRune(s.cut) {
		s.cut = s.cut[:0]
	}
	s.cut = append(s.cut, text[len(whole):]...)
}

// isUTF8 tells, at the end of the file, that all of its accents are UTF-8.
func (s *suspect) isUTF8() bool { return s.accents && !s.cleared && len(s.cut) == 0 }
