package pack_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// answered is what was read of a file of answers.
type answered struct {
	pack *pack.AnswerPack
	all  []pack.Answer
	told diag.List
	err  error
}

func readAnswers(r io.Reader) (a answered) {
	a.pack, a.err = pack.Answers(r, "answer.xml", func(_ *pack.AnswerPack, one *pack.Answer) error {
		a.all = append(a.all, *one)
		return nil
	}, func(issue *diag.Issue) { a.told.Add(issue) })
	return a
}

// responsePack is a pack of answers with some attributes and items.
func responsePack(attrs, items string) string {
	names := ""
	for prefix, uri := range pohoda.URIs() {
		names += ` xmlns:` + prefix + `="` + uri + `"`
	}
	return `<rsp:responsePack version="2.0"` + names + ` ` + attrs + `>` + items + `</rsp:responsePack>`
}

func answerItem(attrs, content string) string {
	return `<rsp:responsePackItem version="2.0" id="deal:1" ` + attrs + `>` + content + `</rsp:responsePackItem>`
}

func orderResponse(state, content string) string {
	return `<ord:orderResponse version="2.0" state="` + state + `">` + content + `</ord:orderResponse>`
}

func importDetails(details ...string) string {
	return `<rdc:importDetails><rdc:detail>` + strings.Join(details, `</rdc:detail><rdc:detail>`) + `</rdc:detail></rdc:importDetails>`
}

func duplicity(rest string) string {
	return `<rsp:recordDuplicity><rsp:agendaType>prijate_objednavky</rsp:agendaType>` + rest + `</rsp:recordDuplicity>`
}

const (
	produced = `<rdc:producedDetails><rdc:id>95</rdc:id><rdc:number>26OP0095</rdc:number><rdc:actionType>add</rdc:actionType></rdc:producedDetails>`
	noted    = `<rdc:state>warning</rdc:state><rdc:errno>606</rdc:errno><rdc:note>datum mimo účetní období</rdc:note>`
	asked    = `<rdc:XPath>ord:order/ord:orderHeader/ord:centre</rdc:XPath><rdc:valueRequested>BRNO</rdc:valueRequested>`
)

// answerCases are the items that POHODA may answer with, and what they mean.
var answerCases = []struct {
	name, attrs, content string
	want                 pack.Outcome
	notes                []string
}{
	{"taken", `state="ok"`, orderResponse("ok", produced), pack.Taken, nil},
	{"taken, every detail ok", `state="ok"`, orderResponse("ok", importDetails(`<rdc:state>ok</rdc:state>`)+produced), pack.Taken, nil},
	{
		"taken with a warning", `state="ok"`, orderResponse("ok", importDetails(noted)+produced), pack.Taken,
		[]string{"606 datum mimo účetní období"},
	},
	{
		"a value altered", `state="ok"`,
		orderResponse("ok", importDetails(noted+asked+`<rdc:valueProduced>PRAHA</rdc:valueProduced>`)+produced),
		pack.Altered, []string{`606 datum mimo účetní období (ord:order/ord:orderHeader/ord:centre: "BRNO" → "PRAHA")`},
	},
	{
		"a value left out", `state="ok"`,
		orderResponse("ok", importDetails(`<rdc:state>warning</rdc:state>`+asked+`<rdc:valueProduced/>`)+produced),
		pack.Altered, []string{`warning (ord:order/ord:orderHeader/ord:centre: "BRNO" → "")`},
	},
	{
		"a value kept", `state="ok"`, orderResponse("ok", importDetails(noted+asked+`<rdc:valueProduced>BRNO</rdc:valueProduced>`)+produced),
		pack.Taken, []string{`606 datum mimo účetní období (ord:order/ord:orderHeader/ord:centre: "BRNO" → "BRNO")`},
	},
	{
		"altered by its number", `state="ok"`, orderResponse("ok", importDetails(`<rdc:state>warning</rdc:state><rdc:errno>603</rdc:errno>`)+produced),
		pack.Altered, []string{"603 warning"},
	},
	{
		"refused", `state="error" note="doklad neprošel"`,
		orderResponse("error", importDetails(`<rdc:state>error</rdc:state><rdc:errno>108</rdc:errno><rdc:note>neznámá hodnota</rdc:note><rdc:XPath>ord:order</rdc:XPath>`)),
		pack.Refused, []string{"doklad neprošel", "108 neznámá hodnota (ord:order)"},
	},
	{"refused by its schema", `state="error" note="neodpovídá schématu"`, "", pack.Refused, []string{"neodpovídá schématu"}},
	{"the response alone refuses", `state="ok"`, orderResponse("error", ""), pack.Refused, nil},
	{"the item alone refuses", `state="error"`, orderResponse("ok", produced), pack.Refused, nil},
	{
		"imported before", `state="error"`, `<rsp:errorDetail>` + duplicity(`<rsp:dateCreate>2026-03-02</rsp:dateCreate><rsp:id>90</rsp:id><rsp:number>26OP0090</rsp:number>`) + `</rsp:errorDetail>`,
		pack.Duplicate, []string{"recordDuplicity prijate_objednavky 2026-03-02 26OP0090"},
	},
	{
		"imported before and deleted", `state="error"`, `<rsp:errorDetail>` + duplicity("") + `</rsp:errorDetail>`,
		pack.Gone, []string{"recordDuplicity prijate_objednavky"},
	},
	{
		"imported twice, one deleted", `state="error"`, `<rsp:errorDetail>` + duplicity("") + duplicity(`<rsp:id>91</rsp:id>`) + `</rsp:errorDetail>`,
		pack.Duplicate, []string{"recordDuplicity prijate_objednavky", "recordDuplicity prijate_objednavky"},
	},
	{"refused without details", `state="error"`, `<rsp:errorDetail/>`, pack.Refused, nil},
	{"nothing was said", `state="ok"`, "", pack.Unclear, nil},
	{"no document", `state="ok"`, orderResponse("ok", ""), pack.Unclear, nil},
	{"a document without an id", `state="ok"`, orderResponse("ok", `<rdc:producedDetails><rdc:id/></rdc:producedDetails>`), pack.Unclear, nil},
	{"an id that is none", `state="ok"`, orderResponse("ok", `<rdc:producedDetails><rdc:id>nové</rdc:id></rdc:producedDetails>`), pack.Unclear, nil},
	{"printed as well", `state="ok"`, orderResponse("ok", produced+`<rdc:printDetails><rdc:attachments><rdc:attachment><rdc:idReport>1</rdc:idReport></rdc:attachment></rdc:attachments></rdc:printDetails>`), pack.Taken, nil},
}

