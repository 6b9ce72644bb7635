package ledger

import (
	"context"
	"database/sql"
)

// Recovered is what became of an export that a dead run left open.
type Recovered struct {
	Export
	// Outcome is Exported when its file is in place, Cancelled when it never
	// took place, Unknown when nobody here can tell.
	Outcome State `json:"outcome"`
}

// Recover settles what dead runs left open; a run does so when it has the lock,
// before all else. digestOf gives the digest of the file at a path, false when
// there is none.
//
// An export whose file is in place, by its digest, is Exported. One that has
// none is undone: the next export of its records has the same ids and bytes. Of
// a file on another machine, and of bytes that were on their way, the outcome is
// Unknown: the items wait until POHODA's answer settles them, or, for the file,
// until a run on that machine looks.
func (l *Ledger) Recover(ctx context.Context, digestOf func(path string) (string, bool)) ([]Recovered, error) {
	open, err := l.openExports(ctx)
	if err != nil {
		return nil, err
	}
	var all []Recovered
	for _, e := range open {
		r := Recovered{e, l.outcome(e, digestOf)}
		changed := false
		err := l.write(ctx, "recover", func(c *change) error {
			start := c.seq
			err := c.recover(&r)
			changed = c.seq > start
			return err
		})
		if err != nil {
			return all, err
		}
		if changed {
			all = append(all, r)
		}
	}
	return all, nil
}

// outcome decides what became of an export.
func (l *Ledger) outcome(e Export, digestOf func(string) (string, bool)) State {
	if e.State == Sending {
		return Unknown
	}
	if e.Path == "" {
		return Cancelled
	}
	if digest, ok := digestOf(e.Path); ok && digest == e.Digest {
		return Exported
	}
	if e.Host != l.self.host {
		return Unknown
	}
	return Cancelled
}

func (c *change) recover(r *Recovered) error {
	switch {
	case r.Outcome == Exported:
		return c.place(r.ID)
	case r.Outcome == Cancelled:
		return c.undo(r.ID)
	case r.State == Sending:
		return c.moveExport(r.ID, EventInterrupted, Unknown)
	}
	// The export stays open, so that a run at its file can settle it.
	moved, err := c.moveItems(r.ID, Unknown, `('writing')`)
	if err != nil || moved == 0 {
		return err
	}
	return c.event(EventInterrupted, 0, r.ID, Writing, Unknown, nil)
}

// openExports reads the exports that a run began and did not end.
func (l *Ledger) openExports(ctx context.Context) (open []Export, err error) {
	err = l.retry(ctx, func() error {
		open = nil
		return l.read(ctx, `SELECT `+exportColumns+` FROM exports e WHERE e.unit = $1 AND e.state IN ('writing', 'sending') ORDER BY e.id`,
			[]any{l.unit}, func(rows *sql.Rows) error {
				var e Export
				err := scanExport(rows, &e)
				open = append(open, e)
				return err
			})
	})
	return open, err
}
