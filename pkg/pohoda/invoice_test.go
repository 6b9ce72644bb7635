package pohoda_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/trade"
)

func TestRealInvoices(t *testing.T) {
	documents := pohodatest.DocumentsOf(t, pohodatest.RealInvoices(t))
	require.Len(t, documents, len(pohodatest.RealStates))
	computed := 0
	for _, d := range documents {
		read := d.Agenda.Open(nil).Decode(d.El, &pohodatest.Czech)
		record, reader := read.Record, read.Reader
		doc := record.Document()
		want, known := pohodatest.RealStates[doc.Number]
		require.True(t, known, doc.Number)
		assert.Equal(t, want.State, doc.Payment.State, doc.Number)
		assert.Equal(t, want.Due, doc.Payment.AmountDue.String(), doc.Number)
		assert.Equal(t, want.Payable, doc.Totals.Payable.Or(doc.Totals.Gross).String(), doc.Number)
		assert.Equal(t, want.Paid, doc.Payment.PaidDate.String(), doc.Number)
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
	totals, issues := check.Compute(doc, check.Settings{Country: "CZ", VATPayer: true, Rates: pohodatest.Czech.Rates})
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
