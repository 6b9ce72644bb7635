package flow

import (
	"io"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/eform"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// CodeFormatTarget says that a format does not carry such a document.
const CodeFormatTarget diag.Code = "format-target"

// eForm is STORMWARE's eForm: one order a file. No schema of it is known, so
// nothing is held against one.
func eForm(set *pohoda.Settings, encoding charset.Encoding) *format {
	settings := &eform.Settings{Country: set.Unit.Country, Rates: set.Rates, Fit: set.Fit}
	return &format{
		single: true,
		head: func(*outcome) []byte {
			return []byte(`<?xml version="1.0" encoding="` + encoding.String() + "\"?>\n")
		},
		tail: func() []byte { return nil },
		encoder: func() encoder {
			return func(r *trade.Record, _ *pohoda.Agenda, t pohoda.Target, o *outcome) (*etree.Element, diag.List) {
				if t.Name != "order" {
					return nil, diag.List{diag.New(CodeFormatTarget, "format", "eform", "target", t.Name)}
				}
				o.pack, o.item = "eform", r.Document.Number
				return eform.Encode(r.Document, o.totals, settings)
			}
		},
		identify: identifyEForm,
	}
}

// identifyEForm reads the number of the order in an eForm.
func identifyEForm(r io.Reader, file string) (string, error) {
	s := xmlio.NewScanner(r, file, nil)
	if _, err := s.Next(); err != nil {
		return "", err
	}
	el, err := s.Element()
	if err != nil {
		return "", err
	}
	var d digest
	if document := el.FindElement("order/document"); document != nil {
		d.add("eform", document.SelectAttrValue("number", ""))
	}
	return d.String(), nil
}
