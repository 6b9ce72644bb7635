package ledger

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Export is a file for POHODA, or a sending.
type Export struct {
	ID    int64 `json:"id"`
	State State `json:"state"`
	// Path is the file, absolute, so that a later run finds it; "" for a stream.
	Path string `json:"path,omitzero"`
	// Digest is that of all its bytes, Pack the id of the pack.
	Digest string `json:"digest"`
	Pack   string `json:"pack,omitzero"`
	// Host is the machine on which it was made.
	Host string    `json:"host,omitzero"`
	At   time.Time `json:"at"`
}

// Item is a record in an export.
type Item struct {
	Key Key
	// Code is the deal's code, OrderNumber the number that POHODA is given.
	Code, OrderNumber string
	// ID is the item's id in the pack.
	ID string
	// Content is the digest of the record, Document that of what is sent.
	Content, Document string
	// Phase is the phase in which the source has the record.
	Phase trade.Phase
	// Revision is 2 and more for a document that takes the place of one that
	// POHODA has, 0 otherwise.
	Revision int
	// Total is what the document comes to in Currency; absent is unknown.
	Total    money.Decimal
	Currency money.Currency
	// Again says that the user wants a record exported that POHODA may have
	// already: the same document once more, or one that takes its place.
	Again bool
}

// CodeTransferred says that POHODA has, or may have, the record: it is {state}.
var CodeTransferred = diag.Refused.Code("ledger-transferred", "number", "state")

// Begin writes an export down before its file is put in place, or before its
// bytes go, and gives its number: its records are Writing. The file's path and
// digest, and every item, are known by then. Items may be asked for twice, when
// the line to the database is cut.
//
// A record that POHODA has or may have is an error (CodeTransferred), unless the
// item says Again; one that is underway (Writing, Sending, Unknown) always is,
// by CodeState. Exported and not confirmed, it may go again as the very same
// document.
func (l *Ledger) Begin(ctx context.Context, e Export, items iter.Seq[Item]) (int64, error) {
	err := l.write(ctx, "begin", func(c *change) error {
		e.ID = c.next()
		if err := c.insert(exportTable, []any{l.unit, e.ID, string(Writing), e.Path, e.Digest, e.Pack, l.self.host, c.at}); err != nil {
			return err
		}
		known := 0
		if err := inBatches(items, func(some []Item) error {
			n, err := c.addItems(e.ID, some)
			known += n
			return err
		}); err != nil {
			return err
		}
		if known > 0 {
			if err := c.takeItems(e.ID); err != nil {
				return err
			}
		}
		return c.event(EventBegan, 0, e.ID, "", Writing, nil)
	})
	return e.ID, err
}

// exportTable are exports in the order in which Begin gives their values.
var exportTable = table{"exports", `unit, id, state, path, digest, pack, host, at`}

// batch is how many records are looked up and written together.
const batch = 1000

func inBatches[T any](all iter.Seq[T], do func([]T) error) error {
	some := make([]T, 0, batch)
	for one := range all {
		if some = append(some, one); len(some) == batch {
			if err := do(some); err != nil {
				return err
			}
			some = some[:0]
		}
	}
	if len(some) == 0 {
		return nil
	}
	return do(some)
}

// Placed writes down that the file of an export is in place: its items are
// Exported, and earlier exports of the same records are Replaced.
func (l *Ledger) Placed(ctx context.Context, export int64) error {
	return l.write(ctx, "placed", func(c *change) error { return c.place(export) })
}

// Sending writes down that the bytes of an export are about to go. An export
// that is already in place may be sent as well, and one whose outcome is unknown
// may be sent again with the same bytes.
func (l *Ledger) Sending(ctx context.Context, export int64) error {
	return l.write(ctx, "sending", func(c *change) error {
		if err := c.moveExport(export, EventSending, Sending); err != nil {
			return err
		}
		return c.replaceEarlier(export)
	})
}

// Abandon undoes an export whose file did not come to be: its records stand as
// before, and the trace of it stays.
func (l *Ledger) Abandon(ctx context.Context, export int64) error {
	return l.write(ctx, "abandon", func(c *change) error { return c.undo(export) })
}

// exportColumns are the columns of an export, in the order of the table.
const exportColumns = `e.id, e.state, e.path, e.digest, e.pack, e.host, e.at`

func scanExport(rows *sql.Rows, e *Export, more ...any) error {
	var at string
	err := rows.Scan(append([]any{&e.ID, &e.State, &e.Path, &e.Digest, &e.Pack, &e.Host, &at}, more...)...)
	e.At = parseStamp(at)
	return err
}

// addItems writes items of an export, and the records that are new; it tells how
// many were known.
func (c *change) addItems(export int64, items []Item) (known int, err error) {
	records, err := c.records(len(items), func(n int) Key { return items[n].Key })
	if err != nil {
		return 0, err
	}
	var added, rows []any
	twice := map[Key]bool{}
	for n := range items {
		i, r := &items[n], &records[n]
		if twice[i.Key] {
			return 0, wrongState(i.Key.ID, Writing, Writing)
		}
		twice[i.Key] = true
		before := *r
		if r.Known() {
			known++
			err = c.exportAgain(i, r)
		} else {
			before.State = New
			r.RowID, r.Key, r.Code, r.OrderNumber = c.next(), i.Key, i.Code, i.OrderNumber
			r.State, r.Sent, r.Seen, r.Phase, r.Export, r.Revision = Writing, i.Content, i.Content, i.Phase, export, i.Revision
			r.Total, r.Currency = i.Total, i.Currency
			added = append(added, c.recordRow(r)...)
		}
		if err != nil {
			return 0, err
		}
		rows = append(rows, c.ledger.unit, export, r.RowID, i.ID, i.Content, i.Document, string(i.Phase), i.Revision, decimalText(i.Total), string(i.Currency), string(Writing),
			string(before.State), before.Sent, before.Export, before.Revision)
	}
	if err := c.insert(recordTable, added); err != nil {
		return 0, err
	}
	return known, c.insert(itemTable, rows)
}

