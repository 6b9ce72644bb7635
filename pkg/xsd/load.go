// Package xsd reads XML schemas: it validates documents with findings that a
// person understands, and it is the index of what the schemas say of each
// element: type, limits, enumerations, occurrence.
//
// It implements the part of XSD 1.0 that POHODA's schemas use, exactly, and
// refuses schemas with anything else: no include, redefine, substitution,
// identity constraints, lists, restrictions of complex types or of unions,
// processed wildcards. Verdicts are those of the standard, as other validators
// confirm in the tests.
//
// The validator is pushed: a Session is told of tags and texts as they come,
// from a file or from an element tree, and goes on after a finding with the
// next thing that can be checked.
package xsd

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// document is a schema document, read but not compiled.
type document struct {
	file, text string
	root       *node
	target     string // targetNamespace
	// qualified tells of the local elements, and of the local attributes, whether
	// they are in the target namespace.
	qualifiedElements, qualifiedAttributes bool
}

// Kinds of global components.
const (
	elementKind        = "element"
	typeKind           = "type"
	groupKind          = "group"
	attributeGroupKind = "attributeGroup"
)

// component names a global component.
type component struct {
	kind string
	uri  string
	name string
}

// loader reads a schema document and what it imports.
type loader struct {
	fsys fs.FS
	// files are the schema documents by namespace, one each.
	files      map[string]string
	components map[component]*node
	// elements and types are the global ones in the order of reading.
	elements, types []*node
}

// load reads a document, and what it imports.
func (l *loader) load(file string) error {
	data, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		return diag.New(CodeSchemaUnreadable, "error", err.Error()).WithPosition(diag.Position{File: file})
	}
	text, err := decode(data)
	if err != nil {
		return diag.New(CodeSchemaUnreadable, "error", err.Error()).WithPosition(diag.Position{File: file})
	}
	doc, err := parse(file, text)
	if err != nil {
		return err
	}
	if err := l.header(doc); err != nil {
		return err
	}
	l.files[doc.target] = file
	for _, n := range doc.root.nodes {
		if err := l.global(n); err != nil {
			return err
		}
	}
	return l.imports(doc)
}

func (l *loader) header(doc *document) error {
	root := doc.root
	if err := root.check("schema", "targetNamespace", "elementFormDefault", "attributeFormDefault", "version", "id"); err != nil {
		return err
	}
	doc.target = root.value("targetNamespace")
	doc.qualifiedElements = root.value("elementFormDefault") == "qualified"
	doc.qualifiedAttributes = root.value("attributeFormDefault") == "qualified"
	if other, known := l.files[doc.target]; known {
		return root.unsupported("a second document for the namespace of " + other)
	}
	return nil
}

// global enters a child of the schema element.
func (l *loader) global(n *node) error {
	kind := n.name
	switch {
	case n.space != schemaURI:
		return n.unsupported(n.name)
	case n.name == "annotation" || n.name == "import":
		return nil
	case n.name == "simpleType" || n.name == "complexType":
		kind = typeKind
		l.types = append(l.types, n)
	case n.name == "element":
		l.elements = append(l.elements, n)
	case n.name != "group" && n.name != "attributeGroup":
		return n.unsupported(n.name)
	}
	key := component{kind, n.doc.target, n.value("name")}
	if key.name == "" || l.components[key] != nil {
		return n.unsupported("a " + kind + " without a name of its own")
	}
	l.components[key] = n
	return nil
}

// imports reads the imported documents that are not there yet. An import
// without a place is served by another document's import.
func (l *loader) imports(doc *document) error {
	for _, n := range doc.root.nodes {
		if n.name != "import" {
			continue
		}
		if err := n.check("import", "namespace", "schemaLocation", "id"); err != nil {
			return err
		}
		location, placed := n.attr("schemaLocation")
		if _, known := l.files[n.value("namespace")]; known || !placed {
			continue
		}
		file := path.Join(path.Dir(doc.file), location)
		if strings.Contains(location, "://") {
			file = path.Base(location)
		}
		if err := l.load(file); err != nil {
			return err
		}
		if l.files[n.value("namespace")] != file {
			return n.unsupported("an import of " + file + " for another namespace than its own")
		}
	}
	return nil
}

// decode turns a document into UTF-8 by its byte order mark or declaration.
func decode(data []byte) (string, error) {
	label := declaredEncoding(data)
	encoding, known := charset.Lookup(label)
	switch {
	case label == "":
		encoding, _ = charset.Detect(data[:min(len(data), 4)])
	case !known:
		return "", diag.New(CodeSchemaUnreadable, "error", "unknown encoding "+label)
	}
	if encoding == charset.UTF8 && utf8.Valid(data) {
		return string(bytes.TrimPrefix(data, []byte("\ufeff"))), nil
	}
	text, err := io.ReadAll(charset.NewReader(bytes.NewReader(data), encoding))
	return string(text), err
}

// declaredEncoding gives the encoding that the XML declaration names.
func declaredEncoding(data []byte) string {
	head, _, _ := bytes.Cut(data, []byte("?>"))
	_, label, found := bytes.Cut(head, []byte("encoding="))
	if !bytes.Contains(head, []byte("<?xml")) || !found || len(label) == 0 {
		return ""
	}
	label, _, _ = bytes.Cut(label[1:], label[:1])
	return string(label)
}
