package view

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/listing"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// LedgerList prints records of a ledger: a table for a person, or entries of JSON.
type LedgerList struct {
	Ledger *flow.Ledger
	Filter ledger.Filter
	Stdout io.Writer
	// JSON asks for an array of entries on one line, without its end.
	JSON bool
	Lang *diag.Language
	// Zone is where the times of the table are those of the clock.
	Zone *time.Location
}

// Run prints the records and counts them by their states. What was printed when
// an error comes stays printed, and the array is closed.
func (b *LedgerList) Run(ctx context.Context) (map[ledger.State]int64, error) {
	var out listing.Listing[ledger.Entry]
	if b.JSON {
		out = listing.JSONArray(b.Stdout, "", appendEntry)
	} else {
		out = entryTable(b.Stdout, b.Lang, b.Zone)
	}
	counts := map[ledger.State]int64{}
	err := b.Ledger.Each(ctx, b.Filter, func(e *ledger.Entry) error {
		counts[e.State]++
		return out.Write(e)
	})
	return counts, errors.Join(err, out.Close())
}

// PaymentsAsked are the states of payment that words ask for: an overpaid order is
// paid.
func PaymentsAsked(words []string) []trade.PaymentState {
	var asked []trade.PaymentState
	for _, word := range words {
		asked = append(asked, trade.PaymentState(word))
	}
	if slices.Contains(asked, trade.Paid) {
		asked = append(asked, trade.Overpaid)
	}
	return asked
}
