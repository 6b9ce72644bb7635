package settlement_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// in puts a row into a file.
func in(file string, line int, e settlement.Evidence) settlement.Evidence {
	e.At = diag.Position{File: file, Line: line}
	return e
}

// TestOneInvoiceCountsOnce joins the rows of one number: each may say what
// another leaves out.
func TestOneInvoiceCountsOnce(t *testing.T) {
	full := with(in("b.csv", 9, invoice("1", "1000", "0")), func(e *settlement.Evidence) { e.Settled = trade.NewDate(2026, 4, 1) })
	bare := in("a.csv", 3, settlement.Evidence{Invoice: " 1 ", Due: money.Zero, Orders: full.Orders})
	for _, rows := range [][]settlement.Evidence{{full, bare}, {bare, full}, {full, full, bare, bare}} {
		all, told := verdicts(t, nil, rows...)
		assert.Empty(t, told)
		v := all["X"]
		assert.Equal(t, trade.Paid, v.State)
		assert.Equal(t, []settlement.Proof{{
			Number: "1", Date: full.Date, Total: full.Total, Due: full.Due, File: "a.csv", Line: 3,
			Settled: full.Settled, Kind: settlement.FinalEvidence, Currency: "CZK",
		}}, v.Invoices)
	}
}

// TestContradictingRows reports each field in which rows differ, and proves
// nothing by them.
func TestContradictingRows(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*settlement.Evidence)
		field  string
		values [2]string
	}{
		"due":       {func(e *settlement.Evidence) { e.Due = amount("10") }, "amountDue", [2]string{"0", "10"}},
		"total":     {func(e *settlement.Evidence) { e.Total = amount("900") }, "total", [2]string{"1000", "900"}},
		"date":      {func(e *settlement.Evidence) { e.Date = trade.NewDate(2025, 3, 20) }, "date", [2]string{"2026-03-20", "2025-03-20"}},
		"currency":  {func(e *settlement.Evidence) { e.Currency = "EUR" }, "currency", [2]string{"CZK", "EUR"}},
		"kind":      {func(e *settlement.Evidence) { e.Kind = settlement.AdvanceEvidence }, "kind", [2]string{"invoice", "advance"}},
		"cancelled": {func(e *settlement.Evidence) { e.Cancelled = trade.Yes }, "cancelled", [2]string{"no", "yes"}},
		"settled":   {func(e *settlement.Evidence) { e.Settled = trade.NewDate(2026, 4, 2) }, "settled", [2]string{"2026-04-01", "2026-04-02"}},
		"order":     {func(e *settlement.Evidence) { e.Orders = []settlement.OrderLink{cell("Y")} }, "order", [2]string{"X", "Y"}},
	} {
		t.Run(name, func(t *testing.T) {
			one := with(in("a.csv", 2, invoice("1", "1000", "0")), func(e *settlement.Evidence) {
				e.Settled, e.Cancelled = trade.NewDate(2026, 4, 1), trade.No
			})
			other := with(in("b.csv", 5, one), c.change)
			all, told := verdicts(t, nil, one, other, one)
			want := diag.New(settlement.CodeInvoiceContradicts, "other", c.values[0], "place", "a.csv:2").
				WithPath(c.field).WithValue(c.values[1]).WithRecord("invoice 1").WithPosition(other.At)
			require.NotEmpty(t, told)
			assert.Equal(t, want, told[0])
			for _, v := range all {
				assert.Equal(t, trade.PayUnknown, v.State)
				assert.Equal(t, settlement.CodeContradicted, v.Reason)
			}
			assert.Contains(t, all, "X")
			if c.field == "order" {
				assert.Contains(t, all, "Y")
			}
		})
	}
}

// TestRowsWithoutNumber are one with their equals in other files, and several
// when they stand in one file several times.
func TestRowsWithoutNumber(t *testing.T) {
	row := invoice("", "500", "500")
	twice := []settlement.Evidence{in("a.csv", 2, row), in("a.csv", 3, row)}
	for name, c := range map[string]struct {
		rows []settlement.Evidence
		due  string
	}{
		"two in a file":              {twice, "1000"},
		"the same two elsewhere":     {append(twice, in("b.csv", 7, row), in("b.csv", 8, row)), "1000"},
		"one of them elsewhere":      {append(twice, in("b.csv", 7, row)), "1000"},
		"first one, then two":        {append([]settlement.Evidence{in("b.csv", 7, row)}, twice...), "1000"},
		"one in each of three files": {[]settlement.Evidence{in("a", 1, row), in("b", 1, row), in("c", 1, row)}, "500"},
		"another symbol":             {[]settlement.Evidence{in("a", 1, row), in("b", 1, with(row, func(e *settlement.Evidence) { e.Symbol = "7" }))}, "1000"},
	} {
		t.Run(name, func(t *testing.T) {
			all, _ := verdicts(t, nil, c.rows...)
			assert.Equal(t, c.due, all["X"].Due.String())
		})
	}
}

