package receipts_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/pohoda/receipts"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// readEvidence reads a list and keeps all that is given.
func readEvidence(file, text string, o receipts.EvidenceOptions) (all []settlement.Evidence, digest string, issues diag.List, err error) {
	if o.Settings == nil {
		o.Settings = &pohodatest.Czech
	}
	digest, issues, err = receipts.ReadEvidence(strings.NewReader(text), file, o, func(e *settlement.Evidence) error {
		kept := *e
		kept.Orders = slices.Clone(e.Orders)
		all = append(all, kept)
		return nil
	})
	return all, digest, issues, err
}

func evidenceOf(t testing.TB, file, text string, o receipts.EvidenceOptions) ([]settlement.Evidence, diag.List) {
	all, _, issues, err := readEvidence(file, text, o)
	require.NoError(t, err)
	return all, issues
}

// exported reads evidence out of a golden list.
func exported(t *testing.T, name string, set *pohoda.Settings) ([]settlement.Evidence, diag.List) {
	content, err := os.ReadFile(filepath.Join(pohodatest.Goldens, "invoice", "export", name))
	require.NoError(t, err)
	return evidenceOf(t, name, string(content), receipts.EvidenceOptions{Settings: set})
}

// TestEvidenceOfStates says how each way of writing a liquidation is read.
func TestEvidenceOfStates(t *testing.T) {
	all, issues := exported(t, "states.xml", &pohodatest.Czech)
	assert.Empty(t, issues)
	want := []struct {
		number, total, due, settled string
		cancelled                   trade.Flag
		orders                      []settlement.OrderLink
	}{
		{"260100001", "2949", "2949", "", trade.Unset, []settlement.OrderLink{{Via: settlement.ViaNumberOrder, Number: "OP-26-001"}}},
		{"260100002", "43037", "711", "", trade.Unset, []settlement.OrderLink{
			{Via: settlement.ViaHeader, Number: "262100001", PohodaID: 1}, {Via: settlement.ViaLine, Number: "262100001", PohodaID: 1},
		}},
		{"260100003", "48073", "0", "2026-03-28", trade.Unset, []settlement.OrderLink{{Via: settlement.ViaLine, Number: "262100002", PohodaID: 2}}},
		{"260100004", "121", "0", "2026-03-28", trade.Unset, nil},
		{"260100005", "120", "120", "", trade.Unset, nil},
		{"260100006", "0", "0", "2026-04-01", trade.Unset, nil},
		{"260100007", "121", "-50", "2026-04-01", trade.Unset, nil},
		{"260100008", "121", "", "", trade.Unset, nil},
		{"260100009", "121", "", "", trade.Unset, nil},
		{"260100010", "121", "0", "2026-04-01", trade.Yes, nil},
		{"260100011", "-121", "0", "2026-04-01", trade.Yes, nil},
		{"260100012", "0", "0", "2026-04-01", trade.Unset, nil},
	}
	require.Len(t, all, len(want))
	for i, w := range want {
		e := all[i]
		assert.Equal(t, w.number, e.Invoice)
		assert.Equal(t, w.number, e.Symbol)
		assert.Equal(t, w.total, e.Total.String(), w.number)
		assert.Equal(t, w.due, e.Due.String(), w.number)
		assert.Equal(t, w.settled, e.Settled.String(), w.number)
		assert.Equal(t, w.cancelled, e.Cancelled, w.number)
		assert.Equal(t, w.orders, e.Orders, w.number)
		assert.Equal(t, "2026-03-16", e.Date.String())
		assert.Equal(t, "Truhlárna Vzorová s.r.o.", e.Customer)
		assert.Empty(t, e.Doubts)
		assert.Equal(t, "states.xml", e.At.File)
	}
	assert.Less(t, all[0].At.Line, all[1].At.Line)
}

