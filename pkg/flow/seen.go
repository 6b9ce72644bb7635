package flow

import (
	"hash/maphash"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Seen is a set of texts, kept by their hashes alone: a long list has hundreds
// of thousands of ids, and a map of them would cost more memory than all the
// rest of an export. Two texts of one hash are taken for one; with 64 bits that
// does not happen.
type Seen struct {
	seed  maphash.Seed
	slots []uint64
	count int
}

// NewSeen is an empty set.
func NewSeen() *Seen { return &Seen{seed: maphash.MakeSeed(), slots: make([]uint64, 1<<10)} }

// Add adds a text and tells whether it is new.
func (s *Seen) Add(text string) bool {
	// 0 marks a free slot.
	if !s.put(max(maphash.String(s.seed, text), 1)) {
		return false
	}
	if s.count++; s.count > len(s.slots)*7/8 {
		old := s.slots
		s.slots = make([]uint64, 2*len(old))
		for _, hash := range old {
			if hash != 0 {
				s.put(hash)
			}
		}
	}
	return true
}

// Has tells whether a text was added.
func (s *Seen) Has(text string) bool {
	hash, mask := max(maphash.String(s.seed, text), 1), uint64(len(s.slots)-1)
	for at := hash & mask; s.slots[at] != 0; at = (at + 1) & mask {
		if s.slots[at] == hash {
			return true
		}
	}
	return false
}

func (s *Seen) put(hash uint64) bool {
	mask := uint64(len(s.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		switch s.slots[at] {
		case hash:
			return false
		case 0:
			s.slots[at] = hash
			return true
		}
	}
}

// CodeDuplicate says that a record with this id came before in the same run.
var CodeDuplicate = diag.Refused.Code("duplicate-record")
