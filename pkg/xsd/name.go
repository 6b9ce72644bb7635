package xsd

import "strings"

// Name is a qualified name; Space is a house prefix ("ord"), "{uri}" for a
// namespace without one, "" for none. Attributes without a prefix have no space.
type Name struct{ Space, Local string }

// String gives "ord:text", "{uri}text" or "text".
func (n Name) String() string {
	switch {
	case n.Space == "":
		return n.Local
	case n.Space[0] == '{':
		return n.Space + n.Local
	}
	return n.Space + ":" + n.Local
}

// Attr is an attribute of a start tag; namespace declarations are not handed in.
type Attr struct {
	Name
	Value string
	// Means is what the value of xsi:type names, its prefix followed by whoever
	// read the document; zero for a prefix that nobody declares.
	Means Name
}

// ParseName reads "ord:text".
func ParseName(text string) Name {
	space, local, qualified := strings.Cut(text, ":")
	if !qualified {
		return Name{Local: text}
	}
	return Name{space, local}
}

// ParsePath reads "ord:order/ord:orderHeader/ord:text" and "dat:dataPack/@ico"
// for Lookup; its names have house prefixes.
func ParsePath(text string) []Name {
	var path []Name
	for step := range strings.SplitSeq(text, "/") {
		path = append(path, ParseName(step))
	}
	return path
}

// The prefixes that mean the same in every document.
const (
	schemaSpace   = "xs"
	instanceSpace = "xsi"
	schemaURI     = "http://www.w3.org/2001/XMLSchema"
)