func TestEvidenceInForeignCurrency(t *testing.T) {
	all, _ := exported(t, "foreign-eur.xml", &pohodatest.Czech)
	want := []struct{ total, due string }{{"10000", "10000"}, {"10000", "3000"}, {"10000", "0"}, {"10000", ""}, {"1000", "1000"}}
	require.Len(t, all, len(want))
	for i, w := range want {
		assert.Equal(t, "EUR", string(all[i].Currency))
		assert.Equal(t, w.total, all[i].Total.String(), i)
		assert.Equal(t, w.due, all[i].Due.String(), "the home currency says nothing of %s", all[i].Invoice)
	}
	all, _ = exported(t, "sk-list.xml", &pohodatest.Slovak)
	assert.Equal(t, "EUR", string(all[0].Currency))
	assert.Equal(t, settlement.CreditEvidence, all[1].Kind)
}

// TestEvidenceOfKinds: what we received pays no order of a customer.
func TestEvidenceOfKinds(t *testing.T) {
	all, issues := exported(t, "kinds.xml", &pohodatest.Czech)
	var kinds []settlement.EvidenceKind
	for _, e := range all {
		kinds = append(kinds, e.Kind)
	}
	assert.Equal(t, []settlement.EvidenceKind{
		settlement.FinalEvidence, settlement.AdvanceEvidence, settlement.AdvanceEvidence, settlement.CreditEvidence, settlement.CreditEvidence,
		settlement.DebitEvidence, settlement.OtherEvidence, settlement.OtherEvidence,
	}, kinds)
	require.Equal(t, []diag.Code{receipts.CodeInvoicesReceived}, pohodatest.CodesOf(issues))
	assert.Equal(t, "7", issues[0].Args["count"])
	assert.Regexp(t, `^\d+, \d+, \d+, …$`, issues[0].Args["lines"])
}

// TestEvidenceOfLinks: an external id is that of the order, with its system.
func TestEvidenceOfLinks(t *testing.T) {
	all, _ := exported(t, "rows.xml", &pohodatest.Czech)
	require.Len(t, all, 1)
	assert.Equal(t, []settlement.OrderLink{
		{Via: settlement.ViaNumberOrder, Number: "PO-2026/77"},
		{Via: settlement.ViaHeader, Number: "262100001", PohodaID: 1}, {Via: settlement.ViaExtID, Number: "d-1", System: "raynet:ukazka"},
		{Via: settlement.ViaHeader, Number: "262100077", PohodaID: 77}, {Via: settlement.ViaExtID, Number: "o-77", System: "raynet:ukazka"},
		{Via: settlement.ViaHeader, Number: "262100004", PohodaID: 4}, {Via: settlement.ViaExtID, Number: "d-4", System: "raynet:ukazka"},
		{Via: settlement.ViaLine, Number: "262100006", PohodaID: 6}, {Via: settlement.ViaExtID, Number: "d-6", System: "raynet:ukazka"},
	}, all[0].Orders)
	assert.Equal(t, trade.Yes, all[0].Cancelled)
}

// listOf puts invoices into a list of POHODA.
func listOf(invoices string) string {
	return `<rsp:responsePack version="2.0" id="x" state="ok" xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd" ` +
		`xmlns:lst="http://www.stormware.cz/schema/version_2/list.xsd" xmlns:inv="http://www.stormware.cz/schema/version_2/invoice.xsd" ` +
		`xmlns:typ="http://www.stormware.cz/schema/version_2/type.xsd" xmlns:ord="http://www.stormware.cz/schema/version_2/order.xsd">` +
		`<rsp:responsePackItem version="2.0" id="1" state="ok"><lst:listInvoice>` + invoices + `</lst:listInvoice></rsp:responsePackItem></rsp:responsePack>`
}

func invoiceOf(header, summary string) string {
	return `<lst:invoice version="2.0"><inv:invoiceHeader>` + header + `</inv:invoiceHeader><inv:invoiceSummary>` + summary + `</inv:invoiceSummary></lst:invoice>`
}

