package crm

import (
	"maps"
	"slices"
	"sync"
)

// translators keeps a translator a profile and worker. It is safe for concurrent use.
type translators struct {
	with     *withFiles
	instance string
	// idle are the translators that wait for a record, by profile.
	idle sync.Map // *profile to *sync.Pool
}

// translator gives an idle translator, or a new one.
func (t *translators) translator(p *profile) *translator {
	p.compile()
	pool, _ := t.idle.LoadOrStore(p, &sync.Pool{New: func() any {
		return &translator{profile: p, with: t.with, instance: t.instance, env: map[string]any{}}
	}})
	return pool.(*sync.Pool).Get().(*translator)
}

func (t *translators) release(one *translator) {
	pool, _ := t.idle.Load(one.profile)
	pool.(*sync.Pool).Put(one)
}

// states gives the words that the profiles by which records were read so far know for a
// state, in their maps, defaults and expressions, and those of the further records in
// which they look states up.
func (t *translators) states() []string {
	found := stateWords{with: t.with, words: map[string]bool{}}
	t.idle.Range(func(p, _ any) bool {
		found.profile = p.(*profile)
		found.done = map[*rule]bool{}
		found.all()
		return true
	})
	return slices.Sorted(maps.Keys(found.words))
}
