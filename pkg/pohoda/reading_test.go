package pohoda_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// reading is what was made of one document, readings of a file, with what the
// file holds beside them.
type readings struct {
	Documents []reading `json:"documents"`
	Told      []string  `json:"told,omitempty"`
}

type reading struct {
	Item   string          `json:"item"`
	Record *trade.Document `json:"record"`
	// LeftOut are paths with how often they came.
	LeftOut []string `json:"leftOut,omitempty"`
	Issues  []string `json:"issues,omitempty"`
}

// TestReading reads packs and lists as POHODA gives them, among them every
// element that it only gives.
func TestReading(t *testing.T) {
	for _, agenda := range pohoda.Agendas() {
		files, err := filepath.Glob(filepath.Join(pohodatest.Goldens, agenda.Name, "export", "*.xml"))
		require.NoError(t, err)
		require.NotEmpty(t, files, "agenda %s reads nothing", agenda.Name)
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".xml")
			t.Run(agenda.Name+"/"+name, func(t *testing.T) {
				pohodatest.Compare(t, strings.TrimSuffix(file, ".xml")+".json", pretty(t, read(t, file, pohodatest.UnitOf(name))))
			})
		}
	}
}

func read(t *testing.T, file string, set *pohoda.Settings) readings {
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	scanner := xmlio.NewScanner(bytes.NewReader(content), file, pohoda.Namespaces())
	_, err = scanner.Next()
	require.NoError(t, err)
	var all readings
	err = pack.Documents(scanner, func(f pack.Found) error {
		read := f.Agenda.Open(nil).Decode(f.Element, set)
		record, reader := read.Record, read.Reader
		one := reading{Item: f.Item, Record: record.Document()}
		for _, path := range reader.Order {
			one.LeftOut = append(one.LeftOut, fmt.Sprintf("%s: %d", path, reader.LeftOut[path]))
		}
		assert.Len(t, reader.LeftOut, len(reader.Order))
		for _, issue := range reader.Issues {
			one.Issues = append(one.Issues, diag.English.Line(issue))
		}
		all.Documents = append(all.Documents, one)
		return nil
	}, func(issue *diag.Issue) { all.Told = append(all.Told, diag.English.Line(issue)) })
	require.NoError(t, err)
	return all
}

// silent are the values that may go without a trace, with the reason; the names
// are without those of the agenda.
var silent = map[string]string{
	"/@version":                           "the version of the format",
	"typ:address/@linkToAddress":          "a request to POHODA, no property of the partner",
	"typ:numberRequested/@checkDuplicity": "a request to POHODA, no property of the order",
	"Item/code":                           "the code of the stock card, which is the same",
}

// TestNothingDisappears takes every value out of every document, or puts
// nonsense into its place: what is read, what is named as left out or what is
// said to be wrong must be another thing then. Only the amounts in the home
// currency of a document in another one are passed over; POHODA computes them.
func TestNothingDisappears(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(pohodatest.Goldens, "*", "export", "*.xml"))
	require.NoError(t, err)
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, d := range pohodatest.DocumentsOf(t, content) {
			foreign := d.El.FindElement(d.Agenda.Element+"Summary/foreignCurrency") != nil
			whole, leftOut := trace(t, d)
			e := &changer{leftOut: leftOut, changed: func(path string) bool {
				now, _ := trace(t, d)
				return now != whole || silent[lastTwo(d, path)] != "" ||
					foreign && strings.Contains(path, ":homeCurrency/")
			}}
			e.element(d.El, d.El.FullTag())
			assert.Empty(t, e.untraced, filepath.Base(file))
		}
	}
}

// trace is all that reading leaves of a document.
func trace(t *testing.T, d pohodatest.Document) (all string, leftOut map[string]int) {
	read := d.Agenda.Open(nil).Decode(d.El, &pohodatest.Czech)
	record, reader := read.Record, read.Reader
	return string(pretty(t, []any{record.Document(), reader.LeftOut, reader.Issues})), reader.LeftOut
}

// changer changes the values of a tree one by one, beside those that are named
// as left out.
type changer struct {
	leftOut  map[string]int
	changed  func(path string) bool
	untraced []string
}

func (c *changer) element(el *etree.Element, path string) {
	for i := range el.Attr {
		at := path + "/@" + el.Attr[i].FullKey()
		kept := el.Attr
		el.Attr = slices.Delete(slices.Clone(kept), i, i+1)
		traced := c.changed(at)
		el.Attr = kept
		value := el.Attr[i].Value
		el.Attr[i].Value = "nonsense"
		c.note(at, traced || c.changed(at))
		el.Attr[i].Value = value
	}
	for _, child := range el.ChildElements() {
		below := path + "/" + child.FullTag()
		if c.leftOut[below] == 0 {
			c.text(el, child, below)
			c.element(child, below)
		}
	}
}

func (c *changer) text(parent, el *etree.Element, path string) {
	text := el.Text()
	if len(el.ChildElements()) > 0 || text == "" {
		return
	}
	at := el.Index()
	parent.RemoveChildAt(at)
	traced := c.changed(path)
	parent.InsertChildAt(at, el)
	el.SetText("nonsense")
	c.note(path, traced || c.changed(path))
	el.SetText(text)
}

func (c *changer) note(path string, traced bool) {
	if !traced && c.leftOut[path] == 0 {
		c.untraced = append(c.untraced, path)
	}
}

// lastTwo are the last names of a path, without those of the agenda.
func lastTwo(d pohodatest.Document, path string) string {
	parts := strings.Split(path, "/")
	last := strings.Join(parts[max(0, len(parts)-2):], "/")
	return strings.TrimPrefix(strings.ReplaceAll(last, d.Agenda.Prefix+":", ""), d.Agenda.Element)
}