// TestEvidenceInDoubt: a word that the schema does not allow proves nothing.
func TestEvidenceInDoubt(t *testing.T) {
	const sums = `<inv:homeCurrency><typ:priceNone>100</typ:priceNone></inv:homeCurrency>`
	for name, test := range map[string]struct {
		header, summary, path string
	}{
		"kind":   {`<inv:invoiceType>issuedSomething</inv:invoiceType>`, sums, "kind"},
		"storno": {`<inv:invoiceType>issuedInvoice</inv:invoiceType><inv:storno>maybe</inv:storno>`, sums, "pohoda.cancelled"},
		"due":    {`<inv:invoiceType>issuedInvoice</inv:invoiceType><inv:liquidation><typ:amountHome>1,5</typ:amountHome></inv:liquidation>`, sums, "payment.amountDue"},
		"total":  {`<inv:invoiceType>issuedInvoice</inv:invoiceType>`, `<inv:homeCurrency><typ:priceNone>x</typ:priceNone></inv:homeCurrency>`, "totals.byRate[].net"},
	} {
		all, _ := evidenceOf(t, "x.xml", listOf(invoiceOf(test.header, test.summary)), receipts.EvidenceOptions{})
		require.Len(t, all, 1, name)
		require.Len(t, all[0].Doubts, 1, name)
		assert.Equal(t, test.path, all[0].Doubts[0].Path, name)
		assert.Equal(t, all[0].At, all[0].Doubts[0].At, name)
		assert.NotEqual(t, trade.Paid, trade.StateOf(all[0].Total, all[0].Due), name)
	}
	// What no verdict rests on is no doubt.
	all, _ := evidenceOf(t, "x.xml", listOf(invoiceOf(`<inv:invoiceType>issuedInvoice</inv:invoiceType><inv:dateDue>soon</inv:dateDue>`, sums)), receipts.EvidenceOptions{})
	assert.Empty(t, all[0].Doubts)
	// Without a kind nobody knows what the invoice is.
	all, _ = evidenceOf(t, "x.xml", listOf(invoiceOf(``, sums)), receipts.EvidenceOptions{})
	assert.Equal(t, settlement.UnknownEvidence, all[0].Kind)
}

func TestPacksOfOtherThings(t *testing.T) {
	order := listOf(`</lst:listInvoice><lst:listOrder><lst:order version="2.0"/></lst:listOrder><lst:listInvoice>`)
	_, issues := evidenceOf(t, "x.xml", order, receipts.EvidenceOptions{})
	assert.Equal(t, []diag.Code{receipts.CodeInvoicesNone}, pohodatest.CodesOf(issues), "an empty list is a list")
	assert.Equal(t, "x.xml", issues[0].At.File)

	for _, refused := range []string{
		strings.Replace(listOf(``), `state="ok"`, `state="error" note="bez práv"`, 1),
		strings.Replace(listOf(``), `id="1" state="ok"`, `id="1" state="error" note="bez práv"`, 1),
	} {
		_, _, _, err := readEvidence("x.xml", refused, receipts.EvidenceOptions{})
		assert.Equal(t, receipts.CodeInvoicesRefused, diag.As(err).Code)
		assert.Equal(t, "bez práv", diag.As(err).Value)
	}

	_, _, _, err := readEvidence("x.xml", `<r:responsePack xmlns:r="https://www.stormware.cz/schema/version_2/response.xsd"/>`, receipts.EvidenceOptions{})
	assert.Equal(t, xsd.CodeWrongNamespace, diag.As(err).Code)
	_, _, _, err = readEvidence("x.xml", listOf(`<lst:invoice>`), receipts.EvidenceOptions{})
	assert.Equal(t, diag.Code("xml-wrong-end-tag"), diag.As(err).Code)
}

