package flow

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// BenchmarkPaid reads a CSV of a million invoices and judges as many orders, of
// which it writes none or all. peak-B/row is the most memory that was in use, by row.
func BenchmarkPaid(b *testing.B) {
	const rows = 1_000_000
	defer debug.SetGCPercent(debug.SetGCPercent(25)) // as the command does
	file := filepath.Join(b.TempDir(), "invoices.csv")
	writeInvoices(b, file, rows)
	c, issues := config.Load(config.Options{Env: map[string]string{}})
	require.Empty(b, issues)
	for name, only := range map[string][]string{"verdicts": {"cancelled"}, "written": nil} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				peak := watchHeap()
				paid := &Paid{
					Config: c, Files: []string{file}, Only: only, Format: "ndjson", Stdout: io.Discard,
					Lang: diag.English, Tell: func(*diag.Issue) {},
				}
				report, err := paid.Run(context.Background())
				require.NoError(b, err)
				require.Equal(b, rows, report.Written+report.Skipped)
				b.ReportMetric(float64(peak())/rows, "peak-B/row")
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
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

// watchHeap looks at the memory in use until it is asked for the most.
func watchHeap() (peak func() uint64) {
	var most atomic.Uint64
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapAlloc))
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		return most.Load()
	}
}
