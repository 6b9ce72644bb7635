package xmlio

import (
	"bytes"
	"strings"
)

// outside passes the white space around the root element.
func (s *Scanner) outside(b []byte) (Kind, int, error) {
	i := run(b, 0, isBlank)
	switch {
	case b[i] == '<', i > 0 && i == len(b)-1:
		return nothing, i, nil
	case i == len(b)-1:
		return nothing, 0, errShort
	}
	if _, err := s.hard(b, i); err != nil {
		return nothing, i, err
	}
	return nothing, 0, s.fail(CodeOutsideRoot, i, firstLine(b[i:len(b)-1]))
}

// firstLine is what an issue shows of a text.
func firstLine(text []byte) []byte {
	if i := bytes.IndexAny(text, "\r\n<"); i >= 0 {
		return text[:i]
	}
	return text
}

// chars reads text up to the next markup. If that is a tag and nothing has to be
// rewritten, the text is given where it stands; else it is collected.
func (s *Scanner) chars(b []byte) (Kind, int, error) {
	i := run(b, 0, isText)
	if len(s.joined) == 0 && tagAt(b, i) {
		s.text = b[:i]
		return Text, i, nil
	}
	out := append(s.joined, b[:i]...)
	for b[i] != '<' {
		var err error
		if out, i, err = s.special(b, i, out); err != nil {
			return nothing, 0, err
		}
		from := i
		i = run(b, i, isText)
		out = append(out, b[from:i]...)
	}
	if s.joined = out; tagAt(b, i) {
		s.text = out
		return Text, i, nil
	}
	s.place()
	return nothing, i, nil
}

// tagAt tells whether a tag is known to begin at b[i], so that a text ends there.
func tagAt(b []byte, i int) bool {
	return b[i] == '<' && b[i+1] != '!' && b[i+1] != '?' && b[i+1] != 0
}

// special appends what the byte b[i], which is not isText, means in text.
func (s *Scanner) special(b []byte, i int, out []byte) ([]byte, int, error) {
	switch b[i] {
	case '&':
		return s.reference(b, i, out)
	case '\r':
		return append(out, '\n'), afterCR(b, i), nil
	case ']':
		if b[i+1] == ']' && b[i+2] == '>' {
			return nil, 0, s.fail(CodeUnescaped, i, b[i:i+3], "instead", "]]&gt;")
		}
	}
	return s.literal(b, i, out)
}

// literal appends the character at b[i] if XML has it.
func (s *Scanner) literal(b []byte, i int, out []byte) ([]byte, int, error) {
	size, err := s.hard(b, i)
	if err != nil {
		return nil, 0, err
	}
	return append(out, b[i:i+size]...), i + size, nil
}

// afterCR gives the index behind the line end that begins with the CR b[i].
func afterCR(b []byte, i int) int {
	if b[i+1] == '\n' {
		return i + 2
	}
	return i + 1
}

// bang reads what begins with <!: a comment, a CDATA section or what is refused.
func (s *Scanner) bang(b []byte) (Kind, int, error) {
	const doctype, cdata, comment = "<!DOCTYPE", "<![CDATA[", "<!--"
	switch {
	case begins(b, comment):
		return s.comment(b, len(comment))
	case begins(b, cdata):
		if len(s.open) == 0 {
			return nothing, 0, s.fail(CodeOutsideRoot, 0, []byte(cdata))
		}
		return s.cdata(b, len(cdata))
	case len(b) > len(doctype) && strings.EqualFold(string(b[:len(doctype)]), doctype):
		return nothing, 0, s.fail(CodeDoctype, 0, nil)
	}
	for _, known := range []string{comment, cdata, doctype} {
		if begins([]byte(known), string(b[:len(b)-1])) {
			return nothing, 0, errShort
		}
	}
	return nothing, 0, s.unexpected(b, 2, "--")
}

// begins is bytes.HasPrefix for a string.
func begins(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

// comment leaves out <!-- ... -->, in which -- must not stand.
func (s *Scanner) comment(b []byte, i int) (Kind, int, error) {
	end, err := s.until(b, i, "--")
	if err != nil {
		return nothing, 0, err
	}
	if b[end+2] != '>' {
		return nothing, 0, s.unexpected(b, end+2, ">")
	}
	return nothing, end + len("-->"), nil
}

// cdata collects the text of <![CDATA[ ... ]]>.
func (s *Scanner) cdata(b []byte, i int) (Kind, int, error) {
	end, err := s.until(b, i, "]]>")
	if err != nil {
		return nothing, 0, err
	}
	s.place()
	s.joined = appendLines(s.joined, b[i:end])
	return nothing, end + len("]]>"), nil
}

// appendLines appends text with LF for every line end.
func appendLines(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '\r')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(append(dst, text[:i]...), '\n')
		if text = text[i+1:]; len(text) > 0 && text[0] == '\n' {
			text = text[1:]
		}
	}
}

// instruction leaves out <?target ... ?>.
func (s *Scanner) instruction(b []byte) (Kind, int, error) {
	target, i, err := s.qname(b, 2)
	if err != nil {
		return nothing, 0, err
	}
	if strings.EqualFold(target.raw, "xml") {
		return nothing, 0, s.fail(CodeDeclaration, 0, b[:i])
	}
	if target.prefix.name != "" {
		return nothing, 0, s.fail(CodeName, 2, b[2:i])
	}
	switch {
	case b[i] == '?' && b[i+1] != '>':
		return nothing, 0, s.unexpected(b, i+1, ">")
	case b[i] != '?' && class[b[i]]&isBlank == 0:
		return nothing, 0, s.unexpected(b, i, "?>")
	}
	end, err := s.until(b, i, "?>")
	return nothing, end + len("?>"), err
}

// until gives the index of what ends a section whose content, from b[i] on, may
// be any character of XML.
func (s *Scanner) until(b []byte, i int, end string) (int, error) {
	n := bytes.Index(b[i:], []byte(end))
	if n < 0 {
		return 0, errShort
	}
	for j := i; j < i+n; {
		if class[b[j]]&isText != 0 {
			j++
			continue
		}
		size, err := s.hard(b, j)
		if err != nil {
			return 0, err
		}
		j += size
	}
	return i + n, nil
}
