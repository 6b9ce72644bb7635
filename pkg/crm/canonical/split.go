package canonical

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// CodeRecordTooLarge is the code of a record beyond maxRecord.
var CodeRecordTooLarge = diag.Refused.Code("record-too-large", "limit")

// maxRecord is how many bytes one record may have. It bounds the memory that a
// file whose record never ends can take.
const maxRecord = 16 << 20

// Splitter cuts a stream of JSON into the texts of its records: the items of an
// array, lines of NDJSON, or values that follow each other. It only counts
// brackets and quotation marks; whether a record is well-formed shows when it
// is decoded, on any number of cores.
type Splitter struct {
	unread window
	// at is the place of the first unread byte.
	at diag.Position
	// Next reads one record in the state in which the last one left the stream.
	Next func() (Raw, error)
	// begun says that there is more than blanks: a value, or a list of none.
	begun bool
}

// NewSplitter begins a stream. Lines says that it is NDJSON for certain; else
// the beginning decides. In NDJSON a line that is cut off does not take the
// following ones with it.
func NewSplitter(r io.Reader, file string, lines bool) *Splitter {
	s := &Splitter{unread: window{r: r}, at: diag.Position{File: file, Line: 1, Column: 1}}
	s.Next = s.first
	if lines {
		s.Next = s.line
	}
	return s
}

// first decides what the stream is and gives its first record.
func (s *Splitter) first() (Raw, error) {
	c, err := s.peek()
	if err != nil {
		return s.fail(err)
	}
	if c == '[' {
		s.begun = true
		s.advance(1)
		if c, err := s.peek(); err == nil && c == ']' {
			return s.closing()
		}
		return s.item()
	}
	s.Next = s.value
	raw, err := s.value()
	if err != nil || raw.Broken != nil {
		return raw, err
	}
	// A value that has its lines for itself, one, is NDJSON if others follow.
	end := s.at.Line
	if _, err := s.peek(); err == nil && raw.At.Line == end && end < s.at.Line {
		s.Next = s.line
	}
	return raw, nil
}

// line gives the next line that is not blank.
func (s *Splitter) line() (Raw, error) {
	if _, err := s.peek(); err != nil {
		return s.fail(err)
	}
	for seen := 0; ; {
		unread := s.unread.bytes()
		if i := bytes.IndexByte(unread[seen:], '\n'); i >= 0 {
			return s.take(seen+i, 1), nil
		}
		if seen = len(unread); seen > maxRecord {
			return s.tooLarge()
		}
		if err := s.unread.more(); errors.Is(err, io.EOF) {
			return s.take(seen, 0), nil
		} else if err != nil {
			return s.fail(err)
		}
	}
}

// item gives the next item of the array.
func (s *Splitter) item() (Raw, error) {
	c, err := s.peek()
	switch {
	case errors.Is(err, io.EOF):
		return s.broken(diag.New(CodeJSONCutOff))
	case err == nil && c == ']':
		return s.unexpected()
	}
	s.Next = s.separator
	return s.value()
}

// separator reads what stands behind an item, and the next item.
func (s *Splitter) separator() (Raw, error) {
	c, err := s.peek()
	switch {
	case errors.Is(err, io.EOF):
		return s.broken(diag.New(CodeJSONCutOff))
	case err != nil:
		return s.fail(err)
	case c == ']':
		return s.closing()
	case c != ',':
		return s.unexpected()
	}
	s.advance(1)
	return s.item()
}

// closing ends the array; nothing may follow it.
func (s *Splitter) closing() (Raw, error) {
	s.advance(1)
	if _, err := s.peek(); err != nil {
		return s.fail(err)
	}
	return s.unexpected()
}

// value gives the next value.
func (s *Splitter) value() (Raw, error) {
	if _, err := s.peek(); err != nil {
		return s.fail(err)
	}
	var e Extent
	for seen := 0; ; {
		n, done := e.Read(s.unread.bytes()[seen:])
		switch seen += n; {
		case e.depth > maxDepth:
			s.advance(seen)
			return s.broken(tooDeep())
		case done && seen == 0:
			return s.unexpected()
		case done:
			return s.take(seen, 0), nil
		case seen > maxRecord:
			return s.tooLarge()
		}
		if err := s.unread.more(); errors.Is(err, io.EOF) {
			s.Next = s.ended
			return s.take(seen, 0), nil
		} else if err != nil {
			return s.fail(err)
		}
	}
}

