package check

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of what is wrong with reverse charge.
var (
	CodeReverseUnsayable  = diag.Refused.Code("reverse-charge-unsayable")
	CodeReverseGross      = diag.Refused.Code("reverse-charge-gross")
	CodeReverseGrossMixed = diag.Refused.Code("reverse-charge-gross-mixed")
	CodeReverseByClass    = diag.Note.Code("reverse-charge-by-class", "class")
	CodeReverseCodeUnsent = diag.Warning.Code("reverse-charge-code-unsent")
)

// ReverseWay is how a kind of document says that the buyer pays the VAT of a line.
type ReverseWay uint8

// The ways. POHODA has the mark PDP on received orders, issued offers, issued
// invoices, issued advances and receivables; elsewhere reverse charge follows from
// the VAT classification alone, and the line is written without a rate (reference
// ADDENDA-3, 15).
const (
	ReverseByMark ReverseWay = iota
	ReverseByClass
	ReverseUnsayable
)

// ReverseCharged tells whether a line falls under reverse charge: by its own word,
// else by the document's. A document without any VAT has none to shift. This is the
// only place where that is decided; what is written follows Compute.
func (s Settings) ReverseCharged(doc *trade.Document, line *trade.Line) bool {
	if s.untaxes(doc) {
		return false
	}
	return line.ReverseCharge.IsYes() || doc.VATMode == trade.ReverseCharge && !line.ReverseCharge.IsSet()
}

// TakeNet takes the unit prices of a document for prices without VAT where all of
// them fall under reverse charge, whatever the document says of them. It tells
// whether that changed anything.
func TakeNet(doc *trade.Document, settings Settings) bool {
	if !doc.PricesIncludeVAT.IsYes() {
		return false
	}
	reversed, others := settings.reversed(doc)
	if len(reversed) == 0 || others {
		return false
	}
	doc.PricesIncludeVAT = trade.No
	return true
}

// reversed lists the lines under reverse charge that have a price, and tells
// whether there are others with a price.
func (s Settings) reversed(doc *trade.Document) (lines []int, others bool) {
	for i := range doc.Lines {
		line := &doc.Lines[i]
		switch {
		case line.UnitPrice.Sign() == 0:
		case s.ReverseCharged(doc, line):
			lines = append(lines, i)
		default:
			others = true
		}
	}
	return lines, others
}

// reverse refuses what a document cannot say of reverse charge. A price with VAT on
// such a line is of no use: nobody knows which VAT it holds.
func (c *checker) reverse() {
	c.reverseCodes()
	lines, others := c.set.reversed(c.doc)
	if len(lines) == 0 {
		return
	}
	at := linePath(lines[0], "reverseCharge")
	switch c.set.Reverse {
	case ReverseByMark:
	case ReverseByClass:
		c.add(diag.Notice(CodeReverseByClass, "class", c.set.VATClass).WithPath(at))
	case ReverseUnsayable:
		c.add(diag.New(CodeReverseUnsayable).WithPath(at))
	}
	if c.doc.PricesIncludeVAT.IsYes() {
		code := CodeReverseGross
		if others {
			code = CodeReverseGrossMixed
		}
		c.add(diag.New(code).WithPath("pricesIncludeVat"))
		c.unsure = true
	}
}

// reverseCodes warns, once, of a code of the supply that has no place: CodePDP is a
// field of the Slovak edition, beside the mark.
func (c *checker) reverseCodes() {
	for i := range c.doc.Lines {
		line := &c.doc.Lines[i]
		if line.ReverseChargeCode == "" || c.set.sendsReverseCode(c.doc, line) {
			continue
		}
		c.add(diag.Warn(CodeReverseCodeUnsent).WithPath(linePath(i, "reverseChargeCode")).WithValue(line.ReverseChargeCode))
		return
	}
}

func (s Settings) sendsReverseCode(doc *trade.Document, line *trade.Line) bool {
	return s.Country == "SK" && s.Reverse == ReverseByMark && s.ReverseCharged(doc, line)
}

// shifted tells a line under reverse charge that is written without its rate.
func (c *checker) shifted(i int) bool {
	line := &c.doc.Lines[i]
	return c.set.Reverse == ReverseByClass && line.VATRate.Cmp(money.Zero) != 0 && c.set.ReverseCharged(c.doc, line)
}
