package fieldtable

import "github.com/beevik/etree"

// Building the element tree. Writing is most of what an export does, so the
// tree is made of few and large pieces of memory, which are used again.

// room is how many children an element of elements gets room for at first.
const room = 12

// Arena is memory for the elements of one document, which is used again for the next. A
// nil one makes each element by itself.
type Arena struct {
	leaves   []*leafPiece
	branches []*etree.Element
	// leaf and branch are how many of them are in use.
	leaf, branch int
}

// leafPiece is an element and its text in one piece.
type leafPiece struct {
	element etree.Element
	text    etree.CharData
	child   [1]etree.Token
}

// leafSlab is how many leaves are made at a time, mostLeaves how many are kept: a document
// of tens of thousands of lines is rare.
const leafSlab, mostLeaves = 32, 16 << 10

// Reset takes back all elements that were made: nobody may use them any more.
func (a *Arena) Reset() {
	if len(a.leaves) > mostLeaves {
		*a = Arena{}
	}
	a.leaf, a.branch = 0, 0
}

// leafOf makes an element with a text.
func (a *Arena) leafOf(n name, text string) *etree.Element {
	l := a.nextLeaf()
	l.element.Space, l.element.Tag = n.space, n.local
	l.element.Child = l.child[:0]
	l.text.Data = text
	l.element.AddChild(&l.text)
	return &l.element
}

func (a *Arena) nextLeaf() *leafPiece {
	if a == nil {
		return &leafPiece{}
	}
	if a.leaf == len(a.leaves) {
		slab := make([]leafPiece, leafSlab)
		for i := range slab {
			a.leaves = append(a.leaves, &slab[i])
		}
	}
	l := a.leaves[a.leaf]
	a.leaf++
	*l = leafPiece{}
	return l
}

// elementOf makes an element of elements.
func (a *Arena) elementOf(n name) *etree.Element {
	if a == nil {
		return &etree.Element{Space: n.space, Tag: n.local, Child: make([]etree.Token, 0, room)}
	}
	if a.branch == len(a.branches) {
		a.branches = append(a.branches, &etree.Element{Child: make([]etree.Token, 0, room)})
	}
	el := a.branches[a.branch]
	a.branch++
	*el = etree.Element{Space: n.space, Tag: n.local, Child: el.Child[:0], Attr: el.Attr[:0]}
	return el
}

// put writes a value at a path below an element; a text and the attributes of
// one element come from rows that stand together.
func put(a *Arena, el *etree.Element, elements []name, attribute, text string) {
	last := len(elements) - 1
	if attribute != "" || last < 0 {
		el = descendTo(a, el, elements)
		if attribute != "" {
			el.CreateAttr(attribute, text)
			return
		}
		el.AddChild(etree.NewText(text))
		return
	}
	el = descendTo(a, el, elements[:last])
	if child := lastElement(el); child != nil && elements[last].names(child) {
		child.AddChild(etree.NewText(text))
		return
	}
	el.AddChild(a.leafOf(elements[last], text))
}

// descend makes the last element of a path, going through the one that was
// written last where the names agree: rows of one group stand together.
func descend(a *Arena, el *etree.Element, elements []name) *etree.Element {
	last := len(elements) - 1
	return add(a, descendTo(a, el, elements[:last]), elements[last])
}

// descendTo goes to the element at a path and makes what is missing.
func descendTo(a *Arena, el *etree.Element, elements []name) *etree.Element {
	for _, n := range elements {
		child := lastElement(el)
		if child == nil || !n.names(child) {
			child = add(a, el, n)
		}
		el = child
	}
	return el
}

// names tells whether an element has the name.
func (n name) names(el *etree.Element) bool { return el.Tag == n.local && el.Space == n.space }

func lastElement(el *etree.Element) *etree.Element {
	if n := len(el.Child); n > 0 {
		child, _ := el.Child[n-1].(*etree.Element)
		return child
	}
	return nil
}

func add(a *Arena, el *etree.Element, n name) *etree.Element {
	child := a.elementOf(n)
	el.AddChild(child)
	return child
}

// attach hangs an element that was filled by itself at its path.
func attach(a *Arena, el *etree.Element, elements []name, filled *etree.Element) {
	descendTo(a, el, elements[:len(elements)-1]).AddChild(filled)
}
