package paid

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestOrdersOfTheLedgerAreKnown finds what was exported by the number that it was
// sent with, by the deal's code and by POHODA's own number.
func TestOrdersOfTheLedgerAreKnown(t *testing.T) {
	paidOnBoth(t, func(tr *paidTrial) {
		rows := []string{"1;20.3.2026;A-7;100;0", "2;20.3.2026;op-2;100;100", "3;20.3.2026;26OP3;100;50", "4;20.3.2026;nobody's;100;0"}
		_, out := tr.run(Paid{}, rows...)
		assert.Equal(tr.t, "A-7 paid op-2 unpaid 26OP3 partly-paid nobody's paid", out, "nothing was exported: every number is an order")

		tr.export([3]string{"1", "A-7"}, [3]string{"2", "B-2", "OP-2"}, [3]string{"3", "C-3"}, [3]string{"4", "D-4"})
		tr.settle("3", "26OP3")
		tr.see("5", "nobody's")
		_, out = tr.run(Paid{}, rows...)
		assert.Equal(tr.t, "A-7 paid B-2 unpaid C-3 partly-paid D-4 not-invoiced", out)
		assert.Equal(tr.t, []diag.Code{settlement.CodeOrderNotKnown}, codesOf(tr.told))
	})
}

// TestOrdersOfTheLedgerAndOfTheCRMAreOne completes what both know.
func TestOrdersOfTheLedgerAndOfTheCRMAreOne(t *testing.T) {
	tr := newPaidTrial(t, filepath.Join(t.TempDir(), "ledger.db"))
	tr.export([3]string{"1", "A-7"}, [3]string{"2", "B-2"})
	tr.settle("1", "26OP1")
	// The deal has another code since it was exported, and what it comes to.
	orders := tr.file("deals.json", `[
		{"kind":"deal","source":{"system":"crm","id":"1"},"number":"A-8","currency":"CZK","totals":{"gross":100}},
		{"kind":"order","source":{"system":"crm","id":"2"},"number":"O-2"}]`)
	for _, name := range []string{"A-7", "A-8", "26OP1"} {
		_, out := tr.run(Paid{Orders: orders}, "1;20.3.2026;"+name+";100;0")
		assert.Equal(t, "A-7 paid O-2 not-invoiced B-2 not-invoiced", out, "%s: an order of the shop is none of its deals", name)
	}
	// What POHODA has exported is known by its own number, or by ours.
	const order = `<rsp:responsePack version="2.0" state="ok" id="1" ico="12345679" xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd" xmlns:typ="http://www.stormware.cz/schema/version_2/type.xsd" xmlns:lst="http://www.stormware.cz/schema/version_2/list.xsd" xmlns:ord="http://www.stormware.cz/schema/version_2/order.xsd"><rsp:responsePackItem version="2.0" id="1" state="ok"><lst:listOrder version="2.0" state="ok"><lst:order version="2.0"><ord:orderHeader><ord:id>9</ord:id><ord:orderType>receivedOrder</ord:orderType><ord:number><typ:numberRequested>%s</typ:numberRequested></ord:number><ord:numberOrder>%s</ord:numberOrder></ord:orderHeader></lst:order></lst:listOrder></rsp:responsePackItem></rsp:responsePack>`
	for _, names := range [][2]string{{"26OP1", "by hand"}, {"26OP9", "A-7"}} {
		exported := tr.file("orders.xml", fmt.Sprintf(order, names[0], names[1]))
		_, out := tr.run(Paid{Orders: exported}, "1;20.3.2026;"+names[0]+";100;0")
		assert.Equal(t, "A-7 paid B-2 not-invoiced", out, names)
	}
}

