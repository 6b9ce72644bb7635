package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/gopohoda/pohoda/pkg/trade"
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

// EventKind says what happened.
type EventKind string

// What happens. What concerns all records of an export is one event of the
// export, and its items say which they are.
const (
	EventSaw         EventKind = "saw"          // the source has a record, or another content of it
	EventFingerprint EventKind = "fingerprint"  // what was sent has another digest, made by another version
	EventBaseline    EventKind = "baseline"     // the record is in POHODA already
	EventRenamed     EventKind = "renamed"      // the deal's code or the order's number changed
	EventBegan       EventKind = "began"        // an export is known, its file not yet in place
	EventPlaced      EventKind = "placed"       // the file is in place; earlier exports of the records are replaced
	EventUndone      EventKind = "undone"       // the export never took place; the records stand as before
	EventSending     EventKind = "sending"      // the bytes are about to go
	EventInterrupted EventKind = "interrupted"  // nobody knows how far the export got
	EventSettled     EventKind = "settled"      // POHODA's answer, or a person's word for it
	EventOldDocument EventKind = "old-document" // what became of the document that another was to replace
	EventPayment     EventKind = "payment"      // the payment of an order changed
	EventCursor      EventKind = "cursor"       // a source was read so far
	EventForgotten   EventKind = "forgotten"    // the record counts as new again
	EventErased      EventKind = "erased"       // personal data were removed
	EventTakenOver   EventKind = "lock-of-dead" // a dead run's lock was taken over
)

// Event is one entry of the story. Seq orders the events of a unit; At is what
// the clock said.
type Event struct {
	Seq    int64     `json:"seq"`
	At     time.Time `json:"at"`
	Kind   EventKind `json:"event"`
	Export int64     `json:"export,omitzero"`
	From   State     `json:"from,omitzero"`
	To     State     `json:"to,omitzero"`
	Details
}

// Details are what an event tells beyond its states, each where it applies.
type Details struct {
	// Item and Document are of the item: its id, and the digest of the document.
	Item string `json:"item,omitzero"`
	// Content is the digest of the record's content.
	Content string `json:"content,omitzero"`
	// Phase is the phase in which the source has the record.
	Phase trade.Phase `json:"phase,omitzero"`
	// Code and OrderNumber are the names of the record from now on.
	Code        string `json:"code,omitzero"`
	OrderNumber string `json:"orderNumber,omitzero"`
	// By says who gave an answer, Proof is the digest of the file that holds it.
	By    By     `json:"by,omitzero"`
	Proof string `json:"proof,omitzero"`
	// PohodaID and PohodaNumber are the document's in POHODA, Notes what POHODA
	// said of it.
	PohodaID     int64    `json:"pohodaId,omitzero"`
	PohodaNumber string   `json:"pohodaNumber,omitzero"`
	Notes        []string `json:"notes,omitzero"`
	// Payment is the payment from now on.
	Payment *Payment `json:"payment,omitzero"`
	// Source and Value are of a cursor.
	Source string `json:"source,omitzero"`
	Value  string `json:"value,omitzero"`
	// Holder is the run whose lock was taken over.
	Holder string `json:"holder,omitzero"`
}

func parseDetails(text string) (d Details, err error) {
	if text != "" {
		err = damaged(json.Unmarshal([]byte(text), &d))
	}
	return d, err
}
