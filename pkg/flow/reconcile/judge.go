package reconcile

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The differences between the CRM, the ledger and POHODA.
var (
	CodeNotTransferred   = diag.Warning.Code("not-transferred")
	CodeRefusedThere     = diag.Warning.Code("refused-by-pohoda")
	CodeMissingInPohoda  = diag.Warning.Code("missing-in-pohoda")
	CodeReplaceMissing   = diag.Warning.Code("replacement-missing")
	CodeDeletedInPohoda  = diag.Warning.Code("deleted-in-pohoda")
	CodeTwiceInPohoda    = diag.Warning.Code("twice-in-pohoda")
	CodeChangedInCRM     = diag.Warning.Code("changed-in-crm")
	CodeChangedInPohoda  = diag.Warning.Code("changed-in-pohoda")
	CodeContentDiffers   = diag.Warning.Code("content-differs")
	CodeCancelledInCRM   = diag.Warning.Code("cancelled-in-crm")
	CodeCancelledThere   = diag.Warning.Code("cancelled-in-pohoda")
	CodeMissingInCRM     = diag.Warning.Code("missing-in-crm")
	CodePaidNotMarked    = diag.Warning.Code("paid-not-marked")
	CodeNotConfirmed     = diag.Warning.Code("not-confirmed")
	CodeNumberDiffers    = diag.Note.Code("number-differs")
	CodeDirectionMissing = diag.Warning.Code("reconcile-direction-missing", "n")
)

// judge says what is with a record of the CRM, by the record as it is, the ledger
// and its orders in POHODA.
func (s *reconciler) judge(i *expectedOrder, known *ledger.Record, orders []*pohodaOrder, paid trade.PaymentState) {
	outcome, d := s.verdict(i, known, orders)
	owed := outcome != Refused && paid.IsPaid() && !i.payment.IsPaid()
	if owed && !outcome.differs() {
		outcome = Outcome(CodePaidNotMarked)
	}
	s.report.record(outcome)
	d.name(i, known)
	if d.Code != "" {
		s.report.add(d)
	}
	if owed {
		p := Difference{Code: CodePaidNotMarked, Orders: d.Orders, Fields: []Deviation{{"payment.state", string(i.payment), string(paid)}}}
		p.name(i, known)
		s.report.add(p)
	}
}

// verdictRule is a row of verdictRules. The columns hold what is with the record, the
// ledger's states, its orders in POHODA, their content and POHODA's database: several
// at once, of which a row names those of which one is to hold, and none where all do.
type verdictRule struct {
	record   recordFact
	state    []ledger.State
	order    orderFact
	content  contentFact
	database databaseFact
	outcome  Outcome
}

// The columns' values.
type (
	recordFact   uint8
	orderFact    uint8
	contentFact  uint8
	databaseFact uint8
)

const (
	otherKind recordFact = 1 << iota
	unselected
	faulty
	off
	waits
)

// An order that is not cancelled is one or several; voided are orders of which all
// are. A pending order is the one that a document in the ledger is to replace.
const (
	none orderFact = 1 << iota
	one
	several
	voided
	pending
	voidedPending
	renumbered
	done
)

const (
	changedInCRM contentFact = 1 << iota
	changedInPohoda
	differs
)

const (
	directionMissing databaseFact = 1 << iota
	earlierYear
	laterYear
)

var (
	untransferred = []ledger.State{"", ledger.New}
	underway      = []ledger.State{ledger.Writing, ledger.Sending}
	refusedThere  = []ledger.State{ledger.Refused}
	takenBack     = []ledger.State{ledger.Cancelled}
	inPohoda      = []ledger.State{ledger.Accepted, ledger.AcceptedChanged, ledger.Baseline}
	wereInPohoda  = slices.Concat(takenBack, inPohoda)
	unanswered    = []ledger.State{ledger.Exported, ledger.Unknown, ledger.Replaced}
	unconfirmed   = slices.Concat(untransferred, underway, refusedThere, takenBack, unanswered)
)

