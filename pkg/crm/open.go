package crm

import (
	"bufio"
	"errors"
	"io"
	"os"
	"slices"
)

// advance opens the next file that waits.
func (s *Source) advance() error {
	file := s.waiting[0]
	s.waiting = s.waiting[1:]
	r, closer := s.options.Stdin, func() error { return nil }
	if file != stdin {
		f, err := os.Open(file)
		if err != nil {
			return Unreadable(file, err)
		}
		r, closer = f, f.Close
	}
	in, err := s.openInput(&fileReader{r, file}, file)
	if err != nil {
		return errors.Join(err, closer())
	}
	s.open, s.close = in, closer
	return nil
}

// openInput decides by the beginning of a file how it is read.
func (s *Source) openInput(r io.Reader, file string) (input, error) {
	buffered := bufio.NewReaderSize(r, 2*headSize)
	head, err := buffered.Peek(headSize)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(head) == 0 {
		return nil, emptyInput(file)
	}
	if issue := foreignKind(head, file); issue != nil {
		return nil, issue
	}
	format := "json"
	if !holdsJSON(head, file) {
		format = "csv"
	}
	// An empty file is one of either.
	if err := s.foreign.otherFormat(format, file); err != nil && len(head) > 0 {
		return nil, err
	}
	if format == "csv" {
		return s.openTable(buffered, file)
	}
	lines := slices.Contains(lineEndings, ending(file))
	return openJSON(unicodeOf(buffered, head), file, lines, s.foreign, s.options.Profile != ""), nil
}

// openTable opens a CSV and keeps what is to be said of it as a whole.
func (s *Source) openTable(r io.Reader, file string) (input, error) {
	t, err := s.foreign.openCSV(r, file)
	if err != nil {
		return nil, err
	}
	s.findings.Add(t.findings...)
	return t, nil
}
