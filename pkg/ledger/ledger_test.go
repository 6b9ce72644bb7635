package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// unit is the accounting unit of the tests.
const unit = "12345679"

// onBoth runs a test over SQLite, and over PostgreSQL where one is given.
func onBoth(t *testing.T, test func(t *testing.T, place string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, sqlitePlace(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, postgresPlace(t)) })
}

func sqlitePlace(t testing.TB) string { return filepath.Join(t.TempDir(), "ledger.db") }

// postgresPlace gives a schema of the test's own, in the database that the
// environment names.
func postgresPlace(t testing.TB) string {
	t.Helper()
	server := oracle.Postgres(t)
	admin, err := sql.Open("pgx", server)
	require.NoError(t, err)
	name := strings.ToLower(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(t.Name(), "_"))
	name = fmt.Sprintf("%.40s_%d", name, os.Getpid())
	_, err = admin.Exec(`DROP SCHEMA IF EXISTS ` + name + ` CASCADE`)
	require.NoError(t, err)
	_, err = admin.Exec(`CREATE SCHEMA ` + name)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.Exec(`DROP SCHEMA ` + name + ` CASCADE`)
		assert.NoError(t, err)
		assert.NoError(t, admin.Close())
	})
	u, err := url.Parse(server)
	require.NoError(t, err)
	query := u.Query()
	query.Set("search_path", name)
	u.RawQuery = query.Encode()
	return u.String()
}

// noon is where the clock of the tests stands.
var noon = time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)

// open opens a ledger whose clock stands still.
func open(t testing.TB, place string, change ...func(*Options)) *Ledger {
	t.Helper()
	o := Options{Unit: unit, Now: func() time.Time { return noon }}
	for _, c := range change {
		c(&o)
	}
	l, err := Open(t.Context(), place, o)
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// run opens a ledger and takes its lock.
func run(t testing.TB, place string, change ...func(*Options)) *Ledger {
	t.Helper()
	l := open(t, place, change...)
	require.NoError(t, l.Acquire(t.Context(), "test", 0))
	return l
}

func code(t *testing.T, err error) diag.Code {
	t.Helper()
	require.Error(t, err)
	return diag.As(err).Code
}

// key is the key of a deal that becomes an order.
func key(id string) Key {
	return Key{System: "raynet", Instance: "firm", Kind: trade.Deal, ID: id, Target: "order"}
}

// item is a deal in an export, in one of its versions.
func item(id, version string) Item {
	return Item{
		Key: key(id), Code: "OP-" + id, OrderNumber: "OP-" + id, ID: "raynet:firm:deal:" + id + ":order",
		Content: "content " + version + " of " + id, Document: "document " + version + " of " + id,
	}
}

func items(version string, ids ...string) []Item {
	var all []Item
	for _, id := range ids {
		all = append(all, item(id, version))
	}
	return all
}

// export is an export from beginning to end.
func export(t *testing.T, l *Ledger, some ...Item) int64 {
	t.Helper()
	id, err := l.Begin(t.Context(), Export{Path: "/out/orders.xml", Digest: "file", Pack: "raynet:firm"}, slices.Values(some))
	require.NoError(t, err)
	require.NoError(t, l.Placed(t.Context(), id))
	return id
}

// states gives the states of deals by their ids.
func states(t *testing.T, l *Ledger, ids ...string) []State {
	t.Helper()
	var all []State
	for _, r := range find(t, l, ids...) {
		all = append(all, r.State)
	}
	return all
}

func find(t *testing.T, l *Ledger, ids ...string) []Record {
	t.Helper()
	var keys []Key
	for _, id := range ids {
		keys = append(keys, key(id))
	}
	records, err := l.Lookup(t.Context(), keys)
	require.NoError(t, err)
	return records
}

func entries(t *testing.T, l *Ledger, f Filter) []Entry {
	t.Helper()
	var all []Entry
	for e, err := range l.Entries(t.Context(), f) {
		require.NoError(t, err)
		all = append(all, e)
	}
	return all
}

// told lists what the story of a record says.
func told(t *testing.T, l *Ledger, record int64) []string {
	t.Helper()
	story, err := l.History(t.Context(), record)
	require.NoError(t, err)
	var all []string
	for _, e := range story.Events {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s", e.Kind, e.From, e.To)))
	}
	return all
}

func TestAnExportIsRemembered(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		id, err := l.Begin(t.Context(), Export{Path: "/out/orders.xml", Digest: "file", Pack: "raynet:firm"}, slices.Values(items("1", "1", "2")))
		require.NoError(t, err)
		assert.Equal(t, []State{Writing, Writing}, states(t, l, "1", "2"))
		require.NoError(t, l.Placed(t.Context(), id))

		all := entries(t, l, Filter{})
		require.Len(t, all, 2)
		assert.Equal(t, Entry{
			Record: Record{
				RowID: all[0].RowID, Key: key("1"), Code: "OP-1", OrderNumber: "OP-1", State: Exported,
				Sent: "content 1 of 1", Seen: "content 1 of 1", Export: id, Changed: noon,
			},
			Item: "raynet:firm:deal:1:order", Path: "/out/orders.xml", Digest: "file", ExportedAt: noon,
		}, all[0])
		assert.Equal(t, []string{"began  writing", "placed writing exported"}, told(t, l, all[0].RowID))

		require.NoError(t, l.Close())
		l = open(t, place)
		assert.Equal(t, []State{Exported, Exported, ""}, states(t, l, "1", "2", "3"), "another run knows it")
	})
}

