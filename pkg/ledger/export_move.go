package ledger

import (
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// place makes an export Exported.
func (c *change) place(export int64) error {
	if err := c.moveExport(export, EventPlaced, Exported); err != nil {
		return err
	}
	return c.replaceEarlier(export)
}

// moveExport moves an export and those of its items that may follow, with their
// records; others were settled meanwhile and stay.
func (c *change) moveExport(export int64, kind EventKind, to State) error {
	from, err := c.exportState(export, to)
	if err != nil {
		return err
	}
	if _, err := c.moveItems(export, to, before(to)); err != nil {
		return err
	}
	return c.endMove(export, kind, from, to)
}

// exportState reads the state of an export that is to be moved.
func (c *change) exportState(export int64, to State) (from State, err error) {
	err = c.row(`SELECT state FROM exports WHERE unit = $1 AND id = $2`, c.ledger.unit, export).Scan(&from)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !from.May(to) {
		return from, wrongState(strconv.FormatInt(export, 10), from, to)
	}
	return from, err
}

// moveItems moves the items of an export that are in one of some states, with
// their records, and tells how many.
func (c *change) moveItems(export int64, to State, states string) (int64, error) {
	if _, err := c.exec("records.update", `UPDATE records SET state = $1, changed = $2 WHERE unit = $3 AND export = $4
		AND id IN (SELECT record FROM items WHERE unit = $3 AND export = $4 AND state IN `+states+`)`,
		string(to), c.at, c.ledger.unit, export); err != nil {
		return 0, err
	}
	return c.exec("items.update", `UPDATE items SET state = $1 WHERE unit = $2 AND export = $3 AND state IN `+states,
		string(to), c.ledger.unit, export)
}

// endMove gives the export itself its state, and tells.
func (c *change) endMove(export int64, kind EventKind, from, to State) error {
	if _, err := c.exec("exports.update", `UPDATE exports SET state = $1 WHERE unit = $2 AND id = $3`,
		string(to), c.ledger.unit, export); err != nil {
		return err
	}
	return c.event(kind, 0, export, from, to, nil)
}

// replaceEarlier makes the items Replaced whose place the items of an export
// take.
func (c *change) replaceEarlier(export int64) error {
	_, err := c.exec("items.replace", `UPDATE items SET state = $1 FROM items AS later
		WHERE later.unit = $2 AND later.export = $3 AND later.before_export > 0
		AND items.unit = later.unit AND items.export = later.before_export AND items.record = later.record
		AND items.state IN `+before(Replaced), string(Replaced), c.ledger.unit, export)
	return err
}

// undo puts the records of an export back where they stood before it.
func (c *change) undo(export int64) error {
	from, err := c.exportState(export, Cancelled)
	if err != nil {
		return err
	}
	if from != Writing {
		return wrongState(strconv.FormatInt(export, 10), from, Cancelled)
	}
	const open = `('writing', 'unknown')`
	if _, err := c.exec("records.update", `UPDATE records SET state = i.before_state, sent = i.before_sent, export = i.before_export, revision = i.before_revision, changed = $1
		FROM items i WHERE i.unit = $2 AND i.export = $3 AND i.state IN `+open+`
		AND records.unit = i.unit AND records.id = i.record AND records.export = i.export`, c.at, c.ledger.unit, export); err != nil {
		return err
	}
	if _, err := c.exec("items.update", `UPDATE items SET state = $1 WHERE unit = $2 AND export = $3 AND state IN `+open,
		string(Cancelled), c.ledger.unit, export); err != nil {
		return err
	}
	return c.endMove(export, EventUndone, from, Cancelled)
}

// before lists the states which a state may follow, as SQL.
func before(to State) string {
	var words []string
	for from := range follow {
		if from.May(to) {
			words = append(words, "'"+string(from)+"'")
		}
	}
	slices.Sort(words)
	return "(" + strings.Join(words, ", ") + ")"
}
