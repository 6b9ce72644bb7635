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
	"github.com/gopohoda/pohoda/pkg/match"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of orders that POHODA exported.
var (
	// CodeSeveralInPohoda: POHODA has several documents of one record: {numbers}.
	CodeSeveralInPohoda = diag.Refused.Code("document-twice-in-pohoda", "numbers")
)

// posted is an order that POHODA has.
type posted struct {
	flow.PohodaDocument
	kind      trade.Kind
	cancelled bool
}

// orders are the orders of a file; the matcher has them in the same places.
type orders struct {
	*confirmation
	list    []posted
	matcher *match.Matcher
}

// readOrders reads orders that POHODA exported.
func (c *confirmation) readOrders(ctx context.Context, r io.Reader) (toSettle, error) {
	o := &orders{confirmation: c, matcher: match.New()}
	strangers := 0
	issues, err := flow.ShowFrom(c.unit, flow.OtherUnit, c.File, r, func(s *flow.Shown) error {
		target, unclear := s.Posted()
		switch head := s.Record.Of.Header(); {
		case unclear != nil:
			c.found(unclear)
		case target == "":
		case head.Pohoda.ID == 0:
			strangers++
		default:
			d := flow.MatchDocument(s.Record.Of, target)
			o.matcher.Add(d)
			o.list = append(o.list, posted{flow.PohodaDocument{ID: d.PohodaID, Number: d.PohodaNumber}, head.Kind, head.Pohoda.Cancelled.IsYes()})
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

// settle finds the records of the orders and takes what the orders say of them.
func (o *orders) settle(ctx context.Context) error {
	known, err := o.match(ctx)
	if err != nil {
		return err
	}
	// The records come in the order of the file. Nobody is to know any more whose an
	// order of an erased one is.
	var records []*ledger.Record
	found := map[int64][]*posted{}
	for n := range o.list {
		switch rows := o.matcher.Records(n); {
		case len(rows) == 0, len(rows) == 1 && known[rows[0]].Erased():
			o.Elsewhere++
		case len(rows) == 1:
			if found[rows[0]] == nil {
				records = append(records, known[rows[0]])
			}
			found[rows[0]] = append(found[rows[0]], &o.list[n])
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

// match gives the records that orders may be, by their numbers in the ledger.
func (o *orders) match(ctx context.Context) (known map[int64]*ledger.Record, err error) {
	known = map[int64]*ledger.Record{}
	if len(o.list) > 0 {
		err = o.Ledger.Match(ctx, o.matcher, func(e *ledger.Entry, documents []int) {
			if len(documents) > 0 {
				known[e.RowID] = &e.Record
			}
		}, func(n int) string { return string(o.list[n].kind) + " " + o.list[n].String() }, o.tell)
	}
	return known, err
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
		case old.Is(p.PohodaDocument):
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
	last := slices.MaxFunc(current, func(a, b *posted) int { return cmp.Compare(a.ID, b.ID) })
	state := ledger.Accepted
	if last.cancelled {
		state = ledger.Cancelled
	}
	return &ledger.Answer{
		Key: r.Key, State: state, PohodaID: last.ID, PohodaNumber: last.Number, By: ledger.ByOrders, Proof: o.proof,
	}, nil
}

func numbersOf(all []*posted) string {
	var numbers []string
	for _, p := range all {
		numbers = append(numbers, p.String())
	}
	return strings.Join(numbers, ", ")
}
