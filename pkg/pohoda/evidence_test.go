package pohoda_test

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
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// readEvidence reads a list and keeps all that is given.
func readEvidence(file, text string, o pohoda.EvidenceOptions) (all []trade.Evidence, digest string, issues diag.List, err error) {
	if o.Settings == nil {
		o.Settings = &czech
	}
	digest, issues, err = pohoda.ReadEvidence(strings.NewReader(text), file, o, func(e *trade.Evidence) error {
		kept := *e
		kept.Orders = slices.Clone(e.Orders)
		all = append(all, kept)
		return nil
	})
	return all, digest, issues, err
}

func evidenceOf(t testing.TB, file, text string, o pohoda.EvidenceOptions) ([]trade.Evidence, diag.List) {
	all, _, issues, err := readEvidence(file, text, o)
	require.NoError(t, err)
	return all, issues
}

func codesOf(issues diag.List) (codes []diag.Code) {
	for _, issue := range issues {
		codes = append(codes, issue.Code)
	}
	return codes
}

// exported reads evidence out of a golden list.
func exported(t *testing.T, name string, set *pohoda.Settings) ([]trade.Evidence, diag.List) {
	content, err := os.ReadFile(filepath.Join(goldens, "invoice", "export", name))
	require.NoError(t, err)
	return evidenceOf(t, name, string(content), pohoda.EvidenceOptions{Settings: set})
}

