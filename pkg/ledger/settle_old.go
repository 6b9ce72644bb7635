package ledger

import "context"

// OldDocument writes down what became of the document that the record's own was
// to replace, where POHODA did one of the two things alone: it deleted the old one
// and did not take the new one, so that it has none, or it has both.
func (l *Ledger) OldDocument(ctx context.Context, record int64, deleted bool, notes []string) error {
	return l.write(ctx, "old", func(c *change) error {
		r, err := c.record(record)
		if err != nil || deleted && r.Replacing() == 0 {
			return err
		}
		if deleted {
			notes = append([]string{r.PohodaNumber}, notes...)
			if _, err := c.exec("records.update", `UPDATE records SET pohoda_id = 0, pohoda_number = '', changed = $1 WHERE unit = $2 AND id = $3`,
				c.at, l.unit, r.RowID); err != nil {
				return err
			}
		}
		word := map[bool]State{true: Cancelled, false: Accepted}[deleted]
		return c.event(EventOldDocument, r.RowID, r.Export, "", word, &Details{Notes: notes})
	})
}