func TestOutcomes(t *testing.T) {
	for _, c := range answerCases {
		t.Run(c.name, func(t *testing.T) {
			got := readAnswers(strings.NewReader(responsePack(`id="crm" state="ok"`, answerItem(c.attrs, c.content))))
			require.NoError(t, got.err)
			require.Len(t, got.all, 1)
			assert.Empty(t, got.told)
			a := &got.all[0]
			assert.Equal(t, "deal:1", a.Item)
			assert.Equal(t, c.want, a.Outcome())
			assert.Equal(t, c.notes, a.Notes())
		})
	}
	for _, word := range pack.Outcome("").Values() {
		found := false
		for _, c := range answerCases {
			found = found || string(c.want) == word
		}
		assert.True(t, found, "no case of %s", word)
	}
}

func TestWhatAnAnswerNames(t *testing.T) {
	itemDetails := `<rdc:itemDetails type="x"><rdc:item><rdc:producedItem><rdc:id>7</rdc:id></rdc:producedItem></rdc:item></rdc:itemDetails>`
	text := responsePack(`id="crm:firm" state="ok" ico="12345679" key="k" note="n"`,
		answerItem(`state="ok"`, orderResponse("ok", strings.Replace(produced, "</rdc:producedDetails>", itemDetails+"</rdc:producedDetails>", 1)))+
			answerItem(`state="error"`, `<rsp:errorDetail>`+duplicity(`<rsp:dateCreate>2026-03-02</rsp:dateCreate><rsp:id>90</rsp:id><rsp:number>26OP0090</rsp:number>`)+`</rsp:errorDetail>`))
	got := readAnswers(iotest.OneByteReader(strings.NewReader(text)))
	require.NoError(t, got.err)
	assert.Equal(t, &pack.AnswerPack{ID: "crm:firm", ICO: "12345679", Key: "k", Note: "n", Items: 2}, got.pack)
	require.Len(t, got.all, 2)
	a := got.all[0]
	assert.Equal(t, "orderResponse", a.Response)
	assert.Equal(t, int64(95), a.ID, "the document's, not that of its item")
	assert.Equal(t, "26OP0095", a.Number)
	assert.Equal(t, "add", a.Action)
	assert.True(t, a.Done())
	assert.Equal(t, []pack.Duplicity{{Agenda: "prijate_objednavky", Date: "2026-03-02", ID: 90, Number: "26OP0090"}}, got.all[1].Duplicities)
}

