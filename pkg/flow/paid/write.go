package paid

import (
	"context"
	"io"
	"iter"
	"slices"

	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// give writes the verdicts and marks the records, all or nothing, and then tells
// the ledger: a run that dies in between is repeated and says the same again.
func (p *Paid) give(ctx context.Context, payments *settlement.Payments, orders *orderList, report *Report) error {
	out := outfile.NewSpool(p.To)
	out.Private = true // it says who pays and who does not
	defer out.Discard()
	found, err := p.write(ctx, payments, orders, out, report)
	if err != nil {
		return err
	}
	if p.Mark != "" {
		if err := p.step("paid.mark"); err != nil {
			return err
		}
		if report.Marked, err = orders.markFile(p.marking(payments), p.Mark, p.Force, p.tell); err != nil {
			return err
		}
	}
	if err := p.step("paid.deliver"); err != nil {
		return err
	}
	if err := p.deliver(out, report); err != nil {
		return err
	}
	if p.Remember || p.News {
		report.Remembered, err = p.remember(ctx, payments, orders, found)
	}
	return err
}

// marking are the verdicts that are asked for and mark a record.
func (p *Paid) marking(payments *settlement.Payments) iter.Seq[*settlement.OrderPayment] {
	return func(yield func(*settlement.OrderPayment) bool) {
		_ = payments.Verdicts(func(v *settlement.OrderPayment) error { // it ends with the error below
			if p.wants(v.State) && marks(v) && !yield(v) {
				return io.EOF
			}
			return nil
		})
	}
}

// write writes the verdicts that are asked for to the output, with News those of
// them.
func (p *Paid) write(ctx context.Context, payments *settlement.Payments, orders *orderList, out *outfile.Spool, report *Report) (found news, err error) {
	writer := verdictWriters[p.Format](out, p.Lang)
	give := func(v *settlement.OrderPayment) error {
		report.Written++
		if err := writer.Write(v); err != nil {
			return outfile.CannotWrite(p.To, err)
		}
		return nil
	}
	some := verdictBatch{use: func(some []settlement.OrderPayment) error { return found.find(ctx, p, orders, some, give) }}
	all := 0
	err = payments.Verdicts(func(v *settlement.OrderPayment) error {
		report.States[string(v.State)]++
		all++
		if !p.wants(v.State) {
			return nil
		}
		if p.News {
			return some.add(v)
		}
		return give(v)
	})
	if err == nil {
		err = some.flush()
	}
	report.Skipped = all - report.Written
	if err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, outfile.CannotWrite(p.To, err)
	}
	return found, nil
}

func (p *Paid) deliver(out *outfile.Spool, report *Report) error {
	if p.To == "" {
		return outfile.PourOut(out, p.Stdout)
	}
	report.Path = p.To
	return out.PlaceAs(p.To, p.Force)
}

// wants tells whether verdicts of a state are asked for.
func (p *Paid) wants(state trade.PaymentState) bool {
	return len(p.Only) == 0 || slices.Contains(p.Only, string(state)) ||
		state == trade.Overpaid && slices.Contains(p.Only, string(trade.Paid))
}

// PaymentStates are the words for Paid.Only.
func PaymentStates() []string { return trade.Paid.Values() }
