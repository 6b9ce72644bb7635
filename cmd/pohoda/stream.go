package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// errClosed says that the process was started without a standard output.
var errClosed = errors.New("it was closed from the beginning")

// stream is the standard output. It remembers the first error of writing to it, so
// that no command ends with 0 whose words did not arrive.
type stream struct {
	w    io.Writer
	file *os.File
	err  error
	// closed says that nobody can read what is written.
	closed bool
}

// newStream makes the standard output of a file.
func newStream(file *os.File) *stream {
	return &stream{w: file, file: file, closed: wasClosed(file)}
}

// Absent is the error of a stream that the process was started without. Go puts
// /dev/null in its place, so that writing succeeds: what a ledger notes would count
// as delivered. A parent that wants no output opens /dev/null in the same way, so
// that nothing else may be refused.
func (s *stream) Absent() error {
	if !s.closed {
		return nil
	}
	return &fs.PathError{Op: "write", Path: "/dev/stdout", Err: errClosed}
}

// Write writes until the first error.
func (s *stream) Write(p []byte) (n int, err error) {
	if s.err == nil {
		n, s.err = s.w.Write(p)
	}
	return n, s.err
}

// Settle makes sure that what was written to a file is on its disk: some systems say
// only then that there is no room for it.
func (s *stream) Settle() error {
	if s.err != nil || s.file == nil {
		return s.err
	}
	if info, err := s.file.Stat(); err == nil && info.Mode().IsRegular() {
		s.err = s.file.Sync()
	}
	return s.err
}
