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

// TestBenchNew measures export --new over lists of which one record in a hundred
// has changed and one in a hundred is new, with a ledger in SQLite that knows many
// more: the time should grow with the list and hardly with the ledger.
//
//   - POHODA_BENCH_LEDGER: entries of the ledger (1000000)
func TestBenchNew(t *testing.T) {
	entries := number(t, "POHODA_BENCH_LEDGER", 1_000_000)
	b := newBench(t)
	all := b.smallDeals("all", entries, 0)
	small := filepath.Join(b.dir, "small.db")
	b.env = []string{"POHODA_LEDGER=" + small}
	b.run("baseline of 1/10", b.pohoda, "ledger", "baseline", "--from", b.smallDeals("tenth", entries/10, 0), "--ico", "12345679")
	large := filepath.Join(b.dir, "large.db")
	b.env = []string{"POHODA_LEDGER=" + large}
	b.run("baseline of all", b.pohoda, "ledger", "baseline", "--from", all, "--ico", "12345679")

	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "command\tledger\trecords\tseconds\trecords/s\tpeak MiB\t")
	row := func(name string, ledger, records int) {
		took := b.median(name).Seconds()
		fmt.Fprintf(table, "%s\t%d\t%d\t%.2f\t%.0f\t%.1f\t\n", name, ledger, records, took, float64(records)/took, float64(b.peak[name])/(1<<20))
	}
	row("baseline of 1/10", entries/10, entries/10)
	row("baseline of all", entries, entries)
	for _, records := range []int{entries / 10, entries / 5, entries * 2 / 5} {
		list := b.smallDeals("list", records, 100)
		for ledger, size := range map[string]int{small: entries / 10, large: entries} {
			if size < records {
				continue
			}
			b.env = []string{"POHODA_LEDGER=" + ledger}
			name := fmt.Sprintf("--new of %d in %d", records, size)
			b.run(name, b.pohoda, "export", "deals", "--from", list, "--ico", "12345679", "--quiet", "--new", "--dry-run")
			row(name, size, records)
		}
	}
	b.env = []string{"POHODA_LEDGER=" + large}
	list := b.smallDeals("list", entries/5, 100)
	b.run("--new, written", b.pohoda, "export", "deals", "--from", list, "--ico", "12345679", "--quiet", "--new", "-o", b.out("new"))
	row("--new, written", entries, entries/5)
	require.NoError(t, table.Flush())
}

// smallDeals writes deals of one line each; of each every, one has changed since
// it had none, and one is new.
func (b *bench) smallDeals(name string, n, every int) string {
	path := filepath.Join(b.dir, name+".ndjson")
	file, err := os.Create(path)
	require.NoError(b.t, err)
	out := bufio.NewWriter(file)
	for i := 1; i <= n; i++ {
		id, title := fmt.Sprint(i), "Vybavení kanceláře"
		switch {
		case every > 0 && i%every == 1:
			title = "Vybavení dílny"
		case every > 0 && i%every == 2:
			id += "n"
		}
		fmt.Fprintf(out, `{"kind":"deal","source":{"system":"raynet","instance":"ukazka","id":%q},"number":"OP-%s","title":%q,"issueDate":"2026-03-02",`+
			`"status":{"phase":"won"},"customer":{"name":"Truhlárna Vzorová s.r.o.","registrationId":"22222227","address":{"street":"Dlouhá 12","city":"Brno","zip":"60200","country":"CZ"}},`+
			`"currency":"CZK","lines":[{"name":"Židle","quantity":"4","unit":"ks","unitPrice":"3490","vatRate":"21"}]}`+"\n", id, id, title)
	}
	require.NoError(b.t, out.Flush())
	require.NoError(b.t, file.Close())
	return path
}
