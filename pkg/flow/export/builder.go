package export

import (
	"context"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/unit"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// documentBuilder turns records into documents. It holds what is the same for the whole
// run and is safe for concurrent use; each worker has its own memory.
type documentBuilder struct {
	*flow.Preparation
	export *Export
	format format
	// states tells whether the state that was asked for is one.
	states *flow.Vocabulary
	// remembers says that it matters where records stand with a ledger.
	remembers bool
}

// worker builds documents in one goroutine.
type worker struct {
	*documentBuilder
	encoder encoder
	indent  int
	text    []byte
}

// newDocumentBuilder reads the settings of a run.
func newDocumentBuilder(e *Export) (*documentBuilder, error) {
	prepared, err := flow.NewPreparation(e.Config, trade.DateOf(e.Now))
	if err != nil {
		return nil, err
	}
	p := &documentBuilder{Preparation: prepared, export: e, states: flow.NewVocabulary(&e.Select, e.Config.States), remembers: e.Ledger != nil}
	p.format = newDataPack(e.Config, p.Preparation, pohoda.Reachable(e.Select.Kinds, e.As))
	if e.Format == config.EForm {
		p.format = newEForm(p.Settings, p.Encoding)
	}
	return p, nil
}

func (p *documentBuilder) worker() *worker {
	_, indent := p.format.shape()
	return &worker{documentBuilder: p, encoder: p.format.encoder(), indent: indent}
}

// recordJob is a record on its way.
type recordJob struct {
	record *trade.Record
	o      *recordResult
	agenda *pohoda.Agenda
	target pohoda.Target
	// status is nil for a record that is not asked about in the ledger.
	status *flow.LedgerStatus
}

// work does all that concerns records alone: each is selected, filled with what
// the unit decides, checked, written, and held against the schema. The ledger is
// asked about all of them at once.
func (w *worker) work(ctx context.Context, source *crm.Source, raws []canonical.Raw) []batchResult {
	done := make([]batchResult, len(raws))
	var jobs []recordJob
	for i, raw := range raws {
		results := source.Decode(raw)
		done[i] = batchResult{raw: raw, results: make([]recordResult, len(results))}
		for n := range results {
			jobs = append(jobs, w.newJob(&results[n], &done[i].results[n]))
		}
	}
	if err := w.lookupLedger(ctx, jobs); err != nil {
		done[0].err = err
		return done
	}
	for i := range jobs {
		w.decide(&jobs[i])
	}
	return done
}

// newJob names a record and finds out whether it is meant and what it becomes.
func (w *worker) newJob(result *canonical.Result, o *recordResult) recordJob {
	j := recordJob{record: &result.Record, o: o}
	*o = recordResult{origin: j.record.Origin, issues: result.Issues}
	if of := j.record.Of; of != nil {
		o.id, o.code = of.Header().Source.ID, of.Code()
	}
	o.line = Line{Record: flow.RecordName(j.record), Number: o.code}
	w.states.Meet(j.record.Of, o.issues)
	switch {
	case !w.isSelected(j.record, o):
		*o = recordResult{id: o.id, code: o.code, issues: unreadable(j.record, o.issues)}
		j.o = nil
	case !o.issues.Refused():
		w.chooseTarget(&j)
	}
	return j
}

// unreadable are the findings of a record of which not even the name could be read: it may
// be one that was asked for.
func unreadable(record *trade.Record, found diag.List) diag.List {
	if record.Of != nil || !found.Refused() {
		return nil
	}
	flow.Locate(found, "", &record.Origin)
	return found
}

// isSelected tells whether the record was asked for, as far as it could be read.
func (w *worker) isSelected(record *trade.Record, o *recordResult) bool {
	selected := &w.export.Select
	return selected.Concerns(record) && selected.Wants(record, &o.issues, w.export.Config.States)
}

// chooseTarget finds what the record becomes, and where it is known by that.
func (w *worker) chooseTarget(j *recordJob) {
	head := j.record.Of.Header()
	var issue *diag.Issue
	if j.agenda, j.target, issue = pohoda.TargetFor(j.record, w.export.As); issue != nil {
		j.o.issues.Add(issue.WithPath("kind"))
		return
	}
	j.o.phase = flow.Phase(head.Status, w.export.Config.States)
	if !w.remembers {
		return
	}
	content, err := flow.Fingerprint(j.record.Of)
	if err != nil {
		j.o.issues.Add(diag.As(err))
		return
	}
	j.status = &flow.LedgerStatus{Key: ledger.KeyOf(head.Source, head.Kind, j.target.Name), Content: content, Phase: j.o.phase, Updated: head.Source.UpdatedAt}
	j.o.status = j.status
}

// lookupLedger asks the ledger about the records of some jobs.
func (w *worker) lookupLedger(ctx context.Context, jobs []recordJob) error {
	var keys []ledger.Key
	for i := range jobs {
		if jobs[i].status != nil {
			keys = append(keys, jobs[i].status.Key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	known, err := w.export.Ledger.Lookup(ctx, keys)
	for i := range jobs {
		if err == nil && jobs[i].status != nil {
			jobs[i].status.Known, known = known[0], known[1:]
		}
	}
	return err
}

// decide makes the document of a record, if it is to be sent, and says what
// becomes of it.
func (w *worker) decide(j *recordJob) {
	o := j.o
	if o == nil {
		return
	}
	send := !o.issues.Refused()
	if send && o.phase == trade.Draft {
		// What a draft still lacks is no fault.
		o.line.Why = CodeDraftWaits
		o.issues.Add(diag.Notice(CodeDraftWaits).WithPath("status"))
		send = false
	}
	if send && j.status != nil {
		o.decision = w.export.decide(j.status, j.agenda)
		o.issues.Add(o.decision.issue)
		send = o.decision.send
	}
	off := send && isOff(o.phase) && !w.export.IncludeCancelled && w.export.Select.Status == ""
	if off {
		send = false
		if len(w.export.Select.IDs) > 0 {
			o.issues.Add(diag.New(CodeCancelledHere, "phase", string(o.phase)).WithPath("status"))
		}
	}
	if send {
		w.encode(j)
	}
	flow.Locate(o.issues, o.line.Record, &j.record.Origin)
	switch {
	case o.issues.Refused():
		o.verdict = refused
	case o.line.Why != "":
		o.verdict = waiting
	case off:
		o.verdict = cancelledThere
	case !send:
		o.verdict, o.agenda = transferred, j.agenda.Name
	default:
		o.verdict = accepted
	}
}

// isOff tells whether the source has given a record up.
func isOff(p trade.Phase) bool { return p == trade.Lost || p == trade.Cancelled }

// encode writes the document of a record.
func (w *worker) encode(j *recordJob) {
	status, o := j.record.Of.Header().Status, j.o
	if flow.IsUnlisted(status, o.phase, w.export.Config.States) {
		o.issues.Add(diag.Warn(CodeStateUnlisted).WithPath("status").WithValue(status.Name))
	}
	if isOff(o.phase) {
		o.issues.Add(diag.Warn(CodeCancelledSent, "phase", string(o.phase)).WithPath("status"))
	}
	made := w.Prepare(j.record, j.target)
	o.issues.Add(made.Found...)
	if made.Waits {
		o.line.Why = unit.CodeUnpairedHeld
	}
	o.totals = &made.Totals
	describe(made.Record, o)
	// What refuses the record hides nothing else: texts are fitted all the same.
	elements, found := w.encoder(&made, j.agenda, j.target, o)
	o.issues.Add(found...)
	if len(elements) == 0 || o.issues.Refused() {
		return
	}
	o.agenda = j.agenda.Name
	w.text = w.text[:0]
	for _, el := range elements {
		w.text = xmlio.AppendElement(w.text, el, w.indent)
	}
	// Fields fit the encoding by now; ids may hold what it lacks.
	o.document = w.Encoding.AppendRef(documentBuffer(len(w.text)), w.text)
}

// describe fills the line of the report.
func describe(record *trade.Record, o *recordResult) {
	o.line.Customer = record.Of.Caption()
	doc := record.Document()
	if doc == nil {
		return
	}
	o.line.Lines = len(doc.Lines)
	for i := range doc.Lines {
		if doc.Lines[i].Linked() {
			o.line.Linked++
		}
	}
	o.line.Total, o.line.Currency = o.totals.Payable, doc.Currency
}
