package xsd

// definition gives the model group that a group reference means; another node
// means itself.
func (c *compiler) definition(n *node) (*node, error) {
	if n.name != "group" {
		return n, nil
	}
	if err := n.check("group", "ref", "minOccurs", "maxOccurs", "id"); err != nil {
		return nil, err
	}
	_, target, err := c.resolve(n, groupKind, n.value("ref"))
	if err != nil {
		return nil, err
	}
	if err := target.check("group", "name", "id"); err != nil {
		return nil, err
	}
	definition, err := target.only("all", "choice", "sequence")
	if err == nil && definition == nil {
		return nil, target.unsupported("an empty group")
	}
	return definition, err
}

// particle compiles a particle of a content model; one that may not occur, or
// that holds nothing, is nil.
func (b *builder) particle(n *node) (*particle, error) {
	least, most, err := n.occurrence()
	if err != nil || most == 0 {
		return nil, err
	}
	var p *particle
	switch n.name {
	case "element":
		p, err = b.elementParticle(n)
	case "any":
		p, err = b.wildcard(n)
	default:
		p, err = b.groupParticle(n)
	}
	if err != nil || p == nil {
		return nil, err
	}
	p.min, p.max = least, most
	if p.kind < sequenceParticle {
		b.leaves[p.leaf].min, b.leaves[p.leaf].max = least, most
		p.nullable = least == 0
		return p, nil
	}
	return p, n.seal(p)
}

func (n *node) seal(p *particle) error {
	if rival, ok := p.seal(); !ok {
		return n.wrong("two places compete for " + rival.String())
	}
	return nil
}

func (b *builder) elementParticle(n *node) (*particle, error) {
	e, err := b.element(n)
	if err != nil {
		return nil, err
	}
	p := &particle{kind: leafParticle, leaf: len(b.leaves), name: e.name}
	b.leaves = append(b.leaves, leaf{element: e})
	if _, known := b.index[e.name]; !known {
		b.index[e.name] = p.leaf
	}
	return p, nil
}

// wildcard compiles an xs:any, whose elements are not looked at.
func (b *builder) wildcard(n *node) (*particle, error) {
	if err := n.skipsAll("any", "minOccurs", "maxOccurs"); err != nil {
		return nil, err
	}
	b.leaves = append(b.leaves, leaf{})
	return &particle{kind: anyParticle, leaf: len(b.leaves) - 1}, nil
}

// skipsAll accepts a wildcard for every namespace without checks.
func (n *node) skipsAll(name string, attrs ...string) error {
	if err := n.check(name, append(attrs, "namespace", "processContents", "id")...); err != nil {
		return err
	}
	if namespace, limited := n.attr("namespace"); limited && namespace != "##any" || n.value("processContents") != "skip" {
		return n.unsupported(name + " with checks")
	}
	return nil
}

// groupParticle compiles a sequence or choice, or the reference to a group.
func (b *builder) groupParticle(n *node) (*particle, error) {
	definition, err := b.definition(n)
	if err != nil {
		return nil, err
	}
	if err := definition.check(definition.name, "minOccurs", "maxOccurs", "id"); err != nil {
		return nil, err
	}
	p := &particle{kind: sequenceParticle}
	switch definition.name {
	case "choice":
		p.kind = choiceParticle
	case "all":
		return nil, n.unsupported("an xs:all inside a " + n.name)
	}
	if b.inside[definition] {
		return nil, n.wrong("a group inside itself")
	}
	b.inside[definition] = true
	defer delete(b.inside, definition)
	parts, err := definition.content("element", "any", "group", "choice", "sequence")
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		item, err := b.particle(part)
		if err != nil {
			return nil, err
		}
		if item != nil {
			p.items = append(p.items, item)
		}
	}
	if len(p.items) == 0 {
		return nil, nil
	}
	return p, nil
}

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
