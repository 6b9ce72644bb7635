package export

import (
	"context"
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// BaselineReport is what was declared to be in POHODA.
type BaselineReport struct {
	// Declared counts the records that the ledger did not know as transferred, Known
	// those that it did.
	Declared, Known int
	// Skipped counts drafts and records that are not meant, Refused those that could
	// not be read.
	Skipped, Refused int
}

// CodeBaselineDraft says that a draft is not declared to be in POHODA.
var CodeBaselineDraft = diag.Note.Code("baseline-draft")

// Baseline declares that POHODA has the records of a source already, as they are
// now, so that the first export of what is new does not begin with history. What
// could not be read is not declared, and then nothing is, unless SkipInvalid.
func (e *Export) Baseline(ctx context.Context) (*BaselineReport, error) {
	report := &BaselineReport{}
	source, err := crm.Open(e.From, e.Reading)
	if err != nil {
		return report, err
	}
	defer source.Close()
	seen := outfile.NewSpooled[ledger.Observation]()
	defer seen.Discard()
	if err := e.readAll(ctx, source, seen, report); err != nil {
		return report, err
	}
	for _, issue := range source.Findings() {
		e.Tell(issue)
	}
	if report.Refused > 0 && !e.SkipInvalid {
		return report, nil
	}
	if e.DryRun {
		report.Declared, err = e.undeclared(ctx, seen)
	} else {
		report.Declared, err = e.Ledger.Baseline(ctx, seen.All())
	}
	report.Known = seen.Count - report.Declared
	return report, errors.Join(err, seen.Err)
}

// readAll goes through the records of the source.
func (e *Export) readAll(ctx context.Context, source *crm.Source, seen *outfile.Spooled[ledger.Observation], report *BaselineReport) error {
	prepared, err := flow.NewPreparation(e.Config, trade.DateOf(e.Now))
	if err != nil {
		return err
	}
	w := &worker{documentBuilder: &documentBuilder{Preparation: prepared, export: e, states: flow.NewVocabulary(&e.Select, e.Config.States), remembers: true}}
	for {
		raw, err := source.Next()
		if errors.Is(err, io.EOF) {
			return w.states.Fault(source)
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		for _, result := range source.Decode(raw) {
			if err := w.declare(&result, seen, report); err != nil {
				return err
			}
		}
	}
}

// undeclared counts the records that would be declared.
func (e *Export) undeclared(ctx context.Context, seen *outfile.Spooled[ledger.Observation]) (n int, err error) {
	if e.Ledger == nil {
		return seen.Count, nil
	}
	for s := range seen.All() {
		known, err := e.Ledger.Lookup(ctx, []ledger.Key{s.Key})
		if err != nil {
			return n, err
		}
		if state := known[0].State; state == "" || state == ledger.New {
			n++
		}
	}
	return n, nil
}

// declare takes a record of the source.
func (w *worker) declare(result *canonical.Result, seen *outfile.Spooled[ledger.Observation], report *BaselineReport) error {
	var o recordResult
	j := w.newJob(result, &o)
	if j.o == nil {
		report.Skipped++
		return nil
	}
	if o.phase == trade.Draft {
		o.issues.Add(diag.Notice(CodeBaselineDraft).WithPath("status"))
	}
	flow.Locate(o.issues, o.line.Record, &j.record.Origin)
	for _, issue := range o.issues {
		if issue.Severity == diag.Error || issue.Code == CodeBaselineDraft {
			w.export.Tell(issue)
		}
	}
	switch {
	case o.issues.Refused():
		report.Refused++
	case o.phase == trade.Draft:
		report.Skipped++
	default:
		seenNow := ledger.Observation{Key: j.status.Key, Code: o.code, OrderNumber: o.code, Content: j.status.Content, Phase: j.status.Phase}
		if doc := j.record.Document(); doc != nil {
			seenNow.Total, seenNow.Currency = w.ComesTo(j.record, j.target, o.issues), w.Currency(doc)
		}
		return seen.Add(seenNow)
	}
	return nil
}
