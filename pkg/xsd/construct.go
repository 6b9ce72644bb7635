package xsd

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Codes of a schema that cannot be used. The schemas that ship with the tool
// have none of these faults; a folder that the user names may.
var (
	CodeSchemaUnreadable  = diag.Usage.Code("schema-unreadable", "error")
	CodeSchemaUnsupported = diag.Usage.Code("schema-unsupported", "what")
	CodeSchemaUnknown     = diag.Usage.Code("schema-unknown-name", "name")
	CodeSchemaWrong       = diag.Usage.Code("schema-wrong", "what")
)

// unsupported tells of a construct that this package does not implement: it is
// refused, never passed over, since the verdicts would be wrong without it.
func (n *node) unsupported(what string) error {
	return diag.New(CodeSchemaUnsupported, "what", what).WithPosition(n.position())
}

// wrong tells of a contradiction inside the schema.
func (n *node) wrong(what string) error {
	return diag.New(CodeSchemaWrong, "what", what).WithPosition(n.position())
}

// unknown tells of a name that the schema does not define.
func (n *node) unknown(name string) error {
	return diag.New(CodeSchemaUnknown, "name", name).WithPosition(n.position())
}

// check accepts an element of this name with no other attributes than these.
func (n *node) check(name string, attrs ...string) error {
	if n.space != schemaURI || n.name != name {
		return n.unsupported(n.name)
	}
	for _, a := range n.attrs {
		if !slices.Contains(attrs, a.name) {
			return n.unsupported(n.name + "/@" + a.name)
		}
	}
	return nil
}

// content gives the children that mean something, all of the given names.
func (n *node) content(names ...string) ([]*node, error) {
	var content []*node
	for _, child := range n.nodes {
		if child.space == schemaURI && child.name == "annotation" {
			continue
		}
		if child.space != schemaURI || !slices.Contains(names, child.name) {
			return nil, child.unsupported(child.name + " in " + n.name)
		}
		content = append(content, child)
	}
	return content, nil
}

// only gives the single child that means something, nil when there is none.
func (n *node) only(names ...string) (*node, error) {
	content, err := n.content(names...)
	if err != nil || len(content) == 0 {
		return nil, err
	}
	if len(content) > 1 {
		return nil, content[1].unsupported(content[1].name + " beside " + content[0].name)
	}
	return content[0], nil
}

// documentation gives the text of the annotation.
func (n *node) documentation() string {
	text := ""
	for _, child := range n.nodes {
		if child.name != "annotation" {
			continue
		}
		for _, d := range child.nodes {
			if d.name == "documentation" && text == "" {
				text = d.text
			}
		}
	}
	return text
}
