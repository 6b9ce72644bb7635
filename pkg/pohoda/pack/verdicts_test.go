package pack_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/schemas/schematest"
)

// packs gives the packs among the files of some folders, by their schema.
func packs(t *testing.T, patterns ...string) map[string][]string {
	found := map[string][]string{}
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			scanner := xmlio.NewScanner(bytes.NewReader(content), file, pohoda.Namespaces())
			_, err = scanner.Next()
			require.NoError(t, err)
			if schema := map[string]string{"dataPack": "data.xsd", "responsePack": "response.xsd"}[scanner.Name().Local]; schema != "" {
				found[schema] = append(found[schema], file)
			}
		}
	}
	return found
}

// TestVerdicts compares the validator with xmllint over STORMWARE's own schemas:
// with the same schemas on every pack, with the bundled ones on what they cover.
func TestVerdicts(t *testing.T) {
	folder, samples := pohodatest.Official(t)
	theirs := pack.NewValidator(os.DirFS(folder), false)
	written := filepath.Join(pohodatest.Goldens, "*", "*.xml")
	for schema, files := range packs(t, written, filepath.Join(pohodatest.Goldens, "*", "export", "*.xml"),
		filepath.Join(samples, "*.xml"), filepath.Join(samples, "lib-fragments", "*.xml")) {
		want, err := schematest.XMLLint(filepath.Join(folder, schema), files)
		require.NoError(t, err)
		compared := 0
		for _, file := range files {
			assert.Equal(t, want[file], pohodatest.VerdictOf(t, theirs, file).Valid, "%s by the official schemas", file)
			verdict := pohodatest.VerdictOf(t, pohodatest.Bundled, file)
			if verdict.Uncovered == 0 {
				compared++
				assert.Equal(t, want[file], verdict.Valid, "%s by the bundled schemas", file)
			} else if want[file] {
				assert.True(t, verdict.Valid, "%s is valid, covered or not", file)
			}
			if ours, _ := filepath.Match(written, file); ours {
				assert.True(t, want[file], "%s is meant to be valid", file)
			}
		}
		t.Logf("%s: %d packs, %d of them covered by the bundled schemas", schema, len(files), compared)
	}
}