// TestEvidenceOfStates says how each way of writing a liquidation is read.
func TestEvidenceOfStates(t *testing.T) {
	all, issues := exported(t, "states.xml", &czech)
	assert.Empty(t, issues)
	want := []struct {
		number, total, due, settled string
		cancelled                   trade.Flag
		orders                      []trade.OrderLink
	}{
		{"260100001", "2949", "2949", "", trade.Unset, []trade.OrderLink{{Via: trade.ViaNumberOrder, Number: "OP-26-001"}}},
		{"260100002", "43037", "711", "", trade.Unset, []trade.OrderLink{
			{Via: trade.ViaHeader, Number: "262100001", PohodaID: 1}, {Via: trade.ViaLine, Number: "262100001", PohodaID: 1},
		}},
		{"260100003", "48073", "0", "2026-03-28", trade.Unset, []trade.OrderLink{{Via: trade.ViaLine, Number: "262100002", PohodaID: 2}}},
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
	all, _ := exported(t, "foreign-eur.xml", &czech)
	want := []struct{ total, due string }{{"10000", "10000"}, {"10000", "3000"}, {"10000", "0"}, {"10000", ""}, {"1000", "1000"}}
	require.Len(t, all, len(want))
	for i, w := range want {
		assert.Equal(t, "EUR", string(all[i].Currency))
		assert.Equal(t, w.total, all[i].Total.String(), i)
		assert.Equal(t, w.due, all[i].Due.String(), "the home currency says nothing of %s", all[i].Invoice)
	}
	all, _ = exported(t, "sk-list.xml", &slovak)
	assert.Equal(t, "EUR", string(all[0].Currency))
	assert.Equal(t, trade.CreditEvidence, all[1].Kind)
}

// TestEvidenceOfKinds: what we received pays no order of a customer.
func TestEvidenceOfKinds(t *testing.T) {
	all, issues := exported(t, "kinds.xml", &czech)
	var kinds []trade.EvidenceKind
	for _, e := range all {
		kinds = append(kinds, e.Kind)
	}
	assert.Equal(t, []trade.EvidenceKind{
		trade.FinalEvidence, trade.AdvanceEvidence, trade.AdvanceEvidence, trade.CreditEvidence, trade.CreditEvidence,
		trade.FinalEvidence, trade.FinalEvidence, trade.FinalEvidence,
	}, kinds)
	require.Equal(t, []diag.Code{pohoda.CodeInvoicesReceived}, codesOf(issues))
	assert.Equal(t, "7", issues[0].Args["count"])
	assert.Regexp(t, `^\d+, \d+, \d+, …$`, issues[0].Args["lines"])
}

// TestEvidenceOfLinks: an external id is that of the order, with its system.
func TestEvidenceOfLinks(t *testing.T) {
	all, _ := exported(t, "rows.xml", &czech)
	require.Len(t, all, 1)
	assert.Equal(t, []trade.OrderLink{
		{Via: trade.ViaNumberOrder, Number: "PO-2026/77"},
		{Via: trade.ViaHeader, Number: "262100001", PohodaID: 1}, {Via: trade.ViaExtID, Number: "d-1", System: "raynet:ukazka"},
		{Via: trade.ViaHeader, Number: "262100077", PohodaID: 77}, {Via: trade.ViaExtID, Number: "o-77", System: "raynet:ukazka"},
		{Via: trade.ViaHeader, Number: "262100004", PohodaID: 4}, {Via: trade.ViaExtID, Number: "d-4", System: "raynet:ukazka"},
		{Via: trade.ViaLine, Number: "262100006", PohodaID: 6}, {Via: trade.ViaExtID, Number: "d-6", System: "raynet:ukazka"},
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
		all, _ := evidenceOf(t, "x.xml", listOf(invoiceOf(test.header, test.summary)), pohoda.EvidenceOptions{})
		require.Len(t, all, 1, name)
		require.Len(t, all[0].Doubts, 1, name)
		assert.Equal(t, test.path, all[0].Doubts[0].Path, name)
		assert.Equal(t, all[0].At, all[0].Doubts[0].At, name)
		assert.NotEqual(t, trade.Paid, trade.StateOf(all[0].Total, all[0].Due), name)
	}
	// What no verdict rests on is no doubt.
	all, _ := evidenceOf(t, "x.xml", listOf(invoiceOf(`<inv:invoiceType>issuedInvoice</inv:invoiceType><inv:dateDue>soon</inv:dateDue>`, sums)), pohoda.EvidenceOptions{})
	assert.Empty(t, all[0].Doubts)
	// Without a kind nobody knows what the invoice is.
	all, _ = evidenceOf(t, "x.xml", listOf(invoiceOf(``, sums)), pohoda.EvidenceOptions{})
	assert.Equal(t, trade.UnknownEvidence, all[0].Kind)
}

func TestPacksOfOtherThings(t *testing.T) {
	order := listOf(`</lst:listInvoice><lst:listOrder><lst:order version="2.0"/></lst:listOrder><lst:listInvoice>`)
	_, issues := evidenceOf(t, "x.xml", order, pohoda.EvidenceOptions{})
	assert.Equal(t, []diag.Code{pohoda.CodeInvoicesNone}, codesOf(issues))
	assert.Equal(t, "x.xml", issues[0].At.File)

	refused := strings.Replace(listOf(``), `state="ok"`, `state="error" note="bez práv"`, 1)
	_, issues = evidenceOf(t, "x.xml", refused, pohoda.EvidenceOptions{})
	assert.Equal(t, []diag.Code{pohoda.CodeInvoicesRefused, pohoda.CodeInvoicesNone}, codesOf(issues))
	assert.Equal(t, "bez práv", issues[0].Value)

	_, _, _, err := readEvidence("x.xml", `<r:responsePack xmlns:r="https://www.stormware.cz/schema/version_2/response.xsd"/>`, pohoda.EvidenceOptions{})
	assert.Equal(t, xsd.CodeWrongNamespace, diag.As(err).Code)
	_, _, _, err = readEvidence("x.xml", listOf(`<lst:invoice>`), pohoda.EvidenceOptions{})
	assert.Equal(t, diag.Code("xml-wrong-end-tag"), diag.As(err).Code)
}

// TestFilesOfOtherKinds names a file that is no list for what it is.
func TestFilesOfOtherKinds(t *testing.T) {
	for kind, head := range map[string]string{
		"Excel (XLSX)": "PK\x03\x04\x14\x00\x06\x00xl/workbook.xml", "dBase (DBF)": "\x03\x7a\x03\x10\x01\x00\x00\x00\x41\x00\x20\x00" + strings.Repeat("\x00", 60),
		"PDF": "%PDF-1.7", "JSON": `{"a":1}`, "XML": "<a/>", "ISDOC": `<Invoice xmlns="http://isdoc.cz/namespace/2013"/>`, "eForm": `<eform version="1.3"/>`,
	} {
		_, _, _, err := readEvidence("faktury", head, pohoda.EvidenceOptions{})
		issue := diag.As(err)
		assert.Equal(t, pohoda.CodeInvoicesKind, issue.Code, kind)
		assert.Equal(t, kind, issue.Args["kind"])
		assert.Equal(t, "faktury", issue.At.File)
	}
	_, _, _, err := readEvidence("empty.csv", "", pohoda.EvidenceOptions{})
	assert.Equal(t, diag.Code("csv-empty"), diag.As(err).Code)
}

func TestDigestIsThatOfTheFile(t *testing.T) {
	const text = "Občj;K likvidaci;Datum\n1;0;1.1.2026\n"
	_, digest, _, err := readEvidence("x.csv", text, pohoda.EvidenceOptions{})
	require.NoError(t, err)
	sum := sha256.Sum256([]byte(text))
	assert.Equal(t, hex.EncodeToString(sum[:]), digest)

	stop := errors.New("stop")
	_, _, err = pohoda.ReadEvidence(strings.NewReader(text), "x.csv", pohoda.EvidenceOptions{Settings: &czech}, func(*trade.Evidence) error { return stop })
	assert.ErrorIs(t, err, stop)
	_, _, err = pohoda.ReadEvidence(iotest.ErrReader(stop), "x.csv", pohoda.EvidenceOptions{Settings: &czech}, nil)
	assert.ErrorIs(t, err, stop)
}