// TestDeductionInsideTheSums: the lines say whether the sums of an invoice are before the
// deduction of an advance or after it; without lines they are before it.
func TestDeductionInsideTheSums(t *testing.T) {
	const deduction = `<inv:invoiceAdvancePaymentItem><inv:sourceDocument><typ:number>Z1</typ:number></inv:sourceDocument><inv:quantity>1</inv:quantity><inv:rateVAT>none</inv:rateVAT>` +
		`<inv:homeCurrency><typ:unitPrice>-500</typ:unitPrice><typ:price>-500</typ:price><typ:priceVAT>0</typ:priceVAT></inv:homeCurrency></inv:invoiceAdvancePaymentItem>`
	const line = `<inv:invoiceItem><inv:text>x</inv:text><inv:quantity>1</inv:quantity><inv:rateVAT>high</inv:rateVAT>` +
		`<inv:homeCurrency><typ:unitPrice>1000</typ:unitPrice><typ:price>1000</typ:price><typ:priceVAT>210</typ:priceVAT></inv:homeCurrency></inv:invoiceItem>`
	for _, c := range []struct{ items, sum, total string }{
		{line + deduction, "1210", "710"},
		{line + deduction, "710", "710"},
		{line + deduction, "709.60", "709.6"},
		{deduction, "1210", "710"},
	} {
		text := listOf(`<lst:invoice version="2.0"><inv:invoiceHeader><inv:invoiceType>issuedInvoice</inv:invoiceType><inv:date>2026-03-20</inv:date></inv:invoiceHeader>` +
			`<inv:invoiceDetail>` + c.items + `</inv:invoiceDetail>` +
			`<inv:invoiceSummary><inv:homeCurrency><typ:priceNone>` + c.sum + `</typ:priceNone></inv:homeCurrency></inv:invoiceSummary></lst:invoice>`)
		all, _ := evidenceOf(t, "x", text, receipts.EvidenceOptions{})
		require.Len(t, all, 1)
		assert.Equal(t, c.total, all[0].Total.String(), c.sum)
		assert.Equal(t, "500", all[0].Deducted.String(), c.sum)
	}
}

// TestPacksForPohoda: a file that is to be imported says nothing of payment. What POHODA
// has exported in its shape states what an import cannot: an id, a settlement, or the
// release and the key of the unit.
func TestPacksForPohoda(t *testing.T) {
	pack := func(attrs string, heads ...string) string {
		var items strings.Builder
		for _, head := range heads {
			items.WriteString(`<dat:dataPackItem version="2.0" id="1">` + strings.ReplaceAll(invoiceOf(`<inv:invoiceType>issuedInvoice</inv:invoiceType>`+head, ""), "lst:invoice", "inv:invoice") + `</dat:dataPackItem>`)
		}
		return `<dat:dataPack version="2.0" id="Usr01" ico="12345679" application="x" note="" ` + attrs + ` xmlns:dat="http://www.stormware.cz/schema/version_2/data.xsd" ` +
			`xmlns:inv="http://www.stormware.cz/schema/version_2/invoice.xsd" xmlns:typ="http://www.stormware.cz/schema/version_2/type.xsd">` +
			items.String() + `</dat:dataPack>`
	}
	for _, text := range []string{pack(""), pack("", ""), pack(`key="k"`, "", ""), pack(`programVersion="13606.6 (15.3.2024)"`, "", "")} {
		_, _, _, err := readEvidence("x", text, receipts.EvidenceOptions{})
		require.Error(t, err)
		if strings.Contains(text, "inv:invoice>") {
			assert.Equal(t, receipts.CodeInvoicesNotPohoda, diag.As(err).Code)
		}
		assert.Equal(t, "x", diag.As(err).At.File)
	}
	for _, text := range []string{
		pack("", `<inv:id>7</inv:id>`), pack("", `<inv:liquidation><typ:date>2026-03-01</typ:date></inv:liquidation>`, ""),
		pack("", "", `<inv:liquidation><typ:amountHome>0</typ:amountHome></inv:liquidation>`),
		pack(`key="k" programVersion="13606.6 (15.3.2024)"`, ""),
	} {
		all, _ := evidenceOf(t, "x", text, receipts.EvidenceOptions{})
		assert.Len(t, all, strings.Count(text, "</inv:invoice>"))
	}
}

