package ledger

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// standing brings deal 1 into a state.
var standing = map[State]func(t *testing.T, l *Ledger){
	New: func(t *testing.T, l *Ledger) {
		_, err := l.See(t.Context(), slices.Values([]Observation{{Key: key("1"), Code: "OP-1", OrderNumber: "OP-1", Content: "seen"}}))
		require.NoError(t, err)
	},
	Writing:  func(t *testing.T, l *Ledger) { begin(t, l, item("1", "1")) },
	Exported: func(t *testing.T, l *Ledger) { export(t, l, item("1", "1")) },
	Sending: func(t *testing.T, l *Ledger) {
		require.NoError(t, l.Sending(t.Context(), begin(t, l, item("1", "1"))))
	},
	Accepted:        answered(Accepted),
	AcceptedChanged: answered(AcceptedChanged),
	Refused:         answered(Refused),
	Unknown:         answered(Unknown),
	Cancelled:       answered(Cancelled),
	Baseline: func(t *testing.T, l *Ledger) {
		n, err := l.Baseline(t.Context(), slices.Values([]Observation{{Key: key("1"), Code: "OP-1", OrderNumber: "OP-1", Content: "declared"}}))
		require.NoError(t, err)
		require.Equal(t, 1, n)
	},
}

func answered(state State) func(t *testing.T, l *Ledger) {
	return func(t *testing.T, l *Ledger) {
		export(t, l, item("1", "1"))
		settled, err := l.Settle(t.Context(), []Answer{{Item: item("1", "1").ID, State: state}})
		require.NoError(t, err)
		require.True(t, settled[0].Changed)
	}
}

func begin(t *testing.T, l *Ledger, some ...Item) int64 {
	t.Helper()
	id, err := l.Begin(t.Context(), Export{Path: "/out/orders.xml", Digest: "file", Pack: "raynet:firm"}, slices.Values(some))
	require.NoError(t, err)
	return id
}

// TestNothingGoesTwice exports a record that stands in each of the states.
func TestNothingGoesTwice(t *testing.T) {
	const may = diag.Code("")
	for from, want := range map[State]struct{ same, changed, again diag.Code }{
		New:             {may, may, may},
		Refused:         {may, may, may},
		Exported:        {may, CodeTransferred, may},
		Accepted:        {CodeTransferred, CodeTransferred, may},
		AcceptedChanged: {CodeTransferred, CodeTransferred, may},
		Baseline:        {CodeTransferred, CodeTransferred, may},
		Cancelled:       {CodeTransferred, CodeTransferred, may},
		Writing:         {CodeState, CodeState, CodeState},
		Sending:         {CodeState, CodeState, CodeState},
		Unknown:         {CodeState, CodeState, CodeState},
	} {
		again := item("1", "2")
		again.Again = true
		for name, c := range map[string]struct {
			item Item
			want diag.Code
		}{"same": {item("1", "1"), want.same}, "changed": {item("1", "2"), want.changed}, "again": {again, want.again}} {
			t.Run(string(from)+" "+name, func(t *testing.T) {
				l := run(t, sqlitePlace(t))
				standing[from](t, l)
				before := count(t, l, `SELECT count(*) FROM events`)
				_, err := l.Begin(t.Context(), Export{Digest: "file"}, slices.Values([]Item{item("2", "1"), c.item}))
				if c.want == may {
					require.NoError(t, err)
					assert.Equal(t, []State{Writing, Writing}, states(t, l, "1", "2"))
					return
				}
				assert.Equal(t, c.want, code(t, err))
				assert.Equal(t, "OP-1", diag.As(err).Record)
				assert.Equal(t, []State{from, ""}, states(t, l, "1", "2"), "nothing of the export is left")
				assert.Equal(t, before, count(t, l, `SELECT count(*) FROM events`))
			})
		}
	}
}

func TestOneRecordTwiceInAnExport(t *testing.T) {
	l := run(t, sqlitePlace(t))
	_, err := l.Begin(t.Context(), Export{}, slices.Values([]Item{item("1", "1"), item("1", "2")}))
	assert.Equal(t, CodeState, code(t, err))
}

