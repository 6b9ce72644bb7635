package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
)

// Outcome is what is with a record of the CRM, or with an order of POHODA's: a
// difference by its code, or one of these. Each has exactly one.
type Outcome string

// The outcomes of records that are no difference.
const (
	// Agrees: all three say the same.
	Agrees Outcome = "agrees"
	// DoneInPohoda: the same, and POHODA has delivered or executed the order.
	DoneInPohoda Outcome = "done-in-pohoda"
	// Cancelled: on all sides, or never transferred.
	Cancelled Outcome = "cancelled"
	// Waiting: a draft, or an order that waits for its stock cards.
	Waiting     Outcome = "waiting"
	NotSelected Outcome = "not-selected"
	OtherKind   Outcome = "other-kind"
	// EarlierYear and LaterYear: transferred, and in the database of another year.
	EarlierYear Outcome = "earlier-year"
	LaterYear   Outcome = "later-year"
	// NotCovered: transferred as an order of a direction of which the export has none.
	NotCovered Outcome = "not-covered"
	// Underway: an export of it is not at its end.
	Underway Outcome = "underway"
	// TakenBack: the ledger knows that POHODA has it no more.
	TakenBack Outcome = "taken-back"
	// Refused: the record could not be read, or an export would refuse it.
	Refused Outcome = "refused"
)

// The outcomes of POHODA's orders that are no difference.
const (
	Matched Outcome = "matched"
	// PohodasOwn: made in POHODA; neither the ledger nor the order names a record.
	PohodasOwn Outcome = "own"
	// OtherSource: of a system of which the CRM has no records.
	OtherSource Outcome = "other-source"
	// Erased: the ledger has forgotten for good whose it was.
	Erased Outcome = "erased"
	// OtherTarget: of a record that the CRM has, and that becomes no such order.
	OtherTarget Outcome = "other-target"
	// OrderRepeated: the same order once more, in another file or page.
	OrderRepeated Outcome = "repeated"
)

// differences are the codes of differences, the gravest first; notes are told and
// are none.
var (
	differences = []diag.Code{
		CodeTwiceInPohoda, CodeMissingInPohoda, CodeDeletedInPohoda, CodeReplaceMissing, CodeRefusedThere, CodeNotTransferred,
		CodeChangedInCRM, CodeChangedInPohoda, CodeContentDiffers, CodeCancelledInCRM, CodeCancelledThere, CodeMissingInCRM, CodePaidNotMarked,
	}
	notes = []diag.Code{CodeNotConfirmed, CodeNumberDiffers}
)

// mendedByReplacing are the differences whose hint is to replace the document.
var mendedByReplacing = []diag.Code{CodeDeletedInPohoda, CodeChangedInCRM, CodeChangedInPohoda, CodeCancelledThere}

func (o Outcome) differs() bool { return slices.Contains(differences, diag.Code(o)) }

// isTold tells a difference or a note from what is only counted.
func (o Outcome) isTold() bool { return o.differs() || slices.Contains(notes, diag.Code(o)) }

// RecordOutcomes and OrderOutcomes list the outcomes in the order of a report.
func RecordOutcomes() []Outcome {
	all := []Outcome{Agrees, DoneInPohoda}
	for _, code := range slices.Concat(notes, differences) {
		if code != CodeMissingInCRM {
			all = append(all, Outcome(code))
		}
	}
	return append(all, Refused, Waiting, Cancelled, TakenBack, Underway, EarlierYear, LaterYear, NotCovered, NotSelected, OtherKind)
}

// OrderOutcomes lists the outcomes of POHODA's orders.
func OrderOutcomes() []Outcome {
	return []Outcome{Matched, Outcome(CodeMissingInCRM), Cancelled, PohodasOwn, OtherSource, OtherTarget, Erased, OrderRepeated}
}

// Reconciliation is what came of it.
type Reconciliation struct {
	// Year is that of POHODA's database.
	Year int
	// Records and Orders count the records of the CRM and POHODA's orders by their
	// outcome. A record that is both different and paid without a mark is counted
	// once, and listed twice.
	Records, Orders map[Outcome]int
	// Differences come by kind, in each in the order of the records; Notes are none.
	Differences, Notes []Difference
	// Refused counts what could not be read.
	Refused int
}

// Difference is a difference, or a note, on one record.
type Difference struct {
	Code diag.Code
	// Record is the record in messages, ID its id in its source.
	Record, ID, Customer string
	// Advice names the phrase that takes the place of the code's hint, "" for the hint.
	Advice string
	// State is where the ledger has it, "" when it does not know it.
	State ledger.State
	// Orders are its orders in POHODA.
	Orders []PohodaOrder
	// Changed are the fields and lines that the CRM changed, Fields those in which
	// the CRM and POHODA differ.
	Changed []string
	Fields  []Deviation
}

// PohodaOrder names an order in POHODA.
type PohodaOrder struct {
	ID     int64  `json:"id,omitzero"`
	Number string `json:"number,omitzero"`
}

func (o *pohodaOrder) ref() PohodaOrder { return PohodaOrder{o.ID, o.Number} }

// called is the order as people know it.
func (o *pohodaOrder) called() string {
	return cmp.Or(o.orderNumber, o.Number, o.source.ID)
}

func newReconciliation(orders *pohodaOrders) *Reconciliation {
	return &Reconciliation{Year: orders.year, Records: map[Outcome]int{}, Orders: map[Outcome]int{}}
}

func (r *Reconciliation) record(o Outcome) { r.Records[o]++ }

func (r *Reconciliation) order(o Outcome) { r.Orders[o]++ }

// name fills in the record.
func (d *Difference) name(i *expectedOrder, known *ledger.Record) {
	d.Record, d.ID, d.Customer, d.State = i.name, i.key.ID, i.customer, known.State
	if a := pohoda.AgendaOf(i.key.Target); a != nil && a.Verbs&pohoda.Delete == 0 && slices.Contains(mendedByReplacing, d.Code) {
		d.Advice = flow.AdviceByHand
	}
	if len(d.Orders) == 0 && known.State.InPohoda() && (known.PohodaID != 0 || known.PohodaNumber != "") {
		d.Orders = []PohodaOrder{{known.PohodaID, known.PohodaNumber}}
	}
}

// add lists a difference or a note. It keeps a memory of its own: texts of a
// record share the record's.
func (r *Reconciliation) add(d Difference) {
	d.Record, d.ID, d.Customer = strings.Clone(d.Record), strings.Clone(d.ID), strings.Clone(d.Customer)
	for i := range d.Fields {
		d.Fields[i].CRM, d.Fields[i].Pohoda = strings.Clone(d.Fields[i].CRM), strings.Clone(d.Fields[i].Pohoda)
	}
	if slices.Contains(notes, d.Code) {
		r.Notes = append(r.Notes, d)
		return
	}
	r.Differences = append(r.Differences, d)
}

// finish puts the differences in order.
func (r *Reconciliation) finish() {
	byKind := func(kinds []diag.Code) func(a, b Difference) int {
		return func(a, b Difference) int { return slices.Index(kinds, a.Code) - slices.Index(kinds, b.Code) }
	}
	slices.SortStableFunc(r.Differences, byKind(differences))
	slices.SortStableFunc(r.Notes, byKind(notes))
}
