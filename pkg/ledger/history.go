package ledger

import (
	"context"
	"database/sql"
)

// History is all that the ledger knows of a record.
type History struct {
	Record Record `json:"record"`
	// Exports are the exports that it was in, the first one first.
	Exports []ExportItem `json:"exports,omitempty"`
	// Events are what happened to it and to its exports, in their order.
	Events   []Event   `json:"events"`
	Payments []Payment `json:"payments,omitempty"`
}

// ExportItem is an export with the item of one record in it.
type ExportItem struct {
	Export
	Item string `json:"item"`
	// ItemState is where the item stands; the export's own state says how far its
	// bytes got.
	ItemState State `json:"itemState"`
	// Content is the digest of the record, Document of what was made of it.
	Content  string `json:"content"`
	Document string `json:"document"`
}

// History tells the whole story of a record, by its number; the story of one
// that is not there is empty.
func (l *Ledger) History(ctx context.Context, record int64) (History, error) {
	var s History
	err := l.retry(ctx, func() error {
		s = History{}
		for _, part := range []struct {
			text string
			scan func(*sql.Rows) error
		}{
			{`SELECT ` + recordColumns + ` FROM records r WHERE r.unit = $1 AND r.id = $2`, func(rows *sql.Rows) error {
				return scanRecord(rows, &s.Record)
			}},
			{`SELECT ` + exportColumns + `, i.item, i.state, i.content, i.document FROM items i
				JOIN exports e ON e.unit = i.unit AND e.id = i.export
				WHERE i.unit = $1 AND i.record = $2 ORDER BY i.export`, s.scanExport},
			{`SELECT seq, at, kind, export, from_state, to_state, details FROM events
				WHERE unit = $1 AND (record = $2 OR record = 0 AND export > 0
				AND export IN (SELECT export FROM items WHERE unit = $1 AND record = $2)) ORDER BY seq`, s.scanEvent},
			{`SELECT ` + paymentColumns + ` FROM payments p WHERE p.unit = $1 AND p.record = $2 ORDER BY p.order_number`, s.scanPayment},
		} {
			if err := l.read(ctx, part.text, []any{l.unit, record}, part.scan); err != nil {
				return err
			}
		}
		return nil
	})
	return s, err
}

func (s *History) scanExport(rows *sql.Rows) error {
	var e ExportItem
	err := scanExport(rows, &e.Export, &e.Item, &e.ItemState, &e.Content, &e.Document)
	s.Exports = append(s.Exports, e)
	return err
}

func (s *History) scanEvent(rows *sql.Rows) error {
	var e Event
	var at, details string
	if err := rows.Scan(&e.Seq, &at, &e.Kind, &e.Export, &e.From, &e.To, &details); err != nil {
		return err
	}
	e.At = parseStamp(at)
	var err error
	e.Details, err = parseDetails(details)
	s.Events = append(s.Events, e)
	return err
}

func (s *History) scanPayment(rows *sql.Rows) error {
	var p Payment
	err := scanPayment(rows, &p)
	s.Payments = append(s.Payments, p)
	return err
}