// TestUnitOfAPack: who reads decides by the unit that a pack names, before its invoices.
func TestUnitOfAPack(t *testing.T) {
	refused := diag.New("x")
	unit := func(ico, key string) error {
		assert.Equal(t, "1/k", ico+"/"+key)
		return refused
	}
	text := strings.Replace(listOf(invoiceOf("", "")), `id="x"`, `id="x" ico="1" key="k"`, 1)
	all, _, _, err := readEvidence("x", text, receipts.EvidenceOptions{Unit: unit})
	assert.Empty(t, all)
	assert.Equal(t, refused, err)
}

// TestPacksThatAreNoList: what holds no list of issued invoices is refused, whatever it
// is; a list of invoices without any is none of these.
func TestPacksThatAreNoList(t *testing.T) {
	pack := func(items string) string {
		return `<dat:dataPack version="2.0" id="x" ico="12345679" application="x" note="" xmlns:dat="http://www.stormware.cz/schema/version_2/data.xsd" ` +
			`xmlns:lst="http://www.stormware.cz/schema/version_2/list.xsd" xmlns:inv="http://www.stormware.cz/schema/version_2/invoice.xsd" ` +
			`xmlns:ord="http://www.stormware.cz/schema/version_2/order.xsd" xmlns:stk="http://www.stormware.cz/schema/version_2/stock.xsd">` +
			items + `</dat:dataPack>`
	}
	item := func(content string) string {
		return pack(`<dat:dataPackItem version="2.0" id="1">` + content + `</dat:dataPackItem>`)
	}
	answer := func(content string) string {
		return strings.NewReplacer(`<lst:listInvoice>`, "", `</lst:listInvoice>`, content).Replace(listOf(""))
	}
	received := invoiceOf(`<inv:invoiceType>receivedInvoice</inv:invoiceType>`, "")
	for name, c := range map[string]struct {
		text, value string
		code        diag.Code
	}{
		"a list of the bank":         {answer(`<lst:listBank/>`), "listBank", receipts.CodeInvoicesNoList},
		"a list of stock":            {answer(`<lst:listStock/>`), "listStock", receipts.CodeInvoicesNoList},
		"an empty list of orders":    {answer(`<lst:listOrder/>`), "responsePack", receipts.CodeInvoicesNoList},
		"a list of orders":           {answer(`<lst:listOrder><lst:order version="2.0"/></lst:listOrder>`), "order", receipts.CodeInvoicesNoList},
		"an answer to an import":     {answer(`<inv:invoiceResponse/>`), "invoiceResponse", receipts.CodeInvoicesNoList},
		"an empty answer":            {answer(``), "responsePack", receipts.CodeInvoicesNoList},
		"a request":                  {item(`<lst:listInvoiceRequest/>`), "listInvoiceRequest", receipts.CodeInvoicesNoList},
		"orders for an import":       {item(`<ord:order version="2.0"/>`), "order", receipts.CodeInvoicesNoList},
		"an empty pack":              {pack(""), "dataPack", receipts.CodeInvoicesNoList},
		"received invoices":          {listOf(received), "", receipts.CodeInvoicesNotIssued},
		"received ones in a pack":    {item(strings.ReplaceAll(received, "lst:invoice", "inv:invoice")), "", receipts.CodeInvoicesNotIssued},
		"a table of received ones":   {"Přijaté faktury\nČíslo;Datum;Občj;K likvidaci\n1;1.3.2026;A;0\n", "", receipts.CodeInvoicesNotIssued},
		"an empty table of them":     {"Přijaté faktury\nČíslo;Datum;Občj;K likvidaci\n", "", receipts.CodeInvoicesNotIssued},
		"received ones by their Typ": {"Číslo;Datum;Občj;K likvidaci;Typ\n1;1.3.2026;A;0;Přijatá faktura\n", "", receipts.CodeInvoicesNotIssued},
	} {
		all, _, _, err := readEvidence("x", c.text, receipts.EvidenceOptions{})
		assert.Empty(t, all, name)
		if assert.Error(t, err, name) {
			assert.Equal(t, c.code, diag.As(err).Code, name)
			assert.Equal(t, c.value, diag.As(err).Value, name)
			assert.Equal(t, "x", diag.As(err).At.File, name)
		}
	}
	for _, list := range []string{
		listOf(""), listOf(received + invoiceOf(`<inv:invoiceType>issuedInvoice</inv:invoiceType>`, "")),
		answer(`<lst:listBank/><lst:listInvoice/>`),
		"Vydané faktury\nČíslo;Datum;Občj;K likvidaci\n", "Číslo;Datum;Občj;K likvidaci\n",
	} {
		_, _, _, err := readEvidence("x", list, receipts.EvidenceOptions{})
		assert.NoError(t, err, list)
	}
}

