package xsd_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// sampler is a schema with something of everything that the bundled ones lack.
const sampler = `
<xs:element name="r"><xs:complexType><xs:sequence>
  <xs:element name="fixed" type="xs:float" fixed="1.0" minOccurs="0" nillable="true"/>
  <xs:element name="pattern" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="CZ[0-9]{8}"/></xs:restriction></xs:simpleType></xs:element>
  <xs:element name="digits" minOccurs="0"><xs:simpleType><xs:restriction base="xs:decimal"><xs:fractionDigits value="2"/><xs:totalDigits value="5"/></xs:restriction></xs:simpleType></xs:element>
  <xs:element name="length" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:length value="3"/></xs:restriction></xs:simpleType></xs:element>
  <xs:element name="least" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="2"/></xs:restriction></xs:simpleType></xs:element>
  <xs:element name="bool" type="xs:boolean" minOccurs="0"/>
  <xs:element name="stamp" type="xs:dateTime" minOccurs="0"/>
  <xs:element name="time" type="xs:time" minOccurs="0"/>
  <xs:element name="data" type="xs:base64Binary" minOccurs="0"/>
  <xs:element name="open" minOccurs="0"><xs:simpleType><xs:restriction base="xs:float"><xs:minExclusive value="0"/></xs:restriction></xs:simpleType></xs:element>
  <xs:element name="nothing" minOccurs="0"><xs:complexType><xs:attribute name="a" type="xs:string" fixed="x"/></xs:complexType></xs:element>
  <xs:element name="nil" type="xs:string" minOccurs="0" nillable="true"/>
  <xs:element name="either" minOccurs="0"><xs:simpleType><xs:union memberTypes="t:empty xs:date"/></xs:simpleType></xs:element>
  <xs:element name="words" minOccurs="0"><xs:simpleType><xs:union memberTypes="t:empty t:word"/></xs:simpleType></xs:element>
  <xs:element name="pair" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="one" minOccurs="0"><xs:complexType><xs:choice><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string"/></xs:choice></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element>
<xs:simpleType name="empty"><xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction></xs:simpleType>
<xs:simpleType name="word"><xs:restriction base="xs:string"><xs:enumeration value="on"/><xs:enumeration value="off"/></xs:restriction></xs:simpleType>`

