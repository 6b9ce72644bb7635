package pohoda

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// invoiceLine is one line of an invoice: inv:invoiceItem (invoice.xsd,
// invoiceItemType).
var invoiceLine = slices.Concat(documentLine("inv:"), lineRows{
	fieldtable.Unmapped[lineOf]("inv:guarantee", "Záruka", "POHODA takes it from the stock card"),
	fieldtable.Unmapped[lineOf]("inv:guaranteeType", "Typ záruky", "POHODA takes it from the stock card"),
	fieldtable.Unmapped[lineOf]("inv:accounting", "Předkontace", "the books' own"),
	fieldtable.Unmapped[lineOf]("inv:classificationVAT/typ:id", "", "the abbreviation says the same"),
	unitCode("vat_class", "inv:classificationVAT/typ:ids", "Členění DPH", "vatClass", func(l lineOf) *string { return &l.line.VATClass }),
	fieldtable.Unmapped[lineOf]("inv:classificationVAT/typ:classificationVATType", "Členění DPH", "the abbreviation says it"),
	fieldtable.Unmapped[lineOf]("inv:classificationKVDPH", "Členění KV DPH", "a field of the Slovak edition; the document's own says it"),
	fieldtable.Unmapped[lineOf]("inv:expirationDate", "Datum expirace", "no source of documents names it"),
	fieldtable.Unmapped[lineOf]("inv:intrastatItem", "Intrastat", "the statistics of trade; no CRM has it"),
})

// advanceOf is the deduction of an advance with its invoice.
type advanceOf struct {
	*documentOf
	advance *trade.AdvancePayment
	level   *vat.Level
}

// nextAdvance adds a deduction to an invoice that is read.
func nextAdvance(o *documentOf) advanceOf {
	return advanceOf{o, more(&o.doc.Advances), more(&o.liquidation.levels)}
}

// invoiceAdvance is the deduction of an advance: inv:invoiceAdvancePaymentItem
// (invoice.xsd, invoiceAdvancePaymentItemType). POHODA gives its amounts as they
// lower the invoice; the record has those of the advance.
var invoiceAdvance = fieldtable.Table[advanceOf]{
	fieldtable.Unmapped[advanceOf]("inv:id", "", "the number of the advance says it"),
	fieldtable.Unmapped[advanceOf]("inv:extId", "", "the number of the advance says it"),
	fieldtable.Unmapped[advanceOf]("inv:sourceDocument/typ:id", "", "the number of the advance says it"),
	code("inv:sourceDocument/typ:number", "Zálohová faktura", "number", func(a advanceOf) *string { return &a.advance.Number }),
	fieldtable.Unmapped[advanceOf]("inv:quantity", "", "always 1"),
	fieldtable.Unmapped[advanceOf]("inv:payVAT", "", "the amounts say it"),
	fieldtable.Rule("inv:rateVAT", "Sazba DPH", "vatRate", nil, readAdvanceLevel),
	fieldtable.Rule("inv:rateVAT/@value", "Sazba DPH %", "vatRate", nil, advancePercent),
	fieldtable.Rule("inv:percentVAT", "Sazba DPH %", "vatRate", nil, advancePercent),
	fieldtable.Unmapped[advanceOf]("inv:discountPercentage", "", "an advance has no discount"),
	fieldtable.Unmapped[advanceOf]("inv:homeCurrency/typ:unitPrice", "", "the quantity is 1"),
	deducted("inv:homeCurrency/typ:price", "Částka", "net", home, func(a *trade.Amounts) *money.Decimal { return &a.Net }),
	deducted("inv:homeCurrency/typ:priceVAT", "DPH", "vat", home, func(a *trade.Amounts) *money.Decimal { return &a.VAT }),
	deducted("inv:homeCurrency/typ:priceSum", "Celkem", "gross", home, func(a *trade.Amounts) *money.Decimal { return &a.Gross }),
	fieldtable.Unmapped[advanceOf]("inv:foreignCurrency/typ:unitPrice", "", "the quantity is 1"),
	deducted("inv:foreignCurrency/typ:price", "Částka CM", "net", foreign, func(a *trade.Amounts) *money.Decimal { return &a.Net }),
	deducted("inv:foreignCurrency/typ:priceVAT", "DPH CM", "vat", foreign, func(a *trade.Amounts) *money.Decimal { return &a.VAT }),
	deducted("inv:foreignCurrency/typ:priceSum", "Celkem CM", "gross", foreign, func(a *trade.Amounts) *money.Decimal { return &a.Gross }),
	fieldtable.Unmapped[advanceOf]("inv:foreignCurrency/typ:rateExcRateDiff", "Kurz", "the books' own: the difference of rates"),
	fieldtable.Unmapped[advanceOf]("inv:foreignCurrency/typ:amountExcRateDiff", "Množství", "the books' own: the difference of rates"),
	fieldtable.Unmapped[advanceOf]("inv:typeServiceMOSS", "Typ služby OSS", "the VAT return's own"),
	fieldtable.Unmapped[advanceOf]("inv:note", "Poznámka", "POHODA's words for the number of the advance"),
	code("inv:symPar", "Pár. sym.", "variableSymbol", func(a advanceOf) *string { return &a.advance.VariableSymbol }),
	fieldtable.Unmapped[advanceOf]("inv:accounting", "Předkontace", "the books' own"),
	fieldtable.Unmapped[advanceOf]("inv:classificationVAT", "Členění DPH", "the VAT return's own"),
	fieldtable.Unmapped[advanceOf]("inv:classificationKVDPH", "Členění KV DPH", "the VAT return's own"),
	fieldtable.Unmapped[advanceOf]("inv:centre", "Středisko", "the document's own says it"),
	fieldtable.Unmapped[advanceOf]("inv:activity", "Činnost", "the document's own says it"),
	fieldtable.Unmapped[advanceOf]("inv:contract", "Zakázka", "the document's own says it"),
	fieldtable.Unmapped[advanceOf]("inv:voucherEET", "EET", "the electronic record of sales ended in 2023"),
	fieldtable.Unmapped[advanceOf]("inv:parameters", "Volitelné parametry", "no CRM has them"),
}

