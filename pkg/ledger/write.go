package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// CodeLockLost says that another run has taken the unit over, since this one
// gave no sign of life for too long.
var CodeLockLost = diag.Locked.Code("ledger-lock-lost", "unit")

// errNotLocked is a fault of the caller: only who holds the lock may write.
var errNotLocked = errors.New("ledger: written without the lock of the unit")

// change is one transaction: the rows that change and the events that say so.
type change struct {
	ctx    context.Context
	tx     *sql.Tx
	ledger *Ledger
	// name begins the names of the steps.
	name string
	// seq is the last number given, at is the time of all that changes.
	seq        int64
	at         string
	events     []any
	statements map[string]*sql.Stmt
}

// write changes the ledger in one transaction. After a connection that was cut
// while the transaction ended, the counter of the unit tells whether it took
// place: no other run can have moved it. So do runs once more only if it left
// nothing behind, and has to do the same then.
func (l *Ledger) write(ctx context.Context, name string, do func(*change) error) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	if l.lock == nil {
		return errNotLocked
	}
	var reached int64
	return l.retry(ctx, func() error {
		c, err := l.begin(ctx, name)
		if err != nil {
			return err
		}
		// After a commit this does nothing.
		defer func() { _ = c.tx.Rollback() }()
		if reached > 0 && c.seq >= reached {
			return nil
		}
		start := c.seq
		if err := do(c); err != nil || c.seq == start {
			return err
		}
		if err := c.finish(); err != nil {
			return err
		}
		reached = c.seq
		if err := c.step("commit"); err != nil {
			return err
		}
		if err := c.tx.Commit(); err != nil {
			return err
		}
		return c.step("committed")
	})
}

// begin opens a transaction, proves that the lock is still held and renews it.
func (l *Ledger) begin(ctx context.Context, name string) (*change, error) {
	c := &change{ctx: ctx, ledger: l, name: name, at: l.stamp(), statements: map[string]*sql.Stmt{}}
	if err := c.step("begin"); err != nil {
		return nil, err
	}
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	c.tx = tx
	err = tx.QueryRowContext(ctx, `UPDATE units SET beat = $1 WHERE id = $2 AND token = $3 RETURNING seq`,
		l.lock.beat(l), l.unit, l.lock.token).Scan(&c.seq)
	if err != nil {
		err = errors.Join(err, tx.Rollback())
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil, diag.New(CodeLockLost, "unit", l.options.Unit)
	}
	return c, err
}

// finish writes the events that are left, and the counter.
func (c *change) finish() error {
	if err := c.flush(); err != nil {
		return err
	}
	_, err := c.exec("counter", `UPDATE units SET seq = $1 WHERE id = $2`, c.seq, c.ledger.unit)
	return err
}

func (c *change) step(what string) error { return c.ledger.Step(c.name + "." + what) }

// next gives a number: of a record, an export or an event.
func (c *change) next() int64 {
	c.seq++
	return c.seq
}

// exec changes rows and tells how many; step names what.
func (c *change) exec(step, text string, args ...any) (int64, error) {
	if err := c.step(step); err != nil {
		return 0, err
	}
	statement, err := c.statement(c.ctx, text) //nolint:sqlclosecheck // the transaction closes it
	if err != nil {
		return 0, err
	}
	result, err := statement.ExecContext(c.ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// statement prepares a statement of the transaction once.
func (c *change) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := c.statements[text]; ok {
		return s, nil
	}
	s, err := c.tx.PrepareContext(ctx, text)
	if err == nil {
		c.statements[text] = s
	}
	return s, err
}

// insertRows is how many rows one statement inserts.
const insertRows = 50

// table is a table and its columns, in the order in which rows of it are added.
type table struct{ name, columns string }

// width is how many columns there are.
func (t table) width() int { return strings.Count(t.columns, ",") + 1 }

// insert adds rows of a table; values holds them one after the other.
func (c *change) insert(into table, values []any) error {
	width := into.width()
	for size := width * insertRows; len(values) > 0; values = values[min(size, len(values)):] {
		some := values[:min(size, len(values))]
		text := `INSERT INTO ` + into.name + ` (` + into.columns + `) VALUES ` + c.ledger.dialect.tuples(len(some)/width, width)
		if _, err := c.exec(into.name, text, some...); err != nil {
			return err
		}
	}
	return nil
}

// event appends to the story. details may be nil.
func (c *change) event(kind EventKind, record, export int64, from, to State, details *Details) error {
	text := ""
	if details != nil {
		b, err := json.Marshal(details)
		if err != nil {
			return err
		}
		text = string(b)
	}
	c.events = append(c.events, c.ledger.unit, c.next(), c.at, string(kind), record, export, string(from), string(to), text)
	if len(c.events) >= eventTable.width()*insertRows {
		return c.flush()
	}
	return nil
}

var eventTable = table{"events", `unit, seq, at, kind, record, export, from_state, to_state, details`}

func (c *change) flush() error {
	events := c.events
	c.events = c.events[:0]
	return c.insert(eventTable, events)
}

// reader asks a question and reads its rows one by one: of the ledger, or inside
// a transaction.
type reader func(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error

func (l *Ledger) read(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := l.db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	return readAll(rows, scan)
}

func (c *change) read(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := c.tx.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	return readAll(rows, scan)
}

// readAll reads rows to their end.
func readAll(rows *sql.Rows, scan func(*sql.Rows) error) (err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// row asks for one row; its error comes with Scan.
func (c *change) row(text string, args ...any) *sql.Row {
	statement, err := c.statement(c.ctx, text) //nolint:sqlclosecheck // the transaction closes it
	if err != nil {
		// The same error comes again, as that of a row.
		return c.tx.QueryRowContext(c.ctx, text, args...)
	}
	return statement.QueryRowContext(c.ctx, args...)
}
