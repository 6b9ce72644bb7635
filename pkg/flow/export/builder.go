package flow

import (
	"context"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// press turns records into documents. It holds what is the same for the whole
// run and is safe for concurrent use; each worker has its own memory.
type press struct {
	*preparation
	export *Export
	format format
	// states tells whether the state that was asked for is one.
	states *vocabulary
	// remembers says that it matters where records stand with a ledger.
	remembers bool
}

// worker is a press for one goroutine.
type worker struct {
	*press
	encoder encoder
	indent  int
	text    []byte
}

// newPress reads the settings of a run.
func newPress(e *Export) (*press, error) {
	prepared, err := newPreparation(e.Config, trade.DateOf(e.Now))
	if err != nil {
		return nil, err
	}
	p := &press{preparation: prepared, export: e, states: newVocabulary(&e.Select, e.Config.States), remembers: e.Book != nil}
	p.format = newDataPack(e.Config, p.settings, p.encoding)
	if e.Format == config.EForm {
		p.format = newEForm(p.settings, p.encoding)
	}
	return p, nil
}

func (p *press) worker() *worker {
	_, indent := p.format.shape()
	return &worker{press: p, encoder: p.format.encoder(), indent: indent}
}

// job is a record on its way.
type job struct {
	record *trade.Record
	o      *outcome
	agenda *pohoda.Agenda
	target pohoda.Target
	// stands is nil for a record that is not asked about in the ledger.
	stands *standing
}

// work does all that concerns records alone: each is selected, filled with what
// the house decides, checked, written, and held against the schema. The ledger is
// asked about all of them at once.
func (w *worker) work(ctx context.Context, source *crm.Source, raws []crm.Raw) []worked {
	done := make([]worked, len(raws))
	var jobs []job
	for i, raw := range raws {
		results := source.Decode(raw)
		done[i] = worked{raw: raw, outcomes: make([]outcome, len(results))}
		for n := range results {
			jobs = append(jobs, w.begin(&results[n], &done[i].outcomes[n]))
		}
	}
	if err := w.ask(ctx, jobs); err != nil {
		done[0].err = err
		return done
	}
	for i := range jobs {
		w.finish(&jobs[i])
	}
	return done
}

// begin names a record and finds out whether it is meant and what it becomes.
func (w *worker) begin(result *crm.Result, o *outcome) job {
	j := job{record: &result.Record, o: o}
	*o = outcome{origin: j.record.Origin, issues: result.Issues}
	if doc := j.record.Document; doc != nil {
		o.id, o.code = doc.Source.ID, doc.Number
	}
	o.line = Line{Record: recordName(j.record), Number: o.code}
	w.states.meet(j.record.Document, o.issues)
	switch {
	case !w.meant(j.record, o):
		*o = outcome{id: o.id, code: o.code}
		j.o = nil
	case !o.issues.Refused():
		w.aim(&j)
	}
	return j
}

// meant tells whether the record was asked for, as far as it could be read.
func (w *worker) meant(record *trade.Record, o *outcome) bool {
	selected := &w.export.Select
	return selected.concerns(record) && selected.wants(record, &o.issues, w.export.Config.States)
}

// aim finds what the record becomes, and where it is known by that.
func (w *worker) aim(j *job) {
	doc := j.record.Document
	var issue *diag.Issue
	if j.agenda, j.target, issue = pohoda.TargetFor(j.record.Kind, doc.Direction, w.export.As); issue != nil {
		j.o.issues.Add(issue.In("kind"))
		return
	}
	j.o.phase = phase(doc.Status, w.export.Config.States)
	if !w.remembers {
		return
	}
	content, err := fingerprint(doc)
	if err != nil {
		j.o.issues.Add(diag.As(err))
		return
	}
	j.stands = &standing{key: ledger.KeyOf(doc.Source, j.record.Kind, j.target.Name), content: content, phase: j.o.phase, updated: doc.Source.UpdatedAt}
	j.o.stands = j.stands
}

// ask asks the ledger about the records of some jobs.
func (w *worker) ask(ctx context.Context, jobs []job) error {
	var keys []ledger.Key
	for i := range jobs {
		if jobs[i].stands != nil {
			keys = append(keys, jobs[i].stands.key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	known, err := w.export.Book.Lookup(ctx, keys)
	for i := range jobs {
		if err == nil && jobs[i].stands != nil {
			jobs[i].stands.known, known = known[0], known[1:]
		}
	}
	return err
}

// finish makes the document of a record, if it is to be sent, and says what
// becomes of it.
func (w *worker) finish(j *job) {
	o := j.o
	if o == nil {
		return
	}
	send := !o.issues.Refused()
	if send && o.phase == trade.Draft {
		// What a draft still lacks is no fault.
		o.line.Why = CodeDraftWaits
		o.issues.Add(diag.Tell(CodeDraftWaits).In("status"))
		send = false
	}
	if send && j.stands != nil {
		o.course = w.export.course(j.stands, j.agenda)
		o.issues.Add(o.course.issue)
		send = o.course.send
	}
	if send {
		w.make(j)
	}
	locate(o.issues, o.line.Record, &j.record.Origin)
	switch {
	case o.issues.Refused():
		o.verdict = refused
	case o.line.Why != "":
		o.verdict = waiting
	case !send:
		o.verdict, o.agenda = transferred, j.agenda.Name
	default:
		o.verdict = accepted
	}
}

// make writes the document of a record.
func (w *worker) make(j *job) {
	doc, o := j.record.Document, j.o
	if isUnlisted(doc.Status, o.phase, w.export.Config.States) {
		o.issues.Add(diag.Warn(CodeStateUnlisted).In("status").Of(doc.Status.Name))
	}
	if o.phase == trade.Lost || o.phase == trade.Cancelled {
		o.issues.Add(diag.Warn(CodeCancelledSent, "phase", string(o.phase)).In("status"))
	}
	totals, waits, found := w.prepare(doc, j.target)
	o.issues.Add(found...)
	if waits {
		o.line.Why = CodeUnpairedHeld
	}
	o.totals = &totals
	describe(doc, o)
	if o.issues.Refused() {
		return
	}
	elements, found := w.encoder(j.record, j.agenda, j.target, o)
	o.issues.Add(found...)
	if len(elements) == 0 || found.Refused() {
		return
	}
	o.agenda = j.agenda.Name
	w.text = w.text[:0]
	for _, el := range elements {
		w.text = xmlio.AppendElement(w.text, el, w.indent)
	}
	// Fields fit the encoding by now; ids may hold what it lacks.
	o.document = w.encoding.AppendRef(make([]byte, 0, len(w.text)), w.text)
}

// describe fills the line of the report.
func describe(doc *trade.Document, o *outcome) {
	_, party := doc.Partner()
	o.line.Customer = party.DisplayName()
	o.line.Lines = len(doc.Lines)
	for i := range doc.Lines {
		if doc.Lines[i].Linked() {
			o.line.Linked++
		}
	}
	o.line.Total, o.line.Currency = o.totals.Payable, doc.Currency
}