// TestEvidenceOfAdvances: what an invoice deducts and holds back, and what of an advance
// was deducted, is known where the file says it.
func TestEvidenceOfAdvances(t *testing.T) {
	const sums = `<inv:homeCurrency><typ:priceHigh>1000</typ:priceHigh><typ:priceHighVAT>210</typ:priceHighVAT></inv:homeCurrency>`
	const line = `<inv:invoiceItem><inv:text>Židle</inv:text><inv:quantity>1</inv:quantity><inv:homeCurrency><typ:unitPrice>%s</typ:unitPrice></inv:homeCurrency></inv:invoiceItem>`
	const deduction = `<inv:invoiceAdvancePaymentItem><inv:quantity>1</inv:quantity><inv:homeCurrency><typ:price>-500</typ:price><typ:priceVAT>0</typ:priceVAT></inv:homeCurrency></inv:invoiceAdvancePaymentItem>`
	const held = `<inv:invoiceRetention><inv:homeCurrency>100</inv:homeCurrency>%s</inv:invoiceRetention>`
	detail := func(price, more string) string {
		return `<inv:invoiceDetail>` + strings.Replace(line, "%s", price, 1) + more + `</inv:invoiceDetail>`
	}
	retention := func(liquidation string) string {
		return `<inv:invoiceRetentions>` + strings.Replace(held, "%s", liquidation, 1) + `</inv:invoiceRetentions>`
	}
	for name, c := range map[string]struct {
		header, between                    string
		total, deducted, applied, retained string
	}{
		"without items":      {``, ``, "1210", "", "", ""},
		"items":              {``, detail("1000", ""), "1210", "0", "", ""},
		"a deduction":        {``, detail("1000", deduction), "710", "500", "", ""},
		"a line below zero":  {``, detail("-500", ""), "1210", "", "", ""},
		"applied":            {`<inv:applied>300</inv:applied>`, ``, "1210", "", "300", ""},
		"retention":          {``, retention(``), "1210", "", "", "100"},
		"retention, in part": {``, retention(`<inv:liquidation><typ:date>2026-04-01</typ:date><typ:amountHome>40</typ:amountHome></inv:liquidation>`), "1210", "", "", "40"},
		"retention released": {``, retention(`<inv:liquidation><typ:date>2026-04-01</typ:date></inv:liquidation>`), "1210", "", "", "0"},
	} {
		text := listOf(`<lst:invoice version="2.0"><inv:invoiceHeader><inv:invoiceType>issuedInvoice</inv:invoiceType>` + c.header +
			`</inv:invoiceHeader>` + c.between + `<inv:invoiceSummary>` + sums + `</inv:invoiceSummary></lst:invoice>`)
		all, _ := evidenceOf(t, "x.xml", text, receipts.EvidenceOptions{})
		require.Len(t, all, 1, name)
		e := all[0]
		assert.Equal(t, []string{c.total, c.deducted, c.applied, c.retained},
			[]string{e.Total.String(), e.Deducted.String(), e.Applied.String(), e.Retained.String()}, name)
	}
}

