package schemas_test

import (
	"encoding/xml"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/schemas"
)

const namespaces = "http://www.stormware.cz/schema/version_2/"

// component is any element of a schema file.
type component struct {
	XMLName    xml.Name
	Name       string      `xml:"name,attr"`
	Type       string      `xml:"type,attr"`
	Base       string      `xml:"base,attr"`
	Namespaces []xml.Attr  `xml:",any,attr"`
	Children   []component `xml:",any"`
}

// TestDocumentsUseEveryElement keeps the documents of testdata complete: an element that data.xsd or response.xsd can
// reach and that no document uses would never be compared with the official schemas.
func TestDocumentsUseEveryElement(t *testing.T) {
	used := usedElements(t)
	for name := range reachable(t, "dat:dataPackType", "ord:orderType", "ord:orderResponseType", "lst:listOrderRequestType",
		"lst:listOrderType", "rsp:responsePackType") {
		assert.Contains(t, used, name)
	}
}

// reachable gives the elements, by file and name, that the types lead to.
func reachable(t *testing.T, roots ...string) map[string]bool {
	types, files := complexTypes(t)
	elements := map[string]bool{}
	seen := map[string]bool{}
	var visit func(name string)
	var collect func(file string, c component)
	collect = func(file string, c component) {
		if c.XMLName.Local == "element" && c.Name != "" {
			elements[file+" "+c.Name] = true
		}
		visit(c.Type)
		visit(c.Base)
		for _, child := range c.Children {
			collect(file, child)
		}
	}
	visit = func(name string) {
		prefix, _, _ := strings.Cut(name, ":")
		if c, ok := types[name]; ok && !seen[name] {
			seen[name] = true
			collect(files[prefix], c)
		}
	}
	for _, r := range roots {
		require.Contains(t, types, r)
		visit(r)
	}
	return elements
}

// complexTypes gives the complex types by prefixed name, and the file of each prefix; prefixes are the same in all files.
func complexTypes(t *testing.T) (types map[string]component, files map[string]string) {
	types, files = map[string]component{}, map[string]string{}
	names, err := fs.Glob(schemas.XSD, "*.xsd")
	require.NoError(t, err)
	for _, file := range names {
		data, err := schemas.XSD.ReadFile(file)
		require.NoError(t, err)
		var schema component
		require.NoError(t, xml.Unmarshal(data, &schema), file)
		var own string
		for _, a := range schema.Namespaces {
			if a.Name.Space == "xmlns" && a.Value == namespaces+file {
				own = a.Name.Local
			}
		}
		require.NotEmpty(t, own, "%s declares no prefix for itself", file)
		files[own] = file
		for _, c := range schema.Children {
			if c.XMLName.Local == "complexType" {
				types[own+":"+c.Name] = c
			}
		}
	}
	return types, files
}

func usedElements(t *testing.T) map[string]bool {
	used := map[string]bool{}
	paths, err := filepath.Glob("testdata/*.xml")
	require.NoError(t, err)
	for _, p := range paths {
		f, err := os.Open(p)
		require.NoError(t, err)
		defer f.Close()
		for dec := xml.NewDecoder(f); ; {
			token, err := dec.Token()
			if err == io.EOF {
				break
			}
			require.NoError(t, err, p)
			if start, ok := token.(xml.StartElement); ok {
				used[path.Base(start.Name.Space)+" "+start.Name.Local] = true
			}
		}
	}
	return used
}
