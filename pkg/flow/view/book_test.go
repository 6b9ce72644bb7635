package view

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// noon is where the clock of the ledger's tests stands.
func noon() time.Time { return time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC) }

// openBook opens a ledger of its own for a test.
func openBook(t *testing.T) *flow.Ledger {
	t.Helper()
	c := config.Default()
	c.Unit.ICO, c.Ledger = "12345679", config.Ledger(filepath.Join(t.TempDir(), "ledger.db"))
	b, err := flow.OpenLedger(t.Context(), flow.LedgerOptions{Config: c, Now: noon, Holder: "test", Required: true, Tell: func(*diag.Issue) {}})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	return b
}

func dealKey(id string) ledger.Key {
	return ledger.Key{System: "crm", Kind: trade.Deal, ID: id, Target: "order"}
}

func dealItem(id, content string) ledger.Item {
	return ledger.Item{
		Key: dealKey(id), Code: "D-" + id, OrderNumber: "D-" + id, ID: "crm:deal:" + id + ":order",
		Content: content, Document: content, Phase: trade.Won,
	}
}

func putInPlace(t *testing.T, b *flow.Ledger, path string, items ...ledger.Item) {
	t.Helper()
	id, err := b.Begin(t.Context(), ledger.Export{Path: path, Digest: "0123456789abcdef", Pack: "crm"}, slices.Values(items))
	require.NoError(t, err)
	require.NoError(t, b.Placed(t.Context(), id))
}

func TestTheStoryOfADeal(t *testing.T) {
	b := openBook(t)
	ctx := t.Context()
	see := func(code, content string, phase trade.Phase) {
		_, err := b.See(ctx, slices.Values([]ledger.Observation{{Key: dealKey("1"), Code: code, OrderNumber: code, Content: content, Phase: phase}}))
		require.NoError(t, err)
	}
	settle := func(a ledger.Answer) {
		settled, err := b.Settle(ctx, []ledger.Answer{a})
		require.NoError(t, err)
		require.Nil(t, settled[0].Issue)
	}
	see("D-0", "one a:x lines[0]:p", trade.Open)
	putInPlace(t, b, "/out/first.xml", dealItem("1", "one a:x lines[0]:p"))
	settle(ledger.Answer{Item: "crm:deal:1:order", State: ledger.Refused, By: ledger.ByResponse, Proof: "fedcba9876543210", Notes: []string{"(104) no such centre"}})
	putInPlace(t, b, "", dealItem("1", "two a:y lines[0]:p"))
	settle(ledger.Answer{Item: "crm:deal:1:order", State: ledger.AcceptedChanged, By: ledger.ByOrders, PohodaNumber: "26OP0012", PohodaID: 12})
	see("D-1", "three title:y lines[0]:q", trade.Done)
	record, err := b.Lookup(ctx, []ledger.Key{dealKey("1")})
	require.NoError(t, err)
	_, err = b.Pay(ctx, []ledger.Payment{{
		Order: "D-1", Record: record[0].RowID, State: trade.PartlyPaid, Total: money.FromInt(1210), Due: money.FromInt(210), Currency: "CZK",
		Invoices: []ledger.Proof{
			{Number: "260100012", Date: trade.NewDate(2026, 3, 20), Total: money.FromInt(1210), Due: money.FromInt(210), File: "faktury.csv", Line: 7, FileHash: "aaaabbbbccccdddd"},
			{Number: "260100013", Date: trade.NewDate(2026, 3, 21), Settled: trade.NewDate(2026, 4, 1), File: "faktury.csv", Line: 8},
		},
	}})
	require.NoError(t, err)

	assert.Equal(t, `deal D-1  received order
  source: crm:deal:1:order
  order number: D-1
  state: accepted by POHODA with changes
  in POHODA: 26OP0012 (id 12)
  payment: partly paid
  phase in the source: done
  changed since it was exported: title, line 1, a
  last change here: 2026-03-16 13:00:00
  exports
    3.  2026-03-16 13:00:00  first.xml  0123456789ab  crm:deal:1:order  replaced by a later export
    8.  2026-03-16 13:00:00  no file  0123456789ab  crm:deal:1:order  accepted by POHODA with changes
  events
    2026-03-16 13:00:00  seen in the source, phase in the source open
    2026-03-16 13:00:00  called otherwise in the source, D-1
    2026-03-16 13:00:00  export 3 was begun
    2026-03-16 13:00:00  export 3: the file is in place
    2026-03-16 13:00:00  POHODA's response: refused by POHODA, by the file fedcba987654, (104) no such centre
    2026-03-16 13:00:00  export 8 was begun
    2026-03-16 13:00:00  export 8 was written to the standard output
    2026-03-16 13:00:00  export of POHODA's orders: accepted by POHODA with changes, in POHODA 26OP0012 (id 12)
    2026-03-16 13:00:00  seen in the source, different from before, phase in the source done
    2026-03-16 13:00:00  payment, D-1, partly paid, total 1210.00 CZK, due 210.00 CZK
  payments
    2026-03-16 13:00:00  D-1  partly paid, total 1210.00 CZK, due 210.00 CZK
      260100012  2026-03-20  total 1210.00  due 210.00  faktury.csv:7  aaaabbbbcccc
      260100013  2026-03-21  settled 2026-04-01  faktury.csv:8
`, tellAll(t, b, "26OP0012", diag.English))

	require.NoError(t, b.Forget(ctx, record[0].RowID))
	require.NoError(t, b.Erase(ctx, record[0].RowID))
	story, err := b.History(ctx, record[0].RowID)
	require.NoError(t, err)
	told := tellAll(t, b, story.Record.ID, diag.Czech)
	assert.Contains(t, told, "  stav: nový, nepřenesený\n")
	assert.Contains(t, told, "  ve zdroji se jmenuje jinak\n")
	assert.Contains(t, told, "  zapomenuto: platí znovu za nový; stav byl: POHODA jej přijala se změnami, v POHODĚ 26OP0012 (id 12)\n")
	assert.Contains(t, told, "  osobní údaje byly vymazány\n")
	assert.NotContains(t, told, "D-1")
	assert.NotContains(t, told, "{")
}

