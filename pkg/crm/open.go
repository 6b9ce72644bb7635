package crm

import (
	"bufio"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
)

// advance opens the next file that waits.
func (s *Source) advance() error {
	file := s.waiting[0]
	s.waiting = s.waiting[1:]
	r, closer := s.options.Stdin, func() error { return nil }
	if file != canonical.Stdin {
		f, err := os.Open(file)
		if err != nil {
			return canonical.Unreadable(file, err)
		}
		r, closer = f, f.Close
	}
	in, err := s.openInput(canonical.NewFileReader(r, file), file)
	if err != nil {
		return errors.Join(err, closer())
	}
	s.open, s.close = in, closer
	return nil
}

// openInput decides by the beginning of a file how it is read.
func (s *Source) openInput(r io.Reader, file string) (input, error) {
	buffered := bufio.NewReaderSize(r, 2*canonical.HeadSize)
	head, err := buffered.Peek(canonical.HeadSize)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(head) == 0 {
		return nil, canonical.EmptyInput(file)
	}
	if issue := canonical.ForeignKind(head, file); issue != nil {
		return nil, issue
	}
	format := "json"
	if !canonical.HoldsJSON(head, file) {
		format = "csv"
	}
	// An empty file is one of either.
	if err := s.foreign.otherFormat(format, file); err != nil && len(head) > 0 {
		return nil, err
	}
	if format == "csv" {
		return s.openTable(buffered, file)
	}
	lines := slices.Contains(canonical.LineEndings, canonical.Ending(file))
	return openJSON(canonical.UnicodeOf(buffered, head), file, lines, s.foreign, s.options.Profile != ""), nil
}

// openTable opens a CSV and keeps what is to be said of it as a whole.
func (s *Source) openTable(r io.Reader, file string) (input, error) {
	t, err := s.foreign.openCSV(r, file)
	if err != nil {
		return nil, err
	}
	s.findings.Add(t.Findings...)
	return t, nil
}
