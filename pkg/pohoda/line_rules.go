package pohoda

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The rules of a document's lines, by the rows that name them.

// home and foreign are the two places of a line's prices; a document uses one.
const (
	home    = false
	foreign = true
)

func writeQuantity(l lineOf) (string, bool) {
	return l.line.Quantity.Or(money.FromInt(1)).String(), true
}

func writePayVAT(l lineOf) (string, bool) {
	return flagCodec.Format(trade.FlagOf(l.doc.PricesIncludeVAT.IsYes()))
}

// readPayVAT takes the kind of price from the first line; the model has one for
// the whole document, so a line that differs is reported.
func readPayVAT(l lineOf, s string) *diag.Issue {
	includes, issue := flagCodec.Parse(s)
	if issue != nil {
		return issue
	}
	if l.doc.PricesIncludeVAT.IsSet() && l.doc.PricesIncludeVAT != includes {
		return diag.Warn(fieldtable.CodePricesMixed)
	}
	l.doc.PricesIncludeVAT = includes
	return nil
}

// writeRate writes the level that the checks found for the percent.
func writeRate(l lineOf) (string, bool) { return string(l.level), l.level != "" }

func readRate(l lineOf, s string) *diag.Issue {
	level, issue := readLevel(s)
	if issue == nil {
		l.line.VATCode = levelCodes[level]
	}
	return issue
}

func readLevel(s string) (vat.Level, *diag.Issue) {
	level := vat.Level(strings.TrimSpace(s))
	if _, known := levelCodes[level]; !known {
		return "", fieldtable.Unreadable(s)
	}
	return level, nil
}

// levelCodes are the model's words for POHODA's levels.
var levelCodes = map[vat.Level]trade.VATCode{
	vat.None: "none", vat.High: "high", vat.Low: "low", vat.Third: "third",
	vat.HistoryHigh: "history-high", vat.HistoryLow: "history-low", vat.HistoryThird: "history-third",
}

// writeHistoricPercent states the percent where the level does not.
func writeHistoricPercent(l lineOf) (string, bool) {
	return l.line.VATRate.String(), l.level.IsHistory() && l.line.VATRate.IsSet()
}

// linePercent reads the percent from each of the places that may state it.
var linePercent = fieldtable.Into(fieldtable.Decimal, func(l lineOf) *money.Decimal { return &l.line.VATRate })

func writeDiscount(l lineOf) (string, bool) {
	return l.line.DiscountPercent.Or(money.Zero).String(), true
}

// unitPrice is the unit price in the home or in the foreign currency.
func unitPrice(path string, in bool) fieldtable.Row[lineOf] {
	return fieldtable.Rule(path, "Jedn. cena", "unitPrice",
		func(l lineOf) (string, bool) {
			return l.line.UnitPrice.String(), l.foreign == in && l.line.UnitPrice.IsSet()
		},
		func(l lineOf, s string) *diag.Issue {
			if l.foreign != in {
				return nil
			}
			d, issue := fieldtable.Decimal.Parse(s)
			l.line.UnitPrice = d
			return issue
		})
}

// givenPrice is an amount that POHODA computes.
func givenPrice(path, label, field string, in bool, place func(*trade.Amounts) *money.Decimal) fieldtable.Row[lineOf] {
	return fieldtable.Rule(path, label, field, nil, func(l lineOf, s string) *diag.Issue {
		if l.foreign != in {
			return nil
		}
		d, issue := fieldtable.Decimal.Parse(s)
		*place(&l.line.Totals) = d
		return issue
	})
}

func writeLineNote(l lineOf) (string, bool) {
	return fieldtable.Text.Format(strings.TrimSpace(l.line.Description + " " + l.line.Note))
}

func writeCode(l lineOf) (string, bool) {
	code, ok := fieldtable.Text.Format(l.line.SKU)
	return code, ok && !l.line.Linked()
}

func readCode(l lineOf, s string) *diag.Issue {
	if l.line.SKU == "" {
		l.line.SKU = fieldtable.OneLine(s)
	}
	return nil
}

func writeStore(l lineOf) (string, bool) {
	store, ok := fieldtable.Text.Format(l.line.Store)
	_, linked := writeStock(l)
	return store, ok && linked
}

func writeStock(l lineOf) (string, bool) {
	code, ok := fieldtable.Text.Format(l.line.SKU)
	return code, ok && l.line.Linked()
}

func readStock(l lineOf, s string) *diag.Issue {
	l.line.SKU, l.line.StockLink = fieldtable.OneLine(s), trade.LinkIfExists
	return nil
}

// writeReverseCharge writes the mark, and its absence where the record states that: an
// absent mark may be taken from the stock card.
func writeReverseCharge(l lineOf) (string, bool) {
	if l.reverse {
		return "true", true
	}
	return "false", l.target.PDP && l.line.ReverseCharge.IsSet() && !l.line.ReverseCharge.IsYes()
}

func writeReverseCode(l lineOf) (string, bool) {
	code, ok := fieldtable.Text.Format(l.line.ReverseChargeCode)
	return code, ok && l.reverse && l.set.Unit.Country == "SK"
}

// finishLine fills what the elements of a line say together. A level of the day
// becomes its percent; a historic one stays beside the percent that came with it.
func finishLine(line *trade.Line, set *Settings, day vat.Day) {
	for level, code := range levelCodes {
		if code == line.VATCode && !level.IsHistory() {
			if percent, ok := set.Rates.Percent(set.Unit.Country, day, level); ok && !line.VATRate.IsSet() {
				line.VATRate = percent
			}
			if line.VATRate.IsSet() {
				line.VATCode = ""
			}
		}
	}
	switch {
	case line.SKU == "":
		line.Kind = trade.TextLine
	case line.StockLink == "":
		line.StockLink = trade.LinkNever
	default:
		line.StockLink = ""
	}
}
