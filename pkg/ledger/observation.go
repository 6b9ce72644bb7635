package ledger

import (
	"context"
	"iter"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Observation is a record as its source has it now.
type Observation struct {
	Key               Key
	Code, OrderNumber string
	// Content is the digest of the record.
	Content string
	Phase   trade.Phase
	// Total is what the record comes to in Currency; absent is unknown. Only Baseline
	// writes it down.
	Total    money.Decimal
	Currency money.Currency
	// TakeOver says that the content which was sent is this one as well: its digest was
	// made in another way.
	TakeOver bool
}

// See writes down what the source has: records that the ledger has not heard of
// are New, others get the digest of the content that was seen last. It tells how
// many changed. Sightings may be asked for twice, when the line to the database
// is cut.
func (l *Ledger) See(ctx context.Context, all iter.Seq[Observation]) (changed int, err error) {
	err = l.write(ctx, "see", func(c *change) error {
		changed = 0
		return inBatches(all, func(some []Observation) error {
			n, err := c.sight(some, New, EventSaw)
			changed += n
			return err
		})
	})
	return changed, err
}

// Baseline declares that POHODA has records already: those that are new to the
// ledger, or New, become Baseline and count as transferred as they are now. It
// tells how many; the others stay as they are, but for what they come to, where that
// was not known. Sightings may be asked for twice.
func (l *Ledger) Baseline(ctx context.Context, all iter.Seq[Observation]) (declared int, err error) {
	err = l.write(ctx, "baseline", func(c *change) error {
		declared = 0
		return inBatches(all, func(some []Observation) error {
			n, err := c.sight(some, Baseline, EventBaseline)
			declared += n
			return err
		})
	})
	return declared, err
}

// sight takes sightings: new records come to be in a state.
func (c *change) sight(some []Observation, state State, kind EventKind) (changed int, err error) {
	records, err := c.records(len(some), func(n int) Key { return some[n].Key })
	if err != nil {
		return 0, err
	}
	var added []any
	taken := map[Key]bool{}
	for n := range some {
		s, r := &some[n], &records[n]
		switch {
		case taken[s.Key]:
			continue
		case r.Known() && !s.tells(r, state):
			err = c.learnTotal(s, r, state)
		default:
			taken[s.Key] = true
			changed++
			err = c.sightOne(s, r, state, kind, &added)
		}
		if err != nil {
			return changed, err
		}
	}
	return changed, c.insert(recordTable, added)
}

// sightOne takes a sighting that says something; the row of a new record is added to
// those that are written together.
func (c *change) sightOne(s *Observation, r *Record, state State, kind EventKind, added *[]any) error {
	from := r.State
	if s.takesOver(r) {
		kind = EventFingerprint
	}
	if r.Known() {
		if err := c.sightKnown(s, r, state); err != nil {
			return err
		}
	} else {
		r.RowID, r.Key, r.Code, r.OrderNumber, r.State, r.Seen, r.Phase = c.next(), s.Key, s.Code, s.OrderNumber, state, s.Content, s.Phase
		if state == Baseline {
			r.Sent, r.Total, r.Currency = s.Content, s.Total, s.Currency
		}
		*added = append(*added, c.recordRow(r)...)
	}
	return c.event(kind, r.RowID, 0, from, r.State, &Details{Content: s.Content, Phase: s.Phase})
}

// tells whether a sighting says anything that the ledger does not know.
func (s *Observation) tells(r *Record, state State) bool {
	if state == Baseline {
		return r.State == New
	}
	return s.takesOver(r) || r.Seen != s.Content || r.Phase != s.Phase || s.Code != r.Code || s.OrderNumber != r.OrderNumber
}

func (c *change) sightKnown(s *Observation, r *Record, state State) error {
	if err := c.rename(r, s.Code, s.OrderNumber); err != nil {
		return err
	}
	at := c.at
	if s.takesOver(r) {
		if err := c.takeOver(s, r); err != nil {
			return err
		}
		if r.Phase == s.Phase {
			at = r.Changed.UTC().Format(stamp) // nothing has happened to the record
		}
	}
	r.Seen, r.Phase = s.Content, s.Phase
	if state == Baseline {
		r.State, r.Sent, r.Total, r.Currency = Baseline, s.Content, s.Total, s.Currency
	}
	_, err := c.exec("records.update", `UPDATE records SET state = $1, sent = $2, seen = $3, phase = $4, total = $5, currency = $6, changed = $7 WHERE unit = $8 AND id = $9`,
		string(r.State), r.Sent, r.Seen, string(r.Phase), decimalText(r.Total), string(r.Currency), at, c.ledger.unit, r.RowID)
	return err
}

// learnTotal writes down what a record comes to that was declared before that was kept.
// Of one that has changed since, it is that of another content.
func (c *change) learnTotal(s *Observation, r *Record, state State) error {
	if state != Baseline || r.State != Baseline || r.Total.IsSet() || !s.Total.IsSet() || r.Sent != s.Content {
		return nil
	}
	_, err := c.exec("records.update", `UPDATE records SET total = $1, currency = $2, changed = $3 WHERE unit = $4 AND id = $5`,
		decimalText(s.Total), string(s.Currency), c.at, c.ledger.unit, r.RowID)
	if err != nil {
		return err
	}
	return c.event(EventBaseline, r.RowID, 0, Baseline, Baseline, &Details{Content: s.Content, Phase: r.Phase})
}

// takesOver tells whether a sighting gives what was sent another digest.
func (s *Observation) takesOver(r *Record) bool {
	return s.TakeOver && r.Sent != "" && r.Sent != s.Content
}

// takeOver gives what was sent its new digest, also in the exports of the record: a
// late answer or an export that is undone brings theirs back.
func (c *change) takeOver(s *Observation, r *Record) error {
	for _, column := range []string{"content", "before_sent"} {
		if _, err := c.exec("items.takeover", `UPDATE items SET `+column+` = $1 WHERE unit = $2 AND record = $3 AND `+column+` = $4`,
			s.Content, c.ledger.unit, r.RowID, r.Sent); err != nil {
			return err
		}
	}
	r.Sent = s.Content
	return nil
}

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
