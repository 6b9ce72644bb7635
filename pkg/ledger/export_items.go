package ledger

import "github.com/gopohoda/pohoda/pkg/diag"

// addItems writes items of an export, and the records that are new; it tells how
// many were known.
func (c *change) addItems(export int64, items []Item) (known int, err error) {
	records, err := c.records(len(items), func(n int) Key { return items[n].Key })
	if err != nil {
		return 0, err
	}
	var added, rows []any
	twice := map[Key]bool{}
	for n := range items {
		i, r := &items[n], &records[n]
		if twice[i.Key] {
			return 0, wrongState(i.Key.ID, Writing, Writing)
		}
		twice[i.Key] = true
		before := *r
		if r.Known() {
			known++
			err = c.exportAgain(i, r)
		} else {
			before.State = New
			r.RowID, r.Key, r.Code, r.OrderNumber = c.next(), i.Key, i.Code, i.OrderNumber
			r.State, r.Sent, r.Seen, r.Phase, r.Export, r.Revision = Writing, i.Content, i.Content, i.Phase, export, i.Revision
			r.Total, r.Currency = i.Total, i.Currency
			added = append(added, c.recordRow(r)...)
		}
		if err != nil {
			return 0, err
		}
		rows = append(rows, c.ledger.unit, export, r.RowID, i.ID, i.Content, i.Document, string(i.Phase), i.Revision, decimalText(i.Total), string(i.Currency), string(Writing),
			string(before.State), before.Sent, before.Export, before.Revision)
	}
	if err := c.insert(recordTable, added); err != nil {
		return 0, err
	}
	return known, c.insert(itemTable, rows)
}

// takeItems makes the records that were known follow the items of an export; the
// others are already as they should be.
func (c *change) takeItems(export int64) error {
	_, err := c.exec("records.update", `UPDATE records SET state = i.state, sent = i.content, seen = i.content, phase = i.phase,
		export = i.export, revision = i.revision, total = i.total, currency = i.currency, changed = $1
		FROM items i WHERE i.unit = $2 AND i.export = $3 AND records.unit = i.unit AND records.id = i.record
		AND records.export <> i.export`, c.at, c.ledger.unit, export)
	return err
}

// itemTable are items in the order in which their values are given.
var itemTable = table{"items", `unit, export, record, item, content, document, phase, revision, total, currency, state,
	before_state, before_sent, before_export, before_revision`}

// exportAgain tells whether an item may be written for a record that is known,
// and renames it.
func (c *change) exportAgain(i *Item, r *Record) error {
	same := false
	if r.State == Exported && !i.Again {
		document := ""
		if err := c.row(`SELECT document FROM items WHERE unit = $1 AND export = $2 AND record = $3`,
			c.ledger.unit, r.Export, r.RowID).Scan(&document); err != nil {
			return err
		}
		same = document == i.Document
	}
	switch {
	case r.State == Writing, r.State == Sending, r.State == Unknown:
		return wrongState(r.Name(), r.State, Writing)
	case i.Again, same, r.State == New, r.State == Refused:
		return c.rename(r, i.Code, i.OrderNumber)
	}
	return diag.New(CodeTransferred, "state", string(r.State), "number", r.PohodaNumber).WithRecord(r.Name())
}
