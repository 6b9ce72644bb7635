// Package ledger remembers what was transferred, so that nothing goes twice and
// nothing is forgotten: one SQLite file, or a PostgreSQL database that a team
// shares, with the same SQL for both.
//
// # How it is built
//
// Per accounting unit it holds records (what a source has), exports (files or
// sendings), items (a record in an export), payments, cursors and one lock.
// Records and items have a state, and one table says which state may follow
// which. These rows are the present; every change also appends to events, in the
// same transaction and numbered by a counter of the unit, so that the story
// needs no clock and a clock set back harms nothing.
//
// An export is written down before its file is put in place, with the digest of
// the file to be, and again after; a run that died between is settled by looking
// for that file (Recover). Only the run that holds the unit's lock writes: each
// transaction begins by proving that the lock is still its own, and ends by
// moving the counter, which tells after a cut connection whether it took place.
//
// The package imports no driver: whoever uses it imports the drivers "sqlite"
// (modernc.org/sqlite) and "pgx" (github.com/jackc/pgx/v5/stdlib).
package ledger

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"
)

// Options say how a ledger is opened.
type Options struct {
	// Unit is the accounting unit: its IČO, or its key where it has no IČO.
	Unit string
	// Now is the clock. It dates what happens and orders nothing.
	Now func() time.Time
	// ReadOnly opens an existing ledger for looking at it.
	ReadOnly bool
	// Fault is called before every step that lasts, by its name; an error ends
	// the step there. It is for tests that break off a run, nil otherwise.
	Fault func(step string) error
	// Patience is how long a step waits for a database that cannot be reached;
	// 0 is 15 seconds.
	Patience time.Duration
	// Lease is for how long the lock of a run on another machine is respected
	// after its last sign of life; 0 is one minute.
	Lease time.Duration
}

// Ledger is an open ledger of one accounting unit. It may be used from several
// goroutines.
type Ledger struct {
	options Options
	dialect dialect
	db      *sql.DB
	self    process
	// unit is the number of the unit, 0 when a ledger that is only read has not
	// heard of it.
	unit int64
	// made tells that there were no tables.
	made bool
	// erased tells that records without their ids may exist.
	erased bool

	// writing keeps the transactions of this process apart.
	writing sync.Mutex
	lock    *held
}

// Open opens a ledger by the path of its file or by a URL (postgres://…). A file
// that is not there is made, readable by its owner only, and a database gets its
// tables.
//
// Its errors are issues: CodeCorrupt, CodeForeign, CodeNewer, CodeMissing (only
// to be read), CodeReadOnly, CodeUnreachable, CodeUnusable.
func Open(ctx context.Context, source string, o Options) (*Ledger, error) {
	if o.Patience == 0 {
		o.Patience = 15 * time.Second
	}
	if o.Lease == 0 {
		o.Lease = time.Minute
	}
	b, err := newBase(source, o.ReadOnly)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open(b.driver, b.dsn)
	if err != nil {
		return nil, b.issue(CodeUnusable, err)
	}
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections)
	l := &Ledger{options: o, dialect: b, db: db, self: thisProcess()}
	if err := l.prepare(ctx); err != nil {
		return nil, errors.Join(b.unforeseen(err), db.Close())
	}
	return l, nil
}

// maxConnections is how many connections a run has at most: one writes, the
// others read.
const maxConnections = 4

// prepare brings the tables up to date and finds the unit.
func (l *Ledger) prepare(ctx context.Context) error {
	if !l.options.ReadOnly {
		if err := l.Check(ctx); err != nil {
			return err
		}
	}
	if err := l.migrate(ctx); err != nil {
		return err
	}
	return l.retry(ctx, func() error { return l.findUnit(ctx) })
}

// findUnit reads the number of the unit, and gives it one when it is new.
func (l *Ledger) findUnit(ctx context.Context) error {
	for {
		var erased int64
		err := l.db.QueryRowContext(ctx, `SELECT id, erased FROM units WHERE name = $1`, l.options.Unit).Scan(&l.unit, &erased)
		l.erased = erased > 0
		if !errors.Is(err, sql.ErrNoRows) || l.options.ReadOnly {
			return ignoreNoRows(err)
		}
		if err := l.Step("unit.insert"); err != nil {
			return err
		}
		// Two runs may give the same number to two units; the one that comes second
		// inserts nothing and tries again.
		if _, err := l.db.ExecContext(ctx, `INSERT INTO units (id, name, seq, erased, token, holder, host, place, pid, started, since, beat)
			SELECT coalesce(max(id), 0) + 1, $1, 0, 0, 0, '', '', '', 0, '', '', 0 FROM units WHERE true ON CONFLICT DO NOTHING`,
			l.options.Unit); err != nil {
			return err
		}
	}
}

func ignoreNoRows(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// Made tells whether there was no ledger before it was opened.
func (l *Ledger) Made() bool { return l.made }

// Close gives back the lock and closes the ledger.
func (l *Ledger) Close() error {
	// What cannot be given back lapses by itself.
	_ = l.Release(context.Background())
	return l.db.Close()
}

// Step marks a step that lasts, for Options.Fault. The ledger calls it before
// each of its own; whoever moves files between them does the same.
func (l *Ledger) Step(name string) error {
	if l.options.Fault == nil {
		return nil
	}
	if err := l.options.Fault(name); err != nil {
		return &fault{err}
	}
	return nil
}

// fault is an error that a test asked for: it is nobody's else and never tried
// again.
type fault struct{ error }

func (f *fault) Unwrap() error { return f.error }

// stamp is the form of times in the tables: UTC, of one width, so that texts
// compare as times do.
const stamp = "2006-01-02T15:04:05.000000Z"

func (l *Ledger) stamp() string { return l.options.Now().UTC().Format(stamp) }

func parseStamp(s string) time.Time {
	// What this package wrote it can read; another text is no time.
	t, _ := time.Parse(stamp, s)
	return t
}
