package ledger

// records looks records up inside a change.
func (c *change) records(count int, key func(n int) Key) ([]Record, error) {
	keys := make([]Key, count)
	for n := range keys {
		keys[n] = key(n)
	}
	records := make([]Record, count)
	return records, c.ledger.lookup(c.ctx, c.read, keys, records)
}

// recordTable are records as recordRow gives them.
var recordTable = table{"records", `unit, id, system, instance, kind, target, source, code, number, state, sent, seen, phase, export,
	revision, pohoda_id, pohoda_number, pohoda_revision, payment, total, currency, changed`}

// recordRow are the values of a new record, in the order of recordTable.
func (c *change) recordRow(r *Record) []any {
	return []any{
		c.ledger.unit, r.RowID, r.System, r.Instance, string(r.Kind), r.Target, r.ID, r.Code, r.OrderNumber, string(r.State),
		r.Sent, r.Seen, string(r.Phase), r.Export, r.Revision, r.PohodaID, r.PohodaNumber, r.PohodaRevision, string(r.Payment), decimalText(r.Total), string(r.Currency), c.at,
	}
}

// rename gives a record the code and the number that its source has now. An
// erased record stays without.
func (c *change) rename(r *Record, code, number string) error {
	if r.Code == code && r.OrderNumber == number || r.Erased() {
		return nil
	}
	r.Code, r.OrderNumber = code, number
	if _, err := c.exec("records.rename", `UPDATE records SET code = $1, number = $2, changed = $3 WHERE unit = $4 AND id = $5`,
		code, number, c.at, c.ledger.unit, r.RowID); err != nil {
		return err
	}
	return c.event(EventRenamed, r.RowID, 0, r.State, r.State, &Details{Code: code, OrderNumber: number})
}