// told are findings as a person reads them: path, message and hint of each, for
// contents of the sampler's element.
var told = []struct {
	doc  string
	want string
}{
	{"<fixed>2</fixed>", `t:r/t:fixed: "2" is not "1.0", the only value allowed`},
	{"<fixed>1</fixed>", ""},
	{"<fixed/>", ""},
	{`<fixed xsi:nil="true"/>`, `t:r/t:fixed/@xsi:nil: t:fixed may not have xsi:nil | leave the element out`},
	{"<pattern>12345678</pattern>", `t:r/t:pattern: "12345678" has not the form CZ[0-9]{8}`},
	{"<digits>1.234</digits>", `t:r/t:digits: "1.234" has too many digits: at most 5 are allowed, 2 of them behind the point`},
	{"<length>ab</length>", `t:r/t:length: "ab" has a length of 2, exactly 3 characters are needed`},
	{"<least>ř</least>", `t:r/t:least: "ř" has a length of 1, at least 2 characters are needed`},
	{"<least/>", `t:r/t:least: there is no value, expected xs:string | fill it in, or leave it out`},
	{"<bool>ano</bool>", `t:r/t:bool: "ano" is neither true nor false | write true or false`},
	{"<stamp>2026-03-02</stamp>", `t:r/t:stamp: "2026-03-02" is not a date with time | write it as 2026-01-31T08:15:00`},
	{"<time>8:15</time>", `t:r/t:time: "8:15" is not a time | write it as 08:15:00`},
	{"<data>!</data>", `t:r/t:data: "!" is not a valid xs:base64Binary`},
	{"<open>0</open>", `t:r/t:open: "0" is out of range, expected > 0`},
	{`<nothing a="y"/>`, `t:r/t:nothing/@a: "y" is not "x", the only value allowed`},
	{"<nothing> </nothing>", `t:r/t:nothing: t:nothing must be empty, without blanks even, found " "`},
	{"<nothing><a/><b/>x</nothing>", `t:r/t:nothing/t:a: t:nothing must be empty, without blanks even, found t:a; t:r/t:nothing: t:nothing must be empty, without blanks even, found "x"`},
	{`<nil xsi:nil="true">x<a/></nil>`, `t:r/t:nil: t:nil has xsi:nil and must be empty, without blanks even`},
	{`<nil xsi:nil="maybe">x</nil>`, `t:r/t:nil/@xsi:nil: "maybe" is neither true nor false | write true or false`},
	{`<bool xsi:nil="false">true</bool>`, `t:r/t:bool/@xsi:nil: t:bool may not have xsi:nil | leave the element out`},
	{`<bool xsi:type="xs:boolean">true</bool>`, ""},
	{`<bool xsi:type="xs:string">true</bool>`, `t:r/t:bool/@xsi:type: xsi:type "xs:string" is neither xs:boolean, the type of the schema, nor derived from it | leave xsi:type out; where it stands, its prefix has to be declared for the namespace of the type`},
	{`<bool xsi:other="">true</bool>`, `t:r/t:bool/@xsi:other: t:bool has no attributes, so xsi:other does not belong there`},
	{`<nothing b="y"/>`, `t:r/t:nothing/@b: t:nothing does not know the attribute b | expected a`},
	{"<either>2.3.2026</either>", `t:r/t:either: "2.3.2026" is not a date | write it as 2026-01-31`},
	{"<words>of</words>", `t:r/t:words: "of" is not one of "on", "off", "" | capitals and blanks count`},
	{"<bool>true<a/></bool>", `t:r/t:bool/t:a: t:bool holds a value, not the element t:a`},
	{"<pair><b/><a/></pair>", `t:r/t:pair/t:b: t:b may not stand here, expected t:a | t:pair fixes the order and number of its elements`},
	{"<pair><a/></pair>", `t:r/t:pair: t:pair lacks t:b`},
	{"<pair><a/><c/><b/></pair>", `t:r/t:pair/t:c: t:pair does not know t:c | expected t:b`},
	{"<pair><a/><a/><b/></pair>", `t:r/t:pair/t:a: t:a stands more often in t:pair than allowed: 1×`},
	{"<pair>x</pair>", `t:r/t:pair: "x" stands in t:pair, which holds only elements | expected t:a`},
	{"<one/>", `t:r/t:one: t:one lacks t:a | t:b`},
	{"<one><a/><b/></one>", `t:r/t:one/t:b: t:b may not stand here, expected </t:one> | t:one fixes the order and number of its elements`},
	{"<one><u:a/></one>", `t:r/t:one/{urn:u}a: {urn:u}a is in the wrong namespace, expected t:a | compare the xmlns declarations letter by letter: all begin with http://www.stormware.cz/schema/version_2/ (not https, stormware.sk or version_1)`},
	{"<pear/>", `t:r/t:pear: t:r does not know t:pear | expected t:pair, t:fixed, t:pattern, t:digits, t:length, t:least, t:bool, t:stamp, … (+9)`},
	{"<bool>x</bool><time>y</time>", `t:r/t:bool: "x" is neither true nor false | write true or false; t:r/t:time: "y" is not a time | write it as 08:15:00`},
}

func TestFindingsAreTold(t *testing.T) {
	schema, err := schemaOf(sampler)
	require.NoError(t, err)
	for _, f := range told {
		assert.Equal(t, f.want, tell(findings(t, schema, sampled(f.doc))), f.doc)
	}
}

