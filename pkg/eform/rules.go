package eform

import (
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The codes of what the format cannot say.
var (
	CodeForeign  = diag.Refused.Code("eform-foreign-currency")
	CodeRate     = diag.Refused.Code("eform-rate")
	CodeReverse  = diag.Refused.Code("eform-reverse-charge")
	CodeDiscount = diag.Refused.Code("eform-discount", "price")
	CodeLeftOut  = diag.Warning.Code("eform-left-out", "fields")
	// CodeNoOrder is of reading.
	CodeNoOrder = diag.Refused.Code("eform-no-order")
)

// unsayable refuses what the format cannot say and names what it has no place for.
func unsayable(o *orderOf) diag.List {
	var issues diag.List
	doc := o.doc
	if doc.Currency != "" && doc.Currency != money.Home(o.set.Country) {
		issues.Add(diag.New(CodeForeign).WithPath("currency").WithValue(string(doc.Currency)))
	}
	for i := range doc.Lines {
		line := &doc.Lines[i]
		at := "lines[" + strconv.Itoa(i) + "]."
		if _, ok := writeRate(lineOf{o, line, o.totals.Lines[i].Level}); !ok {
			issues.Add(diag.New(CodeRate).WithPath(at + "vatRate").WithValue(line.VATRate.String()))
		}
		if o.totals.Lines[i].Reverse {
			issues.Add(diag.New(CodeReverse).WithPath(at + "reverseCharge"))
		}
		if !sameAmount(line) {
			issues.Add(diag.New(CodeDiscount, "price", discounted(line).String()).WithPath(at + "discountPercent").WithValue(line.DiscountPercent.String()))
		}
	}
	if lost := leftOut(o); len(lost) > 0 {
		issues.Add(diag.Warn(CodeLeftOut, "fields", strings.Join(lost, ", ")))
	}
	return issues
}

// discounted is the unit price after the discount; a derived price keeps six
// decimals.
func discounted(line *trade.Line) money.Decimal {
	if line.DiscountPercent.Sign() == 0 {
		return line.UnitPrice.Or(money.Zero)
	}
	return line.UnitPrice.Sub(line.UnitPrice.Percent(line.DiscountPercent)).Round(6)
}

// sameAmount tells whether the discounted price gives the same amount of the line.
func sameAmount(line *trade.Line) bool {
	amount := func(price, discount money.Decimal) money.Decimal {
		t := vat.Compute([]vat.Line{{UnitPrice: price, Quantity: line.Quantity, Discount: discount}}, vat.Policy{})
		return t.Net
	}
	return amount(line.UnitPrice, line.DiscountPercent).Cmp(amount(discounted(line), money.Zero)) == 0
}

func writeTitle(o *orderOf) (string, bool) {
	if o.doc.Text != "" {
		return fieldtable.Text.Format(o.doc.Text)
	}
	return fieldtable.Text.Format(o.doc.Title)
}

func writeCode(l lineOf) (string, bool) {
	if !l.line.Linked() {
		return "", true
	}
	return fieldtable.OneLine(l.line.SKU), true
}

// writeRate knows the three words of the format; they mean the rates of the day.
func writeRate(l lineOf) (string, bool) {
	return string(l.level), l.level == vat.None || l.level == vat.Low || l.level == vat.High
}

func readRate(l lineOf, s string) *diag.Issue {
	percent, ok := l.set.Rates.Percent(l.set.Country, l.doc.VATDay(), vat.Level(strings.TrimSpace(s)))
	if !ok {
		return fieldtable.Unreadable(s)
	}
	l.line.VATRate = percent
	return nil
}

// readPayVAT takes the kind of price from the first line; the model has one for
// the whole order.
func readPayVAT(l lineOf, s string) *diag.Issue {
	includes := map[string]trade.Flag{"yes": trade.Yes, "no": trade.No}[strings.TrimSpace(s)]
	switch {
	case !includes.IsSet():
		return fieldtable.Unreadable(s)
	case l.doc.PricesIncludeVAT.IsSet() && l.doc.PricesIncludeVAT != includes:
		return diag.Warn(fieldtable.CodePricesMixed)
	}
	l.doc.PricesIncludeVAT = includes
	return nil
}

// payTypes are the kinds of payment; the words are those of POHODA's own format.
var payTypes = map[trade.PaymentMethod]string{
	"bank-transfer": "draft", "cash": "cash", "cash-on-delivery": "delivery", "card": "creditcard",
	"postal": "postal", "advance": "advance", "cheque": "cheque", "encashment": "encashment", "offset": "compensation",
}

func writePaymentVAT(o *orderOf) (string, bool) {
	_, known := payTypes[o.doc.Payment.Method]
	return yesNo(o.doc.PricesIncludeVAT.IsYes()), known
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// always is a text whose element is there even when it is empty.
func always(path, label, field string, place func(*orderOf) *string) fieldtable.Row[*orderOf] {
	return fieldtable.Rule(path, label, field,
		func(o *orderOf) (string, bool) { return fieldtable.OneLine(*place(o)), true },
		fieldtable.Into(fieldtable.Text, place))
}

func constant[C any](path, value string) fieldtable.Row[C] {
	return fieldtable.Rule(path, "", "", func(C) (string, bool) { return value, true }, ignore[C])
}

func ignore[C any](C, string) *diag.Issue { return nil }

var dateCodec = fieldtable.Parsed(func(d trade.Date) bool { return !d.IsZero() }, trade.ParseDate)

func lines(o *orderOf) []lineOf {
	all := make([]lineOf, len(o.doc.Lines))
	for i := range o.doc.Lines {
		all[i] = lineOf{o, &o.doc.Lines[i], o.totals.Lines[i].Level}
	}
	return all
}

func more[T any](list *[]T) *T {
	var empty T
	*list = append(*list, empty)
	return &(*list)[len(*list)-1]
}

// finish says what a line is: one with a code is goods.
func finish(line *trade.Line) {
	line.Kind = trade.ProductLine
	if line.SKU == "" {
		line.Kind = trade.TextLine
	}
}
