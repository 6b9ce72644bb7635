package reconcile

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/unit"
)

// extID is how POHODA names the record of an order.
var extID = regexp.MustCompile(`(?s)<ord:extId>\s*<typ.*?</ord:extId>`)

// anonymous takes the records' names out of POHODA's orders, as an export without
// them has it.
func (s *fixture) anonymous() {
	for i, order := range s.orders {
		s.orders[i] = extID.ReplaceAllString(order, "")
	}
}

// TestReconcileFindsOrders changes what POHODA's order of an accepted deal is found
// by.
func TestReconcileFindsOrders(t *testing.T) {
	const (
		found = "found"
		lost  = "lost"
	)
	for name, c := range map[string]struct {
		edits []string // old and new texts of an order without extId
		want  string
	}{
		"our number":                        {[]string{"<ord:id>10001<", "<ord:id>77<", "26OP0001", "26X1"}, found},
		"our number in other letters":       {[]string{"<ord:id>10001<", "<ord:id>77<", "26OP0001", "26X1", "OP-26-1<", "op-26-1<"}, found},
		"another number":                    {[]string{"<ord:id>10001<", "<ord:id>77<", "26OP0001", "26X1", "OP-26-1<", "OP-26-12<"}, lost},
		"POHODA's id and number":            {[]string{"OP-26-1<", "4500012345<"}, found},
		"POHODA's id, numbered anew":        {[]string{"26OP0001", "26X1"}, found},
		"the id alone, as of another year":  {[]string{"26OP0001", "27OP0001", "<ord:numberOrder>OP-26-1</ord:numberOrder>", ""}, lost},
		"the number alone, of another year": {[]string{"<ord:id>10001<", "<ord:id>77<", "<ord:numberOrder>OP-26-1</ord:numberOrder>", ""}, lost},
		"an issued order":                   {[]string{"receivedOrder", "issuedOrder"}, lost},
	} {
		t.Run(name, func(t *testing.T) {
			s := newFixture(t)
			s.exports(t, flowtest.Deal(t, 1), flowtest.Deal(t, 2))
			s.settle(t, ledger.Accepted, 1, 2)
			s.anonymous()
			s.orders[0] = strings.NewReplacer(c.edits...).Replace(s.orders[0])
			report := s.reconciles(t)
			assert.Equal(t, c.want == lost, report.Orders[PohodasOwn] == 1, report.Orders)
			assert.Equal(t, c.want == lost, report.Records[Outcome(CodeDeletedInPohoda)] == 1, report.Records)
		})
	}
}

func TestReconcileByHand(t *testing.T) {
	s := newFixture(t)
	s.exports(t, flowtest.Deal(t, 1))
	s.settleAs(t, ledger.Accepted, 1, 0, "26OP0001")
	s.anonymous()
	s.edit(1, "OP-26-1<", "4500012345<")
	report := s.reconciles(t)
	assert.Equal(t, []diag.Code{CodeChangedInPohoda}, differenceCodes(report.Differences), "a person said which order it is")
}

// TestReconcileTwoSystems has orders of a shop beside those of the CRM, some with
// the same ids and numbers.
func TestReconcileTwoSystems(t *testing.T) {
	s := newFixture(t)
	shop := func(n int) string {
		return flowtest.Deal(t, n, flowtest.With("shoptet", "source", "system"), flowtest.With("order", "kind"))
	}
	s.exports(t, flowtest.Deal(t, 1), flowtest.Deal(t, 2))
	s.orders = append(s.orders, s.made(t, shop(1), shop(3))...)
	for i := 2; i < 4; i++ {
		s.orders[i] = strings.NewReplacer("<ord:id>1", "<ord:id>2", "26OP", "26ES").Replace(s.orders[i])
	}
	report := s.reconciles(t)
	assert.Equal(t, map[Outcome]int{Matched: 2, OtherSource: 2}, report.Orders)
	assert.Equal(t, map[Outcome]int{Outcome(CodeNotConfirmed): 2}, report.Records)

	s.now = append(s.now, shop(1))
	report = s.reconciles(t)
	assert.Equal(t, map[Outcome]int{Matched: 3, Outcome(CodeMissingInCRM): 1}, report.Orders)
	assert.Equal(t, "order OP-26-3", report.Differences[0].Record)

	// Known by the ledger alone.
	s.remember(t, 0, shop(3))
	s.anonymous()
	s.now = s.now[:2]
	report = s.reconciles(t)
	assert.Equal(t, 1, report.Orders[OtherSource])
}

