package fieldtable_test

import (
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
)

// letter is a small model: a head, a part that may be missing, lists.
type letter struct {
	Number, Title, Series, Note, Place string
	Gross                              bool
	To                                 *person
	Lines                              []line
	Tags                               []string
}

type person struct {
	Name string
	ID   int64
}

type line struct {
	Name  string
	Price money.Decimal
	Kind  kind
}

type kind string

func field[C any](path, field string, place func(C) *string) fieldtable.Row[C] {
	return fieldtable.Field(fieldtable.Text, path, strings.ToUpper(field), field, place)
}

var people = fieldtable.Table[*person]{
	field("p:name", "name", func(p *person) *string { return &p.Name }),
	fieldtable.Field(fieldtable.ID, "@id", "ID", "id", func(p *person) *int64 { return &p.ID }),
}

var lines = fieldtable.Table[*line]{
	field("l:name", "name", func(l *line) *string { return &l.Name }),
	fieldtable.Field(fieldtable.Decimal, "l:money/l:price", "PRICE", "price", func(l *line) *money.Decimal { return &l.Price }),
	fieldtable.Field(fieldtable.Words(map[kind]string{"goods": "zboží"}), "l:kind", "KIND", "kind", func(l *line) *kind { return &l.Kind }),
	fieldtable.Unmapped[*line]("l:stock", "", "known and left out"),
}

var tags = fieldtable.Table[*string]{field(".", "", func(s *string) *string { return s })}

// letters has a row of every sort.
var letters = fieldtable.Table[*letter]{
	field("@number", "number", func(l *letter) *string { return &l.Number }),
	field("head/title", "title, text", func(l *letter) *string { return &l.Title }),
	field("head/number/@series", "series", func(l *letter) *string { return &l.Series }).NeverCut(),
	fieldtable.Rule("head/number", "GIVEN", "given", nil, func(l *letter, s string) *diag.Issue {
		l.Title += s
		return nil
	}),
	field("place", "place", func(l *letter) *string { return &l.Place }).Only(fieldtable.WriteOnly).WithNote("they never say it"),
	fieldtable.Field(fieldtable.Memo, "note", "NOTE", "note", func(l *letter) *string { return &l.Note }),
	fieldtable.Nest("to", "TO", "to", people, func(l *letter) (*person, bool) {
		if l.To == nil {
			return &person{}, false
		}
		return l.To, true
	}),
	fieldtable.Many("lines/line", "LINES", "lines", lines, func(l *letter) []*line { return each(l.Lines) },
		func(l *letter) *line { return more(&l.Lines) }),
	fieldtable.Many("tags/tag", "TAGS", "tags", tags, func(l *letter) []*string { return each(l.Tags) },
		func(l *letter) *string { return more(&l.Tags) }),
}

func each[T any](list []T) []*T {
	var all []*T
	for i := range list {
		all = append(all, &list[i])
	}
	return all
}

func more[T any](list *[]T) *T {
	var none T
	*list = append(*list, none)
	return &(*list)[len(*list)-1]
}

// write gives the XML of a letter in one line.
func write(t *testing.T, l *letter, limits fieldtable.Limits, fit fieldtable.Fit) (string, diag.List) {
	root := etree.NewElement("letter")
	w := &fieldtable.Writer{Fit: fit}
	fieldtable.Compile(letters, "letter", limits).Encode(l, w, root)
	document := etree.NewDocument()
	document.SetRoot(root)
	text, err := document.WriteToString()
	require.NoError(t, err)
	return text, w.Issues
}

func read(t *testing.T, xml string) (*letter, *fieldtable.Reader) {
	document := etree.NewDocument()
	require.NoError(t, document.ReadFromString(xml))
	l, r := &letter{To: &person{}}, &fieldtable.Reader{}
	fieldtable.Compile(letters, "letter", nil).Decode(l, r, document.Root())
	return l, r
}

func TestWrite(t *testing.T) {
	for name, test := range map[string]struct {
		letter letter
		xml    string
	}{
		"nothing": {letter{}, `<letter/>`},
		"one of each": {
			letter{Number: "7", Title: " two\r\n lines ", Series: "A", Note: "two\r\nlines\n", Place: "here", To: &person{"Jan", 5},
				Lines: []line{{"one", money.MustParse("1.50"), "goods"}, {}}, Tags: []string{"a", "b"}},
			`<letter number="7"><head><title>two lines</title><number series="A"/></head><place>here</place><note>two
lines</note><to id="5"><p:name>Jan</p:name></to><lines><line><l:name>one</l:name><l:money><l:price>1.5</l:price></l:money>` +
				`<l:kind>zboží</l:kind></line><line/></lines><tags><tag>a</tag><tag>b</tag></tags></letter>`,
		},
		"a part without values":      {letter{To: &person{}}, `<letter/>`},
		"a word without counterpart": {letter{Lines: []line{{Kind: "other"}}}, `<letter><lines><line/></lines></letter>`},
	} {
		t.Run(name, func(t *testing.T) {
			xml, issues := write(t, &test.letter, nil, fieldtable.Fit{})
			assert.Equal(t, test.xml, xml)
			assert.Empty(t, issues)
		})
	}
}

