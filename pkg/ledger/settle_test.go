package ledger

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

func settle(t *testing.T, l *Ledger, answers ...Answer) []Settled {
	t.Helper()
	settled, err := l.Settle(t.Context(), answers)
	require.NoError(t, err)
	return settled
}

func TestAnswersAreTakenOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, items("1", "1", "2", "3")...)
		answers := []Answer{
			{Item: item("1", "1").ID, Pack: "raynet:firm", State: Accepted, PohodaID: 7, PohodaNumber: "26OP0007", By: ByResponse, Proof: "response"},
			{Item: item("2", "1").ID, Pack: "raynet:firm", State: AcceptedChanged, PohodaID: 8, PohodaNumber: "26OP0008", Notes: []string{"603"}, By: ByResponse},
			{Item: item("3", "1").ID, Pack: "another", State: Accepted},
			{Item: "nobody's", Pack: "raynet:firm", State: Accepted},
		}
		settled := settle(t, l, answers...)
		assert.Equal(t, []bool{true, true, false, false}, []bool{settled[0].Changed, settled[1].Changed, settled[2].Changed, settled[3].Changed})
		assert.Equal(t, Exported, settled[0].From)
		assert.Equal(t, "26OP0007", settled[0].Record.PohodaNumber)
		for _, s := range settled[2:] {
			require.NotNil(t, s.Issue)
			assert.Equal(t, CodeItemUnknown, s.Issue.Code)
		}
		assert.Equal(t, []State{Accepted, AcceptedChanged, Exported}, states(t, l, "1", "2", "3"))

		events := count(t, l, `SELECT count(*) FROM events`)
		for _, s := range settle(t, l, answers...) {
			assert.False(t, s.Changed)
		}
		assert.Equal(t, events, count(t, l, `SELECT count(*) FROM events`))

		story, err := l.History(t.Context(), settled[1].Record.RowID)
		require.NoError(t, err)
		last := story.Events[len(story.Events)-1]
		assert.Equal(t, Details{Item: item("2", "1").ID, By: ByResponse, PohodaID: 8, PohodaNumber: "26OP0008", Notes: []string{"603"}}, last.Details)
	})
}

func TestALaterAnswerKnowsMore(t *testing.T) {
	l := run(t, sqlitePlace(t))
	export(t, l, item("1", "1"))
	settle(t, l, Answer{Item: item("1", "1").ID, State: Accepted, PohodaID: 7})
	settled := settle(t, l, Answer{Key: key("1"), State: Accepted, PohodaNumber: "26OP0007", By: ByOrders})
	assert.True(t, settled[0].Changed)
	record := find(t, l, "1")[0]
	assert.Equal(t, int64(7), record.PohodaID, "what was known is not lost")
	assert.Equal(t, "26OP0007", record.PohodaNumber)
}

func TestAnswersThatDoNotFit(t *testing.T) {
	l := run(t, sqlitePlace(t))
	export(t, l, items("1", "1", "2")...)
	settle(t, l, Answer{Item: item("1", "1").ID, State: Accepted})
	settled := settle(t, l,
		Answer{Item: item("1", "1").ID, State: Refused},
		Answer{Key: key("1"), State: New},
		Answer{Key: key("404"), State: Accepted},
		Answer{Key: key("2"), State: Cancelled, By: ByHand})
	assert.Equal(t, []diag.Code{CodeState, CodeState, CodeItemUnknown}, []diag.Code{settled[0].Issue.Code, settled[1].Issue.Code, settled[2].Issue.Code})
	assert.Nil(t, settled[3].Issue, "one that does not fit does not keep the others")
	assert.Equal(t, []State{Accepted, Cancelled}, states(t, l, "1", "2"))
}

// A person may have typed an order into POHODA that was never exported.
func TestByHandWithoutAnExport(t *testing.T) {
	l := run(t, sqlitePlace(t))
	standing[New](t, l)
	settled := settle(t, l, Answer{Key: key("1"), State: Accepted, PohodaNumber: "26OP0001", By: ByHand})
	assert.True(t, settled[0].Changed)
	assert.Equal(t, []State{Accepted}, states(t, l, "1"))
}

// The same item was exported twice: the answer is about the one that is open,
// whatever came between.
func TestAnAnswerToAnItemOfTwoExports(t *testing.T) {
	l := run(t, sqlitePlace(t))
	first := export(t, l, item("1", "1"))
	second := export(t, l, item("1", "1"))
	undone := begin(t, l, item("1", "1"))
	require.NoError(t, l.Abandon(t.Context(), undone))
	settle(t, l, Answer{Item: item("1", "1").ID, Pack: "raynet:firm", State: Accepted})
	story, err := l.History(t.Context(), find(t, l, "1")[0].RowID)
	require.NoError(t, err)
	got := map[int64]State{}
	for _, e := range story.Exports {
		got[e.ID] = e.ItemState
	}
	assert.Equal(t, map[int64]State{first: Replaced, second: Accepted, undone: Cancelled}, got)
	assert.Equal(t, []State{Accepted}, states(t, l, "1"))
}

