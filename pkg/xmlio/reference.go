package xmlio

import "unicode/utf8"

// predefined are the entities that need no DTD.
var predefined = map[string]byte{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}

// reference appends what the reference at b[i] stands for and gives the index
// behind its semicolon.
func (s *Scanner) reference(b []byte, i int, out []byte) ([]byte, int, error) {
	if b[i+1] == '#' {
		return s.numeric(b, i, out)
	}
	j := run(b, i+1, isNameByte)
	if c, ok := predefined[string(b[i+1:j])]; ok && b[j] == ';' {
		return append(out, c), j + 1, nil
	}
	return nil, 0, s.badReference(b, i, j)
}

// numeric is reference for &#N; and &#xN;.
func (s *Scanner) numeric(b []byte, i int, out []byte) ([]byte, int, error) {
	j, base, digit := i+2, rune(10), uint8(isDigit)
	if b[j] == 'x' {
		j, base, digit = j+1, 16, isHex
	}
	first := j
	var r rune
	for class[b[j]]&digit != 0 {
		if r <= utf8.MaxRune {
			r = r*base + hexDigit(b[j])
		}
		j++
	}
	if j == first || b[j] != ';' {
		return nil, 0, s.badReference(b, i, j)
	}
	if !legal(r) {
		return nil, 0, s.illegal(i, r)
	}
	return utf8.AppendRune(out, r), j + 1, nil
}

func hexDigit(c byte) rune {
	switch {
	case c >= 'a':
		return rune(c-'a') + 10
	case c >= 'A':
		return rune(c-'A') + 10
	}
	return rune(c - '0')
}

// badReference is about b[i:j], which b[j] should end with a semicolon.
func (s *Scanner) badReference(b []byte, i, j int) error {
	switch b[j] {
	case 0:
		return s.unexpected(b, j, ";")
	case ';':
		j++
	}
	return s.fail(CodeReference, i, b[i:j])
}
