package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// By says who gave an answer.
type By string

// Who gives answers.
const (
	ByResponse By = "response" // POHODA's response file
	ByOrders   By = "orders"   // an export of POHODA's orders
	ByHand     By = "by-hand"  // a person
)

// Answer is what became of a record in POHODA: named by the item and the pack of
// the export, or by its key.
type Answer struct {
	Item, Pack string
	// Key names the record where no item does.
	Key Key
	// State is where the record goes: accepted, accepted-changed, refused,
	// unknown or cancelled.
	State State
	// PohodaID and PohodaNumber are the document's in POHODA, Notes what POHODA
	// said of it.
	PohodaID     int64
	PohodaNumber string
	Notes        []string
	By           By
	// Proof is the digest of the file that holds the answer.
	Proof string
	// Before says that POHODA has the document from an earlier import of the item,
	// and refused this one.
	Before bool
}

// Settled is what an answer did.
type Settled struct {
	Answer
	// Record is the record after it; zero when the answer names none.
	Record Record
	From   State
	// OtherID and OtherNumber are of another document that the record had in POHODA
	// before, and that this one was not to replace: 0 and "" for none.
	OtherID     int64
	OtherNumber string
	// Changed is false for an answer that was known.
	Changed bool
	// Issue says why the answer was not taken: CodeItemUnknown, CodeState,
	// CodeAnswerOld.
	Issue *diag.Issue
}

// CodeItemUnknown says that the ledger knows no item {value} of the pack.
var CodeItemUnknown = diag.Refused.Code("ledger-item-unknown")

// CodeAnswerOld says that the file answered an earlier export of the record, which
// was exported again since and still waits for its answer. It is a warning.
var CodeAnswerOld = diag.Warning.Code("ledger-answer-old", "state")

