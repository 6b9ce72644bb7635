// Package export carries records of a source into a file for POHODA: a source is read,
// records are selected, checked and encoded by an agenda, a file is put in place, and
// the ledger learns of it.
package export

import (
	"context"
	"io"
	"runtime"
	"time"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
)

// Export carries records of a source into a file for POHODA.
type Export struct {
	Config *config.Config
	// From is the source; Reading says how it is read.
	From    string
	Reading crm.Options
	Select  flow.Selection
	// As is what the records become; "" is the default of their kind.
	As string
	// Format is datapack or eform.
	Format string
	// Output is a file or a folder; "" is the stream Stdout.
	Output string
	Stdout io.Writer
	// Now is the time of the run: dates.order may ask for its day.
	Now time.Time
	// Force replaces a file of another document; DryRun writes nothing;
	// SkipInvalid writes the good records beside refused ones.
	Force, DryRun, SkipInvalid bool
	// IncludeCancelled takes records that are lost or cancelled in the source.
	IncludeCancelled bool
	// Progress hears how many records are done; nil does not.
	Progress func(records int)
	// Tell gets every finding, in the order of the records.
	Tell func(*diag.Issue)
	// Rejects is a file for the refused records, in the input's own form.
	Rejects string
	// Ledger remembers what is transferred, nil does not; ResendPolicy says what is done
	// with records that it knows.
	Ledger *flow.Ledger
	ResendPolicy
}

// The codes of an export.
var (
	CodeNothingFound  = diag.Warning.Code("nothing-selected", "skipped")
	CodeNothingNew    = diag.Note.Code("nothing-new", "transferred")
	CodeIDNotFound    = diag.Refused.Code("id-not-found", "near", "source")
	CodeIDUnknown     = diag.Refused.Code("id-unknown", "source")
	CodeIDLeftOut     = diag.Refused.Code("id-left-out", "source")
	CodeIDAmbiguous   = diag.Refused.Code("id-ambiguous", "first")
	CodeDuplicateCode = diag.Refused.Code("duplicate-code")
	CodeSourcesMixed  = diag.Refused.Code("sources-mixed", "first")
	CodeDraftWaits    = diag.Note.Code("draft-waits")
	CodeCancelledSent = diag.Warning.Code("cancelled-sent", "phase")
	// CodeCancelledLeft: {n} records that are lost or cancelled are left out; of one that was
	// asked for by its id it is CodeCancelledHere.
	CodeCancelledLeft = diag.Note.Code("cancelled-left-out", "n")
	CodeCancelledHere = diag.Refused.Code("cancelled-refused", "phase")
	CodeStateUnlisted = diag.Warning.Code("state-unlisted")
	// CodeFieldUnsaid: {n} records have the field {value}, for which such a document has no
	// place.
	CodeFieldUnsaid = diag.Note.Code("field-unsaid", "n", "target")
	CodeOwnFault    = diag.Refused.Code("own-output-invalid", "finding")
)

// Run does it. An error is something that stopped the whole run; the report is
// there even then.
func (e *Export) Run(ctx context.Context) (*Report, error) {
	report := &Report{Format: e.Format, DryRun: e.DryRun}
	if err := e.checkRejects(); err != nil {
		return report, err
	}
	if e.Ledger != nil && !e.DryRun && e.Output == "" {
		if err := outfile.Receives(e.Stdout); err != nil {
			return report, err
		}
	}
	builder, err := newDocumentBuilder(e)
	if err != nil {
		return report, err
	}
	source, err := crm.Open(e.From, e.Reading)
	if err != nil {
		return report, err
	}
	if issue := builder.Catalogue.Warning(); issue != nil {
		e.Tell(issue)
	}
	out := &fileSink{e.newDelivery(builder.format), newTransfer(e)}
	outfile.Sweep(out.spool.Folder, e.Now)
	defer out.Discard()
	c := &collector{export: e, counts: report, out: out, said: once{flow.NewSeen()}, unsaid: map[[2]string]int{}, known: flow.NewSeen(), found: map[string]string{}, there: map[string]bool{}}
	if !e.DryRun {
		c.rejects.Path, c.rejects.Force = e.Rejects, e.Force
	}
	defer c.rejects.Discard()
	err = flow.ProcessOrdered(ctx, runtime.GOMAXPROCS(0), e.batch(), source.Next, func() { source.Close() }, func() func([]canonical.Raw) []batchResult {
		worker := builder.worker()
		return func(raws []canonical.Raw) []batchResult { return worker.work(ctx, source, raws) }
	}, c.collect)
	if err != nil {
		return report, err
	}
	if err := builder.states.Fault(source); err != nil {
		return report, err
	}
	c.reportMissingIDs(source)
	return report, e.deliver(ctx, c)
}

// batch is how many records a worker works on at a time.
func (e *Export) batch() int {
	if e.Ledger != nil {
		return flow.LedgerBatchSize
	}
	return flow.BatchSize
}

// deliver puts the output in place, unless a record was refused or nothing is
// to be written, and tells the ledger.
func (e *Export) deliver(ctx context.Context, c *collector) error {
	if err := c.rejects.Deliver(); err != nil {
		return err
	}
	refused := c.counts.Refused > 0
	if refused && !e.SkipInvalid {
		c.counts.Written = 0
	}
	if c.counts.Written > 0 {
		path, err := c.out.Commit(ctx)
		c.counts.Path = path
		if err != nil {
			return err
		}
	}
	return c.out.See(ctx, refused)
}