func TestOnlyNewsIsGivenAndRemembered(t *testing.T) {
	paidOnBoth(t, func(tr *paidTrial) {
		tr.export([3]string{"1", "A"}, [3]string{"2", "B"}, [3]string{"3", "C"})
		rows := []string{"1;20.3.2026;A;100;100", "2;21.3.2026;B;50;0"}
		report, out := tr.run(Paid{News: true}, rows...)
		assert.Equal(tr.t, "A unpaid B paid C not-invoiced", out)
		assert.Equal(tr.t, [3]int{3, 0, 3}, [3]int{report.Written, report.Skipped, report.Remembered})
		assert.Equal(tr.t, 3, tr.events())

		report, out = tr.run(Paid{News: true}, rows...)
		assert.Empty(tr.t, out)
		assert.Equal(tr.t, [3]int{0, 3, 0}, [3]int{report.Written, report.Skipped, report.Remembered})
		report, out = tr.run(Paid{Remember: true}, rows...)
		assert.Equal(tr.t, "A unpaid B paid C not-invoiced", out)
		assert.Zero(tr.t, report.Remembered)
		assert.Equal(tr.t, 3, tr.events(), "what is known is not written again")

		// What is left out is neither given nor remembered.
		rows = []string{"1;20.3.2026;A;100;0", "2;21.3.2026;B;50;20"}
		_, out = tr.run(Paid{News: true, Only: []string{"paid"}}, rows...)
		assert.Equal(tr.t, "A paid", out)
		assert.Equal(tr.t, "A paid 0, B paid 0, C not-invoiced ", tr.payments("A", "B", "C"))
		_, out = tr.run(Paid{News: true}, rows...)
		assert.Equal(tr.t, "B partly-paid", out)

		// A list that does not tell, or lacks an invoice, takes nothing back.
		_, out = tr.run(Paid{News: true}, "1;20.3.2026;A;100;", "3;22.3.2026;C;;30")
		assert.Empty(tr.t, out)
		assert.Equal(tr.t, "A paid 0, B partly-paid 20, C not-invoiced ", tr.payments("A", "B", "C"))
		assert.Equal(tr.t, 5, tr.events())
	})
}

// TestPaymentsOfOrdersThatNobodyKnows are kept by what invoices call the orders,
// and tied to the record when there is one.
func TestPaymentsOfOrdersThatNobodyKnows(t *testing.T) {
	tr := newPaidTrial(t, filepath.Join(t.TempDir(), "ledger.db"))
	_, out := tr.run(Paid{News: true}, "1;20.3.2026;A;100;0", "2;20.3.2026;X;100;")
	assert.Equal(t, "A paid X unknown", out)
	assert.Zero(t, tr.events())
	tr.export([3]string{"1", "A"})
	_, out = tr.run(Paid{News: true}, "1;20.3.2026;A;100;0", "2;20.3.2026;X;100;")
	assert.Empty(t, out)
	assert.Equal(t, 1, tr.events(), "the order has its payment")
}

// TestOrdersOfOneNameHaveAPaymentEach keeps the orders of two shops apart.
func TestOrdersOfOneNameHaveAPaymentEach(t *testing.T) {
	tr := newPaidTrial(t, filepath.Join(t.TempDir(), "ledger.db"))
	tr.export([3]string{"17", "1001"})
	orders := tr.file("orders.json", `[{"kind":"order","source":{"system":"shop","instance":"eu","id":"1"},"number":"1001","pohoda":{"number":"26OP5"}}]`)
	for _, want := range []string{"1001 paid 1001 not-invoiced", ""} {
		_, out := tr.run(Paid{Orders: orders, News: true}, "1;20.3.2026;26OP5;100;0")
		assert.Equal(t, want, out)
	}
	assert.Equal(t, "1001 (shop:eu:1) paid 0, 1001 (crm:17) not-invoiced ", tr.payments("1001 (shop:eu:1)", "1001 (crm:17)"))
	_, out := tr.run(Paid{Orders: orders, News: true}, "1;20.3.2026;1001;100;0")
	assert.Empty(t, out, "a name that leads to two orders proves nothing")
}