func TestTextAndAttributesOfOneElement(t *testing.T) {
	table := fieldtable.Table[*letter]{
		field("doc/@number", "number", func(l *letter) *string { return &l.Number }),
		field("doc", "title", func(l *letter) *string { return &l.Title }),
		field("doc/@series", "series", func(l *letter) *string { return &l.Series }),
	}
	root := etree.NewElement("letter")
	fieldtable.Compile(table, "letter", nil).Encode(&letter{Number: "1", Title: "text", Series: "A"}, &fieldtable.Writer{}, root)
	require.Len(t, root.ChildElements(), 1)
	doc := root.ChildElements()[0]
	assert.Equal(t, "text", doc.Text())
	assert.Equal(t, "1A", doc.SelectAttrValue("number", "")+doc.SelectAttrValue("series", ""))
}

func TestRead(t *testing.T) {
	l, r := read(t, `<letter number="7"><tags><tag>a</tag><tag/></tags><head><number series="A">8</number><title> t </title></head>
		<to id="5"><p:name>Jan</p:name></to><lines><line><l:kind>zboží</l:kind></line><line><l:money><l:price>1.50</l:price></l:money></line></lines></letter>`)
	assert.Equal(t, &letter{Number: "7", Title: "t", Series: "A", To: &person{"Jan", 5}, Tags: []string{"a", ""},
		Lines: []line{{Kind: "goods"}, {Price: money.MustParse("1.50")}}}, l)
	assert.Empty(t, r.Issues)
	assert.Empty(t, r.Order)
}

func TestReadNamesWhatIsLeftOut(t *testing.T) {
	_, r := read(t, `<letter zone="z">text<place>here</place><lines><line><l:stock><x/></l:stock></line><line><l:stock/><l:price>1</l:price></line></lines>
		<lines/><l:note/><to><p:name>a</p:name><p:name>b</p:name></to></letter>`)
	assert.Equal(t, []string{
		"letter/@zone", "letter/text()", "letter/place", "letter/lines/line/l:stock", "letter/lines/line/l:price",
		"letter/lines", "letter/l:note", "letter/to/p:name",
	}, r.Order)
	assert.Equal(t, 2, r.LeftOut["letter/lines/line/l:stock"])
	assert.Equal(t, 1, r.LeftOut["letter/lines"])
	assert.Len(t, r.LeftOut, len(r.Order))
}

func TestReadKeepsTheFirstOfARepetition(t *testing.T) {
	l, _ := read(t, `<letter><note>first</note><note>second</note></letter>`)
	assert.Equal(t, "first", l.Note)
}

func TestReadReportsWhatItCannotRead(t *testing.T) {
	l, r := read(t, `<letter><to id="x"/><lines><line/><line><l:money><l:price>1,50</l:price></l:money><l:kind>?</l:kind></line></lines></letter>`)
	require.Len(t, r.Issues, 3)
	for i, path := range []string{"to.id", "lines[1].price", "lines[1].kind"} {
		assert.Equal(t, path, r.Issues[i].Path)
		assert.Equal(t, fieldtable.CodeUnreadable, r.Issues[i].Code)
	}
	assert.Equal(t, "1,50", r.Issues[1].Value)
	assert.False(t, r.Issues.Refused())
	assert.False(t, l.Lines[1].Price.IsSet())
}

func TestInfos(t *testing.T) {
	outer := fieldtable.Table[*letter]{
		fieldtable.Nest("a/b", "B", "b", letters, func(l *letter) (*letter, bool) { return l, true }).Only(fieldtable.ReadOnly),
		fieldtable.Many[*letter]("c", "C", "c", fieldtable.Table[*line]{
			field("x", "own, ../outer", func(l *line) *string { return &l.Name }),
			fieldtable.Unmapped[*line]("y", "Y", "because"),
		}, nil, nil),
	}
	infos := outer.Infos()
	find := func(path string) fieldtable.Info {
		for _, info := range infos {
			if info.Path == path {
				return info
			}
		}
		t.Fatalf("no row %s in %v", path, infos)
		return fieldtable.Info{}
	}
	assert.Equal(t, fieldtable.Info{Path: "a/b/@number", Label: "NUMBER", Field: "b.number", Direction: fieldtable.ReadOnly}, find("a/b/@number"))
	assert.Equal(t, "b.title, b.text", find("a/b/head/title").Field)
	assert.Equal(t, "they never say it", find("a/b/place").Note)
	assert.Equal(t, "b.lines[].price", find("a/b/lines/line/l:money/l:price").Field)
	assert.Equal(t, "b.tags[]", find("a/b/tags/tag").Field)
	assert.Equal(t, "c[].own, outer", find("c/x").Field)
	assert.Equal(t, fieldtable.Info{Path: "c/y", Label: "Y", Direction: fieldtable.None, Note: "because"}, find("c/y"))
	assert.Equal(t, fieldtable.None, find("a/b/lines/line/l:stock").Direction)

	assert.Equal(t, fieldtable.ReadOnly, letters[3].Direction)
	assert.Equal(t, fieldtable.WriteOnly, letters[4].Direction)
}
