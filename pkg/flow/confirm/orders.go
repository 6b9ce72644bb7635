package confirm

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of orders that POHODA exported.
var (
	// CodeSeveralInPohoda: POHODA has several documents of one record: {numbers}.
	CodeSeveralInPohoda = diag.Refused.Code("document-twice-in-pohoda", "numbers")
	// CodePostedAmbiguous: an order of POHODA may be any of several {records}.
	CodePostedAmbiguous = diag.Refused.Code("order-record-ambiguous", "records")
)

// posted is an order that POHODA has.
type posted struct {
	pohodaDocument
	// target is what a record became in it, name the number that POHODA was given.
	target, name string
	source       trade.Source
	cancelled    bool
	// records are those that it may be, all as likely, and best says how well they
	// fit.
	records []ledger.Record
	best    likeness
}

// orders are the orders of a file.
type orders struct {
	*confirmation
	list []posted
}

// readOrders reads orders that POHODA exported.
func (c *confirmation) readOrders(ctx context.Context, r io.Reader) (toSettle, error) {
	o := &orders{confirmation: c}
	strangers := 0
	issues, err := flow.ShowFrom(c.Config, c.Config.Unit.Country, flow.CountrySet, c.File, r, func(s *flow.Shown) error {
		if issue := flow.OtherUnit(c.Config.Unit, s.ICO, ""); issue != nil {
			return issue.WithPosition(diag.Position{File: c.File})
		}
		switch target := orderTarget(s.Document); {
		case target == "":
		case s.Document.Pohoda.ID == 0:
			strangers++
		default:
			o.list = append(o.list, postedOrder(s.Document, target))
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	for _, issue := range issues.Of(diag.Error) {
		if flow.ConcernsIdentity(issue.Path) {
			c.tell(issue)
		}
	}
	switch {
	case strangers > 0:
		c.tell(diag.New(flow.CodeNotFromPohoda, "count", strconv.Itoa(strangers)).WithValue(c.File))
	case len(o.list) == 0:
		c.tell(diag.Warn(flow.CodeNoOrders).WithValue(c.File))
	}
	return o, nil
}

// orderTarget is what a record became in a document, "" in one that is no order.
func orderTarget(doc *trade.Document) string {
	if doc.Kind != trade.Order {
		return ""
	}
	for _, t := range pohoda.Orders.Targets {
		if t.Direction == doc.Direction {
			return t.Name
		}
	}
	return ""
}

// postedOrder keeps of an order what tells which record it is. Texts of a
// document share its memory.
func postedOrder(doc *trade.Document, target string) posted {
	return posted{
		pohodaDocument: pohodaDocument{doc.Pohoda.ID, strings.Clone(doc.Pohoda.Number)},
		target:         target, name: strings.Clone(strings.TrimSpace(doc.Number)),
		source: trade.Source{
			System: strings.Clone(doc.Source.System), Instance: strings.Clone(doc.Source.Instance), ID: strings.Clone(doc.Source.ID),
		},
		cancelled: doc.Pohoda.Cancelled.IsYes(),
	}
}

// settle finds the records of the orders and takes what the orders say of them.
func (o *orders) settle(ctx context.Context) error {
	if err := o.match(ctx); err != nil {
		return err
	}
	// The records come in the order of the file.
	var records []*ledger.Record
	found := map[int64][]*posted{}
	for n := range o.list {
		p := &o.list[n]
		switch len(p.records) {
		case 0:
			o.Elsewhere++
		case 1:
			r := &p.records[0]
			if found[r.RowID] == nil {
				records = append(records, r)
			}
			found[r.RowID] = append(found[r.RowID], p)
		default:
			o.tell(p.ambiguous())
		}
	}
	var answers []ledger.Answer
	for _, r := range records {
		answer, err := o.answer(ctx, r, found[r.RowID])
		if err != nil {
			return err
		}
		if answer != nil {
			answers = append(answers, *answer)
		}
	}
	return o.take(ctx, answers)
}

func (p *posted) ambiguous() *diag.Issue {
	var names []string
	for n := range p.records {
		r := &p.records[n]
		names = append(names, flow.KeyName(r))
	}
	return diag.New(CodePostedAmbiguous, "records", strings.Join(names, ", ")).WithRecord(strings.TrimSpace("order " + p.String()))
}

// answer is what the orders of a record say of it; nil is nothing, or nothing
// certain. A cancelled order counts only where there is no other, and the one
// that is to be replaced does not count.
func (o *orders) answer(ctx context.Context, r *ledger.Record, all []*posted) (*ledger.Answer, error) {
	old, err := replacedBy(ctx, o.Ledger, r)
	if err != nil {
		return nil, err
	}
	var current, live []*posted
	oldLives := false
	for _, p := range all {
		switch {
		case old.is(p):
			oldLives = oldLives || !p.cancelled
			continue
		case !p.cancelled:
			live = append(live, p)
		}
		current = append(current, p)
	}
	if len(live) > 0 {
		current = live
	}
	name := flow.RecordOf(r)
	switch {
	case oldLives && len(live) > 0:
		o.tell(diag.New(CodeBothThere, "old", old.String(), "number", numbersOf(live)).WithRecord(name))
	case oldLives && !r.State.InPohoda():
		o.tell(diag.Warn(CodeOldStays, "old", old.String()).WithRecord(name))
	}
	if len(live) > 1 {
		o.tell(diag.New(CodeSeveralInPohoda, "numbers", numbersOf(live)).WithRecord(name))
		return nil, nil
	}
	if len(current) == 0 {
		return nil, nil
	}
	last := slices.MaxFunc(current, func(a, b *posted) int { return cmp.Compare(a.id, b.id) })
	state := ledger.Accepted
	if last.cancelled {
		state = ledger.Cancelled
	}
	return &ledger.Answer{
		Key: r.Key, State: state, PohodaID: last.id, PohodaNumber: last.number, By: ledger.ByOrders, Proof: o.proof,
	}, nil
}

func numbersOf(all []*posted) string {
	var numbers []string
	for _, p := range all {
		numbers = append(numbers, p.String())
	}
	return strings.Join(numbers, ", ")
}