// TestAnswersOfEveryAgenda reads responses of agendas that the tool does not
// know, in namespaces that it has never heard of, under any prefix.
func TestAnswersOfEveryAgenda(t *testing.T) {
	for _, name := range []string{"stk:stockItemResponse", "adb:addressbookResponse", "asv:accountingSalesVouchersResponse", "new:newResponse"} {
		text := strings.NewReplacer("ord:orderResponse", name, "rdc:", "d:", "xmlns:rdc", `xmlns:new="urn:new" xmlns:d`).
			Replace(responsePack(`id="crm" state="ok"`, answerItem(`state="ok"`, orderResponse("ok", produced))))
		got := readAnswers(strings.NewReader(text))
		require.NoError(t, got.err, name)
		require.Len(t, got.all, 1)
		assert.Equal(t, pack.Taken, got.all[0].Outcome(), name)
		assert.Equal(t, name[4:], got.all[0].Response)
	}
}

func TestRefusedPack(t *testing.T) {
	got := readAnswers(strings.NewReader(responsePack(`id="" state="error" note="Uživatel nemá právo."`, "")))
	issue := diag.As(got.err)
	assert.Equal(t, pack.CodePackRefused, issue.Code)
	assert.Equal(t, "Uživatel nemá právo.", issue.Value)
	assert.Equal(t, 1, issue.At.Line)

	got = readAnswers(strings.NewReader(responsePack(`id="x" state="ok"`, "")))
	require.NoError(t, got.err)
	assert.Zero(t, got.pack.Items)
	got = readAnswers(strings.NewReader(responsePack(`id="x" state="error"`, answerItem(`state="error"`, ""))))
	require.NoError(t, got.err, "its items say more")
	assert.Equal(t, pack.Refused, got.all[0].Outcome())
}

const listOfOrders = `<lst:listOrder version="2.0" dateTimeStamp="2026-03-02T08:21:00" dateValidFrom="2026-03-02" state="ok"><lst:order version="2.0"/></lst:listOrder>`

func TestListsAreNoAnswers(t *testing.T) {
	answer, list := answerItem(`state="ok"`, orderResponse("ok", produced)), answerItem(`state="ok"`, listOfOrders)
	got := readAnswers(strings.NewReader(responsePack(`id="x" state="ok"`, answer+list+answer)))
	require.NoError(t, got.err)
	assert.Len(t, got.all, 2)
	assert.Equal(t, []diag.Code{pack.CodeAnswerIsList}, pohodatest.CodesOf(got.told))
	assert.Equal(t, "listOrder", got.told[0].Value)

	for text, want := range map[string]bool{
		responsePack(`id="x" state="ok"`, list):                                 true,
		responsePack(`id="x" state="ok"`, answerItem(`state="ok"`, "\n")+list):  true,
		responsePack(`id="x" state="ok"`, answer+list):                          false,
		responsePack(`id="x" state="ok"`, answerItem(`state="ok"`, "")):         false,
		responsePack(`id="x" state="ok"`, answerItem("", "<rsp:errorDetail/>")): false,
		responsePack(`id="x" state="error"`, ""):                                false,
		`<dataPack xmlns="` + pohoda.URIs()["dat"] + `"/>`:                      true,
		`no XML`: false, "": false, `<responsePack`: false,
	} {
		assert.Equal(t, want, pack.HoldsDocuments(strings.NewReader(text)), text)
	}
}

func TestWhatIsNoAnswer(t *testing.T) {
	for text, want := range map[string]diag.Code{
		`<a/>`: pack.CodeNotPohoda,
		`<dat:dataPack xmlns:dat="` + pohoda.URIs()["dat"] + `"/>`: pack.CodeNotAPack,
		responsePack(``, `<rsp:responsePackItem>`):                 xmlio.CodeEndTag,
		"": xmlio.CodeEmpty,
	} {
		assert.Equal(t, want, diag.As(readAnswers(strings.NewReader(text)).err).Code, text)
	}
	broken := errors.New("the disk is gone")
	got := readAnswers(io.MultiReader(strings.NewReader(responsePack("", "")[:900]), iotest.ErrReader(broken)))
	assert.ErrorIs(t, got.err, broken)
	_, err := pack.Answers(strings.NewReader(responsePack("", answerItem("", ""))), "", func(*pack.AnswerPack, *pack.Answer) error { return broken }, nil)
	assert.Equal(t, broken, err)
}
