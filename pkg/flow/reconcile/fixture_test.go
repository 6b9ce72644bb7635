package reconcile

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the ledgers of the tests

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// fixture is a CRM, a ledger and POHODA.
type fixture struct {
	*flowtest.Trial
	*Reconcile
	book *flow.Ledger
	// now is what the CRM has, orders what POHODA has.
	now    []string
	orders []string
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	tr := flowtest.NewTrial(t)
	l, err := ledger.Open(t.Context(), filepath.Join(tr.Folder, "ledger.db"), ledger.Options{Unit: "12345679", Now: func() time.Time { return tr.Now }})
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	require.NoError(t, l.Acquire(t.Context(), "test", 0))
	s := &fixture{Trial: tr, book: &flow.Ledger{Ledger: l}}
	s.Reconcile = &Reconcile{Config: tr.Config, Ledger: s.book, Now: tr.Now, Tell: tr.Tell}
	return s
}

// ledgerKey is the key of a deal of the sample.
func ledgerKey(n int) ledger.Key {
	return ledger.Key{System: "raynet", Instance: "ukazka", Kind: trade.Deal, ID: strconv.Itoa(n), Target: "order"}
}

// exports writes an export of records down and has POHODA take their orders, with
// the ids 101 and the numbers 26OP0001 on.
func (s *fixture) exports(t testing.TB, records ...string) {
	t.Helper()
	s.remember(t, 0, records...)
	s.now = append(s.now, records...)
	s.orders = append(s.orders, s.made(t, records...)...)
}

// remember writes an export of records down.
func (s *fixture) remember(t testing.TB, revision int, records ...string) {
	t.Helper()
	require.NoError(t, s.book.Placed(t.Context(), s.begin(t, revision, records...)))
}

// begin begins an export of records.
func (s *fixture) begin(t testing.TB, revision int, records ...string) int64 {
	t.Helper()
	var all []ledger.Item
	for seen := range sightings(t, records...) {
		all = append(all, ledger.Item{
			Key: seen.Key, Code: seen.Code, OrderNumber: seen.OrderNumber, ID: fmt.Sprint("item ", seen.Key.ID, revision),
			Content: seen.Content, Document: seen.Content, Revision: revision, Again: revision > 0,
		})
	}
	id, err := s.book.Begin(t.Context(), ledger.Export{Digest: "file"}, slices.Values(all))
	require.NoError(t, err)
	return id
}

// sees writes down that the CRM has records, declares that POHODA has them.
func (s *fixture) sees(t testing.TB, records ...string) {
	t.Helper()
	_, err := s.book.See(t.Context(), sightings(t, records...))
	require.NoError(t, err)
}

func (s *fixture) declares(t testing.TB, records ...string) {
	t.Helper()
	_, err := s.book.Baseline(t.Context(), sightings(t, records...))
	require.NoError(t, err)
}

func sightings(t testing.TB, records ...string) iter.Seq[ledger.Observation] {
	t.Helper()
	var all []ledger.Observation
	for _, record := range records {
		doc := flowtest.Document(t, record)
		print, err := flow.Fingerprint(doc)
		require.NoError(t, err)
		all = append(all, ledger.Observation{Key: ledger.KeyOf(doc.Source, doc.Kind, "order"), Code: doc.Number, OrderNumber: doc.Number, Content: print})
	}
	return slices.Values(all)
}

// made are the orders that POHODA makes of records.
func (s *fixture) made(t testing.TB, records ...string) []string {
	t.Helper()
	tr := flowtest.NewTrial(t, records...)
	tr.SkipInvalid = true
	tr.RunsWell(t)
	var orders []string
	for _, order := range regexp.MustCompile(`(?s)<ord:order .*?</ord:order>`).FindAllString(decoded(t, tr.Printed.Bytes()), -1) {
		n := regexp.MustCompile(`<typ:ids>(\d+)</typ:ids>`).FindStringSubmatch(order)[1]
		for len(n) < 4 {
			n = "0" + n
		}
		number := `<ord:number><typ:ids>26OP</typ:ids><typ:numberRequested>26OP` + n + `</typ:numberRequested></ord:number>`
		order = strings.NewReplacer(
			"ord:order version", "lst:order version", "</ord:order>", "</lst:order>",
			"<ord:extId>\n          <typ", "<ord:id>1"+n+"</ord:id><ord:extId>\n          <typ",
			"<ord:numberOrder>", number+"<ord:numberOrder>",
		).Replace(order)
		orders = append(orders, order)
	}
	return orders
}

