package pohoda_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// realInvoices is a list that POHODA exported; it is not ours to ship.
func realInvoices(t testing.TB) []byte {
	folder := oracle.Reference(t)
	content, err := os.ReadFile(filepath.Join(folder, "pohoda", "samples", "vitex-connector__all-invoices-response.xml"))
	require.NoError(t, err)
	return content
}

// realStates are the invoices of the real export: how far each is paid (reference
// INPUTS 0.4), what is due and of how much.
var realStates = map[string]struct {
	state        trade.PaymentState
	due, payable string
	paid         string
}{
	"240100007": {trade.Unpaid, "2949", "2949", ""},
	"240100014": {trade.Unpaid, "8951", "8951", ""},
	"250100002": {trade.Paid, "0", "48073", "2025-03-17"},
	"250100001": {trade.PartlyPaid, "711", "43037", "2025-02-12"},
	"250100003": {trade.Unpaid, "14742", "14742", ""},
	"250100004": {trade.Unpaid, "7637", "7637", ""},
	"250100005": {trade.Unpaid, "120", "120", ""},
	"250100006": {trade.PartlyPaid, "278328", "578328", "2025-05-25"},
	"250100007": {trade.Unpaid, "17303", "17303", ""},
	"250100008": {trade.Unpaid, "9289", "9289", ""},
	"250100009": {trade.Unpaid, "67896", "67896", ""},
	"250100010": {trade.Unpaid, "32330", "32330", ""},
	"250100011": {trade.Unpaid, "5084", "5084", ""},
	"250100012": {trade.Unpaid, "605000", "605000", ""},
	"250100013": {trade.Unpaid, "10000", "10000", ""},
	"250100014": {trade.Unpaid, "56826", "56826", ""},
}

func TestRealInvoices(t *testing.T) {
	documents := documentsOf(t, realInvoices(t))
	require.Len(t, documents, len(realStates))
	computed := 0
	for _, d := range documents {
		record, reader := d.agenda.Open(nil).Decode(d.el, &czech)
		doc := record.Document
		want, known := realStates[doc.Number]
		require.True(t, known, doc.Number)
		assert.Equal(t, want.state, doc.Payment.State, doc.Number)
		assert.Equal(t, want.due, doc.Payment.AmountDue.String(), doc.Number)
		assert.Equal(t, want.payable, doc.Totals.Payable.Or(doc.Totals.Gross).String(), doc.Number)
		assert.Equal(t, want.paid, doc.Payment.PaidDate.String(), doc.Number)
		for _, issue := range reader.Issues {
			assert.Equal(t, "references", issue.Path, "only agendas that the model does not know are told")
		}
		if len(doc.Lines) > 0 {
			computed++
			sameSums(t, doc)
		}
	}
	assert.Equal(t, 9, computed)
}

// sameSums computes a document and compares the sums with those of POHODA.
func sameSums(t *testing.T, doc *trade.Document) {
	totals, issues := trade.Compute(doc, trade.CheckSettings{Country: "CZ", VATPayer: true, Rates: czech.Rates})
	assert.Empty(t, issues, doc.Number)
	assert.Equal(t, doc.Totals.Net, totals.Net, doc.Number)
	assert.Equal(t, doc.Totals.VAT, totals.VAT, doc.Number)
	assert.Equal(t, doc.Totals.Gross, totals.Gross, doc.Number)
	assert.Equal(t, doc.Totals.Rounding, totals.Rounding, doc.Number)
	assert.Equal(t, doc.Totals.Payable, totals.Payable, doc.Number)
	require.Len(t, doc.Totals.ByRate, len(totals.ByRate), doc.Number)
	for i, rate := range totals.ByRate {
		assert.Equal(t, doc.Totals.ByRate[i], trade.RateSum{
			VATRate: rate.Percent, Amounts: trade.Amounts{Net: rate.Net, VAT: rate.VAT, Gross: rate.Gross},
		}, doc.Number)
	}
	for i := range doc.Lines {
		assert.Equal(t, doc.Lines[i].Totals, trade.Amounts{
			Net: totals.Lines[i].Net, VAT: totals.Lines[i].VAT, Gross: totals.Lines[i].Gross,
		}, doc.Number)
	}
}

// TestRealEvidence reads the same export as evidence of payment.
func TestRealEvidence(t *testing.T) {
	all, issues := evidenceOf(t, "invoices.xml", string(realInvoices(t)), pohoda.EvidenceOptions{})
	assert.Empty(t, issues)
	require.Len(t, all, len(realStates))
	links := map[string][]trade.OrderLink{}
	for _, e := range all {
		want := realStates[e.Invoice]
		assert.Equal(t, want.state, trade.StateOf(e.Total, e.Due), e.Invoice)
		assert.Equal(t, want.payable, e.Total.String(), e.Invoice)
		assert.Equal(t, want.due, e.Due.String(), e.Invoice)
		assert.Equal(t, trade.FinalEvidence, e.Kind)
		assert.Equal(t, want.state == trade.Paid, !e.Settled.IsZero(), e.Invoice)
		assert.Empty(t, e.Doubts)
		assert.Positive(t, e.At.Line)
		if e.Orders != nil {
			links[e.Invoice] = e.Orders
		}
	}
	assert.Equal(t, map[string][]trade.OrderLink{
		"250100001": {{Via: trade.ViaHeader, Number: "252100001", PohodaID: 1}, {Via: trade.ViaLine, Number: "252100001", PohodaID: 1}},
		"250100003": {{Via: trade.ViaSlip, Number: "25SV00001", PohodaID: 1}},
		"250100010": {{Via: trade.ViaHeader, Number: "252100005", PohodaID: 5}, {Via: trade.ViaLine, Number: "252100005", PohodaID: 5}},
		"250100014": {{Via: trade.ViaSlip, Number: "25SV00005", PohodaID: 13}},
	}, links)
}

func TestStateOf(t *testing.T) {
	for _, test := range []struct {
		total, due string
		want       trade.PaymentState
	}{
		{"100", "100", trade.Unpaid}, {"100", "40", trade.PartlyPaid}, {"100", "0", trade.Paid}, {"100", "-1", trade.Overpaid},
		{"100", "", trade.PayUnknown}, {"", "", trade.PayUnknown}, {"", "0", trade.Paid}, {"", "5", trade.PayUnknown}, {"", "-5", trade.PayUnknown},
		{"0", "0", trade.Paid}, {"-100", "-100", trade.Unpaid}, {"-100", "-40", trade.PartlyPaid}, {"-100", "0", trade.Paid},
		{"-100", "3", trade.Overpaid}, {"100", "120", trade.PayUnknown}, {"-100", "-120", trade.PayUnknown},
	} {
		assert.Equal(t, test.want, trade.StateOf(decimal(test.total), decimal(test.due)), "%s of %s", test.due, test.total)
	}
}

func decimal(s string) money.Decimal {
	if s == "" {
		return money.Decimal{}
	}
	return money.MustParse(s)
}