func TestManyPaymentsAreWrittenSomeAtATime(t *testing.T) {
	tr := newPaidTrial(t, filepath.Join(t.TempDir(), "ledger.db"))
	var rows []string
	for n := range 2*paymentBatch + 1 {
		rows = append(rows, fmt.Sprintf("%d;20.3.2026;OP-%d;100;0", n, n))
	}
	report, _ := tr.run(Paid{News: true}, rows...)
	assert.Equal(t, [2]int{len(rows), len(rows)}, [2]int{report.Written, report.Remembered})
	rows[paymentBatch] = fmt.Sprintf("%d;20.3.2026;OP-%d;100;-1", paymentBatch, paymentBatch)
	_, out := tr.run(Paid{News: true}, rows...)
	assert.Equal(t, fmt.Sprintf("OP-%d overpaid", paymentBatch), out)
}

// TestPaidIsBrokenOffAnywhere breaks a run off at each of its steps. The next one
// says what the ledger does not have, and ends with the same file and ledger.
func TestPaidIsBrokenOffAnywhere(t *testing.T) {
	paidOnBoth(t, func(tr *paidTrial) {
		const orders = `[{"kind":"deal","source":{"system":"crm","id":"1"},"number":"A"},` +
			`{"kind":"deal","source":{"system":"crm","id":"2"},"number":"B"}]`
		tr.export([3]string{"1", "A"}, [3]string{"2", "B"})
		broken, steps := errors.New("broken off"), map[string]bool{}
		for at := 1; ; at++ {
			due := fmt.Sprint(at) // each round has news
			rows := []string{"1;20.3.2026;A;100;" + due, "2;20.3.2026;B;100;" + due}
			file := tr.file("orders.json", orders)
			n := 0
			b := tr.book()
			p := Paid{Orders: file, Mark: file, News: true, Remember: true, Ledger: b}
			tr.fault = func(step string) error {
				if n++; n == at {
					steps[step] = true
					return broken
				}
				return nil
			}
			_, first, err := tr.try(p, rows...)
			tr.fault = nil
			require.NoError(tr.t, b.Close())
			if err == nil {
				break
			}
			require.ErrorIs(tr.t, err, broken)
			_, second := tr.run(Paid{Orders: file, Mark: file, News: true}, rows...)
			const both = "A partly-paid B partly-paid"
			assert.True(tr.t, first == both || second == both, "step %d: %q, then %q", at, first, second)
			want := "A partly-paid " + due + ", B partly-paid " + due
			assert.Equal(tr.t, want, tr.payments("A", "B"))
			text, err := os.ReadFile(file)
			require.NoError(tr.t, err)
			assert.Equal(tr.t, 2, strings.Count(string(text), `"payment":{"state":"partly-paid","amountDue":`+due+`,`), string(text))
		}
		for _, step := range []string{"paid.mark", "paid.deliver", "pay.begin", "pay.commit", "pay.committed"} {
			assert.True(tr.t, steps[step], step)
		}
	})
}

// settle says that POHODA took a deal, under its own number.
func (tr *paidTrial) settle(id, number string) {
	b := tr.book()
	defer b.Close()
	settled, err := b.Settle(tr.t.Context(), []ledger.Answer{{
		Item: "crm:deal:" + id + ":order", Pack: "crm", State: ledger.Accepted, PohodaID: 9, PohodaNumber: number, By: ledger.ByHand,
	}})
	require.NoError(tr.t, err)
	require.Nil(tr.t, settled[0].Issue)
}

// see says that the source has a deal that was not transferred.
func (tr *paidTrial) see(id, number string) {
	b := tr.book()
	defer b.Close()
	_, err := b.See(tr.t.Context(), func(yield func(ledger.Observation) bool) {
		yield(ledger.Observation{Key: ledger.Key{System: "crm", Kind: trade.Deal, ID: id, Target: "order"}, Code: number, OrderNumber: number, Content: "c"})
	})
	require.NoError(tr.t, err)
}

func codesOf(issues diag.List) []diag.Code {
	var codes []diag.Code
	for _, issue := range issues {
		codes = append(codes, issue.Code)
	}
	return codes
}
