package paid

import (
	"cmp"
	"context"

	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/match"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/settlement"
)

// knownOrders gathers the orders that are known, by the CRM or POHODA and by the
// ledger.
func (p *Paid) knownOrders(ctx context.Context) (*orderList, error) {
	l := &orderList{tell: p.tell, words: words{}}
	if p.Orders != "" {
		if err := p.readOrders(ctx, l); err != nil {
			return nil, err
		}
	}
	if p.Ledger == nil {
		return l, nil
	}
	if err := l.addTransferred(ctx, p.Ledger); err != nil {
		return nil, err
	}
	l.findNamesakes()
	return l, nil
}

// orderStates are the states of records that were exported, or are in POHODA
// without that. Orders that POHODA refused or deleted are among them: an invoice
// may name them all the same.
var orderStates = []ledger.State{
	ledger.Writing, ledger.Exported, ledger.Sending, ledger.Accepted, ledger.AcceptedChanged,
	ledger.Refused, ledger.Unknown, ledger.Replaced, ledger.Cancelled, ledger.Baseline,
}

// receivedTarget is what the orders that invoices are issued for are in POHODA.
var receivedTarget = pohoda.Orders.Targets[0]

// addTransferred adds the orders of the ledger. One that was read already gets
// what the ledger adds to it.
func (l *orderList) addTransferred(ctx context.Context, book *flow.Ledger) error {
	matcher := cmp.Or(l.matcher, match.New())
	if l.matcher != nil {
		if err := book.Match(ctx, matcher, func(*ledger.Entry, []int) {}, func(n int) string { return "order " + l.known.At(n).Name() }, l.tell); err != nil {
			return err
		}
	}
	for r, err := range book.Records(ctx, ledger.Filter{States: orderStates, Target: receivedTarget.Name}) {
		if err != nil {
			return err
		}
		if r.Erased() {
			continue
		}
		if at, found := matcher.Surest(flow.MatchRecord(&r)); found {
			l.complete(l.known.At(at), &r)
		} else {
			l.addRecord(&r)
		}
	}
	l.matcher = nil
	return nil
}

// addRecord adds an order that the ledger alone knows.
func (l *orderList) addRecord(r *ledger.Record) {
	order := settlement.KnownOrder{
		Number: r.OrderNumber, PohodaNumber: r.PohodaNumber, PohodaID: r.PohodaID,
		System: l.words.keep(flow.SystemName(r.System, r.Instance)), ID: r.ID, Record: -1, Entry: r.RowID,
		Total: r.Total, Currency: money.Currency(l.words.keep(string(r.Currency))),
	}
	if r.Code != r.OrderNumber {
		order.Code = r.Code
	}
	if l.known == nil {
		l.known = settlement.Known()
	}
	l.known.Add(order)
}

// complete adds to an order what the ledger knows: the number that it was sent
// with, and POHODA's own, unless POHODA itself says it.
func (l *orderList) complete(order *settlement.KnownOrder, r *ledger.Record) {
	order.Entry = r.RowID
	if !order.Total.IsSet() {
		order.Total, order.Currency = r.Total, cmp.Or(order.Currency, r.Currency)
	}
	switch {
	case r.OrderNumber != "" && r.OrderNumber != order.Number:
		order.Number, order.Code = r.OrderNumber, order.Number
	case r.Code != order.Number:
		order.Code = r.Code
	}
	if l.exported {
		order.PohodaNumber, order.PohodaID = cmp.Or(order.PohodaNumber, r.PohodaNumber), cmp.Or(order.PohodaID, r.PohodaID)
		return
	}
	order.PohodaNumber, order.PohodaID = cmp.Or(r.PohodaNumber, order.PohodaNumber), cmp.Or(r.PohodaID, order.PohodaID)
}

// findNamesakes finds the names that several orders have.
func (l *orderList) findNamesakes() {
	if l.known == nil {
		return
	}
	names := flow.NewSeen()
	l.namesakes = map[string]bool{}
	for n := range l.known.Len() {
		if name := l.known.At(n).Name(); !names.Add(name) {
			l.namesakes[name] = true
		}
	}
}

// called is what the ledger calls the order of a verdict: two shops may count
// their orders alike, and each order has a payment of its own.
func (l *orderList) called(v *settlement.OrderPayment) string {
	if v.Known == nil || !l.namesakes[v.Order] {
		return v.Order
	}
	record := v.Known.System + ":" + v.Known.ID
	if v.Known.ID == "" {
		record = v.Known.PohodaNumber
	}
	return v.Order + " (" + record + ")"
}
