package paid

import (
	"context"
	"slices"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/pohoda/receipts"
	"github.com/gopohoda/pohoda/pkg/settlement"
)

// readInvoices reads all files, so that one that cannot be read does not hide
// what is wrong with the others.
func (p *Paid) readInvoices(ctx context.Context, payments *settlement.Payments) (unread diag.List) {
	for i, file := range p.Files {
		if slices.ContainsFunc(p.Files[:i], func(other string) bool { return outfile.SameFile(other, file) }) {
			continue
		}
		if err := p.readFile(ctx, file, payments); err != nil {
			unread.Add(flow.ReadError(file, err))
		}
	}
	return unread
}

func (p *Paid) readFile(ctx context.Context, file string, payments *settlement.Payments) error {
	r, err := flow.OpenUnit(p.Config, file, p.Stdin)
	if err != nil {
		return err
	}
	defer r.Close()
	options := receipts.EvidenceOptions{
		Settings: flow.Settings(r.Unit.Config, charset.UTF8), Columns: p.Columns, EmptyIsZero: p.EmptyIsZero,
		CountryAssumed: r.Unit.Origin == flow.CountryAssumed,
		Unit:           func(ico, key string) error { return flow.OtherUnit(p.Config.Unit, file, ico, key) },
	}
	digest, issues, err := receipts.ReadEvidence(r, file, options, func(e *settlement.Evidence) error {
		payments.Add(e)
		return ctx.Err()
	})
	for _, issue := range issues {
		p.tell(issue)
	}
	if err == nil {
		payments.Digest(file, digest)
	}
	return err
}
