package outfile

import (
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// PlaceAs puts the file in place where none is, or one that holds the same; one
// that holds something else only with force.
func (s *Spool) PlaceAs(target string, force bool) error {
	if _, err := os.Stat(target); err == nil && !IsStream(target) {
		switch same, err := s.same(target); {
		case err == nil && same:
			return nil
		case !force:
			return diag.New(CodeFileExists).WithValue(target)
		}
	}
	if err := s.Place(target); err != nil {
		return CannotWrite(target, err)
	}
	return nil
}

// same tells whether a file holds what the spool does.
func (s *Spool) same(target string) (bool, error) {
	file, err := os.Open(target)
	if err != nil {
		return false, err
	}
	defer file.Close()
	mine, err := s.reader()
	if err != nil {
		return false, err
	}
	const piece = 64 << 10
	a, b := make([]byte, piece), make([]byte, piece)
	for {
		n, errA := io.ReadFull(mine, a)
		m, errB := io.ReadFull(file, b)
		switch {
		case !bytes.Equal(a[:n], b[:m]):
			return false, nil
		case errors.Is(errA, io.EOF), errors.Is(errA, io.ErrUnexpectedEOF):
			return true, nil
		case errA != nil || errB != nil:
			return false, errors.Join(errA, errB)
		}
	}
}
