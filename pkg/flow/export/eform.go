package export

import (
	"io"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/eform"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// CodeFormatTarget says that a format does not carry such a document.
var CodeFormatTarget = diag.Refused.Code("format-target", "format", "target")

// eForm is STORMWARE's eForm: one order a file. No schema of it is known, so
// nothing is held against one.
type eForm struct {
	settings *eform.Settings
	encoding charset.Encoding
}

func newEForm(set *pohoda.Settings, encoding charset.Encoding) *eForm {
	return &eForm{&eform.Settings{Country: set.Unit.Country, Rates: set.Rates, Fit: set.Fit}, encoding}
}

func (f *eForm) shape() (single bool, indent int) { return true, 0 }

func (f *eForm) encoder() encoder {
	return func(made *flow.Prepared, a *pohoda.Agenda, t pohoda.Target, o *recordResult) ([]*etree.Element, diag.List) {
		if a != pohoda.Orders || t.Direction != trade.Received {
			return nil, diag.List{diag.New(CodeFormatTarget, "format", "eform", "target", t.Name)}
		}
		if o.decision.deletes != 0 {
			return nil, diag.List{diag.New(CodeNeverReplaced, "target", "eform")}
		}
		doc := made.Record.Document()
		o.pack, o.item = "eform", doc.Number
		el, issues := eform.Encode(doc, &made.Totals, f.settings)
		if el == nil {
			return nil, issues
		}
		return []*etree.Element{el}, issues
	}
}

func (f *eForm) head(*recordResult) []byte {
	return []byte(`<?xml version="1.0" encoding="` + f.encoding.String() + "\"?>\n")
}

func (f *eForm) tail() []byte { return nil }

func (f *eForm) unit() string { return "" }

// identify reads the number of the order in an eForm.
func (f *eForm) identify(r io.Reader, file string) (string, error) {
	s := xmlio.NewScanner(r, file, nil)
	if _, err := s.Next(); err != nil {
		return "", err
	}
	el, err := s.Element()
	if err != nil {
		return "", err
	}
	var d flow.Digest
	if document := el.FindElement("order/document"); document != nil {
		d.Add("", "eform", document.SelectAttrValue("number", ""))
	}
	return d.String(), nil
}
