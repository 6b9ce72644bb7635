package paid

import (
	"cmp"
	"context"
	"slices"

	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/settlement"
)

// paymentBatch is how many verdicts the ledger is asked about, and told, at once.
const paymentBatch = 1000

// verdictBatch gathers verdicts, each of which is valid until the next one.
type verdictBatch struct {
	some []settlement.OrderPayment
	use  func([]settlement.OrderPayment) error
}

func (b *verdictBatch) add(v *settlement.OrderPayment) error {
	if len(b.some) < cap(b.some) {
		b.some = b.some[:len(b.some)+1]
	} else {
		b.some = append(b.some, settlement.OrderPayment{})
	}
	kept := &b.some[len(b.some)-1]
	invoices := append(kept.Invoices[:0], v.Invoices...)
	*kept = *v
	kept.Invoices = invoices
	if len(b.some) < paymentBatch {
		return nil
	}
	return b.flush()
}

// flush uses what was gathered.
func (b *verdictBatch) flush() error {
	some := b.some
	b.some = b.some[:0]
	if len(some) == 0 {
		return nil
	}
	return b.use(some)
}

// news are the verdicts that are asked for in their order, true for those of which
// the ledger is to be told.
type news []bool

// find asks the ledger what it has of some orders, and gives those of which that is
// something else.
func (n *news) find(ctx context.Context, p *Paid, orders *orderList, some []settlement.OrderPayment, give func(*settlement.OrderPayment) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	payments, names := make([]ledger.Payment, len(some)), make([]string, len(some))
	for i := range some {
		payments[i] = orders.payment(&some[i])
		names[i] = payments[i].Order
	}
	known, err := p.Ledger.Payments(ctx, names)
	if err != nil {
		return err
	}
	for i := range payments {
		was, ok := known[names[i]]
		isNews := !ok || payments[i].IsNews(&was)
		foundNow := payments[i].Record != 0 && payments[i].Record != was.Record
		*n = append(*n, isNews || foundNow)
		if !isNews {
			continue
		}
		if err := give(&some[i]); err != nil {
			return err
		}
	}
	return nil
}

// remember writes the verdicts that are asked for to the ledger, some in each
// transaction; with News those that are. Of what it has already it writes nothing.
func (p *Paid) remember(ctx context.Context, payments *settlement.Payments, orders *orderList, found news) (remembered int, err error) {
	some := verdictBatch{use: func(some []settlement.OrderPayment) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		batch := make([]ledger.Payment, len(some))
		for i := range some {
			batch[i] = orders.payment(&some[i])
		}
		news, err := p.Ledger.Pay(ctx, batch)
		remembered += len(news)
		return err
	}}
	asked := 0
	if err := payments.Verdicts(func(v *settlement.OrderPayment) error {
		if !p.wants(v.State) {
			return nil
		}
		asked++
		if p.News && !found[asked-1] {
			return nil
		}
		return some.add(v)
	}); err != nil {
		return remembered, err
	}
	return remembered, some.flush()
}

// payment is a verdict as the ledger keeps it. Its invoices have an order in which
// their files have no part.
func (l *orderList) payment(v *settlement.OrderPayment) ledger.Payment {
	payment := ledger.Payment{Order: l.called(v), State: v.State, Total: v.Total, Due: v.Due, Currency: v.Currency}
	if v.Known != nil {
		payment.Record = v.Known.Entry
	}
	for i := range v.Invoices {
		proof := &v.Invoices[i]
		payment.Invoices = append(payment.Invoices, ledger.Proof{
			Number: proof.Number, Date: proof.Date, Settled: proof.Settled, Total: proof.Total, Due: proof.Due,
			File: proof.File, FileHash: proof.Digest, Line: proof.Line,
		})
	}
	slices.SortStableFunc(payment.Invoices, func(a, b ledger.Proof) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Number, b.Number), a.Total.Cmp(b.Total), a.Due.Cmp(b.Due))
	})
	return payment
}

// step marks a step between two writes.
func (p *Paid) step(name string) error {
	if p.Ledger == nil {
		return nil
	}
	return p.Ledger.Step(name)
}