// A file of answers that is read again says nothing new: what was said since
// stands, and an export that came since waits for another answer.
func TestTheSameFileAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, items("1", "1", "2", "3")...)
		first := []Answer{
			{Item: item("1", "1").ID, State: Accepted, PohodaID: 7, PohodaNumber: "26OP0007", By: ByResponse, Proof: "first"},
			{Item: item("2", "1").ID, State: Refused, By: ByResponse, Proof: "first"},
			{Item: item("3", "1").ID, State: Refused, By: ByResponse, Proof: "first"},
		}
		settle(t, l, first...)
		settle(t, l, Answer{Key: key("1"), State: Cancelled, By: ByHand})
		export(t, l, items("2", "2", "3")...)
		settle(t, l, Answer{Item: item("2", "2").ID, State: Accepted, PohodaID: 8, By: ByResponse, Proof: "second"})

		settled := settle(t, l, first...)
		assert.Equal(t, []State{Cancelled, Accepted, Exported}, states(t, l, "1", "2", "3"))
		assert.Nil(t, settled[0].Issue)
		assert.Nil(t, settled[1].Issue)
		require.NotNil(t, settled[2].Issue)
		assert.Equal(t, CodeAnswerOld, settled[2].Issue.Code)
		assert.Equal(t, diag.Warning, settled[2].Issue.Severity)
		for _, s := range settled {
			assert.False(t, s.Changed)
		}
	})
}

func TestWhatStaysOfADocument(t *testing.T) {
	known := Answer{State: AcceptedChanged, PohodaID: 7, PohodaNumber: "26OP0007", By: ByResponse}
	for name, c := range map[string]struct {
		later  Answer
		id     int64
		number string
		state  State
	}{
		"accepted says less than altered": {Answer{State: Accepted, By: ByOrders}, 7, "26OP0007", AcceptedChanged},
		"the same document":               {Answer{State: Accepted, PohodaID: 7, PohodaNumber: "26OP0007"}, 7, "26OP0007", AcceptedChanged},
		"another number alone":            {Answer{State: Accepted, PohodaNumber: "26OP0008"}, 0, "26OP0008", Accepted},
		"another id alone":                {Answer{State: Accepted, PohodaID: 8}, 8, "", Accepted},
		"cancelled":                       {Answer{State: Cancelled}, 7, "26OP0007", Cancelled},
	} {
		t.Run(name, func(t *testing.T) {
			l := run(t, sqlitePlace(t))
			export(t, l, item("1", "1"))
			known.Item = item("1", "1").ID
			settle(t, l, known)
			c.later.Key = key("1")
			require.Nil(t, settle(t, l, c.later)[0].Issue)
			r := find(t, l, "1")[0]
			assert.Equal(t, c.state, r.State)
			assert.Equal(t, c.id, r.PohodaID)
			assert.Equal(t, c.number, r.PohodaNumber)
		})
	}
}

// Two files went with one item, and POHODA says that it had the item before: what
// it has is what the first file said.
func TestOfTwoFilesTheFirstIsThere(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, item("1", "1"))
		again := item("1", "2")
		again.Again = true
		export(t, l, again)
		settle(t, l, Answer{Item: again.ID, State: Accepted, PohodaID: 7, Before: true, By: ByResponse})
		record := find(t, l, "1")[0]
		assert.Equal(t, Accepted, record.State)
		assert.Equal(t, item("1", "1").Content, record.Sent)
		assert.Equal(t, again.Content, record.Seen, "so it has changed since")
	})
}

// What was forgotten is in POHODA after all.
func TestAnAnswerForWhatWasForgotten(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		id := export(t, l, item("1", "1"))
		require.NoError(t, l.Forget(t.Context(), find(t, l, "1")[0].RowID))
		settled := settle(t, l, Answer{Item: item("1", "1").ID, State: Accepted, PohodaID: 7, PohodaNumber: "26OP0007"})
		assert.True(t, settled[0].Changed)
		record := find(t, l, "1")[0]
		assert.Equal(t, Accepted, record.State)
		assert.Equal(t, id, record.Export)
		assert.Equal(t, int64(7), record.PohodaID)
		assert.Equal(t, item("1", "1").Content, record.Sent)
	})
}

// The same item was imported twice: the second document is told beside the first.
func TestTwoDocumentsOfOneItem(t *testing.T) {
	l := run(t, sqlitePlace(t))
	export(t, l, item("1", "1"))
	settle(t, l, Answer{Item: item("1", "1").ID, State: Accepted, PohodaID: 7, PohodaNumber: "26OP0007"})
	settled := settle(t, l, Answer{Item: item("1", "1").ID, State: Accepted, PohodaID: 8, PohodaNumber: "26OP0008"})
	assert.Equal(t, int64(7), settled[0].OtherID)
	assert.Equal(t, "26OP0007", settled[0].OtherNumber)
}
