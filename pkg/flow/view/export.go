package flow

import (
	"context"
	"io"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// BookExport writes records of a ledger as data.
type BookExport struct {
	Book   *Book
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
func (b *BookExport) Run(ctx context.Context) (written int, err error) {
	if sameFile(b.To, b.Book.Place) {
		return 0, diag.New(CodeFileIsInput).Of(b.To)
	}
	out := newSpool(b.To)
	out.private = true
	defer out.Discard()
	entries := entryWriters[b.Format](out, b.Zone)
	if err := b.Book.each(ctx, b.Filter, func(e *ledger.Entry) error {
		written++
		if err := entries.write(e); err != nil {
			return cannotWrite(b.To, err)
		}
		return nil
	}); err != nil {
		return 0, err
	}
	if err := entries.close(); err != nil {
		return 0, cannotWrite(b.To, err)
	}
	if b.To != "" {
		return written, out.placeAs(b.To, b.Force)
	}
	return written, pourOut(out, b.Stdout)
}
