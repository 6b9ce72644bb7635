package flow

import (
	"cmp"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// preparation is what every document goes through before it is written, for an
// export and where one is compared with POHODA's. It is safe for concurrent use.
type preparation struct {
	house     house
	catalogue *catalogue
	checks    trade.CheckSettings
	settings  *pohoda.Settings
	encoding  charset.Encoding
}

func newPreparation(c *config.Config, today trade.Date) (*preparation, error) {
	for _, issue := range Wrong(c).Of(diag.Error) {
		return nil, issue
	}
	catalogue, err := openCatalogue(c.Lines)
	if err != nil {
		return nil, err
	}
	encoding, _ := charset.Lookup(c.Encoding.Output)
	return &preparation{house{c, today}, catalogue, checks(c), Settings(c, encoding), encoding}, nil
}

// prepare fills what the house decides, pairs the lines with the catalogue and
// checks the document. waits says that it is not to be written yet.
func (p *preparation) prepare(doc *trade.Document, direction trade.Direction) (totals vat.Totals, waits bool, found diag.List) {
	found.Add(p.house.fill(doc, direction)...)
	unpaired, waits := p.catalogue.pair(doc)
	found.Add(unpaired...)
	totals, wrong := trade.Check(doc, p.checks)
	found.Add(wrong...)
	return totals, waits, found
}

// recordName is how a record is called in messages: its kind and its code, else
// its id.
func recordName(r *trade.Record) string {
	if r.Document == nil {
		return ""
	}
	return strings.TrimSpace(string(r.Kind) + " " + cmp.Or(r.Document.Number, r.Document.Source.ID))
}

// locate gives findings the record and the place in its input that they are about.
func locate(found diag.List, record string, origin *trade.Origin) {
	found.On(record, origin.At.File)
	for _, issue := range found {
		if issue.At.Line == 0 {
			issue.At.Line = origin.Line(issue.Path)
		}
	}
}
