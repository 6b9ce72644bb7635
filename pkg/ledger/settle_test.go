package ledger

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
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

func TestEveryStateIsInTheTable(t *testing.T) {
	for _, word := range State("").Values() {
		assert.Contains(t, follow, State(word))
	}
	assert.Len(t, follow, len(State("").Values()))
}

// What must never happen, whatever else the table allows.
func TestForbiddenTransitions(t *testing.T) {
	for from, to := range map[State][]State{
		Accepted:        {New, Writing, Exported, Sending, Refused, Unknown},
		AcceptedChanged: {New, Writing, Exported, Sending, Refused, Unknown},
		Baseline:        {New, Writing, Exported, Sending, Refused, Unknown},
		Replaced:        {New, Writing, Exported, Sending, Accepted, Refused, Unknown, Cancelled},
		Sending:         {New, Writing, Exported, Cancelled, Replaced},
		New:             {Exported, Sending, Refused, Unknown, Replaced},
	} {
		for _, next := range to {
			assert.False(t, from.May(next), "%s to %s", from, next)
		}
	}
	for _, word := range State("").Values() {
		assert.False(t, State(word).May(New), "only Forget and an undone export make a record new")
		assert.False(t, State(word).May(Writing), "only an export makes a record writing")
	}
}

func paid(order string, due string) Payment {
	p := Payment{
		Order: order, State: trade.Unpaid, Total: money.MustParse("1210.50"), Due: money.MustParse(due), Currency: "CZK",
		Invoices: []Proof{{
			Number: "2026001", Date: trade.NewDate(2026, time.March, 1), Total: money.MustParse("1210.5"), Due: money.MustParse(due),
			File: "invoices.csv", FileHash: "f1", Line: 7,
		}},
	}
	if p.Due.Sign() == 0 {
		p.State = trade.Paid
	}
	return p
}

func TestPaymentsAreNewsOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, item("1", "1"))
		record := find(t, l, "1")[0].RowID
		pay := func(some ...Payment) []Payment {
			news, err := l.Pay(t.Context(), some)
			require.NoError(t, err)
			return news
		}
		mine := paid("OP-1", "1210.50")
		mine.Record = record
		unknown := Payment{Order: "foreign", State: trade.PayUnknown}
		require.Len(t, pay(mine, unknown), 2)
		assert.Equal(t, trade.Unpaid, find(t, l, "1")[0].Payment)

		events := count(t, l, `SELECT count(*) FROM events`)
		other := paid("OP-1", "1210.5")
		other.Invoices[0].File, other.Invoices[0].Line, other.Invoices[0].FileHash = "again.csv", 9, "f2"
		assert.Empty(t, pay(mine, unknown, other), "the same in another file is no news")
		assert.Equal(t, events, count(t, l, `SELECT count(*) FROM events`))

		require.Len(t, pay(paid("OP-1", "0"), unknown), 1)
		assert.Equal(t, trade.Paid, find(t, l, "1")[0].Payment, "the record of the order is remembered")

		known, err := l.Payments(t.Context(), []string{"OP-1", "foreign", "nobody's"})
		require.NoError(t, err)
		assert.Len(t, known, 2)
		want := paid("OP-1", "0")
		want.Record, want.Changed = record, noon
		assert.Equal(t, want, known["OP-1"])
		assert.False(t, known["foreign"].Due.IsSet(), "unknown is not nought")

		story, err := l.History(t.Context(), record)
		require.NoError(t, err)
		require.Len(t, story.Payments, 1)
		var states []trade.PaymentState
		for _, e := range story.Events {
			if e.Kind == EventPayment {
				states = append(states, e.Details.Payment.State)
			}
		}
		assert.Equal(t, []trade.PaymentState{trade.Unpaid, trade.Paid}, states)
	})
}

func TestAnOrderIsFoundLater(t *testing.T) {
	l := run(t, sqlitePlace(t))
	_, err := l.Pay(t.Context(), []Payment{paid("OP-1", "0")})
	require.NoError(t, err)
	export(t, l, item("1", "1"))
	linked := paid("OP-1", "0")
	linked.Record = find(t, l, "1")[0].RowID
	news, err := l.Pay(t.Context(), []Payment{linked})
	require.NoError(t, err)
	assert.Empty(t, news)
	assert.Equal(t, trade.Paid, find(t, l, "1")[0].Payment)
}

// TestNothingIsTakenBack keeps what was proven when a list does not tell, or lacks
// the invoices.
func TestNothingIsTakenBack(t *testing.T) {
	l := run(t, sqlitePlace(t))
	pay := func(p Payment) int {
		news, err := l.Pay(t.Context(), []Payment{p})
		require.NoError(t, err)
		return len(news)
	}
	for _, step := range []struct {
		payment Payment
		news    int
	}{
		{Payment{Order: "OP-1", State: trade.NotInvoiced}, 1},
		{Payment{Order: "OP-1", State: trade.PayUnknown}, 0},
		{paid("OP-1", "10"), 1},
		{Payment{Order: "OP-1", State: trade.NotInvoiced}, 0},
		{Payment{Order: "OP-1", State: trade.PayUnknown}, 0},
		{paid("OP-1", "0"), 1},
	} {
		assert.Equal(t, step.news, pay(step.payment), step.payment.State)
	}
	export(t, l, item("1", "1"))
	record := find(t, l, "1")[0].RowID
	assert.Zero(t, pay(Payment{Order: "OP-1", State: trade.NotInvoiced, Record: record}))
	known, err := l.Payments(t.Context(), []string{"OP-1"})
	require.NoError(t, err)
	assert.Equal(t, trade.Paid, known["OP-1"].State)
	assert.Equal(t, record, known["OP-1"].Record, "the record that was found is tied to it")
}
