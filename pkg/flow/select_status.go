package flow

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// CodeUnknownStatus says that no record can be in the state that was asked for: it
// is a phase, a state of the configuration, one that the profile knows, or one that
// a record of the source is in.
const CodeUnknownStatus diag.Code = "usage-unknown-status"

// Vocabulary finds out whether the state that a run asks for is one at all. It is
// safe for concurrent use; nil is that of a run that asks for none.
type Vocabulary struct {
	asked string
	words []string

	lock sync.Mutex
	// met are the source's own words for states.
	met map[string]bool
	// read says that there were records, sure that the state of each could be read.
	read, sure bool
	// known says that it is one.
	known bool
}

// maxWords is how many words of a source are kept to be named.
const maxWords = 200

// NewVocabulary collects the states that the records of a run have.
func NewVocabulary(s *Selection, states config.States) *Vocabulary {
	if s.Status == "" {
		return nil
	}
	v := &Vocabulary{asked: s.Status, words: trade.Draft.Values(), met: map[string]bool{}, sure: true}
	names := phaseNames(states)
	for _, phase := range trade.Draft.Values() {
		v.words = append(v.words, names[trade.Phase(phase)]...)
	}
	v.known = isPhase(asPhase(strings.ToLower(s.Status))) || v.has(v.words)
	return v
}

func (v *Vocabulary) has(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(word, v.asked) })
}

// Meet takes a record, whether it is selected or not, and what was found in it.
func (v *Vocabulary) Meet(doc *trade.Document, found diag.List) {
	if v == nil {
		return
	}
	v.lock.Lock()
	defer v.lock.Unlock()
	v.read = true
	if doc == nil {
		v.sure = v.sure && !found.Refused()
		return
	}
	v.sure = v.sure && !(&Selection{Status: v.asked}).blind(found)
	v.known = v.known || calls(doc.Status, v.asked)
	if name := doc.Status.Name; name != "" && len(v.met) < maxWords && !v.met[name] {
		v.met[strings.Clone(name)] = true // it shares its record's memory
	}
}

// Fault is nil for a state that a record can be in. It is asked when all records
// have been read.
func (v *Vocabulary) Fault(source *crm.Source) error {
	if v == nil || v.known || !v.read || !v.sure {
		return nil
	}
	profiles := source.States()
	if v.has(profiles) {
		return nil
	}
	others := slices.Concat(slices.Sorted(maps.Keys(v.met)), profiles)
	return diag.New(CodeUnknownStatus, "known", diag.MeantFirst(v.asked, v.words, others)).WithValue(v.asked)
}
