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
}

// newStream makes the standard output of a file. A process that is started without
// one has /dev/null in its place: what is written there would count as delivered.
func newStream(file *os.File) *stream {
	s := &stream{w: file, file: file}
	if wasClosed(file) {
		s.err = &fs.PathError{Op: "write", Path: "/dev/stdout", Err: errClosed}
	}
	return s
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
