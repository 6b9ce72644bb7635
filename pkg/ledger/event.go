package ledger

import (
	"encoding/json"
	"time"

	"github.com/gopohoda/pohoda/pkg/trade"
)

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
