package profile

import (
	"github.com/gopohoda/pohoda/pkg/crm/expression"
)

// stateWords collects what a profile can make of a state.
type stateWords struct {
	profile *Profile
	with    *withFiles
	words   map[string]bool
	done    map[*rule]bool
}

// all goes through the rules and defaults of the state.
func (w *stateWords) all() {
	for _, f := range w.profile.fields {
		if f.path[0] == "status" {
			w.rule(f)
		}
	}
	for _, d := range w.profile.defaults {
		if d.path[0] == "status" {
			w.word(d.value.Text)
		}
	}
}

// rule takes the words of a rule and of the variables that it reads.
func (w *stateWords) rule(r *rule) {
	if r.expr == nil || w.done[r] {
		return
	}
	w.done[r] = true
	for _, word := range r.expr.Words {
		w.word(word)
	}
	for _, u := range r.expr.Uses {
		if u.Function == "lookup" {
			w.valueMap(w.profile.maps[u.Name])
		} else {
			w.Lookup(w.profile.lookups[u.Name])
		}
	}
	for _, read := range r.expr.Reads {
		for _, v := range w.profile.vars {
			if v.key.text == read.Variable {
				w.rule(v)
			}
		}
	}
}

// valueMap takes both sides of a map: a profile may give the source's own word, or
// what the map makes of it.
func (w *stateWords) valueMap(m *valueMap) {
	if m == nil {
		return
	}
	for word, value := range m.values {
		w.word(word)
		w.word(value)
	}
}

// Lookup takes the texts of the further records.
func (w *stateWords) Lookup(l *lookup) {
	if l == nil {
		return
	}
	for _, records := range w.with.index(l) {
		for _, record := range records {
			members, _ := record.value.(map[string]any)
			for _, member := range members {
				if word, err := expression.TextOf(member); err == nil {
					w.word(word)
				}
			}
		}
	}
}

func (w *stateWords) word(word string) {
	if !expression.Blank(word) {
		w.words[word] = true
	}
}
