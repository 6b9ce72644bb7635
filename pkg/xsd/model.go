package xsd

// typ is a compiled type, of values or of elements with attributes and content.
type typ struct {
	name Name  // zero for an anonymous one
	node *node // nil for a built-in one
	// base is the type from which this one is derived, nil for xs:anyType; members
	// are the types of a union.
	base    *typ
	members []*typ
	content content
	mixed   bool
	// simple is the type of the value; nil unless the content is one.
	simple       *simple
	attributes   []attributeUse
	anyAttribute bool
	// leaves are the element particles in schema order; index finds the first of
	// a name.
	leaves []leaf
	index  map[Name]int
	// optional tells of an xs:all that it may be missing as a whole.
	optional bool
	// model is the content model of sequences and choices.
	model *particle
}

// leafOf gives the leaf of an element, -1 for none. Most documents have their
// elements in the order of the schema, so it looks behind the last one first.
func (t *typ) leafOf(name Name, next int) int {
	for i := next; i < len(t.leaves) && i < next+5; i++ {
		if t.leaves[i].name == name {
			return i
		}
	}
	if i, known := t.index[name]; known {
		return i
	}
	return -1
}

// content says what an element may hold.
type content uint8

const (
	valueContent content = iota // a value
	emptyContent                // nothing
	allContent                  // elements in any order, each once at most
	modelContent                // elements by a content model
	anyContent                  // anything: xs:anyType
)

// element is an element declaration.
type element struct {
	name     Name
	typ      *typ
	nillable bool
	value    *constraint
	node     *node
	// opaque tells of one that the schema only knows by name (Schema.Know).
	opaque bool
}

// constraint is a default or fixed value.
type constraint struct {
	text  string
	fixed bool
}

type attributeUse struct {
	name     Name
	simple   *simple
	required bool
	value    *constraint
	node     *node
}

// leaf is an element particle: the element with its occurrence. It has no
// element when it is a wildcard, whose content is skipped.
type leaf struct {
	*element
	min, max int
	// repeated tells that there may be more than one, by it or a group around it.
	repeated bool
}

// unbounded is a maximum beyond every count.
const unbounded = int(^uint(0) >> 1)

// particle is a node of a content model: a leaf, a sequence or a choice.
type particle struct {
	kind     particleKind
	min, max int
	leaf     int // index into the leaves of the type
	name     Name
	items    []*particle
	// nullable tells that it is satisfied by no element at all.
	nullable bool
	// first gives, of a group, the item that an element begins; any is the item
	// that begins with whatever element, -1 when there is none.
	first map[Name]int
	any   int
}

type particleKind uint8

const (
	leafParticle particleKind = iota
	anyParticle
	sequenceParticle
	choiceParticle
)

// starts tells whether an element may be the first of the particle.
func (p *particle) starts(name Name) bool {
	switch p.kind {
	case leafParticle:
		return p.name == name
	case anyParticle:
		return true
	}
	return p.begin(name) >= 0
}

// begin gives the item of a group that an element begins, -1 for none.
func (p *particle) begin(name Name) int {
	if i, ok := p.first[name]; ok {
		return i
	}
	return p.any
}

// seal computes what depends on the items of a group, which are sealed. It
// gives a name that two items compete for, which the schema must not have.
func (p *particle) seal() (rival Name, ok bool) {
	p.first, p.any = map[Name]int{}, -1
	p.nullable = p.min == 0 || p.emptiable()
	for i, item := range p.items {
		for _, name := range item.names() {
			if _, taken := p.first[name]; taken {
				return name, false
			}
			p.first[name] = i
		}
		if p.any < 0 && item.beginsWithAny() {
			p.any = i
		}
		if p.kind == sequenceParticle && !item.nullable {
			break
		}
	}
	return Name{}, true
}

// emptiable tells whether one round of the group may be empty: all items of a
// sequence, or one of a choice.
func (p *particle) emptiable() bool {
	for _, item := range p.items {
		if item.nullable == (p.kind == choiceParticle) {
			return item.nullable
		}
	}
	return p.kind == sequenceParticle
}

// markRepeated tells the leaves of the particle that they may be repeated.
func (p *particle) markRepeated(leaves []leaf, repeated bool) {
	repeated = repeated || p.max > 1
	if p.kind < sequenceParticle {
		leaves[p.leaf].repeated = repeated
	}
	for _, item := range p.items {
		item.markRepeated(leaves, repeated)
	}
}

// names gives the elements that the particle can begin with.
func (p *particle) names() []Name {
	if p.kind == leafParticle {
		return []Name{p.name}
	}
	var names []Name
	for _, item := range p.items {
		names = append(names, item.names()...)
		if p.kind == sequenceParticle && !item.nullable {
			break
		}
	}
	return names
}

// choices are the names for a person, with * for any element.
func (p *particle) choices() []Name {
	if p.beginsWithAny() {
		return append(p.names(), Name{Local: "*"})
	}
	return p.names()
}

func (p *particle) beginsWithAny() bool {
	return p.kind == anyParticle || p.kind >= sequenceParticle && p.any >= 0
}
