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

func (s *reconciler) verdict(i *expectedOrder, known *ledger.Record, orders []*pohodaOrder) (Outcome, Difference) {
	transferred := known.Known() && known.State != ledger.New
	switch {
	case !i.concerned:
		return OtherKind, Difference{}
	case len(orders) == 0 && !transferred && !i.selected:
		return NotSelected, Difference{}
	case i.issues.Refused():
		for _, issue := range i.issues {
			s.tell(issue)
		}
		return Refused, Difference{}
	case len(orders) == 0 && !transferred:
		return s.untransferred(i)
	case len(orders) == 0:
		return s.absent(i, known)
	}
	return s.present(i, known, orders)
}

// is is an outcome that is told.
func is(code diag.Code, orders ...*pohodaOrder) (Outcome, Difference) {
	d := Difference{Code: code}
	for _, o := range orders {
		d.Orders = append(d.Orders, o.ref())
	}
	return Outcome(code), d
}

// untransferred is a record that neither the ledger nor POHODA has.
func (s *reconciler) untransferred(i *expectedOrder) (Outcome, Difference) {
	switch {
	case i.isOff():
		return Cancelled, Difference{}
	case i.phase == trade.Draft, i.waits:
		return Waiting, Difference{}
	}
	return is(CodeNotTransferred)
}

// absent is a record that went to POHODA, whose export does not have it. Ledgers
// span years, and POHODA has a database for each.
func (s *reconciler) absent(i *expectedOrder, known *ledger.Record) (Outcome, Difference) {
	year := s.year(i, known)
	switch state := known.State; {
	case state == ledger.Writing, state == ledger.Sending:
		return Underway, Difference{}
	case state == ledger.Cancelled && i.isOff():
		return TakenBack, Difference{}
	case i.isOff():
		return Cancelled, Difference{}
	case !s.orders.covers(i.direction):
		return NotCovered, Difference{}
	case state == ledger.Refused:
		return is(CodeRefusedThere)
	case year < s.orders.year:
		return EarlierYear, Difference{}
	case year > s.orders.year:
		return LaterYear, Difference{}
	case state.InPohoda(), state == ledger.Cancelled:
		return is(CodeDeletedInPohoda)
	}
	return is(CodeMissingInPohoda)
}

// year is that of the record's order.
func (s *reconciler) year(i *expectedOrder, known *ledger.Record) int {
	if year, ok := s.years[known.RowID]; ok {
		return int(year)
	}
	return i.content.date.Year()
}

// present is a record that POHODA has.
func (s *reconciler) present(i *expectedOrder, known *ledger.Record, orders []*pohodaOrder) (Outcome, Difference) {
	alive := slices.DeleteFunc(slices.Clone(orders), func(o *pohodaOrder) bool { return o.cancelled })
	switch {
	case len(alive) > 1:
		return is(CodeTwiceInPohoda, alive...)
	case len(alive) == 0 && i.isOff():
		return Cancelled, Difference{}
	case len(alive) == 0 && orders[0].isReplacedBy(known):
		return is(CodeMissingInPohoda)
	case len(alive) == 0:
		return is(CodeCancelledThere, orders...)
	case i.isOff():
		return is(CodeCancelledInCRM, alive...)
	}
	o := alive[0]
	if o.isReplacedBy(known) {
		return is(CodeReplaceMissing, o)
	}
	if outcome, d := s.contents(i, known, o); d.Code != "" {
		return outcome, d
	}
	switch {
	case !known.State.InPohoda():
		return is(CodeNotConfirmed, o)
	case o.renumbered(known):
		outcome, d := is(CodeNumberDiffers, o)
		d.Fields = []Deviation{{"pohoda.number", known.PohodaNumber, o.Number}}
		return outcome, d
	case o.done:
		return DoneInPohoda, Difference{}
	}
	return Agrees, Difference{}
}

// isReplacedBy tells whether the order is the one that a document in the ledger is to
// replace, of which POHODA has not said that it did.
func (o *pohodaOrder) isReplacedBy(known *ledger.Record) bool {
	return o.ID != 0 && o.ID == known.Replacing()
}

// contents compares what the record becomes with the order. Who changed it shows
// where the ledger knows what was sent.
func (s *reconciler) contents(i *expectedOrder, known *ledger.Record, o *pohodaOrder) (outcome Outcome, d Difference) {
	fields := compare(&i.content, &o.orderContent, s.expected.dated(i.key.Target))
	sent := known.State != ledger.New && known.Sent != ""
	now := (&flow.LedgerStatus{Known: *known, Content: i.print}).AsCompared()
	switch {
	case sent && !flow.SameContent(known.Sent, now):
		outcome, d = is(CodeChangedInCRM, o)
		d.Changed = flow.ChangedParts(known.Sent, now)
	case len(fields) == 0:
		return "", d
	case sent:
		outcome, d = is(CodeChangedInPohoda, o)
	default:
		outcome, d = is(CodeContentDiffers, o)
	}
	d.Fields = fields
	return outcome, d
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
		_, d := is(CodeMissingInCRM, o)
		d.Record, d.Customer = "order "+o.called(), o.customer
		s.report.add(d)
	}
}