func TestUnitsDoNotMeet(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		export(t, run(t, place), item("1", "1"))
		other := run(t, place, func(o *Options) { o.Unit = "22222227" })
		assert.Equal(t, []State{""}, states(t, other, "1"))
		export(t, other, item("1", "1"))
		assert.Len(t, entries(t, other, Filter{}), 1)
	})
}

// Without a search_path the tables live in a schema of their own.
func TestTheSchemaOfItsOwn(t *testing.T) {
	place := postgresPlace(t)
	admin, err := sql.Open("pgx", place)
	require.NoError(t, err)
	name := fmt.Sprintf("pohoda_test_%d", os.Getpid())
	if _, err := admin.Exec(`CREATE DATABASE ` + name); err != nil {
		oracle.Absent(t, "a new database", err.Error())
	}
	t.Cleanup(func() {
		_, err := admin.Exec(`DROP DATABASE ` + name + ` WITH (FORCE)`)
		assert.NoError(t, errors.Join(err, admin.Close()))
	})
	u, err := url.Parse(place)
	require.NoError(t, err)
	u.Path = name
	query := u.Query()
	query.Del("search_path")
	u.RawQuery = query.Encode()
	export(t, run(t, u.String()), item("1", "1"))
	l := open(t, u.String(), func(o *Options) { o.ReadOnly = true })
	assert.Equal(t, int64(1), count(t, l, `SELECT count(*) FROM pohoda.records`))
}

func TestOnlyTheHolderOfTheLockWrites(t *testing.T) {
	l := open(t, sqlitePlace(t))
	assert.ErrorIs(t, l.SetCursor(t.Context(), "source", "1"), errNotLocked)
}

func TestManyRecords(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		var some []Item
		for n := range 2*batch + 7 {
			some = append(some, item(fmt.Sprint(n), "1"))
		}
		export(t, l, some...)
		var keys []Key
		for _, i := range some {
			keys = append(keys, i.Key, Key{System: "shoptet", Kind: trade.Order, ID: i.Key.ID, Target: "order"})
		}
		records, err := l.Lookup(t.Context(), keys)
		require.NoError(t, err)
		for n, r := range records {
			assert.Equal(t, n%2 == 0, r.Known())
			assert.True(t, !r.Known() || r.Key == keys[n])
		}
		assert.Len(t, entries(t, l, Filter{States: []State{Exported}}), len(some))
	})
}

func TestAListMayBeLeftEarly(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		export(t, l, items("1", "1", "2", "3")...)
		for e, err := range l.Entries(t.Context(), Filter{}) {
			require.NoError(t, err)
			assert.Equal(t, "1", e.ID)
			require.NoError(t, l.SetCursor(t.Context(), "source", "read while writing"))
			break
		}
	})
}

