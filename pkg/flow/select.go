package flow

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Selection says which records of a source are meant. The zero value means all.
type Selection struct {
	// IDs are ids or codes of documents.
	IDs []string
	// Kinds are the kinds of record; none means every kind.
	Kinds []trade.Kind
	// Status is a phase, or a state as the source calls it.
	Status string
	// Where is an expression on the canonical record.
	Where expression.Where
	// Since takes what was changed, else issued, on that day or later.
	Since trade.Date
}

// nouns are the records that are asked for by their plural: those of which an agenda
// makes something. Kinds that become the same by themselves are taken alike, such as a
// deal and an order, since what they become is another question.
func nouns() map[string][]trade.Kind {
	all := map[string][]trade.Kind{}
	for _, a := range pohoda.Agendas() {
		for _, t := range a.Targets {
			for _, kind := range t.Default {
				all[string(kind)+"s"] = append(all[string(kind)+"s"], t.Default...)
			}
			for _, kind := range t.Also {
				all[string(kind)+"s"] = append(all[string(kind)+"s"], kind)
			}
		}
	}
	for plural, kinds := range all {
		all[plural] = slices.Compact(slices.Sorted(slices.Values(kinds)))
	}
	return all
}

// The codes of what is asked for.
var (
	CodeUnknownNoun = diag.Usage.Code("usage-unknown-kind", "known")
	CodeMissingID   = diag.Usage.Code("usage-missing-id", "plural")
	CodeIDOfMany    = diag.Usage.Code("usage-id-of-many", "single")
	CodeBadSince    = diag.Usage.Code("usage-bad-since")
)

// SelectionOf reads a selection as a person words it: "deal" with ids, or
// "deals" for all, a condition and a day, which may both be "".
func SelectionOf(noun string, ids []string, where, since string) (Selection, error) {
	s := Selection{IDs: ids}
	all := nouns()
	plural, single := noun, false
	if _, ok := all[noun]; !ok {
		plural, single = noun+"s", true
	}
	kinds, ok := all[plural]
	switch {
	case !ok:
		return s, diag.New(CodeUnknownNoun, "known", diag.Meant(noun, nounNames())).WithValue(noun)
	case single && len(ids) == 0:
		return s, diag.New(CodeMissingID, "plural", plural).WithValue(noun)
	case !single && len(ids) > 0:
		return s, diag.New(CodeIDOfMany, "single", strings.TrimSuffix(noun, "s")).WithValue(ids[0])
	}
	s.Kinds = kinds
	if since != "" {
		day, err := trade.ParseDate(since)
		if err != nil {
			return s, diag.New(CodeBadSince).WithValue(since)
		}
		s.Since = day
	}
	if where != "" {
		condition, issue := expression.CompileWhere(where)
		if issue != nil {
			return s, issue
		}
		s.Where = condition
	}
	return s, nil
}

func nounNames() []string {
	var names []string
	for plural := range nouns() {
		names = append(names, plural, strings.TrimSuffix(plural, "s"))
	}
	slices.Sort(names)
	return names
}

// Concerns tells whether a record is asked for by its kind and its name. What
// could not be read may be of any kind, but is not the one that was named.
func (s *Selection) Concerns(r *trade.Record) bool {
	if len(s.Kinds) > 0 && r.Kind() != "" && !slices.Contains(s.Kinds, r.Kind()) {
		return false
	}
	return len(s.IDs) == 0 || r.Of != nil && s.names(r.Of)
}

// Wants tells whether a record is as it was asked for, as far as it could be read.
// What is wrong with the expression comes to what was found in the record, and one
// of which it cannot be told is wanted.
func (s *Selection) Wants(r *trade.Record, found *diag.List, states config.States) bool {
	if s.blind(*found) {
		return true
	}
	takes, issue := s.takes(r, states)
	found.Add(issue)
	return takes || issue != nil
}

// takes tells whether a record is as it was asked for. An issue is a fault of the
// expression.
func (s *Selection) takes(r *trade.Record, states config.States) (bool, *diag.Issue) {
	if r.Of == nil {
		return true, nil
	}
	if s.Status != "" && !inState(r.Of.Header().Status, s.Status, states) {
		return false, nil
	}
	if !s.Since.IsZero() && changed(r).Before(s.Since) {
		return false, nil
	}
	if s.Where != nil {
		return s.Where(r)
	}
	return true, nil
}