// TestFilesOfOtherKinds names a file that is no list for what it is.
func TestFilesOfOtherKinds(t *testing.T) {
	for kind, head := range map[string]string{
		"Excel (XLSX)": "PK\x03\x04\x14\x00\x06\x00xl/workbook.xml", "dBase (DBF)": "\x03\x7a\x03\x10\x01\x00\x00\x00\x41\x00\x20\x00" + strings.Repeat("\x00", 60),
		"PDF": "%PDF-1.7", "JSON": `{"a":1}`, "XML": "<a/>", "ISDOC": `<Invoice xmlns="http://isdoc.cz/namespace/2013"/>`, "eForm": `<eform version="1.3"/>`,
	} {
		_, _, _, err := readEvidence("faktury", head, receipts.EvidenceOptions{})
		issue := diag.As(err)
		assert.Equal(t, receipts.CodeInvoicesKind, issue.Code, kind)
		assert.Equal(t, kind, issue.Args["kind"])
		assert.Equal(t, "faktury", issue.At.File)
	}
	_, _, _, err := readEvidence("empty.csv", "", receipts.EvidenceOptions{})
	assert.Equal(t, diag.Code("csv-empty"), diag.As(err).Code)
}

func TestDigestIsThatOfTheFile(t *testing.T) {
	const text = "Občj;K likvidaci;Datum\n1;0;1.1.2026\n"
	_, digest, _, err := readEvidence("x.csv", text, receipts.EvidenceOptions{})
	require.NoError(t, err)
	sum := sha256.Sum256([]byte(text))
	assert.Equal(t, hex.EncodeToString(sum[:]), digest)

	stop := errors.New("stop")
	_, _, err = receipts.ReadEvidence(strings.NewReader(text), "x.csv", receipts.EvidenceOptions{Settings: &pohodatest.Czech}, func(*settlement.Evidence) error { return stop })
	assert.ErrorIs(t, err, stop)
	_, _, err = receipts.ReadEvidence(iotest.ErrReader(stop), "x.csv", receipts.EvidenceOptions{Settings: &pohodatest.Czech}, nil)
	assert.ErrorIs(t, err, stop)
}

// TestRealEvidence reads the same export as evidence of payment.
func TestRealEvidence(t *testing.T) {
	all, issues := evidenceOf(t, "invoices.xml", string(pohodatest.RealInvoices(t)), receipts.EvidenceOptions{})
	assert.Empty(t, issues)
	require.Len(t, all, len(pohodatest.RealStates))
	links := map[string][]settlement.OrderLink{}
	for _, e := range all {
		want := pohodatest.RealStates[e.Invoice]
		assert.Equal(t, want.State, trade.StateOf(e.Total, e.Due), e.Invoice)
		assert.Equal(t, want.Payable, e.Total.String(), e.Invoice)
		assert.Equal(t, want.Due, e.Due.String(), e.Invoice)
		assert.Equal(t, settlement.FinalEvidence, e.Kind)
		assert.Equal(t, want.State == trade.Paid, !e.Settled.IsZero(), e.Invoice)
		assert.Empty(t, e.Doubts)
		assert.Positive(t, e.At.Line)
		if e.Orders != nil {
			links[e.Invoice] = e.Orders
		}
	}
	assert.Equal(t, map[string][]settlement.OrderLink{
		"250100001": {{Via: settlement.ViaHeader, Number: "252100001", PohodaID: 1}, {Via: settlement.ViaLine, Number: "252100001", PohodaID: 1}},
		"250100003": {{Via: settlement.ViaSlip, Number: "25SV00001", PohodaID: 1}},
		"250100010": {{Via: settlement.ViaHeader, Number: "252100005", PohodaID: 5}, {Via: settlement.ViaLine, Number: "252100005", PohodaID: 5}},
		"250100014": {{Via: settlement.ViaSlip, Number: "25SV00005", PohodaID: 13}},
	}, links)
}
