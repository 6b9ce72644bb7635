package export

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// known is a record as a ledger may have it: exported with the content "a".
func known(state ledger.State, change ...func(*ledger.Record)) ledger.Record {
	r := ledger.Record{RowID: 1, State: state, Sent: "2.a", Seen: "2.a", Phase: trade.Won, Export: 5}
	if state.InPohoda() {
		r.PohodaID, r.PohodaNumber = 95, "26OP0095"
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

// replacing is a document that is to take the place of 95, replaced one that has.
func replacing(r *ledger.Record) { r.Revision, r.PohodaID = 2, 95 }
func replaced(r *ledger.Record)  { r.Revision, r.PohodaRevision, r.PohodaID = 2, 2, 95 }
func has95(r *ledger.Record)     { r.PohodaID = 95 }
func byHand(r *ledger.Record)    { r.PohodaID = 0 }
func notHere(r *ledger.Record)   { r.Export = 0 }
func wasDone(r *ledger.Record)   { r.Phase = trade.Done }

func TestCourse(t *testing.T) {
	var (
		plain   = ResendPolicy{}
		news    = ResendPolicy{New: true}
		again   = ResendPolicy{Again: true}
		replace = ResendPolicy{Replace: true}
		both    = ResendPolicy{New: true, Replace: true}
		more    = ResendPolicy{New: true, Again: true}
		once    = decision{send: true, again: true}
		left    = decision{}
	)
	warns := func(code diag.Code) decision { return decision{issue: diag.Warn(code)} }
	fails := func(code diag.Code) decision { return decision{issue: diag.New(code)} }
	for _, c := range []struct {
		name    string
		how     ResendPolicy
		known   ledger.Record
		content string
		phase   trade.Phase
		want    decision
	}{
		{"never heard of", plain, ledger.Record{}, "a", trade.Won, decision{send: true}},
		{"never heard of", news, ledger.Record{}, "a", trade.Won, decision{send: true}},
		{"never heard of, cancelled", news, ledger.Record{}, "a", trade.Cancelled, left},
		{"never heard of, cancelled, asked for", plain, ledger.Record{}, "a", trade.Cancelled, decision{send: true}},
		{"never heard of, done", news, ledger.Record{}, "a", trade.Done, decision{send: true}},
		{"forgotten", news, known(ledger.New), "a", trade.Won, decision{send: true}},

		{"exported, the same", plain, known(ledger.Exported), "a", trade.Won, once},
		{"exported, the same", news, known(ledger.Exported), "a", trade.Won, left},
		{"exported, changed", plain, known(ledger.Exported), "b", trade.Won, fails(CodeChangedOpen)},
		{"exported, changed", news, known(ledger.Exported), "b", trade.Won, warns(CodeChangedOpen)},
		{"exported, changed", again, known(ledger.Exported), "b", trade.Won, once},
		{"exported, changed", more, known(ledger.Exported), "b", trade.Won, once},
		{"exported, changed", replace, known(ledger.Exported), "b", trade.Won, fails(CodeNoReplacement)},
		{"exported, the same", replace, known(ledger.Exported), "a", trade.Won, once},
		{"exported, the same", more, known(ledger.Exported), "a", trade.Won, left},

		{"accepted, the same", plain, known(ledger.Accepted), "a", trade.Won, fails(ledger.CodeTransferred)},
		{"accepted, the same", news, known(ledger.Accepted), "a", trade.Won, left},
		{"accepted, the same", both, known(ledger.Accepted), "a", trade.Won, left},
		{"accepted, the same", again, known(ledger.Accepted), "a", trade.Won, once},
		{"accepted, changed", news, known(ledger.Accepted), "b", trade.Won, warns(CodeChanged)},
		{"accepted, changed", plain, known(ledger.Accepted), "b", trade.Won, fails(CodeChanged)},
		{"accepted, changed", both, known(ledger.Accepted), "b", trade.Won, decision{send: true, again: true, revision: 2, deletes: 95}},
		{"accepted with changes, changed", both, known(ledger.AcceptedChanged), "b", trade.Won, decision{send: true, again: true, revision: 2, deletes: 95}},
		{"a replacement accepted, changed again", both, known(ledger.Accepted, replaced), "b", trade.Won, decision{send: true, again: true, revision: 3, deletes: 95}},
		{"accepted by hand, changed", both, known(ledger.Accepted, byHand), "b", trade.Won, warns(CodeNoReplacement)},
		{"in POHODA from before, changed", both, known(ledger.Baseline, byHand), "b", trade.Won, warns(CodeNoReplacement)},
		{"in POHODA from before, changed", again, known(ledger.Baseline, notHere), "b", trade.Won, fails(CodeNotFromHere)},
		{"in POHODA from before, changed", more, known(ledger.Accepted, notHere), "b", trade.Won, warns(CodeNotFromHere)},
		{"in POHODA from before, changed", replace, known(ledger.Accepted, notHere), "b", trade.Won, decision{send: true, again: true, revision: 2, deletes: 95}},
		{"in POHODA from before", news, known(ledger.Baseline, byHand), "a", trade.Won, left},

		{"a replacement exported again", again, known(ledger.Exported, replaced), "a", trade.Won, decision{send: true, again: true, revision: 2}},
		{"a replacement not answered", plain, known(ledger.Exported, replacing), "a", trade.Won, decision{send: true, again: true, revision: 2, deletes: 95}},
		{"a replacement not answered", replace, known(ledger.Exported, replacing), "a", trade.Won, decision{send: true, again: true, revision: 2, deletes: 95}},
		{"a replacement refused, changed", news, known(ledger.Refused, replacing), "b", trade.Won, decision{send: true, again: true, revision: 2, deletes: 95}},
		{"a replacement accepted", again, known(ledger.Accepted, replaced), "a", trade.Won, decision{send: true, again: true, revision: 2}},

		{"refused, the same", news, known(ledger.Refused), "a", trade.Won, warns(CodeRefusedBefore)},
		{"refused, the same", plain, known(ledger.Refused), "a", trade.Won, once},
		{"refused, changed", news, known(ledger.Refused), "b", trade.Won, once},

		{"nobody knows", news, known(ledger.Unknown), "a", trade.Won, warns(CodeWaits)},
		{"nobody knows", again, known(ledger.Unknown), "b", trade.Won, fails(CodeWaits)},
		{"on its way", news, known(ledger.Sending), "b", trade.Won, warns(CodeWaits)},

		{"deleted in POHODA", news, known(ledger.Cancelled), "a", trade.Won, warns(CodeGoneThere)},
		{"deleted in POHODA", both, known(ledger.Cancelled), "a", trade.Won, decision{send: true, again: true, revision: 2}},
		{"exported again, not confirmed, changed", replace, known(ledger.Exported, has95), "b", trade.Won, decision{send: true, again: true, revision: 2, deletes: 95}},
		{"deleted in POHODA, changed", news, known(ledger.Cancelled), "b", trade.Won, warns(CodeChanged)},
		{"deleted in POHODA", replace, known(ledger.Cancelled), "a", trade.Won, decision{send: true, again: true, revision: 2}},
		{"deleted in POHODA, cancelled in the source", news, known(ledger.Cancelled), "b", trade.Cancelled, left},

		{"accepted, cancelled since", news, known(ledger.Accepted), "b", trade.Cancelled, warns(CodeCancelledSince)},
		{"accepted, lost since", both, known(ledger.Accepted), "b", trade.Lost, warns(CodeCancelledSince)},
		{"accepted, done since", news, known(ledger.Accepted), "a", trade.Done, decision{issue: diag.Notice(CodeDoneSince)}},
		{"accepted, done since, told before", news, known(ledger.Accepted, wasDone), "a", trade.Done, left},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.how.decide(&flow.LedgerStatus{Key: ledger.Key{Target: "order"}, Content: "2." + c.content, Phase: c.phase, Known: c.known}, pohoda.Orders)
			switch {
			case c.want.send && c.known.State.InPohoda() && c.want.deletes == 0:
				assert.Equal(t, CodeAgain, got.issue.Code)
			case c.want.deletes != 0:
				assert.Equal(t, CodeReplaces, got.issue.Code)
			case c.want.issue == nil:
				assert.Nil(t, got.issue)
			default:
				require.NotNil(t, got.issue)
				assert.Equal(t, c.want.issue.Code, got.issue.Code)
				assert.Equal(t, c.want.issue.Severity, got.issue.Severity)
			}
			if c.want.issue != nil {
				code := c.want.issue.Code
				assert.Equal(t, code == CodeChanged || code == CodeChangedOpen || code == CodeNotFromHere, got.changed)
			}
			got.issue, c.want.issue, got.changed = nil, nil, false
			assert.Equal(t, c.want, got)
		})
	}
}

func TestOnlyWhatPohodaDeletesIsReplaced(t *testing.T) {
	s := &flow.LedgerStatus{Key: ledger.Key{Target: "invoice"}, Content: "2.b", Known: known(ledger.Accepted)}
	c := ResendPolicy{New: true, Replace: true}.decide(s, pohoda.Find("invoice"))
	assert.False(t, c.send)
	assert.Equal(t, CodeNeverReplaced, c.issue.Code)
}
