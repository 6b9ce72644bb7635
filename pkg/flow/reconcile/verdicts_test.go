package reconcile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/decisiontest"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The values of the columns of TestVerdicts. An order that is pending is one that a
// document in the ledger is to replace.
var (
	verdictRecords  = []string{"fine", "faulty", "unselected", "unselected-faulty", "other-kind"}
	verdictPhases   = []string{"draft", "open", "in-progress", "won", "won-waits", "done", "lost", "cancelled"}
	verdictStates   = append([]string{"none"}, ledger.New.Values()...)
	verdictOrders   = []string{"none", "one", "done", "renumbered", "renumbered-done", "pending", "cancelled", "cancelled-pending", "cancelled+cancelled-pending", "one+cancelled", "two"}
	verdictDatabase = []string{"its-year", "earlier", "later", "direction-missing", "direction-missing+earlier"}
	verdictContents = []string{"same", "crm", "pohoda", "both", "unsent-same", "unsent-differs"}
)

// TestVerdicts judges a record in every combination of what a verdict depends on. Each
// row of the rules has some, but for the last one, to which a state comes that no row
// names.
func TestVerdicts(t *testing.T) {
	var hits [len(verdictRules)]int
	decisiontest.Walk(t, "verdicts.txt", []decisiontest.Column{
		{Name: "record", Values: verdictRecords}, {Name: "state", Values: verdictStates}, {Name: "orders", Values: verdictOrders},
		{Name: "content", Values: verdictContents}, {Name: "database", Values: verdictDatabase}, {Name: "phase", Values: verdictPhases},
	}, func(at []int) string {
		s, i, known, orders := verdictOf(verdictRecords[at[0]], verdictStates[at[1]], verdictOrders[at[2]], verdictContents[at[3]], verdictDatabase[at[4]], verdictPhases[at[5]])
		told := 0
		s.tell = func(*diag.Issue) { told++ }
		c := s.caseOf(i, known, orders)
		hits[c.rule()]++
		outcome, d := s.verdict(i, known, orders)
		words := string(outcome)
		if d.Code != "" {
			words = "tells " + string(d.Code)
		}
		for _, o := range d.Orders {
			words += fmt.Sprint(" ", o.ID)
		}
		if told > 0 {
			words += ", issues"
		}
		if d.Changed != nil {
			words += ", changed " + strings.Join(d.Changed, "+")
		}
		for _, f := range d.Fields {
			words += fmt.Sprint(", field ", f)
		}
		return words
	})
	for n, count := range hits {
		assert.Equal(t, n < len(hits)-1, count > 0, "row %d: %+v", n, verdictRules[n])
	}
	for _, orders := range []string{"none", "one"} {
		s, i, known, orders := verdictOf("fine", "of a later version", orders, "same", "its-year", "won")
		outcome, _ := s.verdict(i, known, orders)
		assert.Equal(t, Outcome(CodeNotConfirmed), outcome)
	}
}

func verdictOf(record, state, order, content, database, phase string) (*reconciler, *expectedOrder, *ledger.Record, []*pohodaOrder) {
	s := &reconciler{expected: &expectedOrders{config: &config.Config{}}, orders: &pohodaOrders{list: []pohodaOrder{{}}, year: 2026, targets: map[string]bool{}}}
	i := &expectedOrder{concerned: record != "other-kind", selected: !strings.HasPrefix(record, "unselected"), key: ledger.Key{Target: "order"}, print: "2.a number:1"}
	if strings.HasSuffix(record, "faulty") {
		i.issues.Add(diag.New(flow.CodeDuplicate))
	}
	phase, i.waits = strings.CutSuffix(phase, "-waits")
	i.phase, i.content.orderNumber = trade.Phase(phase), "OP-26-1"

	known := &ledger.Record{}
	if state != "none" {
		known = &ledger.Record{RowID: 1, State: ledger.State(state), Sent: "2.a number:1", Seen: "2.a number:1", PohodaID: 95, PohodaNumber: "26OP0095"}
		if strings.Contains(order, "pending") {
			known.Revision = 2
		}
		switch content {
		case "crm", "both":
			i.print = "2.b number:2"
		case "unsent-same", "unsent-differs":
			known.Sent = ""
		}
	}
	s.orders.targets["order"] = !strings.HasPrefix(database, "direction-missing")
	year := 2026
	switch {
	case strings.HasSuffix(database, "earlier"):
		year--
	case database == "later":
		year++
	}
	s.years = map[int64]int16{known.RowID: int16(year)}

	var orders []*pohodaOrder
	add := func(id int64) *pohodaOrder {
		o := &pohodaOrder{PohodaDocument: flow.PohodaDocument{ID: id, Number: "26OP0095"}}
		if o.orderNumber = "OP-26-1"; content == "pohoda" || content == "both" || content == "unsent-differs" {
			o.orderNumber = "PO 77"
		}
		orders = append(orders, o)
		return o
	}
	if order == "none" {
		return s, i, known, nil
	}
	for n, word := range strings.Split(strings.Replace(order, "two", "one+one", 1), "+") {
		o := add(int64(96 + n))
		if strings.Contains(word, "pending") {
			o.ID = 95
		}
		if strings.Contains(word, "renumbered") {
			o.Number = "26OP0099"
		}
		o.cancelled, o.done = strings.HasPrefix(word, "cancelled"), strings.HasSuffix(word, "done")
	}
	return s, i, known, orders
}
