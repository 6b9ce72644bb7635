package flow

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// press turns records into documents. It holds what is the same for the whole
// run and is safe for concurrent use; each worker has its own memory.
type press struct {
	export    *Export
	house     house
	catalogue *catalogue
	checks    trade.CheckSettings
	settings  *pohoda.Settings
	encoding  charset.Encoding
	format    format
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
	c := e.Config
	for _, issue := range Wrong(c).Of(diag.Error) {
		return nil, issue
	}
	catalogue, err := openCatalogue(c.Lines)
	if err != nil {
		return nil, err
	}
	encoding, _ := charset.Lookup(c.Encoding.Output)
	p := &press{
		export: e, house: house{c, trade.DateOf(e.Now)}, catalogue: catalogue, encoding: encoding,
		checks: checks(c), settings: Settings(c, encoding),
	}
	p.format = newDataPack(c, p.settings, encoding)
	if e.Format == config.EForm {
		p.format = newEForm(p.settings, encoding)
	}
	return p, nil
}

func (p *press) worker() *worker {
	_, indent := p.format.shape()
	return &worker{press: p, encoder: p.format.encoder(), indent: indent}
}

// process does all that concerns one record alone: it is selected, filled with
// what the house decides, checked, written, and held against the schema.
func (w *worker) process(result crm.Result) outcome {
	record := &result.Record
	o := outcome{origin: record.Origin, issues: result.Issues}
	if doc := record.Document; doc != nil {
		o.id, o.code = doc.Source.ID, doc.Number
	}
	o.line = Line{Record: w.name(record), Number: o.code}
	if !w.meant(record, &o) {
		o.issues = nil
		return o
	}
	if !o.issues.Refused() {
		w.make(record, &o)
	}
	o.issues.On(o.line.Record, record.Origin.At.File)
	for _, issue := range o.issues {
		if issue.At.Line == 0 {
			issue.At.Line = record.Origin.Line(issue.Path)
		}
	}
	switch {
	case o.issues.Refused():
		o.verdict = refused
	case o.line.Why != "":
		o.verdict = waiting
	default:
		o.verdict = accepted
	}
	return o
}

// meant tells whether the record was asked for, as far as it could be read.
func (w *worker) meant(record *trade.Record, o *outcome) bool {
	selected := &w.export.Select
	if !selected.concerns(record) {
		return false
	}
	if selected.blind(o.issues) {
		return true
	}
	takes, issue := selected.takes(record, w.export.Config.States)
	o.issues.Add(issue)
	return takes || issue != nil
}

// make writes the document of a record that could be read.
func (w *worker) make(record *trade.Record, o *outcome) {
	doc := record.Document
	agenda, target, issue := pohoda.TargetFor(record.Kind, doc.Direction, w.export.As)
	if issue != nil {
		o.issues.Add(issue.In("kind"))
		return
	}
	switch phase := phase(doc.Status, w.export.Config.States); phase {
	case trade.Draft:
		// What a draft still lacks is no fault.
		o.line.Why = CodeDraftWaits
		o.issues.Add(diag.Tell(CodeDraftWaits).In("status"))
		return
	case trade.Lost, trade.Cancelled:
		o.issues.Add(diag.Warn(CodeCancelledSent, "phase", string(phase)).In("status"))
	}
	o.issues.Add(w.house.fill(doc, target.Direction)...)
	unpaired, wait := w.catalogue.pair(doc)
	o.issues.Add(unpaired...)
	if wait {
		o.line.Why = CodeUnpairedHeld
	}
	totals, found := trade.Check(doc, w.checks)
	o.issues.Add(found...)
	o.totals = &totals
	describe(doc, o)
	if o.issues.Refused() {
		return
	}
	el, found := w.encoder(record, agenda, target, o)
	o.issues.Add(found...)
	if el != nil && !found.Refused() {
		w.text = xmlio.AppendElement(w.text[:0], el, w.indent)
		// Fields fit the encoding by now; ids may hold what it lacks.
		o.document = w.encoding.AppendRef(make([]byte, 0, len(w.text)), w.text)
	}
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

// name is how a record is called in messages: its kind and its code.
func (w *worker) name(r *trade.Record) string {
	switch {
	case r.Document == nil:
		return ""
	case r.Document.Number != "":
		return string(r.Kind) + " " + r.Document.Number
	}
	return strings.TrimSpace(string(r.Kind) + " " + r.Document.Source.ID)
}
