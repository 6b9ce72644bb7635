package pack

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/xsd"
	"github.com/gopohoda/pohoda/schemas"
)

// TestKnown compares the names that an item may hold with POHODA's own schemas:
// none is missing, none is too many.
func TestKnown(t *testing.T) {
	folder := oracle.Reference(t)
	for root, file := range Roots {
		schema, err := CompileSchema(os.DirFS(filepath.Join(folder, "pohoda", "xsd")), file)
		require.NoError(t, err)
		item, ok := schema.Lookup(xsd.ParsePath(items[root])...)
		require.True(t, ok)
		var official []string
		for _, child := range item.Children() {
			if child.Name.String() != "rsp:errorDetail" {
				official = append(official, child.Name.String())
			}
		}
		assert.ElementsMatch(t, official, known[root])
	}
}

// TestKnownHoldsTheBundled: what the bundled schemas allow in an item is among what
// POHODA's do.
func TestKnownHoldsTheBundled(t *testing.T) {
	for root, file := range Roots {
		schema, err := CompileSchema(schemas.XSD, file)
		require.NoError(t, err)
		item, ok := schema.Lookup(xsd.ParsePath(items[root])...)
		require.True(t, ok)
		for _, child := range item.Children() {
			if child.Name.String() != "rsp:errorDetail" {
				assert.Contains(t, known[root], child.Name.String())
			}
		}
	}
}
