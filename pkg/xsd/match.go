package xsd

// frame is a place in a content model: the item of a group that was matched
// last, and how often in a row.
type frame struct {
	group *particle
	item  int
	count int
}

// matcher walks the content models of the open elements; each element has its
// frames above those of its parent. Schemas guarantee that the first particle
// that takes an element is the only one (XSD 1.0, unique particle attribution).
type matcher struct{ frames []frame }

// enter begins a content model and gives the number of its first frame.
func (m *matcher) enter(model *particle) int {
	m.frames = append(m.frames, frame{group: model})
	return len(m.frames) - 1
}

// step takes the next element and gives its leaf, -1 when it is not expected
// here; then nothing has changed. A lenient step may leave out what is required.
func (m *matcher) step(base int, name Name, lenient bool) int {
	for level := len(m.frames) - 1; level >= base; level-- {
		f := m.frames[level]
		if item := f.next(name, lenient); item >= 0 {
			m.frames = m.frames[:level+1]
			return m.descend(item, name)
		}
		if !lenient && !f.complete() {
			return -1
		}
	}
	return -1
}

// descend moves the top frame to the item, and on into its groups down to the
// leaf that takes the element.
func (m *matcher) descend(item int, name Name) int {
	top := &m.frames[len(m.frames)-1]
	if top.item == item {
		top.count++
	} else {
		top.item, top.count = item, 1
	}
	p := top.group.items[item]
	for p.kind >= sequenceParticle {
		inner := p.begin(name)
		m.frames = append(m.frames, frame{group: p, item: inner, count: 1})
		p = p.items[inner]
	}
	return p.leaf
}

// next gives the item that takes the element, -1 for none.
func (f *frame) next(name Name, lenient bool) int {
	items := f.group.items
	if f.item >= len(items) {
		return -1
	}
	if current := items[f.item]; f.count < current.max && current.starts(name) {
		return f.item
	}
	if f.group.kind == choiceParticle || !lenient && !f.satisfied() {
		return -1
	}
	for i := f.item + 1; i < len(items); i++ {
		if items[i].starts(name) {
			return i
		}
		if !lenient && !items[i].nullable {
			return -1
		}
	}
	return -1
}

// satisfied tells whether the item has been there often enough.
func (f *frame) satisfied() bool {
	if f.item >= len(f.group.items) {
		return true
	}
	current := f.group.items[f.item]
	return f.count >= current.min || current.nullable
}

// complete tells whether the group may end here.
func (f *frame) complete() bool { return f.blocking() == nil }

// blocking gives the item without which the group may not end, nil for none.
func (f *frame) blocking() *particle {
	if !f.satisfied() {
		return f.group.items[f.item]
	}
	if f.group.kind == choiceParticle {
		return nil
	}
	for i := f.item + 1; i < len(f.group.items); i++ {
		if !f.group.items[i].nullable {
			return f.group.items[i]
		}
	}
	return nil
}

// blocking gives the particle that is needed before the element may end, nil
// for none.
func (m *matcher) blocking(base int) *particle {
	for level := len(m.frames) - 1; level >= base; level-- {
		if p := m.frames[level].blocking(); p != nil {
			return p
		}
	}
	return nil
}

// expected gives the names that may come next, and whether the element may
// also end.
func (m *matcher) expected(base int) (names []Name, end bool) {
	for level := len(m.frames) - 1; level >= base; level-- {
		f := m.frames[level]
		names = append(names, f.expected()...)
		if !f.complete() {
			return names, false
		}
	}
	return names, true
}

func (f *frame) expected() []Name {
	items := f.group.items
	if f.item >= len(items) {
		return nil
	}
	var names []Name
	if f.count < items[f.item].max {
		names = items[f.item].choices()
	}
	if f.group.kind == choiceParticle || !f.satisfied() {
		return names
	}
	for _, item := range items[f.item+1:] {
		names = append(names, item.choices()...)
		if !item.nullable {
			break
		}
	}
	return names
}
