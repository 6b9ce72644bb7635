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

// openCatalogue reads the products of lines.catalogue: canonical records, or a
// table of POHODA's stock.
func openCatalogue(lines config.Lines) (*catalogue, error) {
	c := &catalogue{config: lines}
	if lines.Catalogue == "" {
		return c, nil
	}
	c.products = map[string]trade.ProductType{}
	if isTable(lines.Catalogue) {
		return c, c.readTable(lines.Catalogue)
	}
	return c, c.readRecords(lines.Catalogue)
}

// readRecords adds the codes of canonical product records.
func (c *catalogue) readRecords(path string) error {
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