func TestAReplacementTakesThePlace(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		standing[Accepted](t, l)
		second := item("1", "2")
		second.ID, second.Again, second.OrderNumber = "raynet:firm:deal:1:order:2", true, "OP-1a"
		export(t, l, second)
		record := find(t, l, "1")[0]
		assert.Equal(t, Exported, record.State)
		assert.Equal(t, second.Content, record.Sent)
		assert.Equal(t, "OP-1a", record.OrderNumber)
		story, err := l.History(t.Context(), record.RowID)
		require.NoError(t, err)
		require.Len(t, story.Exports, 2)
		assert.Equal(t, []State{Replaced, Exported}, []State{story.Exports[0].ItemState, story.Exports[1].ItemState})
		assert.Equal(t, []string{
			"began  writing", "placed writing exported", "settled exported accepted",
			"renamed accepted accepted", "began  writing", "placed writing exported",
		}, told(t, l, record.RowID))
	})
}

func TestAnAbandonedExportLeavesARecordAsItStood(t *testing.T) {
	for from, arrange := range standing {
		if from == Writing || from == Sending || from == Unknown {
			continue
		}
		t.Run(string(from), func(t *testing.T) {
			l := run(t, sqlitePlace(t))
			arrange(t, l)
			before := find(t, l, "1")[0]
			again := item("1", "2")
			again.Again = true
			id := begin(t, l, again)
			require.NoError(t, l.Abandon(t.Context(), id))
			after := find(t, l, "1")[0]
			after.Seen = before.Seen
			assert.Equal(t, before, after)
			assert.Equal(t, CodeState, code(t, l.Abandon(t.Context(), id)), "once is enough")
			assert.Equal(t, CodeState, code(t, l.Placed(t.Context(), id)))
			story := told(t, l, before.RowID)
			assert.Equal(t, []string{"began  writing", "undone writing cancelled"}, story[len(story)-2:])
		})
	}
}

func TestAnExportThatIsNotThere(t *testing.T) {
	l := run(t, sqlitePlace(t))
	assert.Equal(t, CodeState, code(t, l.Placed(t.Context(), 4711)))
}

func TestSending(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		id := export(t, l, items("1", "1", "2")...)
		_, err := l.Settle(t.Context(), []Answer{{Item: item("2", "1").ID, State: Accepted}})
		require.NoError(t, err)
		require.NoError(t, l.Sending(t.Context(), id))
		assert.Equal(t, []State{Sending, Accepted}, states(t, l, "1", "2"), "what POHODA has stays as it is")
	})
}

func TestSightings(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		see := func(content string) int {
			n, err := l.See(t.Context(), slices.Values([]Observation{
				{Key: key("1"), Code: "OP-1", OrderNumber: "OP-1", Content: content},
				{Key: key("1"), Code: "OP-1", OrderNumber: "OP-1", Content: content},
			}))
			require.NoError(t, err)
			return n
		}
		assert.Equal(t, 1, see("a"))
		assert.Equal(t, 0, see("a"))
		assert.Equal(t, 1, see("b"))
		assert.Equal(t, "b", find(t, l, "1")[0].Seen)

		declare := func() int {
			n, err := l.Baseline(t.Context(), slices.Values([]Observation{{Key: key("1"), Content: "c"}, {Key: key("2"), Content: "d"}, {Key: key("2"), Content: "d"}}))
			require.NoError(t, err)
			return n
		}
		assert.Equal(t, 2, declare())
		assert.Equal(t, []State{Baseline, Baseline}, states(t, l, "1", "2"))
		assert.Equal(t, "c", find(t, l, "1")[0].Sent)
		assert.Equal(t, 0, declare())
	})
}

func TestOverview(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, items("1", "1", "2", "3")...)
		settle(t, l, Answer{Item: item("2", "1").ID, State: Refused})
		require.NoError(t, l.SetCursor(t.Context(), "shop", "2026-03-16"))

		look := open(t, place, func(o *Options) { o.ReadOnly = true })
		over, err := look.Overview(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[State]int64{Exported: 2, Refused: 1}, over.States)
		assert.Equal(t, []SourceCursor{{"shop", "2026-03-16", noon}}, over.Cursors)
		assert.Contains(t, over.Holder, "test (process ")
		assert.Equal(t, noon, over.Since)

		names, err := look.Names(t.Context(), 2)
		require.NoError(t, err)
		assert.Equal(t, []string{"OP-3", "3", "OP-2", "2"}, names)

		require.NoError(t, l.Close())
		over, err = look.Overview(t.Context())
		require.NoError(t, err)
		assert.Empty(t, over.Holder)
		assert.Equal(t, time.Time{}, over.Since)

		stranger := open(t, place, func(o *Options) { o.ReadOnly, o.Unit = true, "99999994" })
		over, err = stranger.Overview(t.Context())
		require.NoError(t, err)
		assert.Equal(t, Overview{States: map[State]int64{}}, over)
	})
}
