package xsd

// maxAttributes is how many attributes of a type one word of bits can tick off.
const maxAttributes = 64

// attribute adds an attribute, those of an attribute group, or the wildcard.
func (b *builder) attribute(n *node) error {
	switch n.name {
	case "anyAttribute":
		b.anyAttribute = true
		return n.skipsAll("anyAttribute")
	case "attributeGroup":
		return b.attributeGroup(n)
	}
	if err := n.check("attribute", "name", "type", "use", "default", "fixed", "form", "id"); err != nil {
		return err
	}
	use := n.value("use")
	if use == "prohibited" {
		return n.unsupported("a prohibited attribute")
	}
	t, err := b.declaredType(n, "simpleType")
	if err != nil {
		return err
	}
	values := t.simple
	if t.content == anyContent {
		values = anySimple
	} else if values == nil || len(t.attributes) > 0 {
		return n.wrong("an attribute of a type that is not simple")
	}
	a := attributeUse{
		name: b.declaredName(n, n.doc.qualifiedAttributes), simple: values,
		required: use == "required", value: newConstraint(n), node: n,
	}
	for _, other := range b.attributes {
		if other.name == a.name {
			return n.wrong("a second attribute " + a.name.String())
		}
	}
	if b.attributes = append(b.attributes, a); len(b.attributes) > maxAttributes {
		return n.unsupported("a type with so many attributes")
	}
	b.checkConstraint(n, a.value, func() *simple { return values })
	return nil
}

// anySimple is the type of an attribute that declares none.
var anySimple = builtins["string"]

func (b *builder) attributeGroup(n *node) error {
	if err := n.check("attributeGroup", "ref", "id"); err != nil {
		return err
	}
	_, target, err := b.resolve(n, attributeGroupKind, n.value("ref"))
	if err != nil {
		return err
	}
	if err := target.check("attributeGroup", "name", "id"); err != nil {
		return err
	}
	if b.inside[target] {
		return n.wrong("a group inside itself")
	}
	b.inside[target] = true
	defer delete(b.inside, target)
	parts, err := target.content("attribute", "attributeGroup", "anyAttribute")
	if err != nil {
		return err
	}
	for _, part := range parts {
		if err := b.attribute(part); err != nil {
			return err
		}
	}
	return nil
}
