// Package flow has the use cases, the only place where the banks and the bridge
// meet: a source is read, records are checked, an agenda writes them, a file is
// put in place.
package flow

import (
	"context"
	"io"
	"runtime"
	"time"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// Export carries records of a source into a file for POHODA.
type Export struct {
	Config *config.Config
	// From is the source; Reading says how it is read.
	From    string
	Reading crm.Options
	Select  Selection
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
	// Progress hears how many records are done; nil does not.
	Progress func(records int)
	// Tell gets every finding, in the order of the records.
	Tell func(*diag.Issue)
	// Rejects is a file for the refused records, in the input's own form.
	Rejects string
	// Book remembers what is transferred, nil does not; Handling says what is done
	// with records that it knows.
	Book *Book
	Handling
}

// The codes of an export.
const (
	CodeNothingFound  diag.Code = "nothing-selected"
	CodeNothingNew    diag.Code = "nothing-new"
	CodeIDNotFound    diag.Code = "id-not-found"
	CodeIDUnknown     diag.Code = "id-unknown"
	CodeIDLeftOut     diag.Code = "id-left-out"
	CodeIDAmbiguous   diag.Code = "id-ambiguous"
	CodeDuplicateCode diag.Code = "duplicate-code"
	CodeSourcesMixed  diag.Code = "sources-mixed"
	CodeDraftWaits    diag.Code = "draft-waits"
	CodeCancelledSent diag.Code = "cancelled-sent"
	CodeStateUnlisted diag.Code = "state-unlisted"
	CodeOwnFault      diag.Code = "own-output-invalid"
)

// Run does it. An error is something that stopped the whole run; the report is
// there even then.
func (e *Export) Run(ctx context.Context) (*Report, error) {
	report := &Report{Format: e.Format, DryRun: e.DryRun}
	if err := e.guardRejects(); err != nil {
		return report, err
	}
	press, err := newPress(e)
	if err != nil {
		return report, err
	}
	source, err := crm.Open(e.From, e.Reading)
	if err != nil {
		return report, err
	}
	if issue := press.catalogue.warning(); issue != nil {
		e.Tell(issue)
	}
	out := e.newDelivery(press.format)
	sweep(out.spool.folder, e.Now)
	defer out.discard()
	transfer := newTransfer(e)
	defer transfer.discard()
	c := &collector{export: e, report: report, out: out, transfer: transfer, said: once{newSeen()}, known: newSeen(), found: map[string]string{}, there: map[string]bool{}}
	if !e.DryRun {
		c.rejects.path, c.rejects.force = e.Rejects, e.Force
	}
	defer c.rejects.discard()
	err = inOrder(ctx, runtime.GOMAXPROCS(0), e.batch(), source.Next, func() { source.Close() }, func() func([]crm.Raw) []worked {
		worker := press.worker()
		return func(raws []crm.Raw) []worked { return worker.work(ctx, source, raws) }
	}, c.collect)
	if err != nil {
		return report, err
	}
	if err := press.states.fault(source); err != nil {
		return report, err
	}
	c.finish(source)
	return report, e.deliver(ctx, c)
}

// batch is how many records a worker works on at a time.
func (e *Export) batch() int {
	if e.Book != nil {
		return batchBook
	}
	return batch
}

// deliver puts the output in place, unless a record was refused or nothing is
// to be written, and tells the ledger.
func (e *Export) deliver(ctx context.Context, c *collector) error {
	if err := c.rejects.deliver(); err != nil {
		return err
	}
	refused := c.report.Refused > 0
	if refused && !e.SkipInvalid {
		c.report.Written = 0
	}
	if c.report.Written > 0 {
		path, err := c.transfer.deliver(ctx, c.out)
		c.report.Path = path
		if err != nil {
			return err
		}
	}
	return c.transfer.see(ctx, refused)
}