// peek skips blanks, and the byte order marks with which the files begin that
// were joined to this one, and gives the byte behind them.
func (s *Splitter) peek() (byte, error) {
	for {
		unread := s.unread.bytes()
		rest := unread
		for before := -1; before != len(rest); {
			before = len(rest)
			rest = bytes.TrimPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(byteOrderMark))
		}
		s.advance(len(unread) - len(rest))
		if len(rest) > 0 && !strings.HasPrefix(byteOrderMark, string(rest[:min(len(rest), len(byteOrderMark))])) {
			return rest[0], nil
		}
		if err := s.unread.more(); errors.Is(err, io.EOF) && len(rest) > 0 {
			return rest[0], nil
		} else if err != nil {
			return 0, err
		}
	}
}

// take gives the first n unread bytes as a record and drops some more.
func (s *Splitter) take(n, more int) Raw {
	s.begun = true
	raw := Raw{At: s.at, Bytes: bytes.TrimRight(bytes.Clone(s.unread.bytes()[:n]), " \t\r\n")}
	s.advance(n + more)
	return raw
}

// advance drops n unread bytes and counts their lines and characters.
func (s *Splitter) advance(n int) {
	read := s.unread.bytes()[:n]
	if lines := bytes.Count(read, []byte{'\n'}); lines > 0 {
		s.at.Line += lines
		s.at.Column = 1
		read = read[bytes.LastIndexByte(read, '\n')+1:]
	}
	s.at.Column += utf8.RuneCount(read)
	s.unread.from += n
}

// broken ends the stream with a finding that takes a record's place.
func (s *Splitter) broken(issue *diag.Issue) (Raw, error) {
	s.Next = s.ended
	return Raw{At: s.at, Broken: issue.WithPosition(s.at)}, nil
}

func (s *Splitter) ended() (Raw, error) { return Raw{}, io.EOF }

func (s *Splitter) tooLarge() (Raw, error) {
	return s.broken(diag.New(CodeRecordTooLarge, "limit", strconv.Itoa(maxRecord>>20)))
}

func (s *Splitter) unexpected() (Raw, error) {
	char, _ := utf8.DecodeRune(s.unread.bytes())
	return s.broken(diag.New(CodeJSONNotWellFormed).WithValue(Visible(string(char))))
}

// fail ends the stream with an error of its reader, or at its end.
func (s *Splitter) fail(err error) (Raw, error) {
	s.Next = s.ended
	if _, ok := errors.AsType[*charset.BadByteError](err); ok {
		return s.broken(diag.New(CodeJSONNotUTF8))
	}
	if errors.Is(err, io.EOF) && !s.begun {
		s.at = diag.Position{File: s.at.File} // it is the whole that is wrong
		return s.broken(EmptyInput(s.at.File))
	}
	return Raw{}, err
}

// Extent finds the end of a JSON value, bytes at a time, by its brackets and
// quotation marks.
type Extent struct {
	depth           int
	quoted, escaped bool
}

// Read gives how many of the bytes belong to the value and whether it ends
// there. It stops where the value lies too deep.
//
//nolint:gocognit // one state, one case a byte: apart they read worse
func (e *Extent) Read(b []byte) (n int, done bool) {
	for i, c := range b {
		if e.quoted {
			if e.quote(c) {
				return i + 1, true
			}
			continue
		}
		switch c {
		case '"':
			e.quoted = true
		case '{', '[':
			if e.depth++; e.depth > maxDepth {
				return i, true
			}
		case '}', ']':
			if e.depth == 0 {
				return i, true
			}
			if e.depth--; e.depth == 0 {
				return i + 1, true
			}
		case ',', ' ', '\t', '\r', '\n':
			if e.depth == 0 {
				return i, true
			}
		}
	}
	return len(b), false
}

// quote reads a byte of a string and tells whether a value ends with it.
func (e *Extent) quote(c byte) bool {
	switch {
	case e.escaped:
		e.escaped = false
	case c == '\\':
		e.escaped = true
	case c == '"':
		e.quoted = false
		return e.depth == 0
	}
	return false
}

// window holds the bytes of a stream that are read and not used up yet.
type window struct {
	r        io.Reader
	buf      []byte
	from, to int
	err      error
}

func (w *window) bytes() []byte { return w.buf[w.from:w.to] }

// more reads at least one byte behind those at hand. It may move them.
func (w *window) more() error {
	if w.err != nil {
		return w.err
	}
	w.to, w.from = copy(w.buf, w.bytes()), 0
	if w.to == len(w.buf) {
		w.buf = append(w.buf, make([]byte, max(64<<10, len(w.buf)))...)
	}
	n, err := io.ReadAtLeast(w.r, w.buf[w.to:], 1)
	w.to += n
	w.err = err
	if n > 0 {
		return nil
	}
	return err
}