// Settle takes answers, by POHODA or by hand. The same answer twice changes
// nothing; one that does not fit is left out with its issue, and does not keep
// the others from being taken.
func (l *Ledger) Settle(ctx context.Context, answers []Answer) ([]Settled, error) {
	var all []Settled
	err := l.write(ctx, "settle", func(c *change) error {
		all = make([]Settled, len(answers))
		for n, a := range answers {
			all[n].Answer = a
			if err := c.settle(&all[n]); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// settle takes one answer.
func (c *change) settle(s *Settled) error {
	export, err := c.answered(s)
	if err != nil || s.Issue != nil {
		return err
	}
	r := &s.Record
	if err := c.content(s, export); err != nil {
		return err
	}
	number, id := s.names()
	if s.From == AcceptedChanged && s.State == Accepted && id == r.PohodaID {
		s.State = AcceptedChanged // that POHODA has it does not take back that it altered values
	}
	if s.From == s.State && (export != r.Export || number == r.PohodaNumber && id == r.PohodaID) {
		return nil
	}
	if before, err := c.wasTaken(s, export); err != nil || before {
		return err
	}
	if s.From != s.State && !s.From.May(s.State) {
		s.Issue = wrongState(r.Name(), s.From, s.State)
		return nil
	}
	s.Changed = true
	if export == r.Export {
		s.take(number, id)
		r.Changed = parseStamp(c.at)
	}
	return c.enter(s, export)
}

// take gives the record the state of the answer, and the document that it names.
func (s *Settled) take(number string, id int64) {
	r := &s.Record
	if r.PohodaRevision == r.Revision && r.PohodaID != 0 && s.PohodaID != 0 && r.PohodaID != s.PohodaID {
		s.OtherID, s.OtherNumber = r.PohodaID, r.PohodaNumber
	}
	r.State, r.PohodaID, r.PohodaNumber = s.State, id, number
	if s.State.InPohoda() {
		r.PohodaRevision = r.Revision
	}
}

// content finds what POHODA has of a record where that is not what was exported
// last: of several files with the item it refused all but the first; and what was
// forgotten is there after all.
func (c *change) content(s *Settled, export int64) error {
	r := &s.Record
	forgotten := export != 0 && r.Export == 0 && r.State == New && s.State.InPohoda()
	switch {
	case forgotten:
		r.Export = export
		return c.row(`SELECT content, revision FROM items WHERE unit = $1 AND record = $2 AND export = $3`,
			c.ledger.unit, r.RowID, export).Scan(&r.Sent, &r.Revision)
	case s.Before && export == r.Export:
		return c.row(`SELECT content FROM items WHERE unit = $1 AND record = $2 AND state <> 'cancelled'
			AND item = (SELECT item FROM items WHERE unit = $1 AND record = $2 AND export = $3) ORDER BY export LIMIT 1`,
			c.ledger.unit, r.RowID, export).Scan(&r.Sent)
	}
	return nil
}

// enter writes down what an answer changes: the item of the export and, if it is
// the record's last one, the record.
func (c *change) enter(s *Settled, export int64) error {
	r := &s.Record
	if _, err := c.exec("items.update", `UPDATE items SET state = $1 WHERE unit = $2 AND export = $3 AND record = $4`,
		string(s.State), c.ledger.unit, export, r.RowID); err != nil {
		return err
	}
	if export == r.Export {
		if _, err := c.exec("records.update", `UPDATE records SET state = $1, sent = $2, export = $3, revision = $4, pohoda_id = $5,
			pohoda_number = $6, pohoda_revision = $7, changed = $8 WHERE unit = $9 AND id = $10`,
			string(r.State), r.Sent, r.Export, r.Revision, r.PohodaID, r.PohodaNumber, r.PohodaRevision, c.at, c.ledger.unit, r.RowID); err != nil {
			return err
		}
	}
	details := Details{Item: s.Item, By: s.By, Proof: s.Proof, PohodaID: s.PohodaID, PohodaNumber: s.PohodaNumber, Notes: s.Notes}
	if r.Erased() {
		details.Item, details.Notes = "", nil
	}
	return c.event(EventSettled, r.RowID, export, s.From, s.State, &details)
}

// names are the number and the id of the document after the answer. An answer to
// an export that was open names another document than the record had before; only
// the part that an answer leaves out of one document stays.
func (s *Settled) names() (number string, id int64) {
	r := &s.Record
	opens := s.State.InPohoda() && !s.From.InPohoda() && s.From != Cancelled
	otherNumber := s.PohodaNumber != "" && r.PohodaNumber != "" && s.PohodaNumber != r.PohodaNumber
	otherID := s.PohodaID != 0 && r.PohodaID != 0 && s.PohodaID != r.PohodaID
	if opens || otherNumber || otherID {
		return s.PohodaNumber, s.PohodaID
	}
	return cmp.Or(s.PohodaNumber, r.PohodaNumber), cmp.Or(s.PohodaID, r.PohodaID)
}

// wasTaken tells an answer that was taken out of the same file before: whatever
// was said since is newer. What was exported since has the same item id, and
// waits for another answer.
func (c *change) wasTaken(s *Settled, export int64) (bool, error) {
	if s.Proof == "" {
		return false, nil
	}
	last := int64(-1)
	err := c.row(`SELECT coalesce(max(export), -1) FROM events WHERE unit = $1 AND record = $2 AND kind = $3 AND details LIKE $4`,
		c.ledger.unit, s.Record.RowID, string(EventSettled), `%"proof":"`+s.Proof+`"%`).Scan(&last)
	if waits := s.From == Exported || s.From == Sending || s.From == Unknown; waits && 0 <= last && last < export {
		s.Issue = diag.Warn(CodeAnswerOld, "state", string(s.From)).WithRecord(s.Record.Name())
	}
	return last >= 0, err
}

// answered finds the record and the export that an answer is about, and sets its
// state before.
func (c *change) answered(s *Settled) (export int64, err error) {
	if s.Item == "" {
		records, err := c.records(1, func(int) Key { return s.Key })
		if err != nil {
			return 0, err
		}
		s.Record, s.From = records[0], records[0].State
		if !s.Record.Known() {
			s.Issue = diag.New(CodeItemUnknown).WithValue(s.Key.ID)
		}
		return s.Record.Export, nil
	}
	if export, err = c.itemOf(s, s.Item); errors.Is(err, sql.ErrNoRows) && c.ledger.erased {
		export, err = c.itemOf(s, hide(s.Item))
	}
	if errors.Is(err, sql.ErrNoRows) {
		s.Issue = diag.New(CodeItemUnknown).WithValue(s.Item)
		return 0, nil
	}
	return export, err
}

// itemOf finds the item of an answer by its id. Of several with this id, the one
// that is still open is meant, else the last.
func (c *change) itemOf(s *Settled, id string) (export int64, err error) {
	var changed string
	err = c.row(`SELECT i.export, i.state, `+recordColumns+`
		FROM items i JOIN exports e ON e.unit = i.unit AND e.id = i.export JOIN records r ON r.unit = i.unit AND r.id = i.record
		WHERE i.unit = $1 AND i.item = $2 AND ($3 = '' OR e.pack = $3)
		ORDER BY CASE WHEN i.state IN ('replaced', 'cancelled') THEN 1 ELSE 0 END, i.export DESC LIMIT 1`,
		c.ledger.unit, id, s.Pack).Scan(append([]any{&export, &s.From}, s.Record.fields(&changed)...)...)
	if err != nil {
		return export, err
	}
	s.Record.Changed = parseStamp(changed)
	return export, s.Record.sound()
}

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
