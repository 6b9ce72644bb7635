package export

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/decisiontest"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestDecisions decides every combination of what a decision depends on. Each row of
// the rules has some, but for the last one, to which a state comes that no row names.
func TestDecisions(t *testing.T) {
	var (
		policies = decisiontest.Column{Name: "policy"}
		states   = decisiontest.Column{Name: "state", Values: append([]string{"none"}, ledger.New.Values()...)}
		phases   = []trade.Phase{trade.Draft, trade.Open, trade.InProgress, trade.Won, trade.Done, trade.Lost, trade.Cancelled}
		phase    = decisiontest.Column{Name: "phase"}
		agendas  = []*pohoda.Agenda{pohoda.Orders, pohoda.Find("invoice")}
	)
	for n := range 8 {
		name := ""
		for bit, word := range []string{"New", "Again", "Replace"} {
			if n>>bit&1 == 1 {
				name += word
			}
		}
		policies.Values = append(policies.Values, cmp.Or(name, "Plain"))
	}
	for _, p := range phases {
		phase.Values = append(phase.Values, string(p))
	}
	columns := []decisiontest.Column{
		policies, states, {Name: "content", Values: []string{"same", "changed"}}, phase, {Name: "told", Values: []string{"won", "done"}},
		{Name: "agenda", Values: []string{"order", "invoice"}}, {Name: "export", Values: []string{"5", "0"}},
		{Name: "id", Values: []string{"0", "95"}}, {Name: "revision", Values: []string{"0", "2-pending", "2-there"}},
	}
	var hits [len(resendRules)]int
	decisiontest.Walk(t, "decisions.txt", columns, func(at []int) string {
		how := ResendPolicy{New: at[0]&1 != 0, Again: at[0]&2 != 0, Replace: at[0]&4 != 0}
		s := &flow.LedgerStatus{Key: ledger.Key{Target: agendas[at[5]].Name}, Content: []string{"2.a number:1", "2.b number:2"}[at[2]], Phase: phases[at[3]]}
		if at[1] > 0 {
			s.Known = ledger.Record{
				RowID: 1, State: ledger.State(states.Values[at[1]]), Phase: []trade.Phase{trade.Won, trade.Done}[at[4]], Export: int64(5 - 5*at[6]),
				PohodaID: int64(95 * at[7]), PohodaNumber: "26OP0095", Revision: []int{0, 2, 2}[at[8]], PohodaRevision: []int{0, 0, 2}[at[8]],
			}
			s.Known.Sent = "2.a number:1"
			s.Known.Seen = s.Known.Sent
		}
		hits[how.rule(s, agendas[at[5]])]++
		d := how.decide(s, agendas[at[5]])
		return inWords(d, s)
	})
	for n, count := range hits {
		assert.Equal(t, n < len(hits)-1, count > 0, "row %d: %+v", n, resendRules[n])
	}
	d := ResendPolicy{Again: true}.decide(&flow.LedgerStatus{Known: ledger.Record{State: "of a later version"}}, pohoda.Orders)
	assert.Equal(t, CodeWaits, d.issue.Code)
	assert.False(t, d.send)
}

// inWords is a decision as the table has it: where an argument is the ledger's state,
// it says so.
func inWords(d decision, s *flow.LedgerStatus) string {
	words := []string{"leave"}
	if d.send {
		words[0] = fmt.Sprintf("send r+%d", d.revision-s.Known.Revision)
	}
	if d.again {
		words = append(words, "again")
	}
	if d.deletes != 0 {
		words = append(words, fmt.Sprint("deletes ", d.deletes))
	}
	if d.changed {
		words = append(words, "though changed")
	}
	if d.issue == nil {
		return strings.Join(words, ", ")
	}
	words = append(words, fmt.Sprint(d.issue.Severity, " ", d.issue.Code))
	if d.issue.Value != "" {
		words = append(words, "value="+d.issue.Value)
	}
	for _, name := range slices.Sorted(maps.Keys(d.issue.Args)) {
		value := d.issue.Args[name]
		if value == string(s.Known.State) {
			value = "STATE"
		}
		words = append(words, name+"="+value)
	}
	return strings.Join(words, ", ")
}
