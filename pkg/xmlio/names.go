package xmlio

import (
	"maps"
	"slices"
	"strings"
)

// Name is the name of an element or attribute. Space is the customary prefix of its
// namespace, "{uri}" for a namespace that is not ours, "" for none.
type Name struct{ Space, Local string }

// String gives "ord:text", "{uri}text" or "text".
func (n Name) String() string {
	switch {
	case n.Space == "":
		return n.Local
	case foreign(n.Space):
		return n.Space + n.Local
	}
	return n.Space + ":" + n.Local
}

// foreign tells a namespace that has no customary prefix.
func foreign(space string) bool { return strings.HasPrefix(space, "{") }

// Attr is an attribute; one without a prefix has no namespace.
type Attr struct {
	Name
	Value string
}

// The namespaces that XML itself and XML Schema reserve.
const (
	uriXML   = "http://www.w3.org/XML/1998/namespace"
	uriXMLNS = "http://www.w3.org/2000/xmlns/"
	uriXSI   = "http://www.w3.org/2001/XMLSchema-instance"
)

// Namespaces are the customary prefixes, one a namespace. They are read only and so
// safe for concurrent use; nil knows what XML reserves.
type Namespaces struct {
	uris     map[string]string
	prefixes map[string]string
}

// NewNamespaces takes URIs by prefix; the prefixes xml and xsi are always known.
// If two prefixes share a URI, the first in alphabetical order is the unit's.
func NewNamespaces(uris map[string]string) *Namespaces {
	n := &Namespaces{uris: map[string]string{"xml": uriXML, "xsi": uriXSI}, prefixes: map[string]string{}}
	maps.Copy(n.uris, uris)
	for _, prefix := range slices.Sorted(maps.Keys(n.uris)) {
		if uri := n.uris[prefix]; n.prefixes[uri] == "" {
			n.prefixes[uri] = prefix
		}
	}
	return n
}

var reserved = NewNamespaces(nil)

// URI gives the namespace of a customary prefix, "" when there is none.
func (n *Namespaces) URI(prefix string) string { return n.uris[prefix] }

// Prefix gives the customary prefix of a namespace.
func (n *Namespaces) Prefix(uri string) (string, bool) {
	prefix, ok := n.prefixes[uri]
	return prefix, ok
}

// space gives the Space of names in a namespace.
func (n *Namespaces) space(uri string) string {
	if prefix, ok := n.prefixes[uri]; ok {
		return prefix
	}
	if uri == "" {
		return ""
	}
	return "{" + uri + "}"
}
