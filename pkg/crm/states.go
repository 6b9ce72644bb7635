package crm

import (
	"maps"
	"slices"
)

// phaseMap is the map of a profile from the source's words for states to phases.
const phaseMap = "phase"

// States gives the words for states that the profiles know by which records were
// read so far: a record may have such a word even where none has it today.
func (s *Source) States() []string {
	words := map[string]bool{}
	s.foreign.idle.Range(func(p, _ any) bool {
		if m := p.(*profile).maps[phaseMap]; m != nil {
			for word := range m.values {
				words[word] = true
			}
		}
		return true
	})
	return slices.Sorted(maps.Keys(words))
}
