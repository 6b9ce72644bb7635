package schematest

import "strings"

const (
	xsi       = "http://www.w3.org/2001/XMLSchema-instance"
	stormware = "http://www.stormware.cz/schema/version_2/"
)

// nilled puts xsi:nil on an element, with and without taking its content away.
func (m *mutator) nilled(n *node) {
	values := []string{"true", "true", "true", "1", "false", "0", "", "maybe", " true "}
	n.attrs = append(n.attrs, attr{"xsi:nil", values[m.rng.Intn(len(values))]})
	if n.declares("xmlns:xsi") == nil {
		n.attrs = append(n.attrs, attr{"xmlns:xsi", xsi})
	}
	if m.rng.Intn(2) == 0 {
		n.children = nil
	}
}

// typed says of what type an element is: some of the types are right for some of the elements, by a prefix that is
// declared, and some names are none.
func (m *mutator) typed(n *node) {
	types := []string{
		"typ:string240", "typ:string32", "typ:currencyType", "typ:idType", "typ:boolean", "ord:orderType", "ord:orderHeaderType",
		"inv:invoiceType", "orderType", "string", "nope:orderType", "xs:string", "xs:token", "xs:decimal", "xs:float", "xs:short",
		"xs:anyType", "xsi:type", "", ":", "typ:", " typ:address ", "xs:nothing", "ord:orderItemType",
	}
	value := types[m.rng.Intn(len(types))]
	n.attrs = append(n.attrs, attr{"xsi:type", value})
	if n.declares("xmlns:xsi") == nil {
		n.attrs = append(n.attrs, attr{"xmlns:xsi", xsi})
	}
	prefix, _, _ := strings.Cut(strings.TrimSpace(value), ":")
	addresses := map[string]string{
		"xs": "http://www.w3.org/2001/XMLSchema", "typ": stormware + "type.xsd", "ord": stormware + "order.xsd", "inv": stormware + "invoice.xsd",
	}
	if address := addresses[prefix]; address != "" && n.namespaceOf(prefix) == "" && m.rng.Intn(4) > 0 {
		n.attrs = append(n.attrs, attr{"xmlns:" + prefix, address})
	}
}

// declares finds an attribute of the element by its name.
func (n *node) declares(name string) *attr {
	for i := range n.attrs {
		if n.attrs[i].name == name {
			return &n.attrs[i]
		}
	}
	return nil
}

// namespaceOf gives the address that a prefix stands for at the element, empty when nothing declares it.
func (n *node) namespaceOf(prefix string) string {
	name := strings.TrimSuffix("xmlns:"+prefix, ":")
	for e := n; e != nil; e = e.parent {
		if a := e.declares(name); a != nil {
			return a.value
		}
	}
	return ""
}

// reprefix names the element's namespace by a prefix of its own, or by none; its children keep theirs.
func (m *mutator) reprefix(n *node) {
	prefix, local, qualified := strings.Cut(n.name, ":")
	if !qualified {
		prefix, local = "", n.name
	}
	address := n.namespaceOf(prefix)
	if n.declares("xmlns:p") != nil || n.declares("xmlns") != nil {
		return
	}
	if m.rng.Intn(2) == 0 {
		n.name = "p:" + local
		n.attrs = append(n.attrs, attr{"xmlns:p", address})
		return
	}
	n.name = local
	n.attrs = append(n.attrs, attr{"xmlns", address})
}

// namespace breaks a declaration.
func (m *mutator) namespace(*node) {
	n, i := m.pickAttr(attr.declaration)
	if n == nil {
		return
	}
	a := &n.attrs[i]
	switch m.rng.Intn(6) {
	case 0:
		a.value = strings.Replace(a.value, "http:", "https:", 1)
	case 1:
		a.value = strings.Replace(a.value, "stormware.cz", "stormware.sk", 1)
	case 2:
		a.value = strings.Replace(a.value, "version_2", "version_1", 1)
	case 3:
		a.value += " "
	case 4:
		a.value = n.attrs[m.rng.Intn(len(n.attrs))].value
	default:
		n.attrs = append(n.attrs[:i], n.attrs[i+1:]...)
	}
}

func (a attr) declaration() bool { return strings.HasPrefix(a.name, "xmlns") }

func (a attr) plain() bool { return !a.declaration() }

// pickAttr gives an element and the index of one of its attributes for which the condition holds, or nil.
func (m *mutator) pickAttr(condition func(attr) bool) (*node, int) {
	var owners []*node
	var indexes []int
	m.top.walk(func(n *node) {
		for i, a := range n.attrs {
			if condition(a) {
				owners, indexes = append(owners, n), append(indexes, i)
			}
		}
	})
	if len(owners) == 0 {
		return nil, 0
	}
	i := m.rng.Intn(len(owners))
	return owners[i], indexes[i]
}

func (m *mutator) dropAttr(*node) {
	if n, i := m.pickAttr(attr.plain); n != nil {
		n.attrs = append(n.attrs[:i], n.attrs[i+1:]...)
	}
}

func (m *mutator) renameAttr(*node) {
	n, i := m.pickAttr(attr.plain)
	if n == nil {
		return
	}
	prefix, _, qualified := strings.Cut(n.name, ":")
	switch m.rng.Intn(3) {
	case 0:
		n.attrs[i].name = swapCase(n.attrs[i].name)
	case 1:
		if qualified {
			n.attrs[i].name = prefix + ":" + n.attrs[i].name
		}
	default:
		n.attrs[i].name += "x"
	}
}

func (m *mutator) alterAttr(*node) {
	if n, i := m.pickAttr(attr.plain); n != nil {
		n.attrs[i].value = strings.ReplaceAll(value(m.rng, n.attrs[i].value), `"`, "&quot;")
	}
}

func (m *mutator) addAttr(n *node) {
	added := []attr{{"version", "2.0"}, {"unknown", "x"}, {"xml:lang", "cs"}, {"value", "21"}, {"rate", "x"}, {"id", "1"}, {"actionType", "add"}}
	n.attrs = append(n.attrs, added[m.rng.Intn(len(added))])
}
