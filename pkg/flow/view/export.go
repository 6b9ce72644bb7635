package view

import (
	"context"
	"io"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/outfile"
)

// LedgerExport writes records of a ledger as data.
type LedgerExport struct {
	Ledger *flow.Ledger
	Filter ledger.Filter
	// Format is one of LedgerFormats; To is a file, "" is Stdout.
	Format, To string
	Stdout     io.Writer
	// Force replaces a file that holds something else.
	Force bool
	// Zone is where the times of a table for people are those of the clock.
	Zone *time.Location
}

// Run writes the records, all or nothing, and tells how many. A file is readable
// by its owner only.
func (b *LedgerExport) Run(ctx context.Context) (written int, err error) {
	if outfile.SameFile(b.To, b.Ledger.Place) {
		return 0, diag.New(outfile.CodeFileIsInput).WithValue(b.To)
	}
	out := outfile.NewSpool(b.To)
	out.Private = true
	defer out.Discard()
	entries := entryWriters[b.Format](out, b.Zone)
	if err := b.Ledger.Each(ctx, b.Filter, func(e *ledger.Entry) error {
		written++
		if err := entries.Write(e); err != nil {
			return outfile.CannotWrite(b.To, err)
		}
		return nil
	}); err != nil {
		return 0, err
	}
	if err := entries.Close(); err != nil {
		return 0, outfile.CannotWrite(b.To, err)
	}
	if b.To != "" {
		return written, out.PlaceAs(b.To, b.Force)
	}
	return written, outfile.PourOut(out, b.Stdout)
}
