package main

import (
	"database/sql"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// torn asks for what never is in a ledger, whenever a process died: its tables
// agree with each other, and a record is in exactly one state.
const torn = `
	SELECT 'record stands elsewhere than its item', r.code || ' ' || r.state || ' ' || i.state FROM records r
		JOIN items i ON i.unit = r.unit AND i.export = r.export AND i.record = r.id WHERE i.state <> r.state
	UNION ALL SELECT 'record has no item in its export', r.code || ' ' || r.state FROM records r WHERE r.export <> 0
		AND NOT EXISTS (SELECT 1 FROM items i WHERE i.unit = r.unit AND i.export = r.export AND i.record = r.id)
	UNION ALL SELECT 'record is on its way without an export', r.code || ' ' || r.state FROM records r
		WHERE r.export = 0 AND r.state IN ('writing', 'sending', 'exported')
	UNION ALL SELECT 'item is open beside the last one', i.item || ' ' || i.state FROM items i
		JOIN records r ON r.unit = i.unit AND r.id = i.record
		WHERE i.export <> r.export AND i.state NOT IN ('replaced', 'cancelled')
		AND NOT EXISTS (SELECT 1 FROM items l WHERE l.unit = r.unit AND l.export = r.export AND l.record = r.id
			AND l.state = 'writing' AND l.before_export = i.export)
		-- Of what was forgotten, and is known by a person's word since, the answer comes later.
		AND NOT (i.state IN ('accepted', 'accepted-changed')
			AND EXISTS (SELECT 1 FROM events f WHERE f.unit = r.unit AND f.record = r.id AND f.kind = 'forgotten'))
	UNION ALL SELECT 'item is not in the state of its export', i.item || ' ' || i.state || ' ' || e.state FROM items i
		JOIN exports e ON e.unit = i.unit AND e.id = i.export
		WHERE (e.state = 'writing') <> (i.state = 'writing') OR e.state = 'cancelled' AND i.state <> 'cancelled'
	UNION ALL SELECT 'export has no items', e.state FROM exports e
		WHERE NOT EXISTS (SELECT 1 FROM items i WHERE i.unit = e.unit AND i.export = e.id)
	UNION ALL SELECT 'event is beyond the counter', e.kind FROM events e JOIN units u ON u.id = e.unit WHERE e.seq > u.seq
	UNION ALL SELECT 'record stands elsewhere than its story ends', r.code || ' ' || r.state || ' ' || e.kind || ' ' || e.to_state
		FROM records r JOIN events e ON e.unit = r.unit AND e.seq = (SELECT max(l.seq) FROM events l WHERE l.unit = r.unit AND l.to_state <> ''
			AND (l.record = r.id AND (l.export IN (0, r.export) OR l.kind = 'forgotten') OR l.record = 0 AND l.export = r.export AND r.export <> 0))
		WHERE e.to_state <> r.state`

// undone asks for what is not in a ledger when a run has ended.
const undone = `
	SELECT 'record is underway', state FROM records WHERE state IN ('writing', 'sending')
	UNION ALL SELECT 'item is underway', state FROM items WHERE state IN ('writing', 'sending')
	UNION ALL SELECT 'export is underway', state FROM exports WHERE state IN ('writing', 'sending')
	UNION ALL SELECT 'lock is held', holder FROM units WHERE holder <> ''`

// tables gives the state of a ledger, without numbers and times that differ from
// run to run: what it says of each record, and which documents went.
func (w *world) tables(db *sql.DB) string {
	w.t.Helper()
	var all strings.Builder
	for _, question := range []string{
		`SELECT r.source, r.target, r.code, r.number, r.state, r.sent, r.seen, r.phase, r.revision, r.pohoda_id, r.pohoda_number, r.payment,
			coalesce(i.item, ''), coalesce(i.document, ''), coalesce(e.digest, ''), coalesce(e.pack, ''), coalesce(e.path, '')
			FROM records r LEFT JOIN items i ON i.unit = r.unit AND i.export = r.export AND i.record = r.id
			LEFT JOIN exports e ON e.unit = r.unit AND e.id = r.export ORDER BY r.source, r.target`,
		`SELECT DISTINCT i.item, i.content, i.document FROM items i JOIN exports e ON e.unit = i.unit AND e.id = i.export
			WHERE e.state <> 'cancelled' ORDER BY i.item, i.document, i.content`,
		`SELECT DISTINCT path, digest, pack FROM exports WHERE state <> 'cancelled' ORDER BY path, digest`,
		`SELECT source, value FROM cursors ORDER BY source`,
		`SELECT order_number, state, total, due, currency, invoices FROM payments ORDER BY order_number`,
	} {
		for _, row := range ask(w.t, db, question) {
			all.WriteString(strings.ReplaceAll(row, w.dir, "DIR") + "\n")
		}
		all.WriteString("\n")
	}
	return all.String()
}

// checkFiles holds the files for POHODA against the ledger: each is whole, is a
// pack of this unit, and is known by its digest as that of an export in one of
// some states.
func (w *world) checkFiles(db *sql.DB, states string) {
	w.t.Helper()
	known := map[string]bool{}
	for _, row := range ask(w.t, db, `SELECT path, digest FROM exports WHERE state IN `+states) {
		known[strings.TrimSpace(row)] = true
	}
	for _, name := range w.forPohoda() {
		content := w.read(name)
		pack, err := readPack(content)
		require.NoError(w.t, err, name)
		assert.Equal(w.t, testUnit, pack.ICO, name)
		assert.NotEmpty(w.t, pack.Items, name)
		digest := digestOf(content)
		// Of what was erased the digest is left.
		assert.True(w.t, known[w.path(name)+" "+digest] || known[digest], "%s is in place, and no export is", name)
	}
}

// placed gives the numbers of the exports whose file is in place, and which the
// ledger does not know so yet.
func (w *world) placed(db *sql.DB) []string {
	w.t.Helper()
	there := map[string]bool{}
	for _, name := range w.forPohoda() {
		there[w.path(name)+" "+digestOf(w.read(name))] = true
	}
	var placed []string
	for _, row := range ask(w.t, db, `SELECT id, path, digest FROM exports WHERE path <> '' AND state = 'writing'`) {
		if id, file, _ := strings.Cut(row, " "); there[file] {
			placed = append(placed, id)
		}
	}
	return placed
}

// exists tells whether the ledger has tables: a process may be killed before.
func (w *world) exists(db *sql.DB) bool {
	w.t.Helper()
	question := `SELECT name FROM sqlite_master WHERE name = 'cursors'`
	if w.inPostgres() {
		question = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'cursors'`
	}
	return len(ask(w.t, db, question)) > 0
}

// checkKilled looks at what a killed process has left, and gives the exports that
// the next run has to recognise by their files.
func (w *world) checkKilled() (placed []string) {
	w.t.Helper()
	db := w.open()
	defer db.Close()
	if !w.exists(db) {
		assert.Empty(w.t, w.forPohoda(), "files that no ledger knows")
		return nil
	}
	assert.Empty(w.t, ask(w.t, db, torn))
	w.checkFiles(db, `('exported', 'writing')`)
	return w.placed(db)
}

// checkDone looks at what a run has left that came to its end: the exports whose
// files were placed by runs before it are in place.
func (w *world) checkDone(placed []string) (tables string) {
	w.t.Helper()
	db := w.open()
	defer db.Close()
	if !w.exists(db) {
		return ""
	}
	assert.Empty(w.t, ask(w.t, db, torn+" UNION ALL "+undone))
	w.checkFiles(db, `('exported')`)
	for _, id := range placed {
		assert.Equal(w.t, []string{"exported"}, ask(w.t, db, `SELECT state FROM exports WHERE id = `+id), "the file of export %s was in place", id)
	}
	return w.tables(db)
}