func TestDigests(t *testing.T) {
	p := settlement.NewPayments(nil, func(*diag.Issue) {})
	row := in("a.csv", 2, invoice("1", "1", "0"))
	p.Add(&row)
	p.Digest("a.csv", "abc")
	require.NoError(t, p.Verdicts(func(v *settlement.OrderPayment) error {
		assert.Equal(t, "abc", v.Invoices[0].Digest)
		return nil
	}))
	stop := errors.New("stop")
	assert.Equal(t, stop, p.Verdicts(func(*settlement.OrderPayment) error { return stop }))
}

// randomRows are rows of a few files on a few orders, with everything in them
// that rules turn upon; some state an invoice again, and not always the same.
func randomRows(r *rand.Rand) []settlement.Evidence {
	pick := func(all ...string) string { return all[r.IntN(len(all))] }
	var rows []settlement.Evidence
	for file := range 1 + r.IntN(3) {
		for line := range 1 + r.IntN(6) {
			e := in(fmt.Sprintf("%c.csv", 'a'+file), 2+line, settlement.Evidence{
				Invoice: pick("", "1", "2", "3", "4", "5", "6"), Date: trade.NewDate(2026, 3, 1+r.IntN(2)),
				Total: amount(pick("", "0", "100", "100", "-100")), Due: amount(pick("", "0", "0", "40", "100", "-100")),
				Currency: money.Currency(pick("CZK", "CZK", "CZK", "EUR")), Cancelled: trade.Flag(r.IntN(8) % 3),
				Kind: settlement.EvidenceKind(pick("invoice", "invoice", "advance", "credit-note", "unknown")),
			})
			for range r.IntN(3) {
				via := []settlement.LinkVia{settlement.ViaCell, settlement.ViaNumberOrder, settlement.ViaHeader, settlement.ViaSlip}[r.IntN(4)]
				e.Orders = append(e.Orders, link(via, pick("A", "a", "B", "A,B", "P1", "P2", "26", "strange"), 0))
			}
			if r.IntN(8) == 0 {
				e.Doubts = diag.List{diag.Warn("x").WithPath(pick("order", "cancelled"))}
			}
			rows = append(rows, e)
		}
	}
	return rows
}

// TestOrderOfRowsDoesNotMatter turns the rows of each file about, and the files,
// and states some of the rows again.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	known := []settlement.KnownOrder{{Number: "A", PohodaNumber: "P1", Total: amount("200"), Currency: "CZK"}, {Number: "B", PohodaNumber: "P2"}, {Number: "0026"}}
	first := oracle.Seed(t, 0)
	for seed := first; seed < first+500; seed++ {
		r := rand.New(rand.NewPCG(seed, 1))
		rows := randomRows(r)
		var orders []settlement.KnownOrder
		if seed%2 == 0 {
			orders = known
		}
		want, _ := verdicts(t, orders, rows...)
		shuffled := append([]settlement.Evidence{}, rows...)
		for _, row := range rows {
			if row.Invoice != "" && r.IntN(3) == 0 {
				shuffled = append(shuffled, row)
			}
		}
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		files := r.Perm(3)
		slices.SortStableFunc(shuffled, func(a, b settlement.Evidence) int { return files[a.At.File[0]-'a'] - files[b.At.File[0]-'a'] })
		got, _ := verdicts(t, orders, shuffled...)
		if !assert.Equal(t, want, got, "seed %d: %v", seed, rows) {
			return
		}
	}
}

// TestJSONIsThatOfTheTags holds the quick writer to encoding/json.
func TestJSONIsThatOfTheTags(t *testing.T) {
	first := oracle.Seed(t, 0)
	for seed := first; seed < first+200; seed++ {
		rows := randomRows(rand.New(rand.NewPCG(seed, 2)))
		rows[0].Orders = []settlement.OrderLink{cell("č. \"1\"\t<&>")}
		rows[0].Settled = trade.NewDate(2026, 4, 1)
		all, _ := verdicts(t, nil, rows...)
		for _, v := range all {
			var want bytes.Buffer
			encoder := json.NewEncoder(&want)
			encoder.SetEscapeHTML(false)
			require.NoError(t, encoder.Encode(v))
			require.Equal(t, want.String(), string(v.AppendJSON(nil))+"\n")
		}
	}
}
