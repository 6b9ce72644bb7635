package flow

import (
	"cmp"
	"errors"
	"io"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/unit"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// Preparation is what every document goes through before it is written, for an
// export and where one is compared with POHODA's. It is safe for concurrent use.
type Preparation struct {
	// Agendas are bound when the first record becomes something in one.
	Agendas   BoundAgendas
	defaults  *unit.Defaults
	Catalogue *unit.Catalogue
	checks    check.Settings
	Settings  *pohoda.Settings
	Encoding  charset.Encoding
	rules     rules
	takesNet  bool
}

// NewPreparation reads what a run needs to prepare documents: the settings of the unit,
// its rules and its catalogue.
func NewPreparation(c *config.Config, today trade.Date) (*Preparation, error) {
	for _, issue := range Wrong(c).Of(diag.Error) {
		return nil, issue
	}
	catalogue, err := unit.OpenCatalogue(c.Lines, readProducts)
	if err != nil {
		return nil, ReadError(c.Lines.Catalogue, err)
	}
	encoding, _ := charset.Lookup(c.Encoding.Output)
	settings := Settings(c, encoding)
	agendas := NewBoundAgendas()
	return &Preparation{
		Agendas: agendas, defaults: unit.NewDefaults(c, CheckSettings(c), today, UnitTargets(agendas, settings)), Catalogue: catalogue, checks: CheckSettings(c), Settings: settings, Encoding: encoding,
		rules: compileRules(c, func(string, *diag.Issue) {}), takesNet: c.Checks.ReverseChargeGross == config.Net,
	}, nil
}

// UnitTargets are what records may become, for the defaults of the unit.
func UnitTargets(agendas BoundAgendas, settings *pohoda.Settings) (targets []unit.Target) {
	for _, a := range pohoda.Agendas() {
		for _, t := range a.Targets {
			targets = append(targets, unit.Target{Name: t.Name, Agenda: a.Name, OnLines: a.OnLines(), VisitCodes: func(record *trade.Record, visit func(*fieldtable.UnitCode)) {
				// What keeps an agenda from being bound is said when the record is encoded.
				if bound, err := agendas.Of(a); err == nil {
					bound.Codec.VisitCodes(pohoda.Work{Record: record, Target: t, Set: settings}, visit)
				}
			}})
		}
	}
	return targets
}

// readProducts reads canonical records of products.
func readProducts(path string, add func(*trade.ProductRecord)) error {
	source, err := crm.Open(path, crm.Options{})
	if err != nil {
		return err
	}
	defer source.Close()
	for {
		raw, err := source.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, result := range source.Decode(raw) {
			for _, issue := range result.Issues.Of(diag.Error) {
				return issue
			}
			if p, ok := result.Record.Of.(*trade.ProductRecord); ok {
				add(p)
			}
		}
	}
}

// CodeReverseTakenNet says that prices with VAT were taken for prices without it.
var CodeReverseTakenNet = diag.Note.Code("reverse-charge-taken-net")

// Currency is that of a document; one that states none is in the unit's own.
func (p *Preparation) Currency(doc *trade.Document) money.Currency {
	if doc.Currency != "" {
		return doc.Currency
	}
	return money.Home(p.Settings.Unit.Country)
}

// Prepared is a record as what it becomes.
type Prepared struct {
	// From is the record in its source. Record is a copy: it has the kind and the
	// direction of the target, the codes of the unit and its defaults.
	From, Record *trade.Record
	Totals       vat.Totals
	// Waits says that it is not to be written yet.
	Waits bool
	Found diag.List
}

// Prepare makes of a record what it becomes: it fills what the unit decides, pairs the
// lines with the catalogue and checks the document. The record stays as it is.
func (p *Preparation) Prepare(record *trade.Record, target pohoda.Target) Prepared {
	made := Prepared{From: record, Record: &trade.Record{Of: record.Of.Clone(), Origin: record.Origin}}
	made.Record.Of.Header().Kind = target.Kind
	doc := made.Record.Document()
	if doc == nil {
		made.Found.Add(p.defaults.Fill(made.Record, target.Name)...)
		return made
	}
	doc.Direction, doc.Currency = target.Direction, p.Currency(doc)
	made.Found.Add(p.defaults.Fill(made.Record, target.Name)...)
	unpaired, waits := p.Catalogue.Pair(doc)
	made.Found.Add(unpaired...)
	checks := p.checks
	if !target.PDP {
		class, issue := p.rules.class(made.Record, target.Name)
		made.Found.Add(issue)
		checks.Reverse, checks.VATClass = check.ReverseUnsayable, class
		if class != "" {
			checks.Reverse = check.ReverseByClass
		}
	}
	if p.takesNet && check.TakeNet(doc, checks) {
		made.Found.Add(diag.Notice(CodeReverseTakenNet).WithPath("pricesIncludeVat"))
	}
	totals, wrong := check.Check(doc, checks)
	made.Found.Add(wrong...)
	made.Totals, made.Waits = totals, waits
	return made
}

// RecordName is how a record is called in messages: its kind and its code, else
// its id.
func RecordName(r *trade.Record) string {
	if r.Of == nil {
		return ""
	}
	return strings.TrimSpace(string(r.Kind()) + " " + cmp.Or(r.Of.Code(), r.Of.Header().Source.ID))
}

// Locate gives findings the record and the place in its input that they are about.
func Locate(found diag.List, record string, origin *trade.Origin) {
	found.On(record, origin.At.File)
	for _, issue := range found {
		if issue.At.Line == 0 {
			issue.At.Line = origin.Line(issue.Path)
		}
	}
}

// ComesTo is what a record comes to, by its lines as an export would write them. Where they cannot be computed it is what the source
// states, and where the two contradict each other it is unknown, that is absent. read
// are the findings of reading the record.
func (p *Preparation) ComesTo(record *trade.Record, target pohoda.Target, read diag.List) money.Decimal {
	doc := record.Document()
	if doc == nil {
		return money.Decimal{}
	}
	stated, hasLines := doc.Totals.Payable.Or(doc.Totals.Gross), len(doc.Lines) > 0
	made := p.Prepare(record, target)
	contradicted := false
	for _, issue := range made.Found.Of(diag.Error) {
		contradicted = contradicted || issue.Code == check.CodeTotalDiffers
	}
	computed := hasLines && !unsettlesSums(read) && !unsettlesSums(made.Found)
	switch {
	case computed && (!contradicted || agree(stated, made.Totals.Payable)):
		return made.Totals.Payable
	case contradicted:
		return money.Decimal{}
	}
	return stated
}

// agree tells whether a stated sum is the computed one, to the hundredth.
func agree(stated, computed money.Decimal) bool {
	difference := vat.Minus(stated, computed)
	return difference.IsSet() && difference.Round(2).Sign() == 0
}

// unsettlesSums tells whether an error concerns what sums are computed from.
func unsettlesSums(found diag.List) bool {
	for _, issue := range found.Of(diag.Error) {
		field, rest, _ := strings.Cut(issue.Path, ".")
		field, _, _ = strings.Cut(field, "[")
		switch field {
		case "lines":
			if rest != "sku" && rest != "name" && issue.Code != check.CodeTotalDiffers {
				return true
			}
		case "vatMode", "oss", "currency", "exchangeRate", "issueDate", "taxPointDate", "pricesIncludeVat", "rounding", "references":
			return true
		}
	}
	return false
}
