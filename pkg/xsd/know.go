package xsd

// Know adds elements to the choice that the element at the end of a path holds,
// such as the documents that an item of a pack may hold by a fuller set of
// schemas. They are known by name alone: each takes the place of the choice, and
// what is in it is not looked at. What the schema declares stays as it is. It is
// to be called before the first session; it tells whether there is such a choice.
func (s *Schema) Know(names []Name, path ...Name) bool {
	d, ok := s.Lookup(path...)
	if !ok || d.typ.content != modelContent {
		return false
	}
	t, choice := d.typ, d.typ.model
	if choice.kind == sequenceParticle && len(choice.items) == 1 {
		choice = choice.items[0]
	}
	if choice.kind != choiceParticle {
		return false
	}
	for _, name := range names {
		if _, known := t.index[name]; known {
			continue
		}
		i := len(t.leaves)
		t.index[name] = i
		e := &element{name: name, typ: &typ{content: emptyContent}, opaque: true}
		t.leaves = append(t.leaves, leaf{element: e, min: 1, max: 1})
		choice.items = append(choice.items, &particle{kind: leafParticle, min: 1, max: 1, leaf: i, name: name})
	}
	for _, p := range []*particle{choice, t.model} {
		if _, ok := p.seal(); !ok {
			return false
		}
	}
	return true
}
