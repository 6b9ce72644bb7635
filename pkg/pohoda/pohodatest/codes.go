package pohodatest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// CodesOf are the codes of issues, in their order.
func CodesOf(issues diag.List) (codes []diag.Code) {
	for _, issue := range issues {
		codes = append(codes, issue.Code)
	}
	return codes
}

// RealInvoices is a list that POHODA exported; it is not ours to ship.
func RealInvoices(t testing.TB) []byte {
	folder := oracle.Reference(t)
	content, err := os.ReadFile(filepath.Join(folder, "pohoda", "samples", "vitex-connector__all-invoices-response.xml"))
	require.NoError(t, err)
	return content
}

// RealStates are the invoices of the real export: how far each is paid (reference
// INPUTS 0.4), what is due and of how much.
var RealStates = map[string]struct {
	State        trade.PaymentState
	Due, Payable string
	Paid         string
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
