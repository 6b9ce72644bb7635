package reconcile

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
)

// BenchmarkReconcile holds 10,000 records, as many of the ledger and of POHODA's
// orders side by side. held-B/order is the memory in use at the most, by order.
func BenchmarkReconcile(b *testing.B) {
	const count = 10_000
	s := newFixture(b)
	s.Reconcile.Tell = func(*diag.Issue) {}
	records := flowtest.Deals(b, count)
	s.remember(b, 0, records...)
	one := s.made(b, records[0])[0]
	orders := filepath.Join(s.Folder, "orders.xml")
	file, err := os.Create(orders)
	require.NoError(b, err)
	_, err = file.WriteString(listHead)
	require.NoError(b, err)
	for n := 1; n <= count; n++ {
		id := strconv.Itoa(n)
		_, err = file.WriteString(strings.NewReplacer(
			"<ord:id>10001<", "<ord:id>"+id+"<", "<typ:ids>1<", "<typ:ids>"+id+"<", "26OP0001", "26OP"+id, "OP-26-1<", "OP-26-"+id+"<",
		).Replace(one))
		require.NoError(b, err)
	}
	_, err = file.WriteString(listTail)
	require.NoError(b, err)
	require.NoError(b, file.Close())
	s.Reconcile.Orders, s.Reconcile.From = []string{orders}, s.WriteFile(b, "now.ndjson", strings.Join(records, "\n"))
	for b.Loop() {
		peak := flowtest.WatchMemory()
		began := time.Now()
		report, err := s.Reconcile.Run(b.Context())
		require.NoError(b, err)
		require.Equal(b, count, report.Records[Outcome(CodeNotConfirmed)])
		b.ReportMetric(count/time.Since(began).Seconds(), "orders/s")
		b.ReportMetric(peak()*(1<<20)/count, "peak-B/order")
	}
}
