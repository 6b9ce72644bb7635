package settlement_test

import (
	"runtime"
	"strconv"
	"testing"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/settlement"
)

// BenchmarkVerdicts judges a million rows, each an invoice to an order of its
// own. held-B/row is what is kept of a row when all were gathered.
func BenchmarkVerdicts(b *testing.B) {
	const rows = 1_000_000
	b.ReportAllocs()
	for b.Loop() {
		before := heap()
		p := settlement.NewPayments(nil, func(*diag.Issue) {})
		e := invoice("", "19632", "0")
		var number []byte
		for i := range rows {
			number = strconv.AppendInt(number[:0], 260_000_000+int64(i), 10)
			e.Invoice = string(number)
			e.Orders[0].Number = "2" + e.Invoice
			e.At.Line = i + 2
			p.Add(&e)
		}
		b.ReportMetric(float64(heap()-before)/rows, "held-B/row")
		paid := 0
		if err := p.Verdicts(func(v *settlement.OrderPayment) error {
			if v.State.IsPaid() {
				paid++
			}
			return nil
		}); err != nil || paid != rows {
			b.Fatal(paid, err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkMatching finds the orders of a million invoices among as many known ones.
// held-B/order is what is kept of an order, with what finds it.
func BenchmarkMatching(b *testing.B) {
	const count = 1_000_000
	for b.Loop() {
		before := heap()
		known := settlement.Known()
		for i := range count {
			known.Add(settlement.KnownOrder{Number: "OP-" + strconv.Itoa(i), System: "crm", ID: strconv.Itoa(i), Record: -1})
		}
		p := settlement.NewPayments(known, func(*diag.Issue) {})
		b.ReportMetric(float64(heap()-before)/count, "held-B/order")
		e := invoice("", "19632", "0")
		for i := range count {
			e.Invoice = strconv.Itoa(i)
			e.Orders[0].Number = "op-" + e.Invoice
			p.Add(&e)
		}
		paid := 0
		if err := p.Verdicts(func(v *settlement.OrderPayment) error {
			if v.State.IsPaid() {
				paid++
			}
			return nil
		}); err != nil || paid != count {
			b.Fatal(paid, err)
		}
	}
	b.ReportMetric(float64(count)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
