package ledger

import (
	"context"
	"database/sql"
	"slices"
	"time"
)

// Overview is what can be said of the ledger of a unit at a glance.
type Overview struct {
	// States counts the records by their states.
	States map[State]int64 `json:"states"`
	// Cursors say how far sources were read.
	Cursors []SourceCursor `json:"cursors,omitempty"`
	// Holder is the run that works on the unit, since Since; "" is nobody.
	Holder string    `json:"holder,omitzero"`
	Since  time.Time `json:"since,omitzero"`
}

// SourceCursor says how far a source was read, and when that was written down.
type SourceCursor struct {
	Source  string    `json:"source"`
	Value   string    `json:"value"`
	Changed time.Time `json:"changed"`
}

// Overview looks over the ledger. The lock of a run that is dead is nobody's.
func (l *Ledger) Overview(ctx context.Context) (o Overview, err error) {
	err = l.retry(ctx, func() error {
		o = Overview{States: map[State]int64{}}
		for _, part := range []struct {
			text string
			scan func(*sql.Rows) error
		}{
			{`SELECT state, count(*) FROM records WHERE unit = $1 GROUP BY state`, o.scanState},
			{`SELECT source, value, changed FROM cursors WHERE unit = $1 ORDER BY source`, o.scanCursor},
		} {
			if err := l.read(ctx, part.text, []any{l.unit}, part.scan); err != nil {
				return err
			}
		}
		h, err := l.holder(ctx)
		if err != nil {
			return ignoreNoRows(err)
		}
		now, err := l.sharedTime(ctx)
		if err == nil && !l.free(h, now) {
			o.Holder, o.Since = h.String(), parseStamp(h.since)
		}
		return err
	})
	return o, err
}

func (o *Overview) scanState(rows *sql.Rows) error {
	var state State
	var count int64
	err := rows.Scan(&state, &count)
	o.States[state] = count
	return err
}

func (o *Overview) scanCursor(rows *sql.Rows) error {
	var c SourceCursor
	var changed string
	err := rows.Scan(&c.Source, &c.Value, &changed)
	c.Changed = parseStamp(changed)
	o.Cursors = append(o.Cursors, c)
	return err
}

// Names gives what the newest records of the unit are called, so many of them:
// their codes, ids and numbers, to find what somebody has mistyped.
func (l *Ledger) Names(ctx context.Context, records int) (names []string, err error) {
	err = l.retry(ctx, func() error {
		names = nil
		return l.read(ctx, `SELECT code, source, number, pohoda_number FROM records WHERE unit = $1 ORDER BY id DESC LIMIT $2`,
			[]any{l.unit, records}, func(rows *sql.Rows) error {
				var some [4]string
				err := rows.Scan(&some[0], &some[1], &some[2], &some[3])
				for n, name := range some {
					if name != "" && !slices.Contains(some[:n], name) {
						names = append(names, name)
					}
				}
				return err
			})
	})
	return names, err
}
