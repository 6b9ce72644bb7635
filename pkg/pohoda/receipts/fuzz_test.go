package receipts_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/pohoda/receipts"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// FuzzInvoiceCSV: whatever the file, reading ends, twice the same, and a row that
// does not say that nothing is due never makes an invoice settled.
func FuzzInvoiceCSV(f *testing.F) {
	for _, seed := range []string{
		"Občj;K likvidaci;Datum\nOP-1;0,00;1.3.2026\n", "Číslo;Datum;Občj;Celkem;K likvidaci;Typ;Storno;Cizí měna;CM celkem;Likv\n1;1.3.2026;O1;118;0;Faktura;ne;EUR;5;2.3.2026\n",
		"Celkem\nObčj,K likvidaci,Datum\n2E+9,(1),\n", "\xEF\xBB\xBFobjč\tk likvidácii\tdátum\n\t\t\n", "Č. obj.;K likvidaci;Datum\n\"x;1;1",
	} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, emptyIsZero bool) {
		o := receipts.EvidenceOptions{EmptyIsZero: emptyIsZero}
		all, digest, issues, err := readEvidence("x.csv", text, o)
		again, _, _, _ := readEvidence("x.csv", text, o)
		require.Equal(t, toldAll(all), toldAll(again))
		for i := range all {
			e := &all[i]
			settled := e.Due.IsSet() && e.Due.Sign() <= 0
			assert.True(t, settled || e.Settled.IsZero(), told(e))
			if trade.StateOf(e.Total, e.Due) == trade.Paid && !emptyIsZero {
				assert.Contains(t, text, "0", "nought is written somewhere")
			}
			assert.Positive(t, e.At.Line)
			assert.LessOrEqual(t, len(e.Orders), 1)
		}
		if err != nil {
			assert.NotEqual(t, diag.Unexpected, diag.As(err).Code, "%v", err)
			return
		}
		assert.Len(t, digest, 64)
		assert.Equal(t, len(all) == 0, slices.Contains(pohodatest.CodesOf(issues), receipts.CodeInvoicesNone))
	})
}

// FuzzDecodeInvoice: whatever an invoice holds, it is read, and its evidence says
// what its record says.
func FuzzDecodeInvoice(f *testing.F) {
	for _, name := range []string{"states.xml", "foreign-eur.xml", "rows.xml", "pack.xml"} {
		content, err := os.ReadFile(filepath.Join(pohodatest.Goldens, "invoice", "export", name))
		require.NoError(f, err)
		f.Add(string(content))
	}
	f.Add(listOf(invoiceOf(`<inv:invoiceType>issuedInvoice</inv:invoiceType><inv:liquidation><typ:amountHome>-0.0</typ:amountHome></inv:liquidation>`, "")))
	f.Fuzz(func(t *testing.T, text string) {
		all, _, _, err := readEvidence("x.xml", text, receipts.EvidenceOptions{})
		if err != nil || !strings.HasPrefix(text, "<") {
			return
		}
		var records []*trade.Document
		for _, d := range pohodatest.DocumentsOf(t, []byte(text)) {
			if d.Agenda != pohoda.Invoices {
				continue
			}
			record := d.Agenda.Open(nil).Decode(d.El, &pohodatest.Czech).Record
			if record.Document().Direction != trade.Received {
				records = append(records, record.Document())
			}
		}
		require.Len(t, all, len(records))
		for i, doc := range records {
			e := &all[i]
			assert.Equal(t, doc.Number, e.Invoice)
			assert.Equal(t, doc.Payment.AmountDue, e.Due)
			if !e.Cancelled.IsYes() {
				assert.Equal(t, doc.Payment.State, trade.StateOf(e.Total, e.Due))
			}
		}
	})
}
