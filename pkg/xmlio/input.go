package xmlio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// maxToken limits a tag, a text, a comment or a processing instruction, in bytes
// of UTF-8.
const maxToken = 4 << 20

// firstBuffer is the size of a buffer that has met no longer token.
const firstBuffer = 64 << 10

// input is the part of a document that lies in memory, in UTF-8.
type input struct {
	src io.Reader
	// cause is what ended src.
	cause error
	// buf[tok:end] begins with the current token; buf[pos:end] is not yet read.
	// buf[end] is 0, which no document may hold, so that loops need not look for
	// the end.
	buf           []byte
	tok, pos, end int

	file string
	// line and column are those of buf[mark].
	mark, line, column int
}

// rest gives the current token and what follows, with the 0 at the end.
func (in *input) rest() []byte { return in.buf[in.tok : in.end+1] }

// more reads on until the buffer is full, keeping the current token; a buffer
// that the token fills by half is doubled, so that reading a token again from
// its beginning costs no more than twice. At the end of the input it gives io.EOF.
func (in *input) more() error {
	if in.cause != nil {
		return in.ended()
	}
	if in.mark < in.tok {
		in.move(in.tok)
	}
	kept := in.buf[in.tok:in.end]
	if len(kept) >= maxToken {
		return diag.New(CodeTooLong, limit(maxToken)...).WithPosition(in.at(in.tok))
	}
	if len(kept) > len(in.buf)/2 {
		in.buf = make([]byte, min(2*len(in.buf), maxToken+1))
	}
	in.mark -= in.tok
	in.tok, in.pos, in.end = 0, 0, copy(in.buf, kept)
	before := in.end
	for idle := 0; in.cause == nil && in.end < len(in.buf)-1; idle++ {
		var n int
		n, in.cause = in.src.Read(in.buf[in.end : len(in.buf)-1])
		if in.end += n; n > 0 {
			idle = 0
		} else if idle > 100 {
			in.cause = io.ErrNoProgress
		}
	}
	in.buf[in.end] = 0
	if in.end == before {
		return in.ended()
	}
	return nil
}

// ended tells why there is nothing more to read.
func (in *input) ended() error {
	if bad, ok := errors.AsType[*charset.BadByteError](in.cause); ok {
		return diag.New(CodeBadByte, "byte", fmt.Sprintf("0x%02X", bad.Byte), "encoding", bad.Encoding.String()).
			WithPosition(in.at(in.end))
	}
	return in.cause
}

// move takes the mark on to buf[i]. Lines end with LF, as xmllint and editors
// count them; columns count characters.
func (in *input) move(i int) {
	passed := in.buf[in.mark:i]
	if n := bytes.Count(passed, []byte{'\n'}); n > 0 {
		in.line += n
		in.column = 1
		passed = passed[bytes.LastIndexByte(passed, '\n')+1:]
	}
	for _, c := range passed {
		if utf8.RuneStart(c) {
			in.column++
		}
	}
	in.mark = i
}

// at gives the position of buf[i], which does not lie before the mark.
func (in *input) at(i int) diag.Position {
	in.move(i)
	return diag.Position{File: in.file, Line: in.line, Column: in.column}
}