// verdictRules says what is with a record: the first row that holds. No record comes to
// the last row, which is for a state that no row names. Ledgers span years, and POHODA
// has a database for each.
var verdictRules = [...]verdictRule{
	// record, state, order, content, database, outcome
	{otherKind, nil, 0, 0, 0, OtherKind},
	{unselected, untransferred, none, 0, 0, NotSelected},
	{faulty, nil, 0, 0, 0, Refused},

	{off, untransferred, none, 0, 0, Cancelled},
	{waits, untransferred, none, 0, 0, Waiting},
	{0, untransferred, none, 0, 0, Outcome(CodeNotTransferred)},

	{0, underway, none, 0, 0, Underway},
	{off, takenBack, none, 0, 0, TakenBack},
	{off, nil, none, 0, 0, Cancelled},
	{0, nil, none, 0, directionMissing, NotCovered},
	{0, refusedThere, none, 0, 0, Outcome(CodeRefusedThere)},
	{0, nil, none, 0, earlierYear, EarlierYear},
	{0, nil, none, 0, laterYear, LaterYear},
	{0, wereInPohoda, none, 0, 0, Outcome(CodeDeletedInPohoda)},
	{0, unanswered, none, 0, 0, Outcome(CodeMissingInPohoda)},

	{0, nil, several, 0, 0, Outcome(CodeTwiceInPohoda)},
	{off, nil, voided, 0, 0, Cancelled},
	{0, nil, voidedPending, 0, 0, Outcome(CodeMissingInPohoda)},
	{0, nil, voided, 0, 0, Outcome(CodeCancelledThere)},
	{off, nil, one, 0, 0, Outcome(CodeCancelledInCRM)},
	{0, nil, pending, 0, 0, Outcome(CodeReplaceMissing)},
	{0, nil, one, changedInCRM, 0, Outcome(CodeChangedInCRM)},
	{0, nil, one, changedInPohoda, 0, Outcome(CodeChangedInPohoda)},
	{0, nil, one, differs, 0, Outcome(CodeContentDiffers)},
	{0, unconfirmed, one, 0, 0, Outcome(CodeNotConfirmed)},
	{0, inPohoda, renumbered, 0, 0, Outcome(CodeNumberDiffers)},
	{0, inPohoda, done, 0, 0, DoneInPohoda},
	{0, inPohoda, one, 0, 0, Agrees},
	{0, nil, 0, 0, 0, Outcome(CodeNotConfirmed)},
}

// verdictCase is what there is to judge: the facts, and what could be told of them.
type verdictCase struct {
	record   recordFact
	state    ledger.State
	order    orderFact
	content  contentFact
	database databaseFact
	told     Difference
}

// rule finds the row.
func (c *verdictCase) rule() int {
	return slices.IndexFunc(verdictRules[:], func(r verdictRule) bool {
		return (r.record == 0 || r.record&c.record != 0) &&
			(r.state == nil || slices.Contains(r.state, c.state)) &&
			(r.order == 0 || r.order&c.order != 0) &&
			(r.content == 0 || r.content&c.content != 0) &&
			(r.database == 0 || r.database&c.database != 0)
	})
}

// verdict judges by the rules.
func (s *reconciler) verdict(i *expectedOrder, known *ledger.Record, orders []*pohodaOrder) (Outcome, Difference) {
	c := s.caseOf(i, known, orders)
	r := &verdictRules[c.rule()]
	if r.outcome == Refused {
		for _, issue := range i.issues {
			s.tell(issue)
		}
	}
	if !r.outcome.isTold() {
		return r.outcome, Difference{}
	}
	d := c.told
	if d.Code = diag.Code(r.outcome); r.content == 0 {
		d.Changed, d.Fields = nil, nil
	}
	switch d.Code {
	case CodeMissingInPohoda:
		d.Orders = nil
	case CodeNumberDiffers:
		d.Fields = []Deviation{{"pohoda.number", known.PohodaNumber, d.Orders[0].Number}}
	}
	return r.outcome, d
}

