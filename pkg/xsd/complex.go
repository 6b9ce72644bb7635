package xsd

import (
	"maps"
	"strconv"
)

// complexType fills a type from its definition.
func (c *compiler) complexType(n *node, t *typ) (err error) {
	if err = n.check("complexType", "name", "mixed", "id"); err != nil {
		return err
	}
	if t.mixed, err = n.boolean("mixed"); err != nil {
		return err
	}
	parts, err := n.content("simpleContent", "complexContent", "group", "all", "choice", "sequence",
		"attribute", "attributeGroup", "anyAttribute")
	if err != nil {
		return err
	}
	b := &builder{compiler: c, typ: t, index: map[Name]int{}, inside: map[*node]bool{}}
	if len(parts) > 0 && (parts[0].name == "simpleContent" || parts[0].name == "complexContent") {
		if len(parts) > 1 {
			return parts[1].unsupported(parts[1].name + " beside " + parts[0].name)
		}
		return b.derive(parts[0])
	}
	return b.build(n, parts, nil)
}

// builder makes the content and attributes of one complex type.
type builder struct {
	*compiler
	*typ
	index map[Name]int
	// inside are the groups that are being compiled.
	inside map[*node]bool
}

// derive builds an extension of another type; restrictions of complex types are
// not known.
func (b *builder) derive(n *node) error {
	if err := n.check(n.name, "id"); err != nil {
		return err
	}
	extension, err := n.only("extension")
	if err != nil {
		return err
	}
	if extension == nil {
		return n.unsupported(n.name + " without extension")
	}
	if err := extension.check("extension", "base", "id"); err != nil {
		return err
	}
	base, err := b.namedType(extension, extension.value("base"))
	if err != nil {
		return err
	}
	if !base.sealed() || (base.simple != nil) != (n.name == "simpleContent") || base.content == anyContent {
		return extension.unsupported("an extension of " + extension.value("base"))
	}
	names := []string{"attribute", "attributeGroup", "anyAttribute"}
	if n.name == "complexContent" {
		names = append(names, "group", "all", "choice", "sequence")
	}
	parts, err := extension.content(names...)
	if err != nil {
		return err
	}
	b.typ.base = base
	b.attributes = append(b.attributes, base.attributes...)
	b.anyAttribute = base.anyAttribute
	return b.build(extension, parts, base)
}

// sealed tells that a type is complete; one that is derived from itself never is.
func (t *typ) sealed() bool { return t.simple != nil || t.index != nil || t.content == anyContent }

// build compiles the parts of a type that extends base, if that is not nil.
func (b *builder) build(n *node, parts []*node, base *typ) error {
	var own *node
	for _, part := range parts {
		switch part.name {
		case "attribute", "attributeGroup", "anyAttribute":
			if err := b.attribute(part); err != nil {
				return err
			}
			continue
		}
		if own != nil {
			return part.unsupported(part.name + " beside " + own.name)
		}
		own = part
	}
	if base != nil && base.simple != nil {
		b.simple = base.simple
		return nil
	}
	if err := b.contents(n, own, base); err != nil {
		return err
	}
	b.typ.index = b.index
	return nil
}

// contents compiles the model group, behind that of the base.
func (b *builder) contents(n, own *node, base *typ) error {
	b.content = emptyContent
	if base != nil {
		if base.mixed != b.mixed && base.content != emptyContent && own != nil {
			return n.unsupported("mixed content that extends other content")
		}
		b.inherit(base)
	}
	if own == nil {
		return nil
	}
	definition, err := b.definition(own)
	if err != nil {
		return err
	}
	if definition.name == "all" {
		return b.all(own, definition)
	}
	p, err := b.particle(own)
	if err != nil || p == nil {
		return err
	}
	return b.extend(n, p)
}

// inherit takes over the content of the base.
func (b *builder) inherit(base *typ) {
	b.content, b.optional, b.model = base.content, base.optional, base.model
	b.mixed = b.mixed || base.mixed
	b.leaves = append(b.leaves, base.leaves...)
	maps.Copy(b.index, base.index)
}

// extend sets the content model, behind an inherited one.
func (b *builder) extend(n *node, p *particle) error {
	items := []*particle{p}
	switch b.content {
	case allContent:
		return n.unsupported("an extension of xs:all")
	case modelContent:
		items = []*particle{b.model, p}
	}
	b.content = modelContent
	p.markRepeated(b.leaves, false)
	if len(items) == 1 && p.kind == sequenceParticle && p.min == 1 && p.max == 1 {
		b.model = p
		return nil
	}
	b.model = &particle{kind: sequenceParticle, min: 1, max: 1, items: items}
	return n.seal(b.model)
}

// all compiles an xs:all, which stands alone; own is it or the reference to the
// group that holds it.
func (b *builder) all(own, definition *node) error {
	if b.content != emptyContent {
		return own.unsupported("an extension by xs:all")
	}
	if err := definition.check("all", "minOccurs", "maxOccurs", "id"); err != nil {
		return err
	}
	least, most, err := own.occurrence()
	if err != nil {
		return err
	}
	elements, err := definition.content("element")
	if err != nil || len(elements) == 0 || most == 0 {
		return err
	}
	b.content, b.optional = allContent, least == 0
	for _, child := range elements {
		p, err := b.particle(child)
		if err != nil {
			return err
		}
		if p != nil && (most != 1 || p.max != 1 || b.index[p.name] != p.leaf) {
			return child.wrong("an element of xs:all more than once")
		}
	}
	return nil
}

// occurrence reads minOccurs and maxOccurs. Being greedy, the matcher is right
// about repetitions inside repetitions only while one is enough of each.
func (n *node) occurrence() (least, most int, err error) {
	least, most = 1, 1
	if text, ok := n.attr("minOccurs"); ok {
		if text != "0" && text != "1" {
			return 0, 0, n.unsupported("minOccurs " + text)
		}
		least = int(text[0] - '0')
	}
	if text, ok := n.attr("maxOccurs"); ok {
		if text == "unbounded" {
			return least, unbounded, nil
		}
		if most, err = strconv.Atoi(text); err != nil || most < 0 {
			return 0, 0, n.wrong("maxOccurs " + text)
		}
	}
	if most < least {
		return 0, 0, n.wrong("minOccurs above maxOccurs")
	}
	return least, most, nil
}

func (n *node) boolean(name string) (bool, error) {
	text, ok := n.attr(name)
	if ok && !isBoolean([]byte(text)) {
		return false, n.wrong(name + " " + text)
	}
	return ok && isTrue([]byte(text)), nil
}

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
