package receipts_test

import (
	"io"
	"runtime"
	"strconv"
	"testing"

	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/pohoda/receipts"
	"github.com/gopohoda/pohoda/pkg/settlement"
)

// invoiceRows is a CSV of so many invoices, made while it is read.
type invoiceRows struct {
	left, n int
	pending []byte
}

func (r *invoiceRows) Read(p []byte) (int, error) {
	if r.n == 0 {
		r.pending = []byte("Číslo;Datum;Splatno;Firma;Var. sym.;Občj;Celkem;K likvidaci;Typ;Storno\r\n")
	}
	for len(r.pending) < len(p) && r.left > 0 {
		r.left--
		r.n++
		r.pending = strconv.AppendInt(r.pending, int64(260000000+r.n), 10)
		r.pending = append(r.pending, ";20.3.2026;3.4.2026;Truhlárna Vzorová s.r.o.;26012;OP-26-"...)
		r.pending = strconv.AppendInt(r.pending, int64(r.n/2), 10)
		r.pending = append(r.pending, ";19\u00A0632,00;"...)
		r.pending = strconv.AppendInt(r.pending, int64(r.n%3*100), 10)
		r.pending = append(r.pending, ",00;Faktura;Ne\r\n"...)
	}
	n := copy(p, r.pending)
	r.pending = r.pending[:copy(r.pending, r.pending[n:])]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// BenchmarkEvidenceCSV reads a million rows; the memory that is kept stays flat.
func BenchmarkEvidenceCSV(b *testing.B) {
	const rows = 1_000_000
	b.ReportAllocs()
	most := uint64(0)
	for b.Loop() {
		n := 0
		_, _, err := receipts.ReadEvidence(&invoiceRows{left: rows}, "x.csv", receipts.EvidenceOptions{Settings: &pohodatest.Czech}, func(*settlement.Evidence) error {
			if n++; n%(rows/4) == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
			return nil
		})
		if err != nil || n != rows {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(most)/(1<<20), "MiB-heap")
}
