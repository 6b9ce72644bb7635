package reconcile

import (
	"context"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// inPhase puts a record into a phase.
func inPhase(p trade.Phase) flowtest.Change {
	return flowtest.With(map[string]any{"phase": string(p)}, "status")
}

// TestReconcileOneDeal has one deal, which was exported and accepted by POHODA,
// and changes one of the sides.
func TestReconcileOneDeal(t *testing.T) {
	type want struct {
		record Outcome
		// order is the outcome of POHODA's order, "" when it has none.
		order  Outcome
		fields []Deviation
	}
	differs := func(code diag.Code, fields ...Deviation) want { return want{Outcome(code), Matched, fields} }
	gone := func(code diag.Code) want { return want{record: Outcome(code)} }
	for name, c := range map[string]struct {
		change func(t *testing.T, s *fixture)
		want   want
	}{
		"nothing": {func(*testing.T, *fixture) {}, want{Agrees, Matched, nil}},
		"executed": {func(_ *testing.T, s *fixture) {
			s.edit(1, "<ord:note>", "<ord:isExecuted>true</ord:isExecuted><ord:note>")
		}, want{DoneInPohoda, Matched, nil}},
		"delivered": {func(_ *testing.T, s *fixture) {
			s.edit(1, "<ord:note>", "<ord:isDelivered>true</ord:isDelivered><ord:note>")
		}, want{DoneInPohoda, Matched, nil}},
		"deleted": {func(_ *testing.T, s *fixture) { s.orders = nil }, gone(CodeDeletedInPohoda)},
		"deleted and closed": {func(t *testing.T, s *fixture) {
			s.orders, s.now = nil, []string{flowtest.Deal(t, 1, inPhase(trade.Lost))}
		}, want{record: Cancelled}},
		"cancelled there": {func(_ *testing.T, s *fixture) { s.storno(1) }, differs(CodeCancelledThere)},
		"cancelled on all": {func(t *testing.T, s *fixture) {
			s.storno(1)
			s.now = []string{flowtest.Deal(t, 1, inPhase(trade.Cancelled))}
		}, want{Cancelled, Matched, nil}},
		"closed in the CRM": {func(t *testing.T, s *fixture) { s.now = []string{flowtest.Deal(t, 1, inPhase(trade.Lost))} }, differs(CodeCancelledInCRM)},
		"done in the CRM":   {func(t *testing.T, s *fixture) { s.now = []string{flowtest.Deal(t, 1, inPhase(trade.Done))} }, want{Agrees, Matched, nil}},
		"gone from the CRM": {func(t *testing.T, s *fixture) { s.now = []string{flowtest.Deal(t, 2, inPhase(trade.Draft))} }, want{Waiting, Outcome(CodeMissingInCRM), nil}},
		"changed in the CRM": {func(t *testing.T, s *fixture) {
			s.now = []string{flowtest.Deal(t, 1, flowtest.With("Jiný předmět", "title"))}
		}, differs(CodeChangedInCRM)},
		"changed on both": {func(t *testing.T, s *fixture) {
			s.now = []string{flowtest.Deal(t, 1, flowtest.InLine(1, "quantity", "7"), flowtest.With(nil, "totals"), flowtest.InLine(1, "totals", nil))}
		}, differs(CodeChangedInCRM, Deviation{"totals.payable", "20067.2", "19631.52"}, Deviation{"lines[1].quantity", "7", "6"})},
		"diacritics lost": {func(_ *testing.T, s *fixture) {
			s.edit(1, "<typ:ico>22222227</typ:ico>", "")
			s.edit(1, "Truhlárna Vzorová", "Truhlarna Vzorov?")
		}, want{Agrees, Matched, nil}},
		"the same IČO":         {func(_ *testing.T, s *fixture) { s.edit(1, "Truhlárna Vzorová", "Jiné jméno") }, want{Agrees, Matched, nil}},
		"another customer":     {func(_ *testing.T, s *fixture) { s.edit(1, "22222227", "33333338") }, differs(CodeChangedInPohoda, Deviation{"customer", "Truhlárna Vzorová s.r.o. (22222227)", "Truhlárna Vzorová s.r.o. (33333338)"})},
		"another day":          {func(_ *testing.T, s *fixture) { s.edit(1, "2026-03-02", "2026-03-05") }, differs(CodeChangedInPohoda, Deviation{"issueDate", "2026-03-02", "2026-03-05"})},
		"another order number": {func(_ *testing.T, s *fixture) { s.edit(1, "OP-26-1<", "PO 77<") }, differs(CodeChangedInPohoda, Deviation{"number", "OP-26-1", "PO 77"})},
		"another quantity":     {func(_ *testing.T, s *fixture) { s.edit(1, "<ord:quantity>4<", "<ord:quantity>5<") }, differs(CodeChangedInPohoda, Deviation{"totals.payable", "19631.52", "23432.13"}, Deviation{"lines[0].quantity", "4", "5"})},
		"another price":        {func(_ *testing.T, s *fixture) { s.edit(1, ">389<", ">389.5<") }, differs(CodeChangedInPohoda, Deviation{"totals.payable", "19631.52", "19634.88"}, Deviation{"lines[1].unitPrice", "389", "389.5"})},
		"another rate":         {func(_ *testing.T, s *fixture) { s.edit(1, ">low<", ">high<") }, differs(CodeChangedInPohoda, Deviation{"totals.payable", "19631.52", "19841.58"}, Deviation{"lines[1].vatRate", "12", "21"})},
		"another discount":     {func(_ *testing.T, s *fixture) { s.edit(1, ">10</ord:disc", ">0</ord:disc") }, differs(CodeChangedInPohoda, Deviation{"totals.payable", "19631.52", "21320.68"}, Deviation{"lines[0].discountPercent", "10", "0"})},
		"prices with VAT":      {func(_ *testing.T, s *fixture) { s.edit(1, ">false</ord:payVAT>", ">true</ord:payVAT>") }, differs(CodeChangedInPohoda, Deviation{"pricesIncludeVat", "false", "true"})},
		"a form of numbers": {func(_ *testing.T, s *fixture) {
			s.edit(1, "<ord:quantity>4<", "<ord:quantity>4.0<")
			s.edit(1, ">389<", ">389.00<")
		}, want{Agrees, Matched, nil}},
		"rounded by POHODA": {func(_ *testing.T, s *fixture) {
			s.summary(1, "16998.00", "2633.52", "<typ:round><typ:priceRound>0.48</typ:priceRound></typ:round>")
		}, want{Agrees, Matched, nil}},
		"VAT rounded":    {func(_ *testing.T, s *fixture) { s.summary(1, "16998.00", "2633.54", "") }, want{Agrees, Matched, nil}},
		"sums of POHODA": {func(_ *testing.T, s *fixture) { s.summary(1, "16998.00", "2633.60", "") }, differs(CodeChangedInPohoda, Deviation{"totals.payable", "19631.52", "19631.6"})},
		"two orders": {func(_ *testing.T, s *fixture) {
			s.orders = append(s.orders, strings.NewReplacer("<ord:id>10001<", "<ord:id>10009<", "26OP0001", "26OP0009").Replace(s.orders[0]))
		}, differs(CodeTwiceInPohoda)},
		"a cancelled one too": {func(_ *testing.T, s *fixture) {
			s.storno(1)
			s.orders = append(s.orders, strings.NewReplacer("<ord:id>10001<", "<ord:id>10009<", "26OP0001", "26OP0009", stornoMark, "").Replace(s.orders[0]))
		}, want{Outcome(CodeNumberDiffers), Matched, []Deviation{{"pohoda.number", "26OP0001", "26OP0009"}}}},
		"cancelled, and known so": {func(t *testing.T, s *fixture) { s.storno(1); s.settle(t, ledger.Cancelled, 1) }, differs(CodeCancelledThere)},
		"renumbered":              {func(_ *testing.T, s *fixture) { s.edit(1, "26OP0001", "26VIP0001") }, want{Outcome(CodeNumberDiffers), Matched, []Deviation{{"pohoda.number", "26OP0001", "26VIP0001"}}}},
		"refused by the tool":     {func(t *testing.T, s *fixture) { s.now = []string{flowtest.Deal(t, 1, flowtest.BadRate)} }, want{Refused, Matched, nil}},
		"of an earlier year":      {func(_ *testing.T, s *fixture) { s.orders, s.Year = nil, 2027 }, want{record: EarlierYear}},
		"of a later year":         {func(_ *testing.T, s *fixture) { s.orders, s.Year = nil, 2025 }, want{record: LaterYear}},
		"not selected":            {func(_ *testing.T, s *fixture) { s.Reconcile.Select.Status = "open" }, want{Agrees, Matched, nil}},
		"forgotten":               {func(t *testing.T, s *fixture) { require.NoError(t, s.book.Forget(t.Context(), s.known(t, 1).RowID)) }, want{Outcome(CodeNotConfirmed), Matched, nil}},
		"erased":                  {func(t *testing.T, s *fixture) { require.NoError(t, s.book.Erase(t.Context(), s.known(t, 1).RowID)) }, want{Agrees, Matched, nil}},
		"erased everywhere": {func(t *testing.T, s *fixture) {
			require.NoError(t, s.book.Erase(t.Context(), s.known(t, 1).RowID))
			s.anonymous()
			s.now = []string{flowtest.Deal(t, 2, inPhase(trade.Lost))}
		}, want{Cancelled, Erased, nil}},
		"taken back": {func(t *testing.T, s *fixture) { s.settle(t, ledger.Cancelled, 1); s.orders = nil }, want{record: Outcome(CodeDeletedInPohoda)}},
		"taken back, and cancelled in the source": {func(t *testing.T, s *fixture) {
			s.settle(t, ledger.Cancelled, 1)
			s.orders, s.now = nil, []string{flowtest.Deal(t, 1, flowtest.With("cancelled", "status", "phase"))}
		}, want{record: TakenBack}},
		"paid": {func(t *testing.T, s *fixture) { s.pay(t, trade.Paid) }, differs(CodePaidNotMarked, Deviation{"payment.state", "", "paid"})},
		"paid and marked": {func(t *testing.T, s *fixture) {
			s.pay(t, trade.Overpaid)
			s.now = []string{flowtest.Deal(t, 1, flowtest.With(map[string]any{"state": "paid"}, "payment"))}
		}, want{Agrees, Matched, nil}},
		"partly paid":        {func(t *testing.T, s *fixture) { s.pay(t, trade.PartlyPaid) }, want{Agrees, Matched, nil}},
		"paid, of last year": {func(t *testing.T, s *fixture) { s.pay(t, trade.Paid); s.orders, s.Year = nil, 2027 }, want{Outcome(CodePaidNotMarked), "", []Deviation{{"payment.state", "", "paid"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newFixture(t)
			s.exports(t, flowtest.Deal(t, 1))
			s.settle(t, ledger.Accepted, 1)
			c.change(t, s)
			report := s.reconciles(t)
			assert.Equal(t, map[Outcome]int{c.want.record: 1}, report.Records)
			orders := map[Outcome]int{}
			if c.want.order != "" {
				orders[c.want.order] = len(s.orders)
			}
			assert.Equal(t, orders, report.Orders)
			told := append(report.Differences, report.Notes...)
			switch {
			case c.want.record == Waiting:
				require.Len(t, told, 1)
				assert.Equal(t, "order OP-26-1", told[0].Record)
			case c.want.record.isTold():
				require.Len(t, told, 1)
				assert.Equal(t, "deal OP-26-1", told[0].Record)
				assert.Equal(t, "Truhlárna Vzorová s.r.o.", told[0].Customer)
				assert.Equal(t, c.want.fields, told[0].Fields)
			default:
				assert.Empty(t, told)
			}
			assert.Equal(t, c.want.record == Refused, report.Refused > 0)
		})
	}
}

// TestReconcileStates has one deal in each of the ledger's states, in POHODA or
// not.
func TestReconcileStates(t *testing.T) {
	answer := func(state ledger.State) func(*testing.T, *fixture) {
		return func(t *testing.T, s *fixture) { s.remember(t, 0, flowtest.Deal(t, 1)); s.settle(t, state, 1) }
	}
	begun := func(move func(*ledger.Ledger, context.Context, int64) error) func(*testing.T, *fixture) {
		return func(t *testing.T, s *fixture) {
			id := s.begin(t, 0, flowtest.Deal(t, 1))
			if move != nil {
				require.NoError(t, move(s.book.Ledger, t.Context(), id))
			}
		}
	}
	for name, c := range map[string]struct {
		stands          func(*testing.T, *fixture)
		absent, present Outcome
	}{
		"unknown to the ledger": {func(*testing.T, *fixture) {}, Outcome(CodeNotTransferred), Outcome(CodeNotConfirmed)},
		"new":                   {func(t *testing.T, s *fixture) { s.sees(t, flowtest.Deal(t, 1)) }, Outcome(CodeNotTransferred), Outcome(CodeNotConfirmed)},
		"writing":               {begun(nil), Underway, Outcome(CodeNotConfirmed)},
		"exported":              {begun((*ledger.Ledger).Placed), Outcome(CodeMissingInPohoda), Outcome(CodeNotConfirmed)},
		"sending":               {begun((*ledger.Ledger).Sending), Underway, Outcome(CodeNotConfirmed)},
		"accepted":              {answer(ledger.Accepted), Outcome(CodeDeletedInPohoda), Agrees},
		"accepted and altered":  {answer(ledger.AcceptedChanged), Outcome(CodeDeletedInPohoda), Agrees},
		"refused":               {answer(ledger.Refused), Outcome(CodeRefusedThere), Outcome(CodeNotConfirmed)},
		"unknown":               {answer(ledger.Unknown), Outcome(CodeMissingInPohoda), Outcome(CodeNotConfirmed)},
		"cancelled":             {answer(ledger.Cancelled), Outcome(CodeDeletedInPohoda), Outcome(CodeNotConfirmed)},
		"baseline":              {func(t *testing.T, s *fixture) { s.declares(t, flowtest.Deal(t, 1)) }, Outcome(CodeDeletedInPohoda), Agrees},
	} {
		t.Run(name, func(t *testing.T) {
			s := newFixture(t)
			s.now = []string{flowtest.Deal(t, 1)}
			c.stands(t, s)
			assert.Equal(t, map[Outcome]int{c.absent: 1}, s.reconciles(t).Records)
			s.Reconcile.Orders, s.orders = nil, s.made(t, flowtest.Deal(t, 1))
			assert.Equal(t, map[Outcome]int{c.present: 1}, s.reconciles(t).Records)
		})
	}
}

// TestReconcileNeverTransferred has records that neither the ledger nor POHODA
// knows.
func TestReconcileNeverTransferred(t *testing.T) {
	for name, c := range map[string]struct {
		record string
		want   Outcome
	}{
		"a deal":            {flowtest.Deal(t, 1), Outcome(CodeNotTransferred)},
		"of last year":      {flowtest.Deal(t, 1, flowtest.With("2025-03-02", "issueDate")), Outcome(CodeNotTransferred)},
		"a draft":           {flowtest.Deal(t, 1, inPhase(trade.Draft)), Waiting},
		"lost":              {flowtest.Deal(t, 1, inPhase(trade.Lost)), Cancelled},
		"not selected":      {flowtest.Deal(t, 1, flowtest.With("MORAVA", "carrier")), NotSelected},
		"faulty":            {flowtest.Deal(t, 1, flowtest.BadRate), Refused},
		"faulty, not meant": {flowtest.Deal(t, 1, flowtest.BadRate, flowtest.With("MORAVA", "carrier")), NotSelected},
		"an offer":          {flowtest.Deal(t, 1, flowtest.With("offer", "kind")), OtherKind},
		"unreadable":        {`{"kind":"deal","source":{"system":"raynet","id":""}}`, Refused},
		"broken":            {`{"kind":"deal",`, Refused},
		"no document":       {`{"kind":"contact","source":{"system":"raynet","id":"1"},"name":"x"}`, OtherKind},
	} {
		t.Run(name, func(t *testing.T) {
			s := newFixture(t)
			s.now = []string{c.record}
			where, issue := expression.CompileWhere(`carrier != "MORAVA"`)
			require.Nil(t, issue)
			s.Reconcile.Select.Where = where
			report := s.reconciles(t)
			assert.Equal(t, map[Outcome]int{c.want: 1}, report.Records)
			assert.Equal(t, c.want == Refused, report.Refused > 0, s.Told)
		})
	}
}

// TestReconcileReplacement has a deal whose order was replaced by another.
func TestReconcileReplacement(t *testing.T) {
	changed := flowtest.Deal(t, 1, flowtest.With("Jiný předmět", "title"))
	replaced := func(t *testing.T) *fixture {
		s := newFixture(t)
		s.exports(t, flowtest.Deal(t, 1))
		s.settle(t, ledger.Accepted, 1)
		s.remember(t, 2, changed)
		s.now = []string{changed}
		return s
	}
	t.Run("not imported", func(t *testing.T) {
		s := replaced(t)
		report := s.reconciles(t)
		assert.Equal(t, []diag.Code{CodeReplaceMissing}, differenceCodes(report.Differences))
		assert.Equal(t, []PohodaOrder{{10001, "26OP0001"}}, report.Differences[0].Orders)
	})
	t.Run("not imported, the old one cancelled", func(t *testing.T) {
		s := replaced(t)
		s.storno(1)
		report := s.reconciles(t)
		assert.Equal(t, []diag.Code{CodeMissingInPohoda}, differenceCodes(report.Differences))
		assert.Empty(t, report.Differences[0].Orders)
	})
	newOne := func(t *testing.T, s *fixture) string {
		return strings.NewReplacer("<ord:id>10001<", "<ord:id>10009<", "26OP0001", "26OP0009").Replace(s.made(t, changed)[0])
	}
	t.Run("imported", func(t *testing.T) {
		s := replaced(t)
		s.orders = []string{newOne(t, s)}
		report := s.reconciles(t)
		assert.Empty(t, report.Differences)
		assert.Equal(t, []diag.Code{CodeNotConfirmed}, differenceCodes(report.Notes))
	})
	t.Run("imported, and exported once more", func(t *testing.T) {
		s := replaced(t)
		s.orders = []string{newOne(t, s)}
		s.settleAs(t, ledger.Accepted, 1, 10009, "26OP0009")
		s.remember(t, 2, changed)
		report := s.reconciles(t)
		assert.Empty(t, report.Differences, "it is the document itself, and none that is to go")
		assert.Equal(t, []diag.Code{CodeNotConfirmed}, differenceCodes(report.Notes))
	})
	t.Run("the old one is there still", func(t *testing.T) {
		s := replaced(t)
		s.orders = append(s.orders, newOne(t, s))
		assert.Equal(t, []PohodaOrder{{10001, "26OP0001"}, {10009, "26OP0009"}}, s.reconciles(t).Differences[0].Orders)
		s.settleAs(t, ledger.Accepted, 1, 10009, "26OP0009")
		report := s.reconciles(t)
		assert.Equal(t, []diag.Code{CodeTwiceInPohoda}, differenceCodes(report.Differences))
		assert.ElementsMatch(t, []PohodaOrder{{10001, "26OP0001"}, {10009, "26OP0009"}}, report.Differences[0].Orders)
	})
}

func differenceCodes(all []Difference) []diag.Code {
	var codes []diag.Code
	for _, d := range all {
		codes = append(codes, d.Code)
	}
	return codes
}

// TestReconcileCountsOnce mixes sides at random: whatever comes of it, every record
// and every order has one outcome.
func TestReconcileCountsOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	chance := func(percent int) bool { return random.IntN(100) < percent }
	s := newFixture(t)
	var before []string
	states := []ledger.State{ledger.Accepted, ledger.AcceptedChanged, ledger.Refused, ledger.Unknown, ledger.Cancelled}
	phases := trade.Draft.Values()
	for n := 1; n <= 400; n++ {
		day := []string{"2025-06-01", "2026-03-02"}[random.IntN(2)]
		record := flowtest.Deal(t, n, flowtest.With(day, "issueDate"))
		if chance(80) {
			s.remember(t, 0, record)
			if chance(70) {
				s.settle(t, states[random.IntN(len(states))], n)
			}
			before = append(before, record)
		}
		changes := []flowtest.Change{flowtest.With(day, "issueDate"), inPhase(trade.Phase(phases[random.IntN(len(phases))]))}
		if chance(20) {
			changes = append(changes, flowtest.With("Jiný předmět", "title"))
		}
		if chance(5) {
			changes = append(changes, flowtest.BadRate)
		}
		if chance(85) {
			s.now = append(s.now, flowtest.Deal(t, n, changes...))
		}
	}
	for _, order := range s.made(t, before...) {
		if chance(30) {
			order = regexp.MustCompile(`(?s)<ord:extId>\s*<typ.*?</ord:extId>`).ReplaceAllString(order, "")
		}
		if chance(20) {
			order = strings.Replace(order, "<ord:numberOrder>", "<ord:numberOrder>X", 1)
		}
		for range random.IntN(3) {
			s.orders = append(s.orders, order)
			order = strings.Replace(order, "<ord:id>1", "<ord:id>2", 1)
			order = strings.Replace(order, ">26OP", ">26NEW", 1)
		}
	}
	report := s.reconciles(t)
	t.Log(report.Records, report.Orders)
	assert.Greater(t, len(report.Records), 12)
	assert.Greater(t, len(report.Differences), 100)
}