// deducted is an amount of a deduction, in the home or in the foreign currency.
func deducted(path, label, field string, in bool, place func(*trade.Amounts) *money.Decimal) fieldtable.Row[advanceOf] {
	return fieldtable.Rule(path, label, field, nil, func(a advanceOf, s string) *diag.Issue {
		if a.foreign != in {
			return nil
		}
		d, issue := fieldtable.Decimal.Parse(s)
		if d.IsSet() {
			*place(&a.advance.Amounts) = d.Neg()
		}
		return issue
	})
}

// retention is an amount that is held back until a day, in the home currency; left is
// what is still held back, paid the day on which some was released.
type retention struct {
	amount, left money.Decimal
	paid         trade.Date
}

// nextRetention adds a retention to an invoice that is read.
func nextRetention(o *documentOf) *retention { return more(&o.liquidation.retentions) }

// invoiceRetention is an amount that is held back: inv:invoiceRetention (invoice.xsd,
// invoiceRetentionType). It has a liquidation of its own.
var invoiceRetention = fieldtable.Table[*retention]{
	fieldtable.Unmapped[*retention]("inv:date", "Datum", "the books' own"),
	fieldtable.Unmapped[*retention]("inv:dateDue", "Splatno", "it is not due with the invoice, whatever the day"),
	retained("inv:homeCurrency", "Částka", func(r *retention) *money.Decimal { return &r.amount }),
	fieldtable.Rule("inv:liquidation/typ:date", "Likv", "", nil,
		fieldtable.Into(dateCodec, func(r *retention) *trade.Date { return &r.paid })).WithNote("a day without an amount is a released retention"),
	retained("inv:liquidation/typ:amountHome", "K likvidaci", func(r *retention) *money.Decimal { return &r.left }),
	fieldtable.Unmapped[*retention]("inv:liquidation/typ:amountForeign", "CM k likvidaci", "the amount is in the home currency"),
	fieldtable.Unmapped[*retention]("inv:text", "Text", "the books' own"),
	fieldtable.Unmapped[*retention]("inv:accounting", "Předkontace", "the books' own"),
}

func retained(path, label string, place func(*retention) *money.Decimal) fieldtable.Row[*retention] {
	return fieldtable.Rule(path, label, "", nil, fieldtable.Into(fieldtable.Decimal, place)).
		WithNote("what is still held back of it counts")
}

// held is what is still held back; absent where nothing is, and in a foreign currency,
// where nothing says it.
func (o *documentOf) held() money.Decimal {
	if o.foreign || len(o.liquidation.retentions) == 0 {
		return money.Decimal{}
	}
	held := money.Zero
	for _, r := range o.liquidation.retentions {
		switch {
		case r.left.IsSet():
			held = vat.Plus(held, r.left)
		case r.paid.IsZero():
			held = vat.Plus(held, r.amount)
		}
	}
	return held
}

// deducts is what an invoice deducts for advances, where its items say it: a list may
// be without items, and lines below zero may be deductions of another form.
func (o *documentOf) deducts() money.Decimal {
	doc := o.doc
	if len(doc.Lines)+len(doc.Advances) == 0 || !doc.Totals.Gross.IsSet() && len(doc.Advances) > 0 {
		return money.Decimal{}
	}
	for i := range doc.Lines {
		if line := &doc.Lines[i]; line.UnitPrice.Sign()*line.Quantity.Or(money.FromInt(1)).Sign() < 0 {
			return money.Decimal{}
		}
	}
	sum := money.Zero
	for i := range doc.Advances {
		sum = vat.Plus(sum, doc.Advances[i].Gross)
	}
	return sum
}

func readAdvanceLevel(a advanceOf, s string) *diag.Issue {
	level, issue := readLevel(s)
	*a.level = level
	return issue
}

// advancePercent reads the percent from each of the places that may state it.
var advancePercent = fieldtable.Into(fieldtable.Decimal, func(a advanceOf) *money.Decimal { return &a.advance.VATRate })

// finishAdvances fills what the elements of the deductions say together.
func (o *documentOf) finishAdvances() {
	day := o.doc.VATDay()
	for i := range o.doc.Advances {
		a := &o.doc.Advances[i]
		if level := o.liquidation.levels[i]; !a.VATRate.IsSet() && level != "" {
			a.VATRate, _ = o.set.Rates.Percent(o.set.Unit.Country, day, level)
		}
		if !a.Gross.IsSet() && a.Net.IsSet() {
			a.Gross = vat.Plus(a.Net, a.VAT.Or(money.Zero))
		}
	}
}
