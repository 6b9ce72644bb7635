package schemas_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/schemas"
)

// TestDocumentsUseEveryElement keeps the documents of testdata complete: an element that no document uses would never
// be mutated and compared.
func TestDocumentsUseEveryElement(t *testing.T) {
	used := usedElements(t)
	all := loadSet(t, schemas.XSD)
	seen := map[string]bool{}
	var visit func(name string)
	var collect func(c component)
	visit = func(name string) {
		if c, ok := all["complexType "+name]; ok && !seen[name] {
			seen[name] = true
			collect(c)
		}
	}
	collect = func(c component) {
		if c.kind() == "element" && c.attr("name") != "" {
			name := path.Base(c.file.attr("targetNamespace")) + " " + c.attr("name")
			assert.True(t, used[name], "%s is in no document", name)
		}
		visit(c.ref("type"))
		visit(c.ref("base"))
		for _, child := range c.Children {
			child.file = c.file
			collect(child)
		}
	}
	for _, c := range all {
		if c.kind() == "element" {
			collect(c)
		}
	}
}

func usedElements(t *testing.T) map[string]bool {
	used := map[string]bool{}
	paths, err := filepath.Glob("testdata/*.xml")
	require.NoError(t, err)
	for _, p := range paths {
		f, err := os.Open(p)
		require.NoError(t, err)
		for dec := xml.NewDecoder(f); ; {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, p)
			if start, ok := token.(xml.StartElement); ok {
				used[path.Base(start.Name.Space)+" "+start.Name.Local] = true
			}
		}
		require.NoError(t, f.Close())
	}
	return used
}