func TestFilters(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		clock := noon
		l := run(t, place, func(o *Options) { o.Now = func() time.Time { return clock } })
		first := export(t, l, items("1", "0", "1", "2")...)
		clock = noon.Add(time.Hour)
		export(t, l, item("3", "1"))
		_, err := l.Settle(t.Context(), []Answer{{Item: item("2", "1").ID, State: Accepted, PohodaNumber: "26OP0002"}})
		require.NoError(t, err)
		_, err = l.See(t.Context(), slices.Values([]Observation{{Key: key("1"), Code: "OP-1", OrderNumber: "OP-1", Content: "another"}}))
		require.NoError(t, err)
		record := find(t, l, "3")[0]
		_, err = l.Pay(t.Context(), []Payment{{Order: "OP-3", Record: record.RowID, State: trade.Paid}})
		require.NoError(t, err)

		for name, c := range map[string]struct {
			filter Filter
			ids    []string
		}{
			"all":           {Filter{}, []string{"0", "1", "2", "3"}},
			"states":        {Filter{States: []State{Accepted, Refused}}, []string{"2"}},
			"payment":       {Filter{Payments: []trade.PaymentState{trade.Paid}}, []string{"3"}},
			"system":        {Filter{System: "shoptet"}, nil},
			"kind":          {Filter{Kind: trade.Deal, Target: "order"}, []string{"0", "1", "2", "3"}},
			"id":            {Filter{Texts: []string{"3"}}, []string{"3"}},
			"code":          {Filter{Texts: []string{"OP-3"}}, []string{"3"}},
			"POHODA number": {Filter{Texts: []string{"26OP0002"}}, []string{"2"}},
			"item":          {Filter{Texts: []string{item("3", "1").ID}}, []string{"3"}},
			"no name":       {Filter{Texts: []string{""}}, nil},
			"names":         {Filter{Texts: []string{"OP-3", "0", "26OP0002"}}, []string{"0", "2", "3"}},
			"since":         {Filter{Since: noon.Add(time.Minute), System: "raynet"}, []string{"1", "2", "3"}},
			"until":         {Filter{Until: noon.Add(time.Minute)}, []string{"0"}},
			"changed":       {Filter{Changed: true}, []string{"1"}},
			"export":        {Filter{Export: first}, []string{"0", "1", "2"}},
		} {
			var ids []string
			for _, e := range entries(t, l, c.filter) {
				ids = append(ids, e.ID)
			}
			assert.Equal(t, c.ids, ids, name)
		}
	})
}

func TestCursor(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		l := run(t, place)
		value, err := l.Cursor(t.Context(), "deals.json")
		require.NoError(t, err)
		assert.Empty(t, value)
		for _, to := range []string{"2026-03-16T10:00:00Z", "2026-03-17T10:00:00Z", "2026-03-17T10:00:00Z"} {
			require.NoError(t, l.SetCursor(t.Context(), "deals.json", to))
		}
		value, err = l.Cursor(t.Context(), "deals.json")
		require.NoError(t, err)
		assert.Equal(t, "2026-03-17T10:00:00Z", value)
		assert.Equal(t, int64(2), count(t, l, `SELECT count(*) FROM events WHERE kind = 'cursor'`), "the same value twice is no event")
	})
}

func count(t *testing.T, l *Ledger, text string) (n int64) {
	t.Helper()
	require.NoError(t, l.db.QueryRowContext(context.Background(), text).Scan(&n))
	return n
}

func TestOneStoryInOneOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, place string) {
		clock := noon
		l := run(t, place, func(o *Options) { o.Now = func() time.Time { return clock } })
		export(t, l, item("1", "1"))
		clock = noon.Add(-24 * time.Hour) // somebody sets the clock back
		_, err := l.Settle(t.Context(), []Answer{{Item: item("1", "1").ID, State: Accepted}})
		require.NoError(t, err)
		story, err := l.History(t.Context(), find(t, l, "1")[0].RowID)
		require.NoError(t, err)
		assert.True(t, slices.IsSortedFunc(story.Events, func(a, b Event) int { return int(a.Seq - b.Seq) }))
		last := story.Events[len(story.Events)-1]
		assert.Equal(t, EventSettled, last.Kind)
		assert.Equal(t, clock, last.At)
		assert.NoError(t, l.Release(t.Context()))
		require.NoError(t, l.Acquire(t.Context(), "after", 0), "a clock set back does not keep the unit locked")
	})
}
