package ledger

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

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
