package flow

import (
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of pairing lines with stock.
const (
	CodeUnpaired       diag.Code = "stock-unpaired"
	CodeUnpairedHeld   diag.Code = "stock-unpaired-held"
	CodeUnpairedFailed diag.Code = "stock-unpaired-refused"
	CodeUnchecked      diag.Code = "stock-unchecked"
	CodeSetInDocument  diag.Code = "set-in-document"
)

// catalogue is what POHODA has in stock, by code; nil when nobody said.
type catalogue struct {
	products map[string]trade.ProductType
	config   config.Lines
}

// openCatalogue reads the products of lines.catalogue.
func openCatalogue(lines config.Lines) (*catalogue, error) {
	c := &catalogue{config: lines}
	if lines.Catalogue == "" {
		return c, nil
	}
	source, err := crm.Open(lines.Catalogue, crm.Options{})
	if err != nil {
		return nil, err
	}
	defer source.Close()
	c.products = map[string]trade.ProductType{}
	for {
		raw, err := source.Next()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return nil, err
		}
		for _, result := range source.Decode(raw) {
			for _, issue := range result.Issues.Of(diag.Error) {
				return nil, issue
			}
			if p := result.Record.Product; p != nil {
				c.products[p.SKU] = p.Type
			}
		}
	}
}

// pair decides for every line with a code whether it is tied to stock. A code
// that POHODA does not have would make it refuse the whole order, so such a line
// becomes a text line, or its document waits or is refused, as the house wants.
func (c *catalogue) pair(doc *trade.Document) (issues diag.List, wait bool) {
	for i := range doc.Lines {
		line := &doc.Lines[i]
		if c.config.Link == config.Never && line.StockLink != trade.LinkRequired {
			line.StockLink = trade.LinkNever
		}
		if !line.Linked() {
			continue
		}
		if c.products == nil {
			if issues == nil {
				issues.Add(diag.Warn(CodeUnchecked))
			}
			continue
		}
		kind, known := c.products[line.SKU]
		at := "lines[" + itoa(i) + "].sku"
		switch {
		case known && kind == trade.PackageType:
			issues.Add(diag.New(CodeSetInDocument, "name", line.Name).In(at).Of(line.SKU))
		case known:
		case c.config.Unpaired == config.Fail || line.StockLink == trade.LinkRequired:
			issues.Add(diag.New(CodeUnpairedFailed, "name", line.Name).In(at).Of(line.SKU))
		case c.config.Unpaired == config.Hold:
			issues.Add(diag.Warn(CodeUnpairedHeld, "name", line.Name).In(at).Of(line.SKU))
			wait = true
		default:
			line.StockLink = trade.LinkNever
			issues.Add(diag.Warn(CodeUnpaired, "name", line.Name).In(at).Of(line.SKU))
		}
	}
	return issues, wait
}
