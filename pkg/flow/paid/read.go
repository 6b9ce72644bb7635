package paid

import (
	"context"
	"slices"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/pohoda/receipts"
	"github.com/gopohoda/pohoda/pkg/settlement"
)

// readInvoices reads all files, so that one that cannot be read does not hide
// what is wrong with the others.
func (p *Paid) readInvoices(ctx context.Context, payments *settlement.Payments) (unread diag.List) {
	options := receipts.EvidenceOptions{
		Settings: flow.Settings(p.Config, charset.UTF8), Columns: p.Columns, EmptyIsZero: p.EmptyIsZero,
		CountryAssumed: p.Config.Origin("unit.country").Kind == config.FromDefault,
	}
	for i, file := range p.Files {
		if slices.ContainsFunc(p.Files[:i], func(other string) bool { return outfile.SameFile(other, file) }) {
			continue
		}
		if err := p.readFile(ctx, file, options, payments); err != nil {
			unread.Add(flow.ReadError(file, err))
		}
	}
	return unread
}

func (p *Paid) readFile(ctx context.Context, file string, o receipts.EvidenceOptions, payments *settlement.Payments) error {
	r, err := flow.OpenInput(file, p.Stdin)
	if err != nil {
		return err
	}
	defer r.Close()
	digest, issues, err := receipts.ReadEvidence(r, file, o, func(e *settlement.Evidence) error {
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