// takeItems makes the records that were known follow the items of an export; the
// others are already as they should be.
func (c *change) takeItems(export int64) error {
	_, err := c.exec("records.update", `UPDATE records SET state = i.state, sent = i.content, seen = i.content, phase = i.phase,
		export = i.export, revision = i.revision, total = i.total, currency = i.currency, changed = $1
		FROM items i WHERE i.unit = $2 AND i.export = $3 AND records.unit = i.unit AND records.id = i.record
		AND records.export <> i.export`, c.at, c.ledger.unit, export)
	return err
}

// itemTable are items in the order in which their values are given.
var itemTable = table{"items", `unit, export, record, item, content, document, phase, revision, total, currency, state,
	before_state, before_sent, before_export, before_revision`}

// exportAgain tells whether an item may be written for a record that is known,
// and renames it.
func (c *change) exportAgain(i *Item, r *Record) error {
	same := false
	if r.State == Exported && !i.Again {
		document := ""
		if err := c.row(`SELECT document FROM items WHERE unit = $1 AND export = $2 AND record = $3`,
			c.ledger.unit, r.Export, r.RowID).Scan(&document); err != nil {
			return err
		}
		same = document == i.Document
	}
	switch {
	case r.State == Writing, r.State == Sending, r.State == Unknown:
		return wrongState(r.Name(), r.State, Writing)
	case i.Again, same, r.State == New, r.State == Refused:
		return c.rename(r, i.Code, i.OrderNumber)
	}
	return diag.New(CodeTransferred, "state", string(r.State), "number", r.PohodaNumber).WithRecord(r.Name())
}

// place makes an export Exported.
func (c *change) place(export int64) error {
	if err := c.moveExport(export, EventPlaced, Exported); err != nil {
		return err
	}
	return c.replaceEarlier(export)
}

// moveExport moves an export and those of its items that may follow, with their
// records; others were settled meanwhile and stay.
func (c *change) moveExport(export int64, kind EventKind, to State) error {
	from, err := c.exportState(export, to)
	if err != nil {
		return err
	}
	if _, err := c.moveItems(export, to, before(to)); err != nil {
		return err
	}
	return c.endMove(export, kind, from, to)
}

// exportState reads the state of an export that is to be moved.
func (c *change) exportState(export int64, to State) (from State, err error) {
	err = c.row(`SELECT state FROM exports WHERE unit = $1 AND id = $2`, c.ledger.unit, export).Scan(&from)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !from.May(to) {
		return from, wrongState(strconv.FormatInt(export, 10), from, to)
	}
	return from, err
}

// moveItems moves the items of an export that are in one of some states, with
// their records, and tells how many.
func (c *change) moveItems(export int64, to State, states string) (int64, error) {
	if _, err := c.exec("records.update", `UPDATE records SET state = $1, changed = $2 WHERE unit = $3 AND export = $4
		AND id IN (SELECT record FROM items WHERE unit = $3 AND export = $4 AND state IN `+states+`)`,
		string(to), c.at, c.ledger.unit, export); err != nil {
		return 0, err
	}
	return c.exec("items.update", `UPDATE items SET state = $1 WHERE unit = $2 AND export = $3 AND state IN `+states,
		string(to), c.ledger.unit, export)
}

// endMove gives the export itself its state, and tells.
func (c *change) endMove(export int64, kind EventKind, from, to State) error {
	if _, err := c.exec("exports.update", `UPDATE exports SET state = $1 WHERE unit = $2 AND id = $3`,
		string(to), c.ledger.unit, export); err != nil {
		return err
	}
	return c.event(kind, 0, export, from, to, nil)
}

// replaceEarlier makes the items Replaced whose place the items of an export
// take.
func (c *change) replaceEarlier(export int64) error {
	_, err := c.exec("items.replace", `UPDATE items SET state = $1 FROM items AS later
		WHERE later.unit = $2 AND later.export = $3 AND later.before_export > 0
		AND items.unit = later.unit AND items.export = later.before_export AND items.record = later.record
		AND items.state IN `+before(Replaced), string(Replaced), c.ledger.unit, export)
	return err
}

// undo puts the records of an export back where they stood before it.
func (c *change) undo(export int64) error {
	from, err := c.exportState(export, Cancelled)
	if err != nil {
		return err
	}
	if from != Writing {
		return wrongState(strconv.FormatInt(export, 10), from, Cancelled)
	}
	const open = `('writing', 'unknown')`
	if _, err := c.exec("records.update", `UPDATE records SET state = i.before_state, sent = i.before_sent, export = i.before_export, revision = i.before_revision, changed = $1
		FROM items i WHERE i.unit = $2 AND i.export = $3 AND i.state IN `+open+`
		AND records.unit = i.unit AND records.id = i.record AND records.export = i.export`, c.at, c.ledger.unit, export); err != nil {
		return err
	}
	if _, err := c.exec("items.update", `UPDATE items SET state = $1 WHERE unit = $2 AND export = $3 AND state IN `+open,
		string(Cancelled), c.ledger.unit, export); err != nil {
		return err
	}
	return c.endMove(export, EventUndone, from, Cancelled)
}

// before lists the states which a state may follow, as SQL.
func before(to State) string {
	var words []string
	for from := range follow {
		if from.May(to) {
			words = append(words, "'"+string(from)+"'")
		}
	}
	slices.Sort(words)
	return "(" + strings.Join(words, ", ") + ")"
}
