package pack_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
)

// space declares the namespaces of the files below.
const space = ` xmlns:dat="http://www.stormware.cz/schema/version_2/data.xsd" xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd"` +
	` xmlns:ord="http://www.stormware.cz/schema/version_2/order.xsd" xmlns:wge="http://www.stormware.cz/schema/version_2/wageElements.xsd"` +
	` xmlns:lst="http://www.stormware.cz/schema/version_2/list.xsd" xmlns:lAdb="http://www.stormware.cz/schema/version_2/list_addBook.xsd"`

func packText(items ...string) string {
	text := `<dat:dataPack version="2.0" id="P" application="a" note=""` + space + ">\n"
	for i, item := range items {
		text += fmt.Sprintf(`<dat:dataPackItem version="2.0" id="%d">`, i+1) + item + "</dat:dataPackItem>\n"
	}
	return text + "</dat:dataPack>"
}

func response(items ...string) string {
	text := `<rsp:responsePack version="2.0" id="P" state="ok"` + space + ">\n"
	for _, item := range items {
		text += `<rsp:responsePackItem version="2.0" id="1" state="ok">` + item + "</rsp:responsePackItem>\n"
	}
	return text + "</rsp:responsePack>"
}

const (
	goodOrder = `<ord:order version="2.0"/>`
	badOrder  = `<ord:order version="2.0"><ord:orderHeader><ord:date>2.3.2026</ord:date></ord:orderHeader></ord:order>`
	unspoken  = `<wge:wageElements version="2.0"><wge:wageElementsHeader><wge:anything/></wge:wageElementsHeader></wge:wageElements>`
)

func TestValidate(t *testing.T) {
	for name, test := range map[string]struct {
		file     string
		verdict  pack.Verdict
		findings []string
	}{
		"an order": {packText(goodOrder), pack.Verdict{Valid: true, Items: 1}, nil},
		"a broken order": {
			packText(goodOrder, badOrder), pack.Verdict{Items: 2},
			[]string{`3:82 error xsd-not-a-date dat:dataPack[P]/dat:dataPackItem[2]/ord:order/ord:orderHeader/ord:date "2.3.2026"`},
		},
		"an element that an order does not have": {
			packText(`<ord:order version="2.0"><ord:orderFooter/></ord:order>`), pack.Verdict{Items: 1},
			[]string{`2:65 error xsd-unexpected-element dat:dataPack[P]/dat:dataPackItem[1]/ord:order/ord:orderFooter ""`},
		},
		"an element that the agenda does not have": {
			packText(`<ord:ordr version="2.0"/>`), pack.Verdict{Items: 1},
			[]string{
				`2:40 error xsd-unexpected-element dat:dataPack[P]/dat:dataPackItem[1]/ord:ordr ""`,
			},
		},
		"other agendas are not covered, and told once": {
			packText(unspoken, goodOrder, unspoken), pack.Verdict{Valid: true, Items: 3, Uncovered: 2},
			[]string{`2:40 warning agenda-not-covered  "wageElements"`},
		},
		"what is covered is held to the schemas beside them": {
			packText(unspoken, badOrder), pack.Verdict{Items: 2, Uncovered: 1},
			[]string{
				`2:40 warning agenda-not-covered  "wageElements"`,
				`3:82 error xsd-not-a-date dat:dataPack[P]/dat:dataPackItem[2]/ord:order/ord:orderHeader/ord:date "2.3.2026"`,
			},
		},
		"the item of another agenda is held to the schema itself": {
			strings.Replace(packText(unspoken), ` id="1"`, ``, 1), pack.Verdict{Items: 1, Uncovered: 1},
			[]string{
				`2:1 error xsd-missing-attribute dat:dataPack[P]/dat:dataPackItem#1/@id ""`,
				`2:33 warning agenda-not-covered  "wageElements"`,
			},
		},
		"a list of orders": {
			response(`<lst:listOrder version="2.0" dateTimeStamp="2026-03-02T08:21:00" dateValidFrom="2026-03-02" state="ok"><lst:order version="2.0"/></lst:listOrder>`),
			pack.Verdict{Valid: true, Items: 1}, nil,
		},
		"lists of other agendas": {
			response(`<lst:listClaim version="2.0"/>`, `<lst:listTableExport version="2.0"/>`, `<wge:wageElementsResponse/>`),
			pack.Verdict{Valid: true, Items: 3, Uncovered: 3},
			[]string{
				`2:55 warning agenda-not-covered  "listClaim"`, `3:55 warning agenda-not-covered  "listTableExport"`,
				`4:55 warning agenda-not-covered  "wageElementsResponse"`,
			},
		},
		"an element of nobody's": {
			packText(`<x xmlns="http://else.example/"/>`), pack.Verdict{Items: 1},
			[]string{`2:40 error xsd-unexpected-element dat:dataPack[P]/dat:dataPackItem[1]/{http://else.example/}x ""`},
		},
		"the root of another format": {
			`<Invoice xmlns="http://isdoc.example/"/>`, pack.Verdict{},
			[]string{`1:1 error not-pohoda-xml  "{http://isdoc.example/}Invoice"`},
		},
		"an eForm": {
			`<eform version="1.3"/>`, pack.Verdict{Valid: true, Items: 1, Uncovered: 1}, []string{`1:1 error no-schema-known  "eform"`},
		},
		"cut off": {
			strings.TrimSuffix(packText(goodOrder), "</dat:dataPack>"), pack.Verdict{Items: 1}, []string{`3:1 error xml-cut-off  "<dat:dataPack>"`},
		},
		"nothing": {"", pack.Verdict{}, []string{`1:1 error xml-empty  ""`}},
	} {
		t.Run(name, func(t *testing.T) {
			var found []string
			verdict, err := pohodatest.Bundled.Validate(strings.NewReader(test.file), "f.xml", func(issue *diag.Issue) {
				at := strings.TrimPrefix(issue.At.String(), "f.xml:")
				found = append(found, at+" "+string(issue.Severity)+" "+string(issue.Code)+" "+issue.Path+` "`+issue.Value+`"`)
			})
			require.NoError(t, err)
			assert.Equal(t, test.findings, found)
			assert.Equal(t, test.verdict, verdict)
		})
	}
}

func TestValidateReadingFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := pohodatest.Bundled.Validate(iotest.ErrReader(broken), "f.xml", func(issue *diag.Issue) { t.Errorf("told %v", issue) })
	assert.ErrorIs(t, err, broken)
}
