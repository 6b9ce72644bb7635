package fieldtable_test

import (
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
)

// category is a part that holds parts of its own kind.
type category struct {
	Name string
	Unit string
	Sub  []category
}

func categories() fieldtable.Table[*category] {
	return fieldtable.Table[*category]{
		field("name", "name", func(c *category) *string { return &c.Name }).Required(),
		field("unit", "unit", func(c *category) *string { return &c.Unit }).OfUnit("unit", func(c *category) *string { return &c.Unit }),
		fieldtable.Tree("sub/category", "SUB", "sub", func(c *category) []*category { return each(c.Sub) }, func(c *category) *category { return more(&c.Sub) }),
	}
}

var deep = category{Name: "a", Unit: "x", Sub: []category{
	{Name: "b", Sub: []category{{Name: "c", Unit: "y"}, {Name: "d"}}},
	{Name: "e"},
}}

func TestTree(t *testing.T) {
	plan := fieldtable.Compile(categories(), "category", nil)
	w, root := &fieldtable.Writer{}, etree.NewElement("category")
	plan.Encode(&deep, w, root)
	require.Empty(t, w.Issues)
	document := etree.NewDocument()
	document.SetRoot(root)
	text, err := document.WriteToString()
	require.NoError(t, err)
	assert.Equal(t, `<category><name>a</name><unit>x</unit><sub>`+
		`<category><name>b</name><sub><category><name>c</name><unit>y</unit></category><category><name>d</name></category></sub></category>`+
		`<category><name>e</name></category></sub></category>`, text)

	var again category
	r := &fieldtable.Reader{}
	var seen []string
	r.Each = func(v fieldtable.Value) { seen = append(seen, v.Where+"="+v.Text) }
	plan.Decode(&again, r, root)
	assert.Equal(t, deep, again)
	assert.Empty(t, r.LeftOut)
	assert.Contains(t, seen, "sub[0].sub[0].unit=y")

	var places []string
	plan.VisitCodes(&again, func(code *fieldtable.UnitCode) { places = append(places, code.Field()+"="+*code.Place) })
	assert.Equal(t, []string{"unit=x", "sub[0].unit=", "sub[0].sub[0].unit=y", "sub[0].sub[1].unit=", "sub[1].unit="}, places)
	assert.Len(t, categories().Infos(), 3, "a tree is printed once")
}

func TestWhatIsRequired(t *testing.T) {
	w := &fieldtable.Writer{}
	fieldtable.Compile(categories(), "category", nil).Encode(&category{Name: "a", Sub: []category{{Unit: "x"}}}, w, etree.NewElement("category"))
	require.Len(t, w.Issues, 1)
	assert.Equal(t, fieldtable.CodeRequired, w.Issues[0].Code)
	assert.Equal(t, "sub[0].name", w.Issues[0].Path)
	assert.True(t, w.Issues.Refused())
}

// TestTheSchemaOrdersRows: a table is a set, whatever the order in which it is put together.
func TestTheSchemaOrdersRows(t *testing.T) {
	places := map[string][]int{"category/name": {1}, "category/unit": {0}, "category/sub/category": {2, 0}}
	limits := func(path string) fieldtable.Limit { return fieldtable.Limit{Places: places[path]} }
	rows := categories()
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}} {
		table := fieldtable.Table[*category]{rows[order[0]], rows[order[1]], rows[order[2]]}
		root := etree.NewElement("category")
		fieldtable.Compile(table, "category", limits).Encode(&category{Name: "a", Unit: "x", Sub: []category{{Name: "b"}}}, &fieldtable.Writer{}, root)
		var names []string
		for _, child := range root.ChildElements() {
			names = append(names, child.Tag)
		}
		assert.Equal(t, []string{"unit", "name", "sub"}, names, order)
	}
}

func TestWithout(t *testing.T) {
	assert.Len(t, categories().Without("unit"), 2)
	assert.Panics(t, func() { categories().Without("units") }, "a row that is not there is a mistake")
}

// TestArena: elements in memory that is used again are those of memory of their own.
func TestArena(t *testing.T) {
	plan, arena := fieldtable.Compile(categories(), "category", nil), &fieldtable.Arena{}
	write := func(c *category, arena *fieldtable.Arena) string {
		root := etree.NewElement("category")
		plan.Encode(c, &fieldtable.Writer{Arena: arena}, root)
		document := etree.NewDocument()
		document.SetRoot(root)
		text, err := document.WriteToString()
		require.NoError(t, err)
		return text
	}
	wide := category{Name: "w", Sub: make([]category, 20000)}
	for i := range wide.Sub {
		wide.Sub[i].Name = "n"
	}
	for _, c := range []*category{&deep, {Name: "z"}, &wide, {Name: "y", Sub: []category{{Name: "x"}}}, &deep} {
		arena.Reset()
		assert.Equal(t, write(c, nil), write(c, arena))
	}
}
