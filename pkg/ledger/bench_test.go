package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// manyItems are deals with ids and digests as real ones have them.
func manyItems(first, count int) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for n := first; n < first+count; n++ {
			id := fmt.Sprint(100000 + n)
			digest := sha256.Sum256([]byte(id))
			i := item(id, "1")
			i.Content = hex.EncodeToString(digest[:])
			i.Document = i.Content
			if !yield(i) {
				return
			}
		}
	}
}

// exportsOf fills a ledger, 50,000 deals an export.
func exportsOf(b *testing.B, l *Ledger, count int) {
	b.Helper()
	const some = 50_000
	for first := 0; first < count; first += some {
		id, err := l.Begin(b.Context(), Export{Path: "/out", Digest: "file", Pack: "raynet:firm"}, manyItems(first, min(some, count-first)))
		require.NoError(b, err)
		require.NoError(b, l.Placed(b.Context(), id))
	}
}

// BenchmarkLookup looks 200,000 records up, as --new does, in ledgers that grow.
func BenchmarkLookup(b *testing.B) {
	const records = 200_000
	for _, size := range []int{100_000, 200_000, 400_000, 1_000_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			l := run(b, sqlitePlace(b), func(o *Options) { o.Now = time.Now })
			exportsOf(b, l, size)
			for b.Loop() {
				keys := make([]Key, 0, batch)
				for i := range manyItems(0, records) {
					if keys = append(keys, i.Key); len(keys) == batch {
						_, err := l.Lookup(b.Context(), keys)
						require.NoError(b, err)
						keys = keys[:0]
					}
				}
			}
			b.ReportMetric(records*float64(b.N)/b.Elapsed().Seconds(), "records/s")
			reportMemory(b)
		})
	}
}

// BenchmarkExport writes exports of 50,000 deals down, from beginning to end.
func BenchmarkExport(b *testing.B) {
	for name, place := range map[string]func(testing.TB) string{"sqlite": sqlitePlace, "postgres": postgresPlace} {
		b.Run(name, func(b *testing.B) {
			l := run(b, place(b), func(o *Options) { o.Now = time.Now })
			n := 0
			const some = 50_000
			for b.Loop() {
				id, err := l.Begin(b.Context(), Export{Path: "/out", Digest: "file"}, manyItems(n, some))
				require.NoError(b, err)
				require.NoError(b, l.Placed(b.Context(), id))
				n += some
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
			reportMemory(b)
		})
	}
}

// BenchmarkEntries reads a whole ledger, as an export of it does.
func BenchmarkEntries(b *testing.B) {
	const size = 200_000
	l := run(b, sqlitePlace(b), func(o *Options) { o.Now = time.Now })
	exportsOf(b, l, size)
	for b.Loop() {
		for _, err := range l.Entries(b.Context(), Filter{}) {
			require.NoError(b, err)
		}
	}
	b.ReportMetric(size*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	reportMemory(b)
}

// BenchmarkSettle takes the answers of a response to 1,000 deals.
func BenchmarkSettle(b *testing.B) {
	const size = 1000
	l := run(b, sqlitePlace(b), func(o *Options) { o.Now = time.Now })
	exportsOf(b, l, 100*size)
	n := 0
	for b.Loop() {
		var answers []Answer
		for i := range manyItems(n%(100*size), size) {
			answers = append(answers, Answer{Item: i.ID, Pack: "raynet:firm", State: Accepted, PohodaID: int64(n + 1), PohodaNumber: "26OP" + i.Key.ID})
		}
		_, err := l.Settle(b.Context(), answers)
		require.NoError(b, err)
		n += size
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}

// reportMemory tells what the process holds of the system, without the memory
// that SQLite has beside Go's.
func reportMemory(b *testing.B) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "sys-MiB")
}