func sampled(inside string) string {
	return `<r xmlns="urn:t" xmlns:u="urn:u" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		inside + `</r>`
}

// tell writes findings as the tool would, without positions.
func tell(found []xsd.Finding) string {
	var all []string
	for _, f := range found {
		issue := f.Issue()
		issue.At = diag.Position{}
		told := diag.English.Line(issue)
		if hint := diag.English.Hint(issue); hint != "" {
			told += " | " + hint
		}
		all = append(all, told)
	}
	return strings.Join(all, "; ")
}

// pohodaTold are those over the bundled schemas.
var pohodaTold = []struct{ doc, want string }{
	{header("<ord:text>" + strings.Repeat("ř", 241) + "</ord:text>"),
		`dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderHeader/ord:text: "` + strings.Repeat("ř", 60) + `…" has 241 characters, at most 240 are allowed`},
	{header("<ord:accounting/>"),
		`dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderHeader/ord:accounting: ord:orderHeader does not know ord:accounting | expected ord:id, ord:extId, ord:storno, ord:number, ord:numberOrder, ord:date, ord:dateDelivery, ord:dateFrom, … (+30)`},
	{line("<ord:quantity>1,5</ord:quantity>"),
		`dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderDetail/ord:orderItem#1/ord:quantity: "1,5" is not a number | write it with a decimal point and without spaces, such as 1234.5`},
	{line("<ord:rateVAT>Low</ord:rateVAT>"),
		`dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderDetail/ord:orderItem#1/ord:rateVAT: "Low" is not one of "low", "none", "high", "third", "historyHigh", "historyLow", "historyThird" | capitals and blanks count`},
	{header("<ord:centre><typ:id>0</typ:id></ord:centre>"),
		`dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderHeader/ord:centre/typ:id: "0" is out of range, expected ≥ 1`},
	{line("<ord:discountPercentage>1000</ord:discountPercentage>"),
		`dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderDetail/ord:orderItem#1/ord:discountPercentage: "1000" is out of range, expected -999 … 999`},
	{summary("<ord:foreignCurrency><typ:amount>1.5</typ:amount></ord:foreignCurrency>"),
		`dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderSummary/ord:foreignCurrency/typ:amount: "1.5" is not a whole number | write digits only, such as 12; ` +
			`dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderSummary/ord:foreignCurrency: ord:foreignCurrency lacks typ:currency`},
	{strings.Replace(order(""), ` note=""`, ` nota=""`, 1),
		`dat:dataPack[P]/@nota: dat:dataPack does not know the attribute nota | expected note, version, id, ico, key, period, application, programVersion; ` +
			`dat:dataPack[P]/@note: dat:dataPack lacks the attribute note`},
	{`<order/>`, `order: a document does not begin with order | expected dat:dataPack`},
}

func TestFindingsInPohodasDocuments(t *testing.T) {
	schema := bundled(t, "data.xsd")
	for _, f := range pohodaTold {
		assert.Equal(t, f.want, tell(findings(t, schema, f.doc)), f.doc)
	}
}

func TestEveryCodeIsTold(t *testing.T) {
	all := ""
	schema := bundled(t, "data.xsd")
	sample, err := schemaOf(sampler)
	require.NoError(t, err)
	for _, e := range experiments {
		all += codes(findings(t, schema, e.doc))
	}
	for _, f := range told {
		all += codes(findings(t, sample, sampled(f.doc)))
	}
	for _, f := range pohodaTold {
		all += codes(findings(t, schema, f.doc))
	}
	for code := range diag.English.Entries {
		if strings.HasPrefix(string(code), "xsd-") {
			assert.Contains(t, all, "["+string(code)+"]")
		}
	}
}

func codes(found []xsd.Finding) string {
	all := ""
	for _, f := range found {
		all += "[" + string(f.Code) + "]"
	}
	return all
}

func TestFindingsStandWhereTheTagIs(t *testing.T) {
	doc := strings.Replace(header("<ord:text/>\n\n  <ord:dateTo>x</ord:dateTo>"), "><dat", ">\n<dat", 1)
	found := findings(t, bundled(t, "data.xsd"), doc)
	require.Len(t, found, 1)
	assert.Equal(t, diag.Position{File: "test.xml", Line: 4, Column: 3}, found[0].At)
}

