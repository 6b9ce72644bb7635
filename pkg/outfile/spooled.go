package flow

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
)

// spooled is a list that may be too long for memory.
type spooled[T any] struct {
	spool *spool
	count int
	err   error
}

func newSpooled[T any]() *spooled[T] { return &spooled[T]{spool: newSpool("")} }

func (s *spooled[T]) add(value T) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	s.count++
	_, err = s.spool.Write(append(text, '\n'))
	return err
}

// all gives the values in their order, as often as it is asked; err says
// afterwards whether they could be read to the end.
func (s *spooled[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) {
		r, err := s.spool.reader()
		if s.err = err; err != nil {
			return
		}
		d := json.NewDecoder(bufio.NewReader(r))
		for {
			var value T
			if err := d.Decode(&value); err != nil {
				if err != io.EOF {
					s.err = err
				}
				return
			}
			if !yield(value) {
				return
			}
		}
	}
}

func (s *spooled[T]) discard() { s.spool.Discard() }