// settle takes POHODA's answer for deals.
func (s *fixture) settle(t testing.TB, state ledger.State, numbers ...int) {
	t.Helper()
	for _, n := range numbers {
		s.settleAs(t, state, n, 10000+int64(n), fmt.Sprintf("26OP%04d", n))
	}
}

func (s *fixture) settleAs(t testing.TB, state ledger.State, n int, id int64, number string) {
	t.Helper()
	settled, err := s.book.Settle(t.Context(), []ledger.Answer{{Key: ledgerKey(n), State: state, PohodaID: id, PohodaNumber: number}})
	require.NoError(t, err)
	require.Nil(t, settled[0].Issue)
}

// edit changes POHODA's order of a deal.
func (s *fixture) edit(n int, old, new string) {
	for i, order := range s.orders {
		if strings.Contains(order, ">OP-26-"+strconv.Itoa(n)+"<") {
			s.orders[i] = strings.Replace(order, old, new, 1)
		}
	}
}

const listHead = `<?xml version="1.0" encoding="UTF-8"?>
<rsp:responsePack version="2.0" id="orders" state="ok" ico="12345679"
 xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd" xmlns:lst="http://www.stormware.cz/schema/version_2/list.xsd"
 xmlns:ord="http://www.stormware.cz/schema/version_2/order.xsd" xmlns:typ="http://www.stormware.cz/schema/version_2/type.xsd">
<rsp:responsePackItem version="2.0" id="orders" state="ok"><lst:listOrder version="2.0" dateTimeStamp="2026-03-17T08:00:00" dateValidFrom="2026-03-17" state="ok">
`

const listTail = `</lst:listOrder></rsp:responsePackItem></rsp:responsePack>`

// reconciles holds the three side by side. Whatever comes of it, every record and
// every order is counted once, and the ledger is as before.
func (s *fixture) reconciles(t testing.TB) *Reconciliation {
	t.Helper()
	r := s.Reconcile
	if r.Orders == nil {
		defer func() { r.Orders = nil }()
		r.Orders = []string{s.WriteFile(t, "orders.xml", listHead+strings.Join(s.orders, "\n")+listTail)}
	}
	r.From = s.WriteFile(t, "now.ndjson", strings.Join(s.now, "\n"))
	report, err := r.Run(t.Context())
	require.NoError(t, err)
	assert.Equal(t, len(s.now), outcomes(report.Records), "%v", report.Records)
	assert.Equal(t, len(s.orders), outcomes(report.Orders), "%v", report.Orders)
	for outcome := range report.Records {
		assert.Contains(t, RecordOutcomes(), outcome)
	}
	for outcome := range report.Orders {
		assert.Contains(t, OrderOutcomes(), outcome)
	}
	return report
}

func outcomes(counts map[Outcome]int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}

// decoded is a pack as text.
func decoded(t testing.TB, pack []byte) string {
	t.Helper()
	text, err := io.ReadAll(charset.NewReader(bytes.NewReader(pack), charset.Windows1250))
	require.NoError(t, err)
	return string(text)
}

const stornoMark = "<ord:storno>cancelledDocument</ord:storno>"

// storno cancels POHODA's order of a deal.
func (s *fixture) storno(n int) { s.edit(n, "<ord:number>", stornoMark+"<ord:number>") }

// summary gives POHODA's order of a deal sums in the home currency: net, VAT, and
// what rounds them.
func (s *fixture) summary(n int, net, tax, round string) {
	s.edit(n, "</ord:orderDetail>", "</ord:orderDetail><ord:orderSummary><ord:homeCurrency><typ:priceHigh>"+net+
		"</typ:priceHigh><typ:priceHighVAT>"+tax+"</typ:priceHighVAT>"+round+"</ord:homeCurrency></ord:orderSummary>")
}

// pay writes down how far the deals are paid.
func (s *fixture) pay(t testing.TB, state trade.PaymentState) {
	t.Helper()
	_, err := s.book.Pay(t.Context(), []ledger.Payment{{Order: "OP-26-1", Record: s.known(t, 1).RowID, State: state}})
	require.NoError(t, err)
}

// known is what the ledger knows of a deal.
func (s *fixture) known(t testing.TB, n int) ledger.Record {
	t.Helper()
	records, err := s.book.Lookup(t.Context(), []ledger.Key{ledgerKey(n)})
	require.NoError(t, err)
	return records[0]
}
