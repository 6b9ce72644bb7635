package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Key is the identity of a record and what it becomes. A deal that became an
// order and later an invoice is two records.
type Key struct {
	System   string     `json:"system"`
	Instance string     `json:"instance,omitzero"`
	Kind     trade.Kind `json:"kind"`
	// ID is the record's id in its source, Target what it becomes ("order").
	ID     string `json:"id"`
	Target string `json:"target"`
}

// KeyOf is the key of a record of a source that becomes target.
func KeyOf(s trade.Source, kind trade.Kind, target string) Key {
	return Key{s.System, s.Instance, kind, s.ID, target}
}

// erasedMark begins the id of a record whose personal data were erased.
const erasedMark = "erased:"

// erased is the key as it stands when the id was erased: its digest, by which
// the record is known again and no longer by name.
func (k Key) erased() Key {
	digest := sha256.Sum256([]byte(strings.Join([]string{k.System, k.Instance, string(k.Kind), k.ID, k.Target}, "\x00")))
	k.ID = erasedMark + hex.EncodeToString(digest[:])
	return k
}

// Record is a record of a source as the ledger knows it.
type Record struct {
	// Number counts the records of the unit; other methods ask for it.
	RowID int64 `json:"-"`
	Key
	// Code is the deal's code, OrderNumber the number that POHODA was given for it.
	Code        string `json:"code,omitzero"`
	OrderNumber string `json:"orderNumber,omitzero"`
	State       State  `json:"state"`
	// Sent is the digest of the content that was exported last, Seen of the one
	// that the source had last; "" is none.
	Sent string `json:"sent,omitzero"`
	Seen string `json:"seen,omitzero"`
	// Phase is the phase in which the source had the record last.
	Phase trade.Phase `json:"phase,omitzero"`
	// Export is the number of the last export, 0 is none.
	Export int64 `json:"export,omitzero"`
	// Revision counts the documents that took the place of one in POHODA: the
	// first of them is 2, 0 is the document itself.
	Revision int `json:"revision,omitzero"`
	// PohodaID and PohodaNumber are POHODA's own.
	PohodaID     int64  `json:"pohodaId,omitzero"`
	PohodaNumber string `json:"pohodaNumber,omitzero"`
	// PohodaRevision is the revision of the document that they name: while a
	// replacement waits for POHODA's answer, that of the one to be replaced.
	PohodaRevision int `json:"pohodaRevision,omitzero"`
	// Payment is how far the order is paid, "" when nobody has said.
	Payment trade.PaymentState `json:"payment,omitzero"`
	// Total is what the document comes to in Currency, as it was sent last; absent is
	// unknown.
	Total    money.Decimal  `json:"total,omitzero"`
	Currency money.Currency `json:"currency,omitzero"`
	// Changed is when anything of this changed last.
	Changed time.Time `json:"changed"`
}

// Known tells a record of the ledger from one that it has not heard of.
func (r *Record) Known() bool { return r.RowID > 0 }

// Replacing gives POHODA's id of the document whose place the record's own is to
// take, 0 when there is none or POHODA has said that it has.
func (r *Record) Replacing() int64 {
	if r.PohodaRevision < r.Revision {
		return r.PohodaID
	}
	return 0
}

// Erased tells whether the personal data were removed.
func (r *Record) Erased() bool { return strings.HasPrefix(r.ID, erasedMark) }

// Name is the record as its user knows it.
func (r *Record) Name() string {
	if r.Code != "" {
		return r.Code
	}
	return r.ID
}

// recordColumns are the columns of a record, in the order of the table.
const recordColumns = `r.id, r.system, r.instance, r.kind, r.target, r.source, r.code, r.number, r.state, r.sent, r.seen, r.phase, r.export,
	r.revision, r.pohoda_id, r.pohoda_number, r.pohoda_revision, r.payment, r.total, r.currency, r.changed`

// fields are where a row of recordColumns goes; changed waits for done.
func (r *Record) fields(changed *string) []any {
	return []any{
		&r.RowID, &r.System, &r.Instance, &r.Kind, &r.Target, &r.ID, &r.Code, &r.OrderNumber, &r.State, &r.Sent, &r.Seen, &r.Phase, &r.Export,
		&r.Revision, &r.PohodaID, &r.PohodaNumber, &r.PohodaRevision, &r.Payment, decimalColumn{&r.Total}, &r.Currency, changed,
	}
}

// decimalColumn reads a decimal that is written as text.
type decimalColumn struct{ *money.Decimal }

// Scan reads what the driver gives.
func (d decimalColumn) Scan(value any) (err error) {
	text, ok := value.(string)
	if !ok {
		return damaged(fmt.Errorf("a decimal is a %T", value))
	}
	*d.Decimal, err = textDecimal(text)
	return damaged(err)
}

// scanRecord reads a row that begins with recordColumns; more are the columns
// behind them.
func scanRecord(rows *sql.Rows, r *Record, more ...any) error {
	var changed string
	if err := rows.Scan(append(r.fields(&changed), more...)...); err != nil {
		return err
	}
	r.Changed = parseStamp(changed)
	return r.sound()
}

// lookupIDs is how many records one statement looks up.
const lookupIDs = 256

// lookupStep is by how much a statement for fewer records is smaller.
const lookupStep = 4

// Lookup finds records by their keys, many with one question; the answer has the
// order of the keys, and records that are not known are zero.
func (l *Ledger) Lookup(ctx context.Context, keys []Key) ([]Record, error) {
	records := make([]Record, len(keys))
	err := l.retry(ctx, func() error {
		return l.lookup(ctx, l.read, keys, records)
	})
	return records, err
}

