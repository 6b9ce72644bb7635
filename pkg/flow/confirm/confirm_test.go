package confirm

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// hearing is a ledger in a folder of its own, and what is confirmed in it.
type hearing struct {
	t      *testing.T
	folder string
	config *config.Config
	told   diag.List
	lines  []*Confirmed
	// fault breaks a run off at a step.
	fault func(step string) error
}

func newHearing(t *testing.T) *hearing {
	h := &hearing{t: t, folder: t.TempDir(), config: config.Default()}
	h.config.Unit.ICO = "12345679"
	h.config.Ledger = config.Ledger(filepath.Join(h.folder, "ledger.db"))
	return h
}

// with gives the ledger to a function, with the lock of the unit.
func (h *hearing) with(do func(b *flow.Ledger)) {
	h.t.Helper()
	b, err := flow.OpenLedger(h.t.Context(), flow.LedgerOptions{
		Config: h.config, Now: func() time.Time { return time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC) },
		Holder: "test", Required: true, Tell: func(*diag.Issue) {}, Fault: h.fault,
	})
	require.NoError(h.t, err)
	do(b)
	_ = b.Close()
}

func confirmedKey(id string) ledger.Key {
	return ledger.Key{System: "crm", Kind: trade.Deal, ID: id, Target: "order"}
}

// exported are records that were exported to a file, in a revision.
func (h *hearing) exported(revision int, ids ...string) {
	h.t.Helper()
	h.with(func(b *flow.Ledger) {
		var items []ledger.Item
		for _, id := range ids {
			k := confirmedKey(id)
			record := &trade.Record{Of: &trade.Document{Head: trade.Head{Kind: k.Kind, Source: trade.Source{System: k.System, ID: k.ID}}}}
			items = append(items, ledger.Item{
				Key: k, Code: "OP-" + id, OrderNumber: "OP-" + id, Again: revision > 0, Revision: revision,
				ID: pack.ItemID(record.Of.Header(), pohoda.Target{Name: k.Target}, revision), Content: strconv.Itoa(revision), Document: strconv.Itoa(revision),
			})
		}
		n, err := b.Begin(h.t.Context(), ledger.Export{Digest: "x", Pack: "crm"}, slices.Values(items))
		require.NoError(h.t, err)
		require.NoError(h.t, b.Placed(h.t.Context(), n))
	})
}