// TestReconcileDealAndOrder has two kinds of record with one id, which POHODA
// does not tell apart; its answers do.
func TestReconcileDealAndOrder(t *testing.T) {
	s := newFixture(t)
	order := flowtest.Deal(t, 1, flowtest.With("order", "kind"), flowtest.With("SO-26-1", "number"))
	s.exports(t, flowtest.Deal(t, 1), order)
	s.orders[1] = strings.NewReplacer("<ord:id>10001<", "<ord:id>10002<", "26OP0001", "26OP0002").Replace(s.orders[1])
	key := ledgerKey(1)
	s.settleAs(t, ledger.Accepted, 1, 10001, "26OP0001")
	key.Kind = "order"
	_, err := s.book.Settle(t.Context(), []ledger.Answer{{Key: key, State: ledger.Accepted, PohodaID: 10002, PohodaNumber: "26OP0002"}})
	require.NoError(t, err)
	assert.Equal(t, map[Outcome]int{Agrees: 2}, s.reconciles(t).Records)
}

func TestReconcileSeveralFiles(t *testing.T) {
	s := newFixture(t)
	s.exports(t, flowtest.Deals(t, 5)...)
	s.settle(t, ledger.Accepted, 1, 2, 3, 4, 5)
	one := s.WriteFile(t, "one.xml", listHead+strings.Join(s.orders[:3], "\n")+listTail)
	two := s.WriteFile(t, "two.xml", listHead+strings.Join(s.orders[2:], "\n")+listTail)
	s.Reconcile.Orders = []string{one, two, one}
	s.orders = append(s.orders, "") // the third order is in both
	report := s.reconciles(t)
	assert.Equal(t, map[Outcome]int{Agrees: 5}, report.Records)
	assert.Equal(t, map[Outcome]int{Matched: 5, OrderRepeated: 1}, report.Orders)
}

func TestReconcileYears(t *testing.T) {
	s := newFixture(t)
	s.exports(t, flowtest.Deal(t, 1), flowtest.Deal(t, 2, flowtest.With("2025-12-30", "issueDate")), flowtest.Deal(t, 3, flowtest.With("2025-12-30", "issueDate")))
	s.settle(t, ledger.Accepted, 1, 2, 3)
	s.orders = s.orders[:2]
	report := s.reconciles(t)
	assert.Equal(t, 2026, report.Year)
	assert.Equal(t, map[Outcome]int{Agrees: 2, EarlierYear: 1}, report.Records, "an order of last year may have been carried over")
	s.Reconcile.Year = 2025
	assert.Equal(t, 1, s.reconciles(t).Records[Outcome(CodeDeletedInPohoda)])

	// An export without orders is of this year.
	s.Reconcile.Year, s.orders = 0, nil
	report = s.reconciles(t)
	assert.Equal(t, map[Outcome]int{Outcome(CodeDeletedInPohoda): 1, EarlierYear: 2}, report.Records)
}

// TestReconcileDayOfExport has a unit whose orders carry the day of the export.
func TestReconcileDayOfExport(t *testing.T) {
	s := newFixture(t)
	s.Reconcile.Config.Dates.Order = unit.DateToday
	old := flowtest.With("2024-12-30", "issueDate")
	s.exports(t, flowtest.Deal(t, 1, old), flowtest.Deal(t, 2, old))
	s.settle(t, ledger.Accepted, 1, 2)
	s.edit(1, "2024-12-30", "2026-03-17")
	s.orders = s.orders[:1]
	report := s.reconciles(t)
	assert.Equal(t, map[Outcome]int{Agrees: 1, Outcome(CodeDeletedInPohoda): 1}, report.Records)
	s.Reconcile.Year = 2027
	assert.Equal(t, map[Outcome]int{Agrees: 1, EarlierYear: 1}, s.reconciles(t).Records)
}

