package ledger

import (
	"context"
	"database/sql"
)

// each asks a question and reads its rows one by one.
func (l *Ledger) each(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := l.db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	return readAll(rows, scan)
}

// readAll reads rows to their end.
func readAll(rows *sql.Rows, scan func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
