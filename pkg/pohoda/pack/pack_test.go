package pack_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// identified is a deal of a source.
func identified(system, instance, id string) *trade.Record {
	return &trade.Record{Of: &trade.Document{Head: trade.Head{Kind: trade.Deal, Source: trade.Source{System: system, Instance: instance, ID: id}}}}
}

var (
	received = pohoda.Orders.Targets[0]
	issued   = pohoda.Orders.Targets[1]
)

// TestItemID holds the ids that POHODA remembers: none of these may ever change.
func TestItemID(t *testing.T) {
	long := strings.Repeat("ž", 60)
	for want, record := range map[string]*trade.Record{
		"raynet:ukazka:deal:123:order":        identified("raynet", "ukazka", "123"),
		"raynet:deal:123:order":               identified("raynet", "", "123"),
		"csv:objednavky 2026:deal:č. 7:order": identified("csv", "objednavky 2026", "č. 7"),
		"a%3Ab:c%25d:deal:1%3A2:order":        identified("a:b", "c%d", "1:2"),
		"raynet:deal:žžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžžž~4a4d4b58c0c0a88a": identified("raynet", "", long),
	} {
		got := pack.ItemID(record.Of.Header(), received, 0)
		assert.Equal(t, want, got)
		assert.LessOrEqual(t, utf8.RuneCountInString(got), 64)
		record.Document().Number, record.Document().Title = "OP-26-9", "edited"
		assert.Equal(t, got, pack.ItemID(record.Of.Header(), received, 0), "an edit changes nothing")
		assert.NotEqual(t, got, pack.ItemID(record.Of.Header(), issued, 0), "what it becomes does")
	}
	assert.Equal(t, "raynet:ukazka", pack.ID(trade.Source{System: "raynet", Instance: "ukazka", ID: "123"}))
	assert.Equal(t, "raynet", pack.ID(trade.Source{System: "raynet"}))
}

// FuzzItemID: different records never have the same id.
func FuzzItemID(f *testing.F) {
	f.Add("raynet", "ukazka", "123", "raynet", "", "123")
	f.Add("a:b", "", "c", "a", "b", "c")
	f.Add("a", "deal", "", "a", "", "deal")
	f.Add("a%", "3A", "1", "a", "%3A", "1")
	f.Add(strings.Repeat("a", 70), "", "1", strings.Repeat("a", 70), "", "2")
	f.Fuzz(func(t *testing.T, system1, instance1, id1, system2, instance2, id2 string) {
		one, two := identified(system1, instance1, id1), identified(system2, instance2, id2)
		a, b := pack.ItemID(one.Of.Header(), received, 0), pack.ItemID(two.Of.Header(), received, 0)
		same := one.Document().Source == two.Document().Source
		assert.Equal(t, same, a == b, "%q and %q", a, b)
		assert.LessOrEqual(t, utf8.RuneCountInString(a), 64)
		sameSource := system1 == system2 && instance1 == instance2
		assert.Equal(t, sameSource, pack.ID(one.Document().Source) == pack.ID(two.Document().Source))
	})
}

func TestEnvelope(t *testing.T) {
	file := pack.Pack{
		Unit: pohoda.Unit{ICO: "12345679", Key: "{0F2A5C1E-0000-4000-8000-000000000001}", Period: "following"},
		ID:   "raynet:ukazka", Application: "pohoda & CRM", Note: "týden \"10\"",
	}
	envelope := file.Envelope(pohoda.Orders)
	envelope.Encoding = charset.Windows1250
	head := string(envelope.Head())
	attributes, namespaces, _ := strings.Cut(head, " xmlns:")
	assert.Equal(t, `<?xml version="1.0" encoding="Windows-1250"?>
<dat:dataPack version="2.0" id="raynet:ukazka" ico="12345679" key="{0F2A5C1E-0000-4000-8000-000000000001}" period="following" `+
		`application="pohoda &amp; CRM" note="týden &quot;10&quot;"`, attributes)
	for _, a := range pohoda.Agendas() {
		declared := strings.Contains(namespaces, a.Prefix+`="http://www.stormware.cz/schema/version_2/`+a.Schema+`"`)
		assert.Equal(t, a == pohoda.Orders, declared, a.Name)
	}
	assert.Equal(t, "</dat:dataPack>\n", string(envelope.Tail()))

	head = string(pack.Pack{ID: "x", Application: "pohoda"}.Envelope().Head())
	assert.Contains(t, head, `<dat:dataPack version="2.0" id="x" application="pohoda" note="" xmlns:dat=`)
}

func TestItems(t *testing.T) {
	read := func(text string) ([]string, error) {
		var ids []string
		err := pack.Items(strings.NewReader(text), "pack.xml", func(pack pack.Pack, item string) {
			ids = append(ids, pack.ID+"/"+pack.Unit.ICO+"/"+pack.Unit.Key+"/"+item)
		})
		return ids, err
	}
	const space = ` xmlns:d="http://www.stormware.cz/schema/version_2/data.xsd"`
	ids, err := read(`<d:dataPack id="P" ico="12345679" key="K"` + space + `><d:transformation><d:input/></d:transformation>` +
		`<d:dataPackItem id="1"><x><d:dataPackItem id="inner"/></x></d:dataPackItem><d:dataPackItem id="2"/></d:dataPack>`)
	require.NoError(t, err)
	assert.Equal(t, []string{"P/12345679/K/1", "P/12345679/K/2"}, ids)

	_, err = read(`<dataPack id="P"/>`)
	assert.Equal(t, pack.CodeNotAPack, diag.As(err).Code)
	ids, err = read(`<d:dataPack id="P"` + space + `><d:dataPackItem id="1"/>`)
	assert.Equal(t, []string{"P///1"}, ids)
	assert.Equal(t, diag.Code("xml-cut-off"), diag.As(err).Code)
}

func TestItem(t *testing.T) {
	item := pack.Item("raynet:deal:1:order", &etree.Element{Space: "ord", Tag: "order"})
	assert.Equal(t, `<dat:dataPackItem version="2.0" id="raynet:deal:1:order"><ord:order/></dat:dataPackItem>`, string(xmlio.AppendElement(nil, item, -1)))
}
