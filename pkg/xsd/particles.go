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
