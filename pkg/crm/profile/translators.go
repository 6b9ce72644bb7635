package profile

import (
	"maps"
	"slices"
	"sync"
)

// Translators keeps a translator a profile and worker. It is safe for concurrent use.
type Translators struct {
	With     *withFiles
	Instance string
	// idle are the translators that wait for a record, by profile.
	idle sync.Map // *profile to *sync.Pool
}

// Translator gives an idle translator, or a new one.
func (t *Translators) Translator(p *Profile) *translator {
	p.Compile()
	pool, _ := t.idle.LoadOrStore(p, &sync.Pool{New: func() any {
		return &translator{profile: p, with: t.With, instance: t.Instance, env: map[string]any{}}
	}})
	return pool.(*sync.Pool).Get().(*translator)
}

// Release gives a translator back for the next record.
func (t *Translators) Release(one *translator) {
	pool, _ := t.idle.Load(one.profile)
	pool.(*sync.Pool).Put(one)
}

// States gives the words that the profiles by which records were read so far know for a
// state, in their maps, defaults and expressions, and those of the further records in
// which they look states up.
func (t *Translators) States() []string {
	found := stateWords{with: t.With, words: map[string]bool{}}
	t.idle.Range(func(p, _ any) bool {
		found.profile = p.(*Profile)
		found.done = map[*rule]bool{}
		found.all()
		return true
	})
	return slices.Sorted(maps.Keys(found.words))
}
