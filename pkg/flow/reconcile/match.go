package reconcile

import (
	"context"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// certainty is how an order in POHODA was found to belong to a record.
type certainty uint8

const (
	notFound certainty = iota
	byOrderNumber
	byPohoda
	bySource
	bySelf
)

// own reads the ledger and gives orders to its records. years gets the year of the
// last export of records that have no order, for a house whose orders carry the
// day of the export.
func (all *pohodaOrders) own(ctx context.Context, book *flow.Ledger, years map[int64]int16) error {
	directions := map[string]trade.Direction{}
	for _, t := range pohoda.Orders.Targets {
		directions[t.Name] = t.Direction
	}
	for e, err := range book.Entries(ctx, ledger.Filter{}) {
		if err != nil {
			return err
		}
		direction, ok := directions[e.Target]
		if !ok {
			continue
		}
		if found := all.claim(&e.Record, direction); !found && years != nil && !e.ExportedAt.IsZero() {
			years[e.RowID] = int16(e.ExportedAt.Year())
		}
	}
	for n := range all.list {
		if owner := all.list[n].owner; owner != 0 {
			all.byOwner[owner] = append(all.byOwner[owner], int32(n))
		}
	}
	return nil
}

// claim gives the orders of a record of the ledger to it, unless another has a
// better claim.
func (all *pohodaOrders) claim(r *ledger.Record, direction trade.Direction) (found bool) {
	source := flow.SystemName(r.System, r.Instance) + fieldEnd + r.ID
	take := func(n int32, sure certainty) {
		o := &all.list[n]
		if sure <= o.sure || o.source != "" && o.source != source {
			return
		}
		o.owner, o.ownerSource, o.sure, o.erased = r.RowID, source, sure, r.Erased()
		found = true
	}
	for _, n := range all.bySource[orderName{direction, source}] {
		take(n, bySource)
	}
	candidates := slices.Clone(all.byNumber[orderName{direction, foldNumber(r.PohodaNumber)}])
	if n, ok := all.byID[orderID{direction, r.PohodaID}]; ok && r.PohodaID != 0 {
		candidates = append(candidates, n)
	}
	for _, n := range candidates {
		take(n, all.list[n].isDocumentOf(r))
	}
	for _, name := range []string{r.OrderNumber, r.Code} {
		for _, n := range all.numbered(direction, name) {
			take(n, byOrderNumber)
		}
	}
	return found
}

// isDocumentOf tells whether an order, whose id or number in POHODA is that of the
// ledger, is the document that the ledger means, and for how certain. Ids and
// numbers begin anew with the year: one of them alone does not say it, unless no
// other is known or our own number of the order is there as well.
func (o *pohodaOrder) isDocumentOf(r *ledger.Record) certainty {
	sameID, sameNumber := o.id == r.PohodaID, foldNumber(o.number) == foldNumber(r.PohodaNumber)
	number := foldNumber(o.orderNumber)
	switch {
	case sameID && sameNumber:
		return bySelf
	case sameNumber && r.PohodaID == 0, number != "" && (number == foldNumber(r.OrderNumber) || number == foldNumber(r.Code)):
		return byPohoda
	}
	return notFound
}

// numbered finds orders by our own number of them, exactly and else without
// regard to case.
func (all *pohodaOrders) numbered(direction trade.Direction, number string) []int32 {
	number = strings.TrimSpace(number)
	if number == "" {
		return nil
	}
	folded := all.byOrderNumber[orderName{direction, foldNumber(number)}]
	var exact []int32
	for _, n := range folded {
		if all.list[n].orderNumber == number {
			exact = append(exact, n)
		}
	}
	if exact != nil {
		return exact
	}
	return folded
}

// of takes the orders of a record of the CRM, which the ledger may know.
func (all *pohodaOrders) of(i *expectedOrder, known *ledger.Record) []*pohodaOrder {
	var orders []*pohodaOrder
	take := func(numbers []int32, fits func(*pohodaOrder) bool) {
		for _, n := range numbers {
			if o := &all.list[n]; !o.taken && fits(o) {
				o.taken = true
				orders = append(orders, o)
			}
		}
	}
	any := func(*pohodaOrder) bool { return true }
	nobodys := func(o *pohodaOrder) bool { return o.source == "" && o.owner == 0 }
	if known.Known() {
		take(all.byOwner[known.RowID], any)
	}
	take(all.bySource[orderName{i.direction, i.source}], func(o *pohodaOrder) bool { return o.owner == 0 })
	take(all.numbered(i.direction, i.number), nobodys)
	return orders
}
