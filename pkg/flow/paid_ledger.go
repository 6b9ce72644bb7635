package flow

import (
	"cmp"
	"context"
	"slices"

	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// paymentBatch is how many verdicts the ledger is asked about, and told, at once.
const paymentBatch = 1000

// verdictBatch gathers verdicts, each of which is valid until the next one.
type verdictBatch struct {
	some []trade.Verdict
	use  func([]trade.Verdict) error
}

func (b *verdictBatch) add(v *trade.Verdict) error {
	if len(b.some) < cap(b.some) {
		b.some = b.some[:len(b.some)+1]
	} else {
		b.some = append(b.some, trade.Verdict{})
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

// compared is the payment of an order beside what the ledger has of it.
type compared struct {
	ledger.Payment
	// holds says that it may take the place of what the ledger has, isNews that it
	// says something else.
	holds, isNews bool
}

// compare asks the ledger what it has of some orders.
func (p *Paid) compare(ctx context.Context, orders *orderList, some []trade.Verdict) ([]compared, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	all, names := make([]compared, len(some)), make([]string, len(some))
	for n := range some {
		all[n].Payment = paymentOf(&some[n])
		all[n].Order = orders.called(&some[n])
		names[n] = all[n].Order
	}
	known, err := p.Book.Payments(ctx, names)
	for n := range all {
		c := &all[n]
		was, ok := known[c.Order]
		c.holds = !ok || c.State == was.State || proven(c.State)
		c.isNews = c.holds && (!ok || !c.Same(&was))
	}
	return all, err
}

// proven tells a state that invoices prove. What lists do not tell, or an invoice
// that they lack, takes nothing back.
func proven(state trade.PaymentState) bool {
	return state != trade.PayUnknown && state != trade.NotInvoiced
}

// giveNews gives those of some verdicts that say something else than the ledger.
func (p *Paid) giveNews(ctx context.Context, orders *orderList, some []trade.Verdict, give func(*trade.Verdict) error, report *PaidReport) error {
	all, err := p.compare(ctx, orders, some)
	if err != nil {
		return err
	}
	for n := range all {
		if !all[n].isNews {
			report.Skipped++
			continue
		}
		if err := give(&some[n]); err != nil {
			return err
		}
	}
	return nil
}

// remember writes the verdicts that are asked for to the ledger, some in each
// transaction. Of those that it has already nothing is written.
func (p *Paid) remember(ctx context.Context, payments *trade.Payments, orders *orderList, report *PaidReport) error {
	some := verdictBatch{use: func(some []trade.Verdict) error {
		all, err := p.compare(ctx, orders, some)
		if err != nil {
			return err
		}
		var pay []ledger.Payment
		for n := range all {
			if all[n].holds {
				pay = append(pay, all[n].Payment)
			}
		}
		news, err := p.Book.Pay(ctx, pay)
		report.Remembered += len(news)
		return err
	}}
	if err := payments.Verdicts(func(v *trade.Verdict) error {
		if !p.wants(v.State) {
			return nil
		}
		return some.add(v)
	}); err != nil {
		return err
	}
	return some.flush()
}

// paymentOf is a verdict as the ledger keeps it. Its invoices have an order in
// which their files have no part.
func paymentOf(v *trade.Verdict) ledger.Payment {
	payment := ledger.Payment{State: v.State, Total: v.Total, Due: v.Due, Currency: v.Currency}
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
	if p.Book == nil {
		return nil
	}
	return p.Book.Step(name)
}
