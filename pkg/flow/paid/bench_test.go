package paid

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/settlement"
)

// BenchmarkPaid reads a CSV of a million invoices and judges as many orders, of
// which it writes none or all. held-MiB is what is alive when all is judged: the
// orders and invoices that make the verdicts. above-MiB is the most memory that the
// process had of the system meanwhile, without held-MiB.
func BenchmarkPaid(b *testing.B) {
	const rows = 1_000_000
	defer debug.SetGCPercent(debug.SetGCPercent(25)) // as the command does
	file := filepath.Join(b.TempDir(), "invoices.csv")
	writeInvoices(b, file, rows)
	c, issues := config.Load(config.Options{Env: map[string]string{}})
	require.Empty(b, issues)
	held := heldByVerdicts(b, &Paid{Config: c, Files: []string{file}, Tell: func(*diag.Issue) {}})
	for name, only := range map[string][]string{"verdicts": {"cancelled"}, "written": nil} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				debug.FreeOSMemory()
				peak := flowtest.WatchMemory()
				paid := &Paid{
					Config: c, Files: []string{file}, Only: only, Format: "ndjson", Stdout: io.Discard,
					Lang: diag.English, Tell: func(*diag.Issue) {},
				}
				report, err := paid.Run(context.Background())
				require.NoError(b, err)
				require.Equal(b, rows, report.Written+report.Skipped)
				b.ReportMetric(held, "held-MiB")
				b.ReportMetric(peak()-held, "above-MiB")
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// heldByVerdicts is what is alive when all verdicts were given, in MiB.
func heldByVerdicts(b *testing.B, p *Paid) float64 {
	alive := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / (1 << 20)
	}
	before := alive()
	payments := settlement.NewPayments(nil, p.tell)
	require.Empty(b, p.readInvoices(context.Background(), payments))
	require.NoError(b, payments.Verdicts(func(*settlement.OrderPayment) error { return nil }))
	held := alive() - before
	runtime.KeepAlive(payments)
	return held
}

func writeInvoices(b *testing.B, name string, rows int) {
	file, err := os.Create(name)
	require.NoError(b, err)
	out := bufio.NewWriter(file)
	fmt.Fprint(out, "Číslo;Datum;Splatno;Firma;Var. sym.;Občj;Celkem;K likvidaci\r\n")
	for i := range rows {
		due := []string{"0,00", "1 210,00", "19 632,00"}[i%3]
		fmt.Fprintf(out, "%d;20.3.2026;3.4.2026;Truhlárna Vzorová s.r.o.;%[1]d;%d;19 632,00;%s\r\n", 260_000_000+i, 2_026_000_000+i, due)
	}
	require.NoError(b, out.Flush())
	require.NoError(b, file.Close())
}
