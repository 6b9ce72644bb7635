package main

import (
	"io"
	"os"
)

// stream is the standard output. It remembers the first error of writing to it, so
// that no command ends with 0 whose words did not arrive.
type stream struct {
	w    io.Writer
	file *os.File
	err  error
	// lost says that nobody gets what is written, though writing does not fail.
	lost bool
}

// newStream makes the standard output of a file.
func newStream(file *os.File) *stream { return &stream{w: file, file: file, lost: wasClosed(file)} }

// Lost tells a standard output that was closed when the process was started. Most
// commands may be told to say nothing so; what counts as delivered by the ledger is
// refused.
func (s *stream) Lost() bool { return s.lost }

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