// caseOf gathers the facts. The orders that are told are those that are not cancelled,
// if there are any.
func (s *reconciler) caseOf(i *expectedOrder, known *ledger.Record, orders []*pohodaOrder) (c verdictCase) {
	c.state = known.State
	setIf(&c.record, otherKind, !i.concerned)
	setIf(&c.record, unselected, !i.selected)
	setIf(&c.record, faulty, i.issues.Refused())
	setIf(&c.record, off, i.isOff())
	setIf(&c.record, waits, i.phase == trade.Draft || i.waits)
	alive := slices.DeleteFunc(slices.Clone(orders), func(o *pohodaOrder) bool { return o.cancelled })
	switch {
	case len(orders) == 0:
		c.order = none
		year := s.year(i, known)
		setIf(&c.database, directionMissing, !s.orders.covers(i.key.Target))
		setIf(&c.database, earlierYear, year < s.orders.year)
		setIf(&c.database, laterYear, year > s.orders.year)
	case len(alive) == 0:
		c.order = voided
		setIf(&c.order, voidedPending, orders[0].isReplacedBy(known))
		alive = orders
	case len(alive) > 1:
		c.order = several
	default:
		o := alive[0]
		c.order = one
		setIf(&c.order, pending, o.isReplacedBy(known))
		setIf(&c.order, renumbered, o.renumbered(known))
		setIf(&c.order, done, o.done)
		s.compareContents(&c, i, known, o)
	}
	for _, o := range alive {
		c.told.Orders = append(c.told.Orders, o.ref())
	}
	return c
}

func setIf[F ~uint8](facts *F, fact F, holds bool) {
	if holds {
		*facts |= fact
	}
}

// year is that of the record's order.
func (s *reconciler) year(i *expectedOrder, known *ledger.Record) int {
	if year, ok := s.years[known.RowID]; ok {
		return int(year)
	}
	return i.content.date.Year()
}

// isReplacedBy tells whether the order is the one that a document in the ledger is to
// replace, of which POHODA has not said that it did.
func (o *pohodaOrder) isReplacedBy(known *ledger.Record) bool {
	return o.ID != 0 && o.ID == known.Replacing()
}

// compareContents compares what the record becomes with the order. Who changed it shows
// where the ledger knows what was sent.
func (s *reconciler) compareContents(c *verdictCase, i *expectedOrder, known *ledger.Record, o *pohodaOrder) {
	c.told.Fields = compare(&i.content, &o.orderContent, s.expected.dated(i.key.Target))
	sent := known.State != ledger.New && known.Sent != ""
	now := (&flow.LedgerStatus{Known: *known, Content: i.print}).AsCompared()
	switch {
	case sent && !flow.SameContent(known.Sent, now):
		c.content = changedInCRM
		c.told.Changed = flow.ChangedParts(known.Sent, now)
	case len(c.told.Fields) == 0:
	case sent:
		c.content = changedInPohoda
	default:
		c.content = differs
	}
}

// renumbered tells whether POHODA calls the order otherwise than the ledger does.
func (o *pohodaOrder) renumbered(known *ledger.Record) bool {
	return known.PohodaNumber != "" && o.Number != "" && o.Number != known.PohodaNumber
}

// judgeOrder says what is with an order of POHODA's export.
func (s *reconciler) judgeOrder(o *pohodaOrder) {
	outcome := Outcome(CodeMissingInCRM)
	switch {
	case o.taken:
		outcome = Matched
	case o.erased:
		outcome = Erased
	case !o.source.IsKnown():
		outcome = PohodasOwn
	case !s.systems[o.source.System]:
		outcome = OtherSource
	case s.there.Has(flow.SourceKey(o.source)):
		outcome = OtherTarget
	case o.cancelled:
		outcome = Cancelled
	}
	s.report.order(outcome)
	if outcome == Outcome(CodeMissingInCRM) {
		s.report.add(Difference{Code: CodeMissingInCRM, Orders: []PohodaOrder{o.ref()}, Record: string(o.kind) + " " + o.called(), Customer: o.customer})
	}
}
