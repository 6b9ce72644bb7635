package ledger

import (
	"context"
	"database/sql"
	"iter"
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
const CodeTransferred diag.Code = "ledger-transferred"

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