// lookup fills records.
func (l *Ledger) lookup(ctx context.Context, read reader, keys []Key, records []Record) error {
	at := make([]int, len(keys))
	for n := range at {
		at[n] = n
	}
	if err := l.find(ctx, read, keys, at, records); err != nil || !l.erased {
		return err
	}
	hidden, left := make([]Key, len(keys)), at[:0]
	for n := range keys {
		if !records[n].Known() {
			hidden[n] = keys[n].erased()
			left = append(left, n)
		}
	}
	return l.find(ctx, read, hidden, left, records)
}

// find looks up the keys at some places and fills the records there.
func (l *Ledger) find(ctx context.Context, read reader, keys []Key, at []int, records []Record) error {
	for len(at) > 0 {
		// Keys of one list mostly differ in their ids alone.
		first, ids := keys[at[0]], make(map[string][]int, lookupIDs)
		var rest []int
		n := 0
		for ; n < len(at) && len(ids) < lookupIDs; n++ {
			k := keys[at[n]]
			if id := k.ID; sameBut(k, first) {
				ids[id] = append(ids[id], at[n])
			} else {
				rest = append(rest, at[n])
			}
		}
		if err := l.findIDs(ctx, read, first, ids, records); err != nil {
			return err
		}
		at = append(rest, at[n:]...)
	}
	return nil
}

func sameBut(a, b Key) bool {
	a.ID = b.ID
	return a == b
}

const findText = `SELECT ` + recordColumns + ` FROM records r
	WHERE r.unit = $1 AND r.system = $2 AND r.instance = $3 AND r.kind = $4 AND r.target = $5 AND r.source IN `

// ask asks a question, which ends with IN, about up to lookupIDs ids. There are
// few numbers of placeholders, so that a server that keeps statements keeps few.
func (l *Ledger) ask(ctx context.Context, read reader, text string, args []any, ids []string, scan func(*sql.Rows) error) error {
	count := lookupIDs
	for count/lookupStep >= len(ids) {
		count /= lookupStep
	}
	text += l.dialect.placeholders(len(args)+1, count)
	for n := range count {
		args = append(args, ids[min(n, len(ids)-1)])
	}
	return read(ctx, text, args, scan)
}

// findIDs looks up records that differ from a key in their ids alone.
func (l *Ledger) findIDs(ctx context.Context, read reader, k Key, ids map[string][]int, records []Record) error {
	args := append(make([]any, 0, 5+lookupIDs), l.unit, k.System, k.Instance, string(k.Kind), k.Target)
	return l.ask(ctx, read, findText, args, slices.Collect(maps.Keys(ids)), func(rows *sql.Rows) error {
		var r Record
		err := scanRecord(rows, &r)
		for _, n := range ids[r.ID] {
			records[n] = r
		}
		return err
	})
}

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

// State is where a record stands on its way to POHODA, or an item of an export;
// of an export it says how far its bytes got.
type State string

// The states.
const (
	// New is a record that the source has and that was not transferred.
	New State = "new"
	// Writing: the file is known with its digest, and not yet known to be in place.
	Writing State = "writing"
	// Exported: the file is in place; nobody has said what POHODA did with it.
	Exported State = "exported"
	// Sending: the bytes are on their way.
	Sending State = "sending"
	// Accepted: POHODA has the document.
	Accepted State = "accepted"
	// AcceptedChanged: POHODA has it and altered values.
	AcceptedChanged State = "accepted-changed"
	// Refused: POHODA did not take it.
	Refused State = "refused"
	// Unknown: it may have arrived or not; POHODA has to be asked.
	Unknown State = "unknown"
	// Replaced: a later export of the record took the place of this item.
	Replaced State = "replaced"
	// Cancelled: taken back, or deleted in POHODA; an item that never left too.
	Cancelled State = "cancelled"
	// Baseline: declared to be in POHODA without an export of this tool.
	Baseline State = "baseline"
)

// Values lists the states.
func (State) Values() []string {
	return []string{string(New), string(Writing), string(Exported), string(Sending), string(Accepted), string(AcceptedChanged),
		string(Refused), string(Unknown), string(Replaced), string(Cancelled), string(Baseline)}
}

// InPohoda tells whether POHODA has the record, as far as is known.
func (s State) InPohoda() bool { return s == Accepted || s == AcceptedChanged || s == Baseline }

// follow says which states may follow one by an answer, by hand or by sending.
// An export moves records by its own rule (mayExport), and undoing one puts them
// back where they stood.
var follow = map[State][]State{
	New:             {Accepted, AcceptedChanged, Cancelled, Baseline},
	Writing:         {Exported, Sending, Unknown, Cancelled},
	Exported:        {Sending, Accepted, AcceptedChanged, Refused, Unknown, Replaced, Cancelled},
	Sending:         {Accepted, AcceptedChanged, Refused, Unknown},
	Unknown:         {Sending, Exported, Accepted, AcceptedChanged, Refused, Replaced, Cancelled},
	Refused:         {Sending, Accepted, AcceptedChanged, Replaced, Cancelled},
	Accepted:        {AcceptedChanged, Replaced, Cancelled},
	AcceptedChanged: {Accepted, Replaced, Cancelled},
	Baseline:        {Accepted, AcceptedChanged, Replaced, Cancelled},
	Cancelled:       {Accepted, AcceptedChanged},
	Replaced:        {},
}

// May tells whether a state may follow this one.
func (s State) May(next State) bool { return slices.Contains(follow[s], next) }

// CodeState says that a record cannot go from {from} to {to}.
var CodeState = diag.Refused.Code("ledger-state", "from", "to")

func wrongState(record string, from, to State) *diag.Issue {
	return diag.New(CodeState, "from", string(from), "to", string(to)).WithRecord(record)
}