func TestReconcileDirections(t *testing.T) {
	s := newFixture(t)
	s.Reconcile.As = "issued-order"
	s.now = []string{flowtest.Deal(t, 1, flowtest.With(map[string]any{"name": "Dodavatel s.r.o."}, "supplier"))}
	assert.Equal(t, map[Outcome]int{Outcome(CodeNotTransferred): 1}, s.reconciles(t).Records)
	_, err := s.book.Baseline(t.Context(), func(yield func(ledger.Observation) bool) {
		for seen := range sightings(t, s.now...) {
			seen.Key.Target = "issued-order"
			yield(seen)
		}
	})
	require.NoError(t, err)
	s.orders = s.made(t, flowtest.Deal(t, 2))
	report := s.reconciles(t)
	assert.Equal(t, map[Outcome]int{NotCovered: 1}, report.Records)
	assert.Equal(t, []diag.Code{CodeDirectionMissing}, s.Codes())
}

func TestReconcileRefusesExports(t *testing.T) {
	const order = `<lst:order version="2.0"><ord:orderHeader><ord:id>1</ord:id><ord:orderType>receivedOrder</ord:orderType></ord:orderHeader></lst:order>`
	for code, list := range map[diag.Code]string{
		flow.CodeUnitDiffers:   strings.Replace(listHead, "12345679", "22222227", 1) + order + listTail,
		CodeNoExport:           strings.ReplaceAll(listHead+listTail, "listOrder", "listInvoice"),
		flow.CodeNotFromPohoda: listHead + strings.Replace(order, "<ord:id>1</ord:id>", "", 1) + listTail,
	} {
		s := newFixture(t)
		s.now = []string{flowtest.Deal(t, 1)}
		s.Reconcile.Orders = []string{s.WriteFile(t, "orders.xml", list)}
		s.Reconcile.From = s.WriteFile(t, "now.ndjson", s.now[0])
		_, err := s.Reconcile.Run(t.Context())
		require.Error(t, err)
		assert.Equal(t, code, diag.As(err).Code)
	}
}

// TestReconcileOtherTargets has records that the CRM has and that are not asked
// about: their orders are not missing in the CRM.
func TestReconcileOtherTargets(t *testing.T) {
	s := newFixture(t)
	offer := flowtest.Deal(t, 2, flowtest.With("offer", "kind"))
	s.exports(t, flowtest.Deal(t, 1), flowtest.Deal(t, 2))
	s.now[1] = offer
	report := s.reconciles(t)
	assert.Equal(t, map[Outcome]int{Outcome(CodeNotConfirmed): 1, OtherKind: 1}, report.Records)
	assert.Equal(t, map[Outcome]int{Matched: 1, OtherTarget: 1}, report.Orders)
}

func TestReconcileRecordTwice(t *testing.T) {
	s := newFixture(t)
	s.exports(t, flowtest.Deal(t, 1))
	s.settle(t, ledger.Accepted, 1)
	s.now = append(s.now, s.now[0])
	report := s.reconciles(t)
	assert.Equal(t, map[Outcome]int{Agrees: 1, Refused: 1}, report.Records)
	assert.Equal(t, []diag.Code{flow.CodeDuplicate}, s.Codes())
}

// TestReconcileForeignCurrency has an order in euro of a Czech unit, whose sum POHODA
// gives in euro and in the home currency.
func TestReconcileForeignCurrency(t *testing.T) {
	s := newFixture(t)
	s.exports(t, flowtest.Deal(t, 1, flowtest.With("EUR", "currency"), flowtest.With(map[string]any{"rate": "25.01"}, "exchangeRate")))
	s.settle(t, ledger.Accepted, 1)
	sums := "<typ:currency><typ:ids>EUR</typ:ids></typ:currency><typ:rate>25.01</typ:rate><typ:amount>1</typ:amount><typ:priceSum>19631.52</typ:priceSum>"
	s.orders[0] = regexp.MustCompile(`(?s)<ord:foreignCurrency>\s*<typ:currency>.*?</ord:foreignCurrency>`).
		ReplaceAllString(s.orders[0], "<ord:homeCurrency><typ:priceHigh>490984</typ:priceHigh></ord:homeCurrency><ord:foreignCurrency>"+sums+"</ord:foreignCurrency>")
	require.Contains(t, s.orders[0], sums)
	assert.Equal(t, map[Outcome]int{Agrees: 1}, s.reconciles(t).Records)
	s.edit(1, "19631.52</typ:priceSum>", "19000</typ:priceSum>")
	s.edit(1, ">EUR<", ">USD<")
	assert.Equal(t, []Deviation{{"currency", "EUR", "USD"}, {"totals.payable", "19631.52", "19000"}}, s.reconciles(t).Differences[0].Fields)
}
