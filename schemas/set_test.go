package schemas_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
)

// component is any element of a schema file.
type component struct {
	XMLName  xml.Name
	Attrs    []xml.Attr  `xml:",any,attr"`
	Children []component `xml:",any"`
	file     *component  // the schema element, for its prefixes
}

func (c component) kind() string { return c.XMLName.Local }

func (c component) attr(name string) string {
	for _, a := range c.Attrs {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// ref resolves an attribute that names another component, as "type.xsd refType" or "XMLSchema string".
func (c component) ref(name string) string {
	return c.resolve(c.attr(name))
}

func (c component) resolve(qname string) string {
	if qname == "" {
		return ""
	}
	prefix, local, qualified := strings.Cut(qname, ":")
	declaration := xml.Name{Space: "xmlns", Local: prefix}
	if !qualified {
		declaration, local = xml.Name{Local: "xmlns"}, qname
	}
	for _, a := range c.file.Attrs {
		if a.Name == declaration {
			return path.Base(a.Value) + " " + local
		}
	}
	return "unknown " + qname
}

// all gives the children of the kinds.
func (c component) all(kinds ...string) []component {
	var found []component
	for _, child := range c.Children {
		for _, k := range kinds {
			if child.kind() == k {
				child.file = c.file
				found = append(found, child)
			}
		}
	}
	return found
}

// set holds the global components of a set of schemas, by kind, file and name: "complexType type.xsd refType".
type set map[string]component

func loadSet(t *testing.T, files fs.FS) set {
	names, err := fs.Glob(files, "*.xsd")
	require.NoError(t, err)
	found := set{}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		require.NoError(t, err)
		dec := xml.NewDecoder(bytes.NewReader(data))
		dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return charmap.Windows1250.NewDecoder().Reader(r), nil }
		var schema component
		require.NoError(t, dec.Decode(&schema), name)
		schema.file = &schema
		for _, c := range schema.all("element", "complexType", "simpleType", "group") {
			found[c.kind()+" "+path.Base(schema.attr("targetNamespace"))+" "+c.attr("name")] = c
		}
	}
	return found
}
