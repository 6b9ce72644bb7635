package xsd

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/schemas"
)

// Schema is a compiled set of schema documents. It does not change any more and
// serves any number of sessions at once.
type Schema struct {
	elements map[Name]*element
	// types are the global types and the built-in ones.
	types map[Name]*typ
	// roots are the global elements of the document that was asked for.
	roots []Name
}

// Bundled compiles one of the schemas that ship with the tool.
func Bundled(root string, ns map[string]string) (*Schema, error) {
	return Compile(schemas.XSD, root, ns)
}

// Compile reads a schema document and what it imports, from any encoding, and
// compiles all of it. Namespaces get the prefixes of ns (prefix to URI)
// throughout, as in xmlio; one without a prefix is called "{uri}".
//
// It knows the part of XSD 1.0 that POHODA's schemas use. Anything else is an
// error (schema-unsupported), never passed over.
func Compile(fsys fs.FS, root string, ns map[string]string) (*Schema, error) {
	l := &loader{fsys: fsys, files: map[string]string{}, components: map[component]*node{}}
	if err := l.load(root); err != nil {
		return nil, err
	}
	c := &compiler{
		loader: l, spaces: map[string]string{schemaURI: schemaSpace, "": ""},
		declared: map[*node]*element{}, defined: map[*node]*typ{}, builtins: map[string]*typ{},
	}
	for _, prefix := range slices.Sorted(maps.Keys(ns)) {
		if _, known := c.spaces[ns[prefix]]; !known {
			c.spaces[ns[prefix]] = prefix
		}
	}
	schema := &Schema{elements: map[Name]*element{}, types: map[Name]*typ{}}
	for _, n := range l.elements {
		e, err := c.element(n)
		if err != nil {
			return nil, err
		}
		schema.elements[e.name] = e
		if n.doc.file == root {
			schema.roots = append(schema.roots, e.name)
		}
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	for _, n := range l.types {
		schema.types[c.defined[n].name] = c.defined[n]
	}
	for _, name := range append(slices.Collect(maps.Keys(builtins)), "anyType") {
		schema.types[Name{schemaSpace, name}] = c.known(name)
	}
	return schema, nil
}

// compiler turns nodes into declarations and types, each once.
type compiler struct {
	*loader
	spaces   map[string]string // by namespace URI
	declared map[*node]*element
	defined  map[*node]*typ
	builtins map[string]*typ
	// pending are the types of elements, which are compiled when the type around
	// is complete: it may be the same. checks wait until all types are there.
	pending, checks []func() error
}

// finish compiles the named types that no element uses, too, so that no fault
// of a schema stays hidden, and runs the checks.
func (c *compiler) finish() error {
	for _, n := range c.types {
		if _, err := c.typeAt(n); err != nil {
			return err
		}
	}
	for len(c.pending) > 0 {
		next := c.pending[0]
		c.pending = c.pending[1:]
		if err := next(); err != nil {
			return err
		}
	}
	for _, check := range c.checks {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// name puts a name of a namespace into customary prefixes.
func (c *compiler) name(uri, local string) Name {
	space, known := c.spaces[uri]
	if !known {
		space = "{" + uri + "}"
		c.spaces[uri] = space
	}
	return Name{space, local}
}

// resolve finds the component that a QName means; a built-in type has no node.
func (c *compiler) resolve(n *node, kind, qname string) (component, *node, error) {
	prefix, local, qualified := strings.Cut(strings.Trim(qname, blanks), ":")
	if !qualified {
		prefix, local = "", prefix
	}
	uri, known := n.scope[prefix]
	key := component{kind, uri, local}
	target := c.components[key]
	if !known || target == nil && uri != schemaURI {
		return key, nil, n.unknown(qname)
	}
	return key, target, nil
}

// namedType gives the type that a QName means.
func (c *compiler) namedType(n *node, qname string) (*typ, error) {
	key, target, err := c.resolve(n, typeKind, qname)
	if err != nil {
		return nil, err
	}
	if target != nil {
		return c.typeAt(target)
	}
	return c.builtin(n, key.name)
}

func (c *compiler) builtin(n *node, name string) (*typ, error) {
	if t := c.known(name); t != nil {
		return t, nil
	}
	return nil, n.unsupported("the type xs:" + name)
}

// known gives a built-in type, nil for one that this package does not know.
func (c *compiler) known(name string) *typ {
	if t := c.builtins[name]; t != nil {
		return t
	}
	t := &typ{name: Name{schemaSpace, name}}
	if name == "anyType" {
		t.content, t.mixed, t.anyAttribute = anyContent, true, true
	} else if t.simple = builtins[name]; t.simple == nil {
		return nil
	} else if base := builtinBases[name]; base != "" {
		t.base = c.known(base)
	}
	c.builtins[name] = t
	return t
}

// typeAt compiles the type definition of a node. A type may contain itself, so
// it is known before it is complete.
func (c *compiler) typeAt(n *node) (*typ, error) {
	if t := c.defined[n]; t != nil {
		return t, nil
	}
	t := &typ{node: n}
	if name, named := n.attr("name"); named {
		t.name = c.name(n.doc.target, name)
	}
	c.defined[n] = t
	if n.name == "simpleType" {
		s, err := c.simpleType(n)
		if err != nil {
			return nil, err
		}
		s.name, t.simple = t.name, s
		return t, c.lineage(n, t)
	}
	return t, c.complexType(n, t)
}

// element compiles an element declaration or the reference to one.
func (c *compiler) element(n *node) (*element, error) {
	if ref, isRef := n.attr("ref"); isRef {
		if err := n.check("element", "ref", "minOccurs", "maxOccurs", "id"); err != nil {
			return nil, err
		}
		_, target, err := c.resolve(n, elementKind, ref)
		if err != nil {
			return nil, err
		}
		return c.element(target)
	}
	if e := c.declared[n]; e != nil {
		return e, nil
	}
	err := n.check("element", "name", "type", "minOccurs", "maxOccurs", "nillable", "default", "fixed", "form", "id")
	if err != nil {
		return nil, err
	}
	e := &element{node: n, value: newConstraint(n)}
	e.name = c.declaredName(n, n.doc.qualifiedElements || c.isGlobal(n))
	if e.nillable, err = n.boolean("nillable"); err != nil {
		return nil, err
	}
	c.declared[n] = e
	c.pending = append(c.pending, func() (err error) {
		e.typ, err = c.declaredType(n, "simpleType", "complexType")
		return err
	})
	c.checkConstraint(n, e.value, func() *simple { return e.typ.simple })
	return e, nil
}

// declaredName gives the name of a declaration, which is in the target namespace
// when its form or the default of the document says so.
func (c *compiler) declaredName(n *node, qualified bool) Name {
	if form, ok := n.attr("form"); ok {
		qualified = form == "qualified"
	}
	if !qualified {
		return c.name("", n.value("name"))
	}
	return c.name(n.doc.target, n.value("name"))
}

func (c *compiler) isGlobal(n *node) bool {
	return c.components[component{elementKind, n.doc.target, n.value("name")}] == n
}

// declaredType gives the type of a declaration: named, inside, or xs:anyType.
func (c *compiler) declaredType(n *node, inside ...string) (*typ, error) {
	child, err := n.only(inside...)
	if err != nil {
		return nil, err
	}
	name, named := n.attr("type")
	switch {
	case named && child != nil:
		return nil, child.unsupported(child.name + " beside type")
	case named:
		return c.namedType(n, name)
	case child != nil:
		return c.typeAt(child)
	}
	return c.builtin(n, "anyType")
}

func newConstraint(n *node) *constraint {
	for _, name := range []string{"default", "fixed"} {
		if text, ok := n.attr(name); ok {
			return &constraint{text, name == "fixed"}
		}
	}
	return nil
}

// checkConstraint sees to it that a default or fixed value is one of its type.
func (c *compiler) checkConstraint(n *node, value *constraint, simple func() *simple) {
	if value == nil {
		return
	}
	c.checks = append(c.checks, func() error {
		if t := simple(); t == nil || t.check([]byte(value.text)) != "" {
			return n.wrong("the value \"" + value.text + "\" is not one of the type of " + n.value("name"))
		}
		return nil
	})
}
