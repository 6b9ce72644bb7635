package pack_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/schemas"
	"github.com/gopohoda/pohoda/schemas/schematest"
)

// TestAnswersAreOfTheSchema holds the answers of the tests against the schemas:
// what is read must be what POHODA may write.
func TestAnswersAreOfTheSchema(t *testing.T) {
	folder := t.TempDir()
	var files []string
	for _, c := range answerCases {
		file := filepath.Join(folder, strings.ReplaceAll(c.name, " ", "-")+".xml")
		require.NoError(t, os.WriteFile(file, []byte(responsePack(`id="crm" state="ok"`, answerItem(c.attrs, c.content))), 0o600))
		verdict := pohodatest.VerdictOf(t, pohodatest.Bundled, file)
		assert.True(t, verdict.Valid, c.name)
		files = append(files, file)
	}
	xsd, _ := pohodatest.Official(t)
	want, err := schematest.XMLLint(filepath.Join(xsd, "response.xsd"), files)
	require.NoError(t, err)
	for _, file := range files {
		assert.True(t, want[file], file)
	}
}

// TestNamesOfResponses: what an item may hold is a response, which is called so,
// a list, or the details of an error.
func TestNamesOfResponses(t *testing.T) {
	read := func(content []byte) (responses, lists int) {
		_, rest, found := strings.Cut(string(content), `name="responsePackItemType"`)
		require.True(t, found)
		choice, _, _ := strings.Cut(rest, "</xsd:choice>")
		choice, _, _ = strings.Cut(choice, "</xs:choice>")
		for _, match := range regexp.MustCompile(`(?:ref|name)="(?:\w+:)?(\w+)"`).FindAllStringSubmatch(choice, -1) {
			switch name := match[1]; {
			case strings.HasSuffix(name, "Response"):
				responses++
			case strings.HasPrefix(name, "list"):
				lists++
			default:
				assert.Equal(t, "errorDetail", name)
			}
		}
		return responses, lists
	}
	own, err := schemas.XSD.ReadFile("response.xsd")
	require.NoError(t, err)
	responses, lists := read(own)
	assert.NotZero(t, responses*lists)
	folder, _ := pohodatest.Official(t)
	theirs, err := os.ReadFile(filepath.Join(folder, "response.xsd"))
	require.NoError(t, err)
	responses, lists = read(theirs)
	assert.Greater(t, responses, 40)
	assert.Greater(t, lists, 40)
}

// TestRealAnswers compares what is read of answers and lists that POHODA wrote
// with a plain reading of their trees.
func TestRealAnswers(t *testing.T) {
	_, samples := pohodatest.Official(t)
	files, err := filepath.Glob(filepath.Join(samples, "*.xml"))
	require.NoError(t, err)
	answers, lists := 0, 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		doc := etree.NewDocument()
		doc.ReadSettings.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) {
			return charmap.Windows1250.NewDecoder().Reader(r), nil
		}
		require.NoError(t, doc.ReadFromBytes(content))
		if doc.Root().Tag != "responsePack" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			got := readAnswers(bytes.NewReader(content))
			items := doc.Root().SelectElements("responsePackItem")
			listed := doc.FindElements("responsePack/responsePackItem/*[@dateValidFrom]")
			assert.Equal(t, len(listed) > 0, pack.HoldsDocuments(bytes.NewReader(content)))
			lists += len(listed)
			if len(items) == 0 && doc.Root().SelectAttrValue("state", "") == "error" {
				assert.Equal(t, pack.CodePackRefused, diag.As(got.err).Code)
				answers++
				return
			}
			require.NoError(t, got.err)
			assert.Len(t, got.all, len(items)-len(listed))
			for n := range got.all {
				answers++
				a, item := &got.all[n], items[n]
				assert.Equal(t, item.SelectAttrValue("id", ""), a.Item)
				want := pack.Refused
				if number := item.FindElement("*/producedDetails/number"); number != nil {
					want = pack.Taken
					assert.Equal(t, number.Text(), a.Number)
				}
				assert.Equal(t, want, a.Outcome())
			}
		})
	}
	assert.Equal(t, 6, answers, "three taken, two refused, one pack refused")
	assert.NotZero(t, lists)
}
