package fieldtable

import "github.com/beevik/etree"

// Building the element tree. Writing is most of what an export does, so the
// tree is made of few and large pieces of memory.

// room is how many children an element of elements gets room for at first.
const room = 12

// put writes a value at a path below an element; a text and the attributes of
// one element come from rows that stand together.
func put(el *etree.Element, elements []name, attribute, text string) {
	last := len(elements) - 1
	if attribute != "" || last < 0 {
		el = descendTo(el, elements)
		if attribute != "" {
			el.CreateAttr(attribute, text)
			return
		}
		el.AddChild(etree.NewText(text))
		return
	}
	el = descendTo(el, elements[:last])
	if child := lastElement(el); child != nil && elements[last].names(child) {
		child.AddChild(etree.NewText(text))
		return
	}
	el.AddChild(leafOf(elements[last], text))
}

// leafOf makes an element and its text in one piece.
func leafOf(n name, text string) *etree.Element {
	leaf := &struct {
		element etree.Element
		text    etree.CharData
		child   [1]etree.Token
	}{}
	leaf.element.Space, leaf.element.Tag = n.space, n.local
	leaf.element.Child = leaf.child[:0]
	leaf.text.Data = text
	leaf.element.AddChild(&leaf.text)
	return &leaf.element
}

// descend makes the last element of a path, going through the one that was
// written last where the names agree: rows of one group stand together.
func descend(el *etree.Element, elements []name) *etree.Element {
	last := len(elements) - 1
	return add(descendTo(el, elements[:last]), elements[last])
}

// descendTo goes to the element at a path and makes what is missing.
func descendTo(el *etree.Element, elements []name) *etree.Element {
	for _, n := range elements {
		child := lastElement(el)
		if child == nil || !n.names(child) {
			child = add(el, n)
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

func add(el *etree.Element, n name) *etree.Element {
	child := elementOf(n)
	el.AddChild(child)
	return child
}

func elementOf(n name) *etree.Element {
	return &etree.Element{Space: n.space, Tag: n.local, Child: make([]etree.Token, 0, room)}
}

// attach hangs an element that was filled by itself at its path.
func attach(el *etree.Element, elements []name, filled *etree.Element) {
	descendTo(el, elements[:len(elements)-1]).AddChild(filled)
}
