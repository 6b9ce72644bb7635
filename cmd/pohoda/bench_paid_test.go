//go:build bench && linux

package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/require"
)

// TestBenchPaid measures paid over a list of invoices, each to an order of its own:
// without a ledger, and a fifth of it with one that knows the orders.
//
//   - POHODA_BENCH_INVOICES: rows of the list (1000000)
//   - POHODA_BENCH_ROUNDS: rounds of each command (3)
func TestBenchPaid(t *testing.T) {
	n, rounds := number(t, "POHODA_BENCH_INVOICES", 1_000_000), number(t, "POHODA_BENCH_ROUNDS", 3)
	b := newBench(t)
	all, some := b.invoices("all", n), b.invoices("some", n/5)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "command\trows\tseconds\trows/s\tpeak MiB\t")
	row := func(name string, rows int) {
		took := b.median(name).Seconds()
		fmt.Fprintf(table, "%s\t%d\t%.2f\t%.0f\t%.1f\t\n", name, rows, took, float64(rows)/took, float64(b.peak[name])/(1<<20))
	}
	paid := func(name, list string, flags ...string) {
		b.run(name, append([]string{b.pohoda, "paid", list, "--ico", "12345679", "--quiet", "--force", "--to", filepath.Join(b.dir, "paid.ndjson")}, flags...)...)
	}
	for range rounds {
		paid("paid", all)
	}
	row("paid", n)
	b.env = []string{"POHODA_LEDGER=" + filepath.Join(b.dir, "ledger.db")}
	b.run("baseline", b.pohoda, "ledger", "baseline", "--from", b.smallDeals("deals", n/5, 0), "--ico", "12345679")
	for _, c := range []struct {
		name  string
		flags []string
	}{{"paid, orders of the ledger", nil}, {"paid --new, all is news", []string{"--new"}}, {"paid --new, nothing is", []string{"--new"}}} {
		paid(c.name, some, c.flags...)
		row(c.name, n/5)
	}
	require.NoError(t, table.Flush())
}

// invoices writes a list of invoices to the orders OP-1 and on.
func (b *bench) invoices(name string, rows int) string {
	path := filepath.Join(b.dir, name+".csv")
	file, err := os.Create(path)
	require.NoError(b.t, err)
	out := bufio.NewWriter(file)
	fmt.Fprint(out, "Číslo;Datum;Splatno;Firma;Var. sym.;Občj;Celkem;K likvidaci\r\n")
	for i := 1; i <= rows; i++ {
		due := []string{"0,00", "1 210,00", "19 632,00"}[i%3]
		fmt.Fprintf(out, "%d;20.3.2026;3.4.2026;Truhlárna Vzorová s.r.o.;%[1]d;OP-%d;19 632,00;%s\r\n", 260_000_000+i, i, due)
	}
	require.NoError(b.t, out.Flush())
	require.NoError(b.t, file.Close())
	return path
}
