package outfile

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
)

// Spooled is a list that may be too long for memory.
type Spooled[T any] struct {
	spool *Spool
	Count int
	Err   error
}

// NewSpooled is an empty list.
func NewSpooled[T any]() *Spooled[T] { return &Spooled[T]{spool: NewSpool("")} }

// Add puts a value at the end.
func (s *Spooled[T]) Add(value T) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	s.Count++
	_, err = s.spool.Write(append(text, '\n'))
	return err
}

// All gives the values in their order, as often as it is asked; err says
// afterwards whether they could be read to the end.
func (s *Spooled[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		r, err := s.spool.reader()
		if s.Err = err; err != nil {
			return
		}
		d := json.NewDecoder(bufio.NewReader(r))
		for {
			var value T
			if err := d.Decode(&value); err != nil {
				if err != io.EOF {
					s.Err = err
				}
				return
			}
			if !yield(value) {
				return
			}
		}
	}
}

// Discard frees what the list holds.
func (s *Spooled[T]) Discard() { s.spool.Discard() }
