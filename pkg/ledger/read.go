package ledger

import (
	"context"
	"database/sql"
	"errors"
)

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