func tellAll(t *testing.T, b *flow.Ledger, name string, l *diag.Language) string {
	t.Helper()
	stories, err := b.Stories(t.Context(), name)
	require.NoError(t, err)
	var out strings.Builder
	for n := range stories {
		require.NoError(t, PrintHistory(&out, &stories[n], l, time.FixedZone("CET", 3600)))
	}
	return out.String()
}

func TestEveryWordOfTheLedgerHasAPhrase(t *testing.T) {
	events := []ledger.EventKind{
		ledger.EventSaw, ledger.EventBaseline, ledger.EventRenamed, ledger.EventBegan, ledger.EventPlaced, ledger.EventUndone, ledger.EventSending,
		ledger.EventInterrupted, ledger.EventSettled, ledger.EventPayment, ledger.EventForgotten, ledger.EventErased,
	}
	words := map[string][]string{
		"state-": ledger.New.Values(), "phase-": trade.Draft.Values(), "payment-state-": trade.Paid.Values(), "target-": pohoda.TargetNames(),
		"answer-": {string(ledger.ByResponse), string(ledger.ByOrders), string(ledger.ByHand)},
	}
	for _, kind := range events {
		words["story-"] = append(words["story-"], string(kind))
	}
	for kind, some := range words {
		for _, word := range some {
			assert.NotEmpty(t, diag.English.Phrases[kind+word])
		}
	}
}

// A ledger has up to a million records, so neither the list nor the data of it
// keep them.
func TestTheLedgerIsListedInLittleMemory(t *testing.T) {
	b := openBook(t)
	const records = 20000
	_, err := b.See(t.Context(), func(yield func(ledger.Observation) bool) {
		for n := range records {
			if !yield(ledger.Observation{Key: dealKey(strconv.Itoa(n)), Code: "D-" + strconv.Itoa(n), Content: strings.Repeat("x", 500)}) {
				return
			}
		}
	})
	require.NoError(t, err)
	lines := 0
	out := writerFunc(func(p []byte) { lines += strings.Count(string(p), "\n") })
	most := heapDuring(func() {
		counts, err := (&LedgerList{Ledger: b, Stdout: out, Lang: diag.English, Zone: time.UTC}).Run(t.Context())
		require.NoError(t, err)
		assert.Equal(t, int64(records), counts[ledger.New])
	})
	assert.Equal(t, records+1, lines)
	assert.Less(t, most, uint64(8<<20))
	target := filepath.Join(t.TempDir(), "ledger.ndjson")
	most = heapDuring(func() {
		written, err := (&LedgerExport{Ledger: b, Format: "ndjson", To: target}).Run(t.Context())
		require.NoError(t, err)
		assert.Equal(t, records, written)
	})
	assert.Less(t, most, uint64(8<<20))
	info, err := os.Stat(target)
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}

// heapDuring tells how much more was alive on the heap at most, as far as a look
// every few milliseconds sees it.
func heapDuring(do func()) (most uint64) {
	alive := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := alive()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			if now := alive(); now > before {
				most = max(most, now-before)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	do()
	stop()
	<-done
	return most
}