// blind tells whether a field that decides could not be read: then the record is
// refused, lest it should vanish.
func (s *Selection) blind(found diag.List) bool {
	return slices.ContainsFunc(found.Of(diag.Error), func(i *diag.Issue) bool {
		switch i.Path {
		case "status", "status.phase", "status.name", "status.id":
			return s.Status != "" || s.Where != nil
		case "issueDate", "source.updatedAt":
			return !s.Since.IsZero() || s.Where != nil
		}
		return s.Where != nil
	})
}

// names tells whether a record is asked for by its id or its code.
func (s *Selection) names(of trade.Subject) bool {
	code := of.Code()
	return slices.Contains(s.IDs, of.Header().Source.ID) || code != "" && slices.Contains(s.IDs, code)
}

// changed is when a record was last changed, else when its document was issued.
func changed(r *trade.Record) trade.Date {
	day := r.Of.Header().Source.UpdatedAt.Date()
	if doc := r.Document(); doc != nil && day.IsZero() {
		return doc.IssueDate
	}
	return day
}

// inState tells whether a document is in a state: a phase, by itself or by the
// configured names of it, or the source's own word. A phase in capitals, such as Won,
// may be either.
func inState(status trade.Status, asked string, states config.States) bool {
	if wanted := asPhase(asked); isPhase(wanted) {
		return inPhase(status, wanted, states)
	}
	return calls(status, asked) || inPhase(status, asPhase(strings.ToLower(asked)), states)
}

// inPhase tells whether a document is in a phase, by itself or by a configured name.
func inPhase(status trade.Status, wanted trade.Phase, states config.States) bool {
	names := phaseNames(states)[wanted]
	return isPhase(wanted) && (Phase(status, states) == wanted || slices.ContainsFunc(names, func(name string) bool { return calls(status, name) }))
}

// asPhase reads a phase as a person may write it: in_progress, in-progress.
func asPhase(word string) trade.Phase { return trade.Phase(strings.ReplaceAll(word, "_", "-")) }

func isPhase(p trade.Phase) bool { return slices.Contains(p.Values(), string(p)) }

// calls tells whether the source calls the state so.
func calls(status trade.Status, name string) bool {
	return strings.EqualFold(status.Name, name) || status.ID != "" && status.ID == name
}

// Phase is the phase of a record: by the configured names first, since the
// house knows its own states best.
func Phase(status trade.Status, states config.States) trade.Phase {
	names := phaseNames(states)
	for _, word := range trade.Draft.Values() {
		p := trade.Phase(word)
		if slices.ContainsFunc(names[p], func(name string) bool { return calls(status, name) }) {
			return p
		}
	}
	return status.Phase
}

// IsUnlisted tells a state that the unit has not listed, though it lists some, and
// that says nothing by itself: a record in it is taken for one that goes.
func IsUnlisted(status trade.Status, phase trade.Phase, states config.States) bool {
	lists := slices.Concat(states.Draft, states.Open, states.InProgress, states.Done, states.Won, states.Lost, states.Cancelled)
	return phase == "" && status.Name != "" && len(lists) > 0
}

func phaseNames(s config.States) map[trade.Phase][]string {
	return map[trade.Phase][]string{
		trade.Draft: s.Draft, trade.Open: s.Open, trade.InProgress: s.InProgress, trade.Done: s.Done,
		trade.Won: s.Won, trade.Lost: s.Lost, trade.Cancelled: s.Cancelled,
	}
}

// CodeUnknownStatus says that no record can be in the state that was asked for: it
// is a phase, a state of the configuration, one that the profile knows, or one that
// a record of the source is in.
var CodeUnknownStatus = diag.Usage.Code("usage-unknown-status", "known")

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
func (v *Vocabulary) Meet(of trade.Subject, found diag.List) {
	if v == nil {
		return
	}
	v.lock.Lock()
	defer v.lock.Unlock()
	v.read = true
	if of == nil {
		v.sure = v.sure && !found.Refused()
		return
	}
	status := of.Header().Status
	v.sure = v.sure && !(&Selection{Status: v.asked}).blind(found)
	v.known = v.known || calls(status, v.asked)
	if name := status.Name; name != "" && len(v.met) < maxWords && !v.met[name] {
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
