package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
)

// Forget makes records count as new again, as if they had never been exported,
// all of them or none; their story stays, and says so.
func (l *Ledger) Forget(ctx context.Context, records ...int64) error {
	return l.write(ctx, "forget", func(c *change) error { return each(records, c.forget) })
}

func (c *change) forget(record int64) error {
	r, err := c.record(record)
	if err != nil || r.State == New {
		return err
	}
	if r.State == Writing || r.State == Sending {
		return wrongState(r.Name(), r.State, New)
	}
	if _, err := c.exec("items.update", `UPDATE items SET state = $1 WHERE unit = $2 AND export = $3 AND record = $4`,
		string(Cancelled), c.ledger.unit, r.Export, r.RowID); err != nil {
		return err
	}
	if _, err := c.exec("records.update", `UPDATE records SET state = $1, sent = '', export = 0, revision = 0, pohoda_id = 0, pohoda_number = '', pohoda_revision = 0, changed = $2
		WHERE unit = $3 AND id = $4`, string(New), c.at, c.ledger.unit, r.RowID); err != nil {
		return err
	}
	return c.event(EventForgotten, r.RowID, r.Export, r.State, New, &Details{PohodaID: r.PohodaID, PohodaNumber: r.PohodaNumber})
}

// Erase removes what tells a person from records and their stories, from all of
// them or none: ids, codes, numbers of the order, names of files, what POHODA
// said, the invoices of the payment. States, digests, times and POHODA's own
// number stay, and a record is known again by the digest of its key, so that it
// is not exported anew.
//
// SQLite overwrites what was removed. PostgreSQL does so when it vacuums;
// copies of the database are nobody's to reach.
func (l *Ledger) Erase(ctx context.Context, records ...int64) error {
	err := l.write(ctx, "erase", func(c *change) error { return each(records, c.erase) })
	if err != nil {
		return err
	}
	l.erased = true
	if l.dialect.driver == "sqlite" {
		_, err = l.db.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	return l.dialect.explain(err)
}

func (c *change) erase(record int64) error {
	r, err := c.record(record)
	if err != nil || r.Erased() {
		return err
	}
	if r.State == Writing || r.State == Sending {
		return wrongState(r.Name(), r.State, "erased")
	}
	for _, part := range []func(*Record) error{c.eraseRecord, c.eraseItems, c.erasePayments, c.eraseEvents} {
		if err := part(&r); err != nil {
			return err
		}
	}
	return c.event(EventErased, r.RowID, 0, r.State, r.State, nil)
}

func each(records []int64, do func(record int64) error) error {
	for _, record := range records {
		if err := do(record); err != nil {
			return err
		}
	}
	return nil
}

// record reads a record by its number.
func (c *change) record(number int64) (r Record, err error) {
	var changed string
	err = c.row(`SELECT `+recordColumns+` FROM records r WHERE r.unit = $1 AND r.id = $2`, c.ledger.unit, number).Scan(r.fields(&changed)...)
	if err != nil {
		return r, err
	}
	r.Changed = parseStamp(changed)
	return r, r.sound()
}

func (c *change) eraseRecord(r *Record) error {
	if _, err := c.exec("units.erased", `UPDATE units SET erased = erased + 1 WHERE id = $1`, c.ledger.unit); err != nil {
		return err
	}
	_, err := c.exec("records.erase", `UPDATE records SET source = $1, code = '', number = '', changed = $2 WHERE unit = $3 AND id = $4`,
		r.Key.erased().ID, c.at, c.ledger.unit, r.RowID)
	return err
}

// eraseItems hides the ids of the items, and the names of files that hold
// nothing else.
func (c *change) eraseItems(r *Record) error {
	var hidden []any
	err := c.read(c.ctx, `SELECT item FROM items WHERE unit = $1 AND record = $2`, []any{c.ledger.unit, r.RowID}, func(rows *sql.Rows) error {
		var item string
		err := rows.Scan(&item)
		hidden = append(hidden, hide(item), item)
		return err
	})
	for ; err == nil && len(hidden) > 0; hidden = hidden[2:] {
		_, err = c.exec("items.erase", `UPDATE items SET item = $1 WHERE item = $2 AND unit = $3 AND record = $4`,
			hidden[0], hidden[1], c.ledger.unit, r.RowID)
	}
	if err != nil {
		return err
	}
	_, err = c.exec("exports.erase", `UPDATE exports SET path = '' WHERE unit = $1
		AND id IN (SELECT export FROM items WHERE unit = $1 AND record = $2)
		AND NOT EXISTS (SELECT 1 FROM items WHERE unit = $1 AND export = exports.id AND record <> $2)`, c.ledger.unit, r.RowID)
	return err
}

func (c *change) erasePayments(r *Record) error {
	var orders []string
	err := c.read(c.ctx, `SELECT order_number FROM payments WHERE unit = $1 AND record = $2`, []any{c.ledger.unit, r.RowID}, func(rows *sql.Rows) error {
		var order string
		err := rows.Scan(&order)
		orders = append(orders, order)
		return err
	})
	for _, order := range orders {
		if err != nil {
			return err
		}
		_, err = c.exec("payments.erase", `UPDATE payments SET order_number = $1, invoices = '[]' WHERE unit = $2 AND order_number = $3`,
			hide(order), c.ledger.unit, order)
	}
	return err
}

// eraseEvents leaves of what events tell the digests and POHODA's number.
func (c *change) eraseEvents(r *Record) error {
	left := map[int64]string{}
	err := c.read(c.ctx, `SELECT seq, details FROM events WHERE unit = $1 AND record = $2 AND details <> ''`, []any{c.ledger.unit, r.RowID}, func(rows *sql.Rows) error {
		var seq int64
		var text string
		if err := rows.Scan(&seq, &text); err != nil {
			return err
		}
		d, err := parseDetails(text)
		if err != nil {
			return err
		}
		b, err := json.Marshal(Details{Content: d.Content, Proof: d.Proof, By: d.By, PohodaID: d.PohodaID, PohodaNumber: d.PohodaNumber})
		left[seq] = string(b)
		return err
	})
	for seq, text := range left {
		if err != nil {
			return err
		}
		_, err = c.exec("events.erase", `UPDATE events SET details = $1 WHERE unit = $2 AND seq = $3`, text, c.ledger.unit, seq)
	}
	return err
}

// hide is what stands for a text that was erased: its digest.
func hide(text string) string {
	digest := sha256.Sum256([]byte(text))
	return erasedMark + hex.EncodeToString(digest[:])
}
