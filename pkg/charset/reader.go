package charset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// BadByteError tells that a file is not in the encoding it is read as: the byte
// at the offset (from 0, of the undecoded file) is not defined there, begins an
// invalid sequence, or is cut off by the end of the file.
type BadByteError struct {
	Offset   int64
	Byte     byte
	Encoding Encoding
}

func (e *BadByteError) Error() string {
	return fmt.Sprintf("byte 0x%02X at offset %d is not %s", e.Byte, e.Offset, e.Encoding)
}

// chunk is how many bytes are decoded at once.
const chunk = 32 << 10

// NewReader gives the UTF-8 of a file in the encoding, without its byte order
// mark. Whatever precedes a wrong byte is delivered before the *BadByteError, so
// that who counts lines knows where it is.
//
// Auto decides as late as it can: plain ASCII is passed on until the first byte
// beyond it shows whether the file is UTF-8 or Windows-1250.
func NewReader(r io.Reader, e Encoding) *Reader { return &Reader{src: r, encoding: e} }

// Reader gives the UTF-8 of a file in another encoding.
type Reader struct {
	src      io.Reader
	encoding Encoding
	started  bool
	// in[:filled] is read but not decoded, out is decoded but not delivered.
	in     []byte
	filled int
	out    []byte
	buffer []byte
	// offset is that of in[0] in the file.
	offset  int64
	err     error
	suspect suspect
}

// IsUTF8 tells of a file that was read to its end in an encoding of one byte a
// character that all its accents are UTF-8: whoever named the encoding was wrong.
func (r *Reader) IsUTF8() bool { return r.suspect.isUTF8() }

// Read implements io.Reader.
func (r *Reader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.fill()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// fill reads and decodes the next chunk.
func (r *Reader) fill() {
	if r.in == nil {
		r.in = make([]byte, chunk)
	}
	last := r.load()
	r.settle()
	text := r.in[:r.filled]
	if codecs[r.encoding].one != nil {
		r.suspect.see(text)
	}
	out, n, bad := codecs[r.encoding].decode(r.buffer[:0], text)
	r.buffer, r.out = out, out
	r.offset += int64(n)
	if bad || last && n < len(text) {
		r.err = &BadByteError{r.offset, text[n], r.encoding}
		return
	}
	r.filled = copy(r.in, text[n:])
}

// load reads what the source has ready; before the first bytes and while the
// encoding is not settled it waits for a whole chunk, so that the guess rests on
// enough. It tells whether the file ends here.
func (r *Reader) load() bool {
	free := r.in[r.filled:]
	var n int
	if !r.started || r.encoding == Auto {
		n, r.err = io.ReadFull(r.src, free)
	} else {
		n, r.err = r.src.Read(free)
	}
	r.filled += n
	if errors.Is(r.err, io.ErrUnexpectedEOF) {
		r.err = io.EOF
	}
	return errors.Is(r.err, io.EOF)
}

// settle skips the byte order mark and decides for an Auto reader as soon as
// there is something to decide by.
func (r *Reader) settle() {
	text := r.in[:r.filled]
	if r.encoding == Auto {
		// A mark decides, whatever follows it: a file that was joined of two in
		// different encodings is no reason to take the mark for three letters.
		if e, mark := Detect(text); !r.started && (mark > 0 || e != UTF8 && e != Windows1250) {
			r.encoding = e
		} else if !isASCII(text) {
			r.encoding = detectText(text)
		}
	}
	if r.started {
		return
	}
	r.started = true
	if mark := codecs[r.encoding].bom; bytes.HasPrefix(text, []byte(mark)) {
		r.filled = copy(r.in, text[len(mark):])
		r.offset += int64(len(mark))
	}
}