func TestFindingsGoOn(t *testing.T) {
	doc := pack(`<dat:dataPackItem version="2.0" id="A"><ord:order version="2.0">
		<ord:orderHeader><ord:date>x</ord:date><ord:what><deep><deeper/></deep></ord:what><ord:dateTo>y</ord:dateTo></ord:orderHeader>
		<ord:orderDetail><ord:orderItem><ord:quantity>a</ord:quantity></ord:orderItem><ord:orderItem/><ord:orderItem><ord:quantity>b</ord:quantity></ord:orderItem></ord:orderDetail>
		</ord:order></dat:dataPackItem><dat:dataPackItem id="B"/>`)
	var paths []string
	for _, f := range findings(t, bundled(t, "data.xsd"), doc) {
		paths = append(paths, strings.TrimPrefix(f.Path, "dat:dataPack[P]/dat:dataPackItem"))
	}
	assert.Equal(t, []string{
		"[A]/ord:order/ord:orderHeader/ord:date",
		"[A]/ord:order/ord:orderHeader/ord:what",
		"[A]/ord:order/ord:orderHeader/ord:dateTo",
		"[A]/ord:order/ord:orderDetail/ord:orderItem#1/ord:quantity",
		"[A]/ord:order/ord:orderDetail/ord:orderItem#3/ord:quantity",
		"[B]/@version",
		"[B]",
	}, paths)
}

func lookup(t *testing.T, schema *xsd.Schema, path string) *xsd.Decl {
	d, ok := schema.Lookup(xsd.ParsePath(path)...)
	require.True(t, ok, path)
	return d
}

func TestLookup(t *testing.T) {
	schema := bundled(t, "data.xsd")

	text := lookup(t, schema, "ord:order/ord:orderHeader/ord:text")
	assert.Equal(t, "typ:string240", text.Type.String())
	assert.Equal(t, "string", text.Builtin)
	assert.Equal(t, 240, text.MaxLength)
	assert.Equal(t, 0, text.MinOccurs)
	assert.False(t, text.Ordered)

	number := lookup(t, schema, "ord:order/ord:orderHeader/ord:number/typ:numberRequested")
	assert.Equal(t, []int{1, 32}, []int{number.MinLength, number.MaxLength})

	rate := lookup(t, schema, "ord:order/ord:orderDetail/ord:orderItem/ord:rateVAT")
	assert.Equal(t, []string{"none", "high", "low", "third", "historyHigh", "historyLow", "historyThird"}, rate.Enumeration)
	assert.Equal(t, "none", rate.Default)

	rounding := lookup(t, schema, "ord:order/ord:orderSummary/ord:roundingVAT")
	assert.Contains(t, rounding.Enumeration, "none", "the values of a union's types")

	assert.True(t, lookup(t, schema, "ord:order/ord:orderHeader/ord:paymentType").Nillable)
	assert.Equal(t, "-999 … 999", lookup(t, schema, "ord:order/ord:orderDetail/ord:orderItem/ord:discountPercentage").Range)
	assert.Equal(t, "≥ 1", lookup(t, schema, "ord:order/ord:orderHeader/ord:id").Range)
	assert.Equal(t, "date", lookup(t, schema, "ord:order/ord:orderHeader/ord:date").Builtin)

	ico := lookup(t, schema, "dat:dataPack/@ico")
	assert.True(t, ico.Attribute)
	assert.Equal(t, []int{0, 15}, []int{ico.MinOccurs, ico.MaxLength})
	assert.Equal(t, 1, lookup(t, schema, "dat:dataPack/@note").MinOccurs)

	items := lookup(t, schema, "dat:dataPack/dat:dataPackItem")
	assert.Equal(t, xsd.Unbounded, items.MaxOccurs)
	assert.True(t, items.Ordered)
	assert.Empty(t, items.Builtin)
}

func TestLookupOfWhatIsNotThere(t *testing.T) {
	schema := bundled(t, "data.xsd")
	for _, path := range []string{
		"", "ord:orders", "ord:order/ord:header", "order", "ord:order/ord:orderHeader/ord:text/ord:more",
		"dat:dataPack/@text", "dat:dataPack/@ico/x", "dat:dataPack/@ico/@x", "dat:dataPack/ico",
	} {
		_, ok := schema.Lookup(xsd.ParsePath(path)...)
		assert.False(t, ok, path)
	}
	_, ok := schema.Lookup()
	assert.False(t, ok)
}

