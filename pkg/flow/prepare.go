package flow

import (
	"cmp"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// Preparation is what every document goes through before it is written, for an
// export and where one is compared with POHODA's. It is safe for concurrent use.
type Preparation struct {
	house     unitDefaults
	Catalogue *catalogue
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
	catalogue, err := openCatalogue(c.Lines)
	if err != nil {
		return nil, err
	}
	encoding, _ := charset.Lookup(c.Encoding.Output)
	return &Preparation{
		house: unitDefaults{c, today}, Catalogue: catalogue, checks: CheckSettings(c), Settings: Settings(c, encoding), Encoding: encoding,
		rules: compileRules(c, func(string, *diag.Issue) {}), takesNet: c.Checks.ReverseChargeGross == config.Net,
	}, nil
}

// CodeReverseTakenNet says that prices with VAT were taken for prices without it.
var CodeReverseTakenNet = diag.Note.Code("reverse-charge-taken-net")

// Prepare fills what the house decides, pairs the lines with the catalogue and
// checks the document for what it becomes. waits says that it is not to be written
// yet.
func (p *Preparation) Prepare(doc *trade.Document, target pohoda.Target) (totals vat.Totals, waits bool, found diag.List) {
	found.Add(p.house.fill(doc, target.Direction)...)
	unpaired, waits := p.Catalogue.pair(doc)
	found.Add(unpaired...)
	checks := p.checks
	if !target.PDP {
		class, issue := p.rules.class(doc, target.Name)
		found.Add(issue)
		checks.Reverse, checks.VATClass = check.ReverseUnsayable, class
		if class != "" {
			checks.Reverse = check.ReverseByClass
		}
	}
	if p.takesNet && check.TakeNet(doc, checks) {
		found.Add(diag.Notice(CodeReverseTakenNet).WithPath("pricesIncludeVat"))
	}
	totals, wrong := check.Check(doc, checks)
	found.Add(wrong...)
	return totals, waits, found
}

// RecordName is how a record is called in messages: its kind and its code, else
// its id.
func RecordName(r *trade.Record) string {
	if r.Document == nil {
		return ""
	}
	return strings.TrimSpace(string(r.Kind) + " " + cmp.Or(r.Document.Number, r.Document.Source.ID))
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