func (h *hearing) file(name, text string) string {
	path := filepath.Join(h.folder, name)
	require.NoError(h.t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// hears confirms files, or what a person says, and gives the codes of what was
// told.
func (h *hearing) hears(files []string, byHand *ByHand) (report *Report, codes []diag.Code, err error) {
	h.told, h.lines = nil, nil
	h.with(func(b *flow.Ledger) {
		report, err = (&Confirm{
			Config: h.config, Ledger: b, Files: files, ByHand: byHand,
			Tell: func(issue *diag.Issue) { h.told.Add(issue) }, Settled: func(c *Confirmed) { h.lines = append(h.lines, c) },
		}).Run(h.t.Context())
	})
	for _, issue := range h.told {
		codes = append(codes, issue.Code)
	}
	return report, codes, err
}

func (h *hearing) record(id string) (r ledger.Record) {
	h.with(func(b *flow.Ledger) {
		all, err := b.Lookup(h.t.Context(), []ledger.Key{confirmedKey(id)})
		require.NoError(h.t, err)
		r = all[0]
	})
	return r
}

const answerNames = `xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd" xmlns:rdc="http://www.stormware.cz/schema/version_2/documentresponse.xsd" ` +
	`xmlns:ord="http://www.stormware.cz/schema/version_2/order.xsd" xmlns:lst="http://www.stormware.cz/schema/version_2/list.xsd" xmlns:typ="http://www.stormware.cz/schema/version_2/type.xsd"`

func answerPack(items ...string) string {
	return `<rsp:responsePack ` + answerNames + ` version="2.0" id="crm" state="ok" ico="12345679">` + strings.Join(items, "\n") + `</rsp:responsePack>`
}

func takenItem(item string, id int) string {
	return fmt.Sprintf(`<rsp:responsePackItem version="2.0" id="%s" state="ok"><ord:orderResponse version="2.0" state="ok"><rdc:producedDetails>`+
		`<rdc:id>%d</rdc:id><rdc:number>26OP%d</rdc:number></rdc:producedDetails></ord:orderResponse></rsp:responsePackItem>`, item, id, id)
}

func refusedItem(item string) string {
	return `<rsp:responsePackItem version="2.0" id="` + item + `" state="error" note="ne"/>`
}

func listOfOrders(orders ...string) string {
	return answerPack(`<rsp:responsePackItem version="2.0" id="1" state="ok"><lst:listOrder version="2.0" dateTimeStamp="2026-03-02T08:21:00" dateValidFrom="2026-03-02" state="ok">` +
		strings.Join(orders, "") + `</lst:listOrder></rsp:responsePackItem>`)
}

func orderOf(id int, number string) string {
	return fmt.Sprintf(`<lst:order version="2.0"><ord:orderHeader><ord:id>%d</ord:id><ord:orderType>receivedOrder</ord:orderType><ord:number>`+
		`<typ:numberRequested>26OP%d</typ:numberRequested></ord:number><ord:numberOrder>%s</ord:numberOrder><ord:date>2026-03-16</ord:date></ord:orderHeader></lst:order>`, id, id, number)
}

// TestConfirmBrokenOff breaks a run off at each of its steps: a second run ends
// the work, and nothing is said twice.
func TestConfirmBrokenOff(t *testing.T) {
	var steps []string
	seed := func() (*hearing, string) {
		h := newHearing(t)
		h.exported(0, "1", "2", "3")
		return h, h.file("answer.xml", answerPack(takenItem("crm:deal:1:order", 7), refusedItem("crm:deal:2:order"), takenItem("crm:deal:3:order", 9)))
	}
	h, file := seed()
	h.fault = func(step string) error { steps = append(steps, step); return nil }
	_, _, err := h.hears([]string{file}, nil)
	require.NoError(t, err)
	want := h.events()
	first := slices.Index(steps, "confirm.read")
	require.GreaterOrEqual(t, first, 0)

	broken := errors.New("the power is gone")
	for n := first; n < len(steps); n++ {
		if n > first && !strings.HasPrefix(steps[n], "settle.") {
			continue // a process that dies holds no lock
		}
		h, file := seed()
		left := n
		h.fault = func(string) error {
			if left--; left == -1 {
				return broken
			}
			return nil
		}
		_, _, err := h.hears([]string{file}, nil)
		if err != nil {
			require.ErrorIs(t, err, broken, steps[n])
		}
		h.fault = nil
		_, _, err = h.hears([]string{file}, nil)
		require.NoError(t, err)
		assert.Equal(t, []ledger.State{ledger.Accepted, ledger.Refused, ledger.Accepted},
			[]ledger.State{h.record("1").State, h.record("2").State, h.record("3").State}, steps[n])
		assert.Equal(t, want, h.events(), steps[n])
	}
}

// events are what happened to the records of a hearing.
func (h *hearing) events() (all []string) {
	h.with(func(b *flow.Ledger) {
		for e, err := range b.Entries(h.t.Context(), ledger.Filter{}) {
			require.NoError(h.t, err)
			story, err := b.History(h.t.Context(), e.RowID)
			require.NoError(h.t, err)
			for _, event := range story.Events {
				all = append(all, fmt.Sprint(e.ID, event.Kind, event.From, event.To, event.PohodaID, event.Proof))
			}
		}
	})
	return all
}

// TestLongIDs: an id that was shortened does not show which item deletes.
func TestLongIDs(t *testing.T) {
	h := newHearing(t)
	id := strings.Repeat("0123456789", 7)
	record := &trade.Record{Of: &trade.Document{Head: trade.Head{Kind: trade.Deal, Source: trade.Source{System: "crm", ID: id}}}}
	target := pohoda.Target{Name: "order"}
	h.exported(0, id)
	_, codes, err := h.hears([]string{h.file("1.xml", answerPack(takenItem(pack.ItemID(record.Of.Header(), target, 0), 7)))}, nil)
	require.NoError(t, err)
	assert.Empty(t, codes)
	h.exported(2, id)
	assert.NotContains(t, pack.DeletionID(record.Of.Header(), target, 2), "delete")
	report, codes, err := h.hears([]string{h.file("2.xml", answerPack(refusedItem(pack.DeletionID(record.Of.Header(), target, 2)), takenItem(pack.ItemID(record.Of.Header(), target, 2), 8)))}, nil)
	require.NoError(t, err)
	assert.Equal(t, []diag.Code{CodeNotDeleted}, codes)
	assert.Equal(t, "26OP7", h.told[0].Args["old"])
	assert.Equal(t, "26OP8", h.told[0].Args["number"])
	assert.Equal(t, 1, report.Files[0].Refused)
}

// TestReplacedTwice: the document that is replaced is the last one, and one that
// is exported again under its own id is not the old one.
func TestReplacedTwice(t *testing.T) {
	h := newHearing(t)
	h.exported(0, "1")
	_, _, err := h.hears([]string{h.file("1.xml", answerPack(takenItem("crm:deal:1:order", 7)))}, nil)
	require.NoError(t, err)
	h.exported(2, "1")
	_, codes, err := h.hears([]string{h.file("2.xml", answerPack(takenItem("crm:deal:1:order:2:delete", 7), takenItem("crm:deal:1:order:2", 8)))}, nil)
	require.NoError(t, err)
	assert.Equal(t, []diag.Code{CodeOldDeleted}, codes)
	h.exported(3, "1")

	// The second is still there and the third is not; then both are.
	_, codes, err = h.hears([]string{h.file("a.xml", listOfOrders(orderOf(8, "OP-1")))}, nil)
	require.NoError(t, err)
	assert.Equal(t, []diag.Code{CodeOldStays}, codes)
	assert.Equal(t, ledger.Exported, h.record("1").State)
	_, codes, err = h.hears([]string{h.file("b.xml", listOfOrders(orderOf(8, "OP-1"), orderOf(9, "OP-1")))}, nil)
	require.NoError(t, err)
	assert.Equal(t, []diag.Code{CodeBothThere}, codes)
	assert.Equal(t, int64(9), h.record("1").PohodaID)

	h.exported(3, "1")
	_, codes, err = h.hears([]string{h.file("c.xml", listOfOrders(orderOf(9, "OP-1"))+"\n")}, nil)
	require.NoError(t, err)
	assert.Empty(t, codes, "the same document once more")
	assert.Equal(t, ledger.Accepted, h.record("1").State)
}

// TestOrderOfAnErasedRecord: nobody is to know any more whose it is, and it is that of
// no other record that has its number.
func TestOrderOfAnErasedRecord(t *testing.T) {
	h := newHearing(t)
	h.exported(0, "1", "2")
	_, _, err := h.hears([]string{h.file("1.xml", answerPack(takenItem("crm:deal:1:order", 7)))}, nil)
	require.NoError(t, err)
	h.with(func(b *flow.Ledger) {
		all, err := b.Lookup(t.Context(), []ledger.Key{confirmedKey("1")})
		require.NoError(t, err)
		require.NoError(t, b.Erase(t.Context(), all[0].RowID))
	})
	report, codes, err := h.hears([]string{h.file("orders.xml", listOfOrders(orderOf(7, "OP-2")))}, nil)
	require.NoError(t, err)
	assert.Empty(t, codes)
	assert.Equal(t, 1, report.Files[0].Elsewhere)
	assert.Equal(t, ledger.Exported, h.record("2").State)
}

// TestByHandIsOneRecord: a name of several is taken only where it can mean one.
func TestByHandIsOneRecord(t *testing.T) {
	h := newHearing(t)
	h.exported(0, "1", "2")
	_, _, err := h.hears([]string{h.file("1.xml", answerPack(takenItem("crm:deal:1:order", 2)))}, nil)
	require.NoError(t, err)
	_, _, err = h.hears(nil, &ByHand{Deal: "crm:deal:2:order", State: ledger.Accepted, Number: "OP-1"})
	require.NoError(t, err)
	_, _, err = h.hears(nil, &ByHand{Deal: "OP-1", State: ledger.Cancelled})
	assert.Equal(t, flow.CodeAmbiguous, diag.As(err).Code, "the code of one is POHODA's number of the other")
	_, _, err = h.hears(nil, &ByHand{Deal: "26OP2", State: ledger.Cancelled})
	require.NoError(t, err, "by POHODA's own number")
	assert.Equal(t, ledger.Cancelled, h.record("1").State)
}

func TestOtherUnit(t *testing.T) {
	for _, c := range []struct {
		unit, key, ico, theirs string
		other                  bool
	}{
		{"12345679", "", "12345679", "k", false},
		{"01234567", "", "1234567", "", false},
		{"12345679", "", "", "", false},
		{"12345679", "", "87654325", "", true},
		{"", "K", "87654325", "k", false},
		{"", "a", "", "b", true},
		{"12345679", "a", "12345679", "b", true},
	} {
		err := flow.OtherUnit(config.Unit{ICO: c.unit, Key: c.key}, "x.xml", c.ico, c.theirs)
		assert.Equal(t, c.other, err != nil, "%+v", c)
	}
}

// A change of the file while the run goes on: what is taken is what was read.
func TestProofIsTheDigestOfTheFile(t *testing.T) {
	h := newHearing(t)
	h.exported(0, "1")
	file := h.file("answer.xml", answerPack(takenItem("crm:deal:1:order", 7))+"\n<!-- the end -->\n")
	_, _, err := h.hears([]string{file}, nil)
	require.NoError(t, err)
	digest, err := flow.FileDigest(file)
	require.NoError(t, err)
	assert.True(t, slices.ContainsFunc(h.events(), func(e string) bool { return strings.HasSuffix(e, digest) }))
}