func TestOrderOfChildren(t *testing.T) {
	schema := bundled(t, "data.xsd")
	var parts []string
	for i, child := range lookup(t, schema, "ord:order").Children() {
		parts = append(parts, child.Name.Local)
		assert.Equal(t, i, child.Place)
		assert.True(t, child.Ordered)
	}
	assert.Equal(t, []string{"links", "actionType", "orderHeader", "orderDetail", "orderSummary", "linkedDocuments", "attachments", "print"}, parts)

	links := lookup(t, schema, "ord:order/ord:links").Children()
	require.NotEmpty(t, links)
	assert.False(t, links[0].Ordered, "a choice that is repeated has no order")

	var attributes []string
	for _, a := range lookup(t, schema, "dat:dataPack").Attributes() {
		attributes = append(attributes, a.Name.String())
	}
	assert.Equal(t, []string{"version", "id", "ico", "key", "period", "application", "programVersion", "note"}, attributes)
	assert.NotEmpty(t, lookup(t, schema, "dat:dataPack/@id").Doc())
	assert.NotEmpty(t, lookup(t, schema, "ord:order/ord:orderHeader/ord:centre/typ:ids").Doc(), "the type's, where the element has none")
}

// tree reads a document as one element, nil when it is not well-formed.
func tree(doc []byte) *etree.Element {
	scanner := xmlio.NewScanner(bytes.NewReader(doc), "test.xml", namespaces)
	if _, err := scanner.Next(); err != nil {
		return nil
	}
	el, err := scanner.Element()
	if err != nil {
		return nil
	}
	return el
}

func TestTreeHasTheVerdictOfItsDocument(t *testing.T) {
	schema := map[string]*xsd.Schema{}
	for _, root := range roots {
		schema[root] = bundled(t, root)
	}
	for _, d := range append(own(t), mutants(t, own(t), many(t))...) {
		el := tree(d.data)
		if el == nil {
			continue
		}
		want, found := validate(schema[d.root], d.data)
		s := schema[d.root].NewSession(func(xsd.Finding) {})
		s.Tree(el)
		assert.Equal(t, want, s.Done(), "%s: %v", d.name, found)
	}
}

// TestItems validates items one by one below an envelope, as an export does.
func TestItems(t *testing.T) {
	doc, err := os.ReadFile("testdata/order.xml")
	require.NoError(t, err)
	pack := tree(doc)
	require.NotNil(t, pack)
	var found []xsd.Finding
	s := bundled(t, "data.xsd").NewSession(func(f xsd.Finding) { found = append(found, f) })
	start := func() {
		s.Start(xsd.ParseName("dat:dataPack"), []xsd.Attr{
			{Name: xsd.Name{Local: "version"}, Value: "2.0"}, {Name: xsd.Name{Local: "id"}, Value: "P"},
			{Name: xsd.Name{Local: "application"}, Value: "test"}, {Name: xsd.Name{Local: "note"}},
		}, position)
	}
	start()
	s.Tree(pack.SelectElement("dataPackItem"))
	pack.FindElement("//ord:orderItem[2]/ord:quantity").SetText("x")
	s.Tree(pack.SelectElement("dataPackItem"))
	s.End()
	assert.False(t, s.Done())
	require.Len(t, found, 1)
	assert.Equal(t, "dat:dataPack[P]/dat:dataPackItem[D-1]/ord:order/ord:orderDetail/ord:orderItem#2/ord:quantity", found[0].Path)

	start()
	s.End()
	assert.False(t, s.Done())
	require.Len(t, found, 2)
	assert.Equal(t, xsd.CodeMissingElement, found[1].Code)

	start()
	s.Reset()
	assert.True(t, s.Done())
}

func TestSessionDoesNotAllocate(t *testing.T) {
	doc, err := os.ReadFile("testdata/order.xml")
	require.NoError(t, err)
	el := tree(doc)
	all, err := events(doc)
	require.NoError(t, err)
	s := session(t, bundled(t, "data.xsd"))
	s.Tree(el)
	require.True(t, s.Done())
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		s.Tree(el)
		s.Reset()
		feed(s, all)
	}))
}
