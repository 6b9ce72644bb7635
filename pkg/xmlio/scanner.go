package xmlio

import (
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// The limits of a document, beside maxToken: open elements, attributes of one
// element with its namespace declarations, and bytes of a name or namespace.
const (
	maxDepth      = 256
	maxAttributes = 4096
	maxName       = 4096
)

// Kind tells what Next has found.
type Kind uint8

// The kinds of tokens; EOF comes with an error.
const (
	EOF Kind = iota
	Start
	End
	Text
)

// nothing is the kind of what is left out: comments, instructions, white space
// around the root.
const nothing = EOF

// errShort tells that the token goes on behind what is read.
var errShort = errors.New("token is cut by the end of the buffer")

// Scanner reads a document token by token in flat memory: names in house
// prefixes, references resolved, comments and processing instructions left out.
// What Name, Attrs and Text give holds until the next call of Next.
type Scanner struct {
	input
	scope
	ns       *Namespaces
	begun    bool
	err      error
	encoding charset.Encoding
	decoder  *charset.Reader

	name  Name
	attrs []Attr
	text  []byte
	// joined collects text that does not stand in the buffer as it is.
	joined []byte
	// where is the position of the token if placed, else that of buf[tok].
	where  diag.Position
	placed bool

	// found are the attributes of a start tag before their prefixes are known,
	// value what is left of the last one when it had to be rewritten.
	found []rawAttr
	value []byte

	open   []element
	rooted bool
	// empty tells that the last start tag was also the end tag.
	empty bool
}

// element is an open element.
type element struct {
	tag  string
	name Name
	line int
	// shadowed is how many declarations were shadowed before this element's.
	shadowed int
}

// NewScanner reads a document; the file names it in positions. The encoding is
// that of the byte order mark or the declaration, else UTF-8.
func NewScanner(r io.Reader, file string, ns *Namespaces) *Scanner {
	if ns == nil {
		ns = reserved
	}
	return &Scanner{
		input: input{src: r, buf: make([]byte, firstBuffer), file: file, line: 1, column: 1},
		scope: newScope(),
		ns:    ns,
	}
}

// Name gives the name of the element that starts or ends.
func (s *Scanner) Name() Name { return s.name }

// Attrs gives the attributes of the element that starts, in the order of the
// file, without namespace declarations.
func (s *Scanner) Attrs() []Attr { return s.attrs }

// Text gives a text, never empty: everything between two tags.
func (s *Scanner) Text() []byte { return s.text }

// Encoding gives the encoding of the file, Auto before the first Next.
func (s *Scanner) Encoding() charset.Encoding { return s.encoding }

// Misdeclared tells of a document that was read to its end that its declaration
// names an encoding of one byte a character, while its accents are UTF-8.
func (s *Scanner) Misdeclared() bool { return s.decoder != nil && s.decoder.IsUTF8() }

// Pos gives the position of the first character of the token.
func (s *Scanner) Pos() diag.Position {
	s.place()
	return s.where
}

func (s *Scanner) place() {
	if !s.placed {
		s.where, s.placed = s.at(s.tok), true
	}
}

// Next reads on to the next token. The end of a complete document is io.EOF; a
// document that is not well-formed gives a *diag.Issue, a source that fails its
// own error. After an error Next gives the same error again.
func (s *Scanner) Next() (Kind, error) {
	if s.err != nil {
		return EOF, s.err
	}
	s.attrs, s.text = s.attrs[:0], nil
	if s.empty {
		s.empty = false
		s.close()
		return End, nil
	}
	kind, err := s.token()
	s.err = err
	return kind, err
}

// Skip leaves out the rest of the element that has just started.
func (s *Scanner) Skip() error {
	for depth := len(s.open); len(s.open) >= depth; {
		if _, err := s.Next(); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scanner) token() (Kind, error) {
	if !s.begun {
		s.begun = true
		if err := s.begin(); err != nil {
			return EOF, err
		}
	}
	s.tidy()
	s.joined, s.placed = s.joined[:0], false
	for {
		s.tok = s.pos
		kind, n, err := s.scan(s.rest())
		if err != nil {
			if err = s.extend(err); err != nil {
				return EOF, err
			}
			continue
		}
		s.pos += n
		if kind != nothing {
			return kind, nil
		}
		if len(s.joined) > maxToken {
			return EOF, s.fail(CodeTooLong, 0, nil, limit(maxToken)...)
		}
	}
}

// extend reads on when that is all that is wrong.
func (s *Scanner) extend(err error) error {
	if !errors.Is(err, errShort) {
		return err
	}
	if err = s.more(); errors.Is(err, io.EOF) {
		return s.complete()
	}
	return err
}

// scan reads what b begins with and tells how long it is.
func (s *Scanner) scan(b []byte) (Kind, int, error) {
	if b[0] != '<' {
		if len(s.open) == 0 {
			return s.outside(b)
		}
		return s.chars(b)
	}
	switch b[1] {
	case '!':
		return s.bang(b)
	case '?':
		return s.instruction(b)
	case 0:
		_, err := s.hard(b, 1)
		return nothing, 0, err
	}
	if len(s.joined) > 0 {
		s.text = s.joined
		return Text, 0, nil
	}
	s.placed = false
	if b[1] == '/' {
		return s.endTag(b)
	}
	return s.startTag(b)
}

// complete tells what the end of the input means: io.EOF if the document is
// whole.
func (s *Scanner) complete() error {
	s.placed = false
	switch left := s.buf[s.tok:s.end]; {
	case len(s.open) > 0:
		s.tok = s.end
		last := s.open[len(s.open)-1]
		return s.fail(CodeCutOff, 0, []byte("<"+last.tag+">"))
	case len(left) > 0:
		return s.fail(CodeCutOff, len(left), left)
	case !s.rooted:
		return s.fail(CodeEmpty, 0, nil)
	}
	return io.EOF
}
