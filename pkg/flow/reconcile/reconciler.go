package reconcile

import (
	"context"
	"strconv"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// reconciler is where the three meet.
type reconciler struct {
	expected *expectedOrders
	orders   *pohodaOrders
	// systems are those of the CRM's records, there the records by their keys.
	systems map[string]bool
	there   *flow.Seen
	// years are those of the last export of records, where orders carry its day.
	years  map[int64]int16
	report *Reconciliation
	tell   func(*diag.Issue)
}

// matchBatch brings records of the CRM together with what the ledger and POHODA know of
// them.
func (s *reconciler) matchBatch(ctx context.Context, book *flow.Ledger, images []*expectedOrder) error {
	keys, numbers := make([]ledger.Key, len(images)), make([]string, len(images))
	for n, i := range images {
		keys[n], numbers[n] = i.key, i.number
	}
	records, err := book.Lookup(ctx, keys)
	if err != nil {
		return err
	}
	payments, err := book.Payments(ctx, numbers)
	if err != nil {
		return err
	}
	for n, i := range images {
		known := &records[n]
		paid := known.Payment
		if p, ok := payments[i.number]; ok && paid == "" && p.Record == 0 {
			paid = p.State
		}
		s.judge(i, known, s.ordersOf(i, known), paid)
	}
	return ctx.Err()
}

// ordersOf takes the orders of a record. One that comes a second time has none.
func (s *reconciler) ordersOf(i *expectedOrder, known *ledger.Record) []*pohodaOrder {
	named, key := i.record.IsKnown(), flow.SourceKey(i.record)
	if named {
		s.there.Add(key)
	}
	if !i.concerned {
		return nil
	}
	s.systems[i.record.System] = named || s.systems[i.record.System]
	if named && !s.there.Add(string(i.key.Kind)+" "+key) {
		i.issues.Add(diag.New(flow.CodeDuplicate).WithRecord(i.name).WithValue(i.key.ID).WithPosition(i.at))
	}
	return s.orders.of(i, known)
}

// finish says what becomes of the orders that no record of the CRM has.
func (s *reconciler) finish() {
	for n := range s.orders.list {
		s.judgeOrder(&s.orders.list[n])
	}
	for range s.orders.repeated {
		s.report.order(OrderRepeated)
	}
	s.report.finish()
	if n := s.report.Records[NotCovered]; n > 0 {
		s.tell(diag.Warn(CodeDirectionMissing, "n", strconv.Itoa(n)))
	}
}
