package settlement

import "strings"

// chunks is a list that never moves what it holds: growing it costs no second
// copy of itself.
type chunks[T any] struct {
	parts [][]T
	n     int
}

const chunkSize = 1 << 12

func (c *chunks[T]) add(item T) {
	switch {
	case c.n == 0:
		c.parts = append(c.parts, nil)
	case c.n%chunkSize == 0:
		c.parts = append(c.parts, make([]T, 0, chunkSize))
	}
	last := &c.parts[len(c.parts)-1]
	*last = append(*last, item)
	c.n++
}

func (c *chunks[T]) at(i int) *T { return &c.parts[i/chunkSize][i%chunkSize] }

// textStore keeps texts in large pieces: of a row that is read they would keep
// the whole row, and alone each would be a piece of memory of its own.
type textStore struct{ piece *strings.Builder }

const pieceSize = 64 << 10

func (s *textStore) keep(text string) string {
	switch {
	case text == "":
		return ""
	case len(text) > pieceSize/16:
		return strings.Clone(text)
	case s.piece == nil || s.piece.Len()+len(text) > pieceSize:
		s.piece = new(strings.Builder)
		s.piece.Grow(pieceSize)
	}
	from := s.piece.Len()
	s.piece.WriteString(text)
	return s.piece.String()[from:]
}

// lookup finds things by the hash of their key. It holds their places in a list,
// so that a million of them cost a few bytes each.
type lookup struct {
	// slots hold half of the hash and the place + 1; 0 is free.
	slots []uint64
	n     int
}

// find gives the place of a thing, or -1 and the slot where it belongs.
func (l *lookup) find(hash uint64, same func(at int) bool) (at, slot int) {
	if l.slots == nil {
		l.slots = make([]uint64, 1<<10)
	}
	slot = l.home(hash)
	for ; l.slots[slot] != 0; slot = l.next(slot) {
		if l.slots[slot]>>32 == hash>>32 {
			if at = int(uint32(l.slots[slot])) - 1; same(at) {
				return at, slot
			}
		}
	}
	return -1, slot
}

func (l *lookup) home(hash uint64) int { return int(hash>>32) & (len(l.slots) - 1) }
func (l *lookup) next(slot int) int    { return (slot + 1) & (len(l.slots) - 1) }

// put notes a new thing in the slot that find gave.
func (l *lookup) put(slot int, hash uint64, at int) {
	l.slots[slot] = hash>>32<<32 | uint64(at+1)
	if l.n++; l.n <= len(l.slots)*3/4 {
		return
	}
	old := l.slots
	l.slots = make([]uint64, 2*len(old))
	for _, entry := range old {
		if entry != 0 {
			slot := l.home(entry)
			for l.slots[slot] != 0 {
				slot = l.next(slot)
			}
			l.slots[slot] = entry
		}
	}
}

// emptied is an empty lookup in the memory of one that is not used any more.
func (l *lookup) emptied() lookup {
	clear(l.slots)
	return lookup{slots: l.slots}
}
