package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/trade"
)

// What a damaged ledger does not know any more would be sent twice, so a ledger
// is looked through before it is written to. A damage that no check finds shows as
// a value that this package never wrote.

// Check looks for damage; its error is an issue of CodeDamaged. It goes through all
// pages of an SQLite file, as quick_check does, and holds the indexes against their
// tables: a record that an index lacks would count as new, and quick_check does not
// see it. Measured: 0.4 s at 100,000 records. PostgreSQL looks after its own pages.
func (l *Ledger) Check(ctx context.Context) error {
	if l.dialect.driver != sqliteDriver {
		return nil
	}
	return l.retry(ctx, func() error {
		return l.read(ctx, `PRAGMA integrity_check(1)`, nil, func(rows *sql.Rows) error {
			var answer string
			if err := rows.Scan(&answer); err != nil || answer == "ok" {
				return err
			}
			lines := strings.Split(answer, "\n")
			return damaged(errors.New(lines[len(lines)-1])) // the first one only names the file
		})
	})
}

// damage is an error of a value that this package never wrote.
type damage struct{ error }

func (d *damage) Unwrap() error { return d.error }

// damageTexts are parts of errors that have no type or code of their own: a column
// holds another kind of value than was written (database/sql), a table is gone
// (SQLite).
var damageTexts = []string{"sql: Scan error on column", "no such table: ", "no such column: "}

// isDamage tells an error of damage from one of the database, or of the line to it:
// what was written is not there, or is something else.
func isDamage(err error) bool {
	var found *damage
	return errors.As(err, &found) || errors.Is(err, sql.ErrNoRows) ||
		slices.ContainsFunc(damageTexts, func(text string) bool { return strings.Contains(err.Error(), text) })
}

// damaged makes an error of a value one of damage.
func damaged(err error) error {
	if err == nil {
		return nil
	}
	return &damage{err}
}

// sound tells whether the words of a record are words that this package writes.
func (r *Record) sound() error {
	switch {
	case !slices.Contains(New.Values(), string(r.State)):
		return damaged(fmt.Errorf("a record is in the state %q", r.State))
	case r.Payment != "" && !slices.Contains(trade.Paid.Values(), string(r.Payment)):
		return damaged(fmt.Errorf("a record has the payment %q", r.Payment))
	case r.RowID <= 0 || r.Revision < 0 || r.Export < 0:
		return damaged(fmt.Errorf("a record has the number %d, the export %d and the revision %d", r.RowID, r.Export, r.Revision))
	}
	return nil
}
