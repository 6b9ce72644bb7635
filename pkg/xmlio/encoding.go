package xmlio

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
)

// declaration is XMLDecl of XML 1.0, production 23, for version 1.0 alone: what
// 1.1 adds no program of this field understands.
var declaration = regexp.MustCompile(`^<\?xml` +
	pseudo("version", `1\.0`) +
	`(?:` + pseudo("encoding", `[A-Za-z][A-Za-z0-9._-]*`) + `)?` +
	`(?:` + pseudo("standalone", `yes|no`) + `)?` +
	`[ \t\r\n]*\?>`)

// pseudo is an attribute of the declaration; its value is two groups, of which
// one is found.
func pseudo(name, value string) string {
	return `[ \t\r\n]+` + name + `[ \t\r\n]*=[ \t\r\n]*(?:"(` + value + `)"|'(` + value + `)')`
}

// begin finds the encoding and passes the declaration, after which the buffer is
// UTF-8. A declaration is ASCII in every encoding but UTF-16, which must show
// itself by its byte order mark (XML 1.0 section 4.3.3).
func (s *Scanner) begin() error {
	if err := s.fillFirst(); err != nil {
		return err
	}
	marked, bom := charset.Detect(s.buf[:min(s.end, 4)])
	switch {
	case wide(marked) && bom == 0:
		return s.fail(CodeNoByteOrderMark, 0, nil)
	case wide(marked):
		s.decode(marked)
		if err := s.fillFirst(); err != nil {
			return err
		}
	case bom > 0:
		s.tok, s.pos, s.mark = bom, bom, bom
	default:
		marked = charset.UTF8
	}
	if err := s.declared(marked, bom > 0); err != nil {
		return err
	}
	s.move(s.pos)
	if !wide(s.encoding) {
		s.decode(s.encoding)
	}
	return nil
}

func (s *Scanner) fillFirst() error {
	if err := s.more(); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func wide(e charset.Encoding) bool { return e == charset.UTF16LE || e == charset.UTF16BE }

// decode reads on in an encoding, from the unread bytes of the buffer.
func (s *Scanner) decode(e charset.Encoding) {
	parts := []io.Reader{bytes.NewReader(bytes.Clone(s.buf[s.pos:s.end])), s.src}
	if s.cause != nil {
		parts[1] = failed{s.cause}
	}
	if e == charset.UTF8 {
		// The reader takes off a byte order mark, which must not be the document's.
		parts = append([]io.Reader{strings.NewReader("\uFEFF")}, parts...)
	}
	s.decoder = charset.NewReader(io.MultiReader(parts...), e)
	s.src, s.cause = s.decoder, nil
	s.tok, s.pos, s.end, s.mark = 0, 0, 0, 0
	s.buf[0] = 0
}

// failed is a source that has already ended.
type failed struct{ err error }

// Read implements io.Reader.
func (f failed) Read([]byte) (int, error) { return 0, f.err }

// declared passes the declaration, if there is one, and settles the encoding
// from what it says and what the beginning of the file shows.
func (s *Scanner) declared(marked charset.Encoding, bom bool) error {
	b := s.rest()
	s.encoding = marked
	if !begins(b, "<?xml") || class[b[5]]&isBlank == 0 {
		return nil
	}
	groups := declaration.FindSubmatchIndex(b)
	if groups == nil {
		end, _, _ := bytes.Cut(b[:len(b)-1], []byte(">"))
		return s.fail(CodeDeclaration, 0, append(bytes.Clone(end), '>'))
	}
	s.pos += groups[1]
	at := max(groups[6], groups[8])
	if at < 0 {
		return nil
	}
	label := b[at:max(groups[7], groups[9])]
	said, ok := charset.Lookup(string(label))
	if !ok {
		return s.fail(CodeUnknownEncoding, at, label, "known", known())
	}
	if bom || wide(said) {
		if said != marked && (!wide(marked) || !strings.EqualFold(string(label), "UTF-16")) {
			return s.fail(CodeEncodingMismatch, at, label, "found", marked.String())
		}
		return nil
	}
	s.encoding = said
	return nil
}

func known() string {
	var names []string
	for e := charset.Auto + 1; e <= charset.ASCII; e++ {
		names = append(names, e.String())
	}
	return strings.Join(names, ", ")
}
