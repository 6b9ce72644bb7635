package ledger

import "context"

// Cursor gives how far a source was read, "" when it never was.
func (l *Ledger) Cursor(ctx context.Context, source string) (value string, err error) {
	err = l.retry(ctx, func() error {
		return ignoreNoRows(l.db.QueryRowContext(ctx, `SELECT value FROM cursors WHERE unit = $1 AND source = $2`, l.unit, source).Scan(&value))
	})
	return value, err
}

// SetCursor writes down how far a source was read. It comes last, when all that
// was read is written down.
func (l *Ledger) SetCursor(ctx context.Context, source, value string) error {
	return l.write(ctx, "cursor", func(c *change) error {
		var was string
		err := ignoreNoRows(c.row(`SELECT value FROM cursors WHERE unit = $1 AND source = $2`, l.unit, source).Scan(&was))
		if err != nil || was == value {
			return err
		}
		if _, err := c.exec("cursors", `INSERT INTO cursors (unit, source, value, changed) VALUES ($1, $2, $3, $4)
			ON CONFLICT (unit, source) DO UPDATE SET value = excluded.value, changed = excluded.changed`, l.unit, source, value, c.at); err != nil {
			return err
		}
		return c.event(EventCursor, 0, 0, "", "", &Details{Source: source, Value: value})
	})
}
