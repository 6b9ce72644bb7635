package pohoda

import (
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// lineOf is a line with its document: currency, country and date rule its prices
// and rates.
type lineOf struct {
	*documentOf
	line *trade.Line
	// level is the line's rate level and reverse that it falls under reverse charge,
	// as the checks have found.
	level   vat.Level
	reverse bool
}

// lineRows are rows of lines, in sets as those of documents are.
type lineRows = fieldtable.Table[lineOf]

func documentLines(o *documentOf) []lineOf {
	lines := make([]lineOf, len(o.doc.Lines))
	for i := range o.doc.Lines {
		lines[i] = lineOf{documentOf: o, line: &o.doc.Lines[i]}
		if o.totals != nil {
			lines[i].level, lines[i].reverse = o.totals.Lines[i].Level, o.totals.Lines[i].Reverse
		}
	}
	return lines
}

func nextLine(o *documentOf) lineOf { return lineOf{documentOf: o, line: more(&o.doc.Lines)} }

// documentLine is a line of a document.
func documentLine(p string) lineRows {
	return append(linePrices(p), lineRows{
		fieldtable.Unmapped[lineOf](p+"link", "", "a request to take over the line of another document"),
		fieldtable.Nest(p+"linkedDocument", "Vazby", "../references", linkedDocument, func(l lineOf) (*trade.Reference, bool) {
			return more(&l.lineLinks), true
		}).Only(fieldtable.ReadOnly),
		fieldtable.Unmapped[lineOf](p+"id", "", "a line is found by its extId"),
		code(p+"extId", "Externí ID", "id", func(l lineOf) *string { return &l.line.ID }),
		fieldtable.Unmapped[lineOf](p+"parentCompStock", "", "components of a set are refused (Souprava)"),
		text(p+"text", "Text", "name", func(l lineOf) *string { return &l.line.Name }),
		fieldtable.Rule(p+"quantity", "Množství", "quantity", writeQuantity,
			fieldtable.Into(fieldtable.Decimal, func(l lineOf) *money.Decimal { return &l.line.Quantity })),
		text(p+"unit", "M.j.", "unit", func(l lineOf) *string { return &l.line.Unit }),
		fieldtable.Unmapped[lineOf](p+"coefficient", "Koeficient", "the price and the quantity are per the unit that is named"),
		fieldtable.Rule(p+"payVAT", "Cena s DPH", "../pricesIncludeVat", writePayVAT, readPayVAT).
			WithNote("always written: POHODA's default for stock lines is a setting of the user"),
		fieldtable.Rule(p+"rateVAT", "Sazba DPH", "vatRate, vatCode", writeRate, readRate),
		fieldtable.Rule(p+"rateVAT/@value", "Sazba DPH %", "vatRate", nil, linePercent),
		fieldtable.Rule(p+"percentVAT", "Sazba DPH %", "vatRate", writeHistoricPercent, linePercent).
			WithNote("only with a historic rate or the One Stop Shop"),
		fieldtable.Rule(p+"discountPercentage", "Sleva %", "discountPercent", writeDiscount,
			fieldtable.Into(fieldtable.Decimal, func(l lineOf) *money.Decimal { return &l.line.DiscountPercent })).
			WithNote("always written: a missing one takes the discount of the price level"),
		code(p+"typeServiceMOSS/typ:ids", "Typ služby OSS", "ossService", func(l lineOf) *string { return &l.line.OSSService }),
		fieldtable.Rule(p+"note", "Poznámka položky", "description, note", writeLineNote,
			fieldtable.Into(fieldtable.Text, func(l lineOf) *string { return &l.line.Description })),
		fieldtable.Rule(p+"code", "Kód", "sku", writeCode, readCode).NeverCut().
			WithNote("the code of a line that is not tied to stock"),
		fieldtable.Unmapped[lineOf](p+"stockItem/typ:store/typ:id", "", "the abbreviation says the same"),
		fieldtable.Rule(p+"stockItem/typ:store/typ:ids", "Sklad", "store", writeStore,
			fieldtable.Into(fieldtable.Text, func(l lineOf) *string { return &l.line.Store })).NeverCut().
			OfUnit("store", func(l lineOf) *string { return &l.line.Store }),
		fieldtable.Unmapped[lineOf](p+"stockItem/typ:stockItem/typ:id", "", "the code says the same"),
		fieldtable.Rule(p+"stockItem/typ:stockItem/typ:ids", "Zásoba", "sku", writeStock, readStock).NeverCut().
			WithNote("ties the line to the stock card of this code"),
		fieldtable.Rule(p+"stockItem/typ:stockItem/typ:EAN", "Čárový kód", "ean", nil,
			fieldtable.Into(fieldtable.Text, func(l lineOf) *string { return &l.line.EAN })).
			WithNote("POHODA looks a card up by one number alone, and the code is it"),
		fieldtable.Unmapped[lineOf](p+"stockItem/typ:stockItem/typ:PLU", "PLU", "a number of cash registers"),
		fieldtable.Unmapped[lineOf](p+"stockItem/typ:serialNumber", "Výrobní číslo", "no source of orders names it"),
		fieldtable.Unmapped[lineOf](p+"linkToStock", "", "the line is tied by stockItem"),
		fieldtable.Rule(p+"PDP", "PDP", "reverseCharge, ../vatMode", writeReverseCharge,
			fieldtable.Into(flagCodec, func(l lineOf) *trade.Flag { return &l.line.ReverseCharge })),
		fieldtable.Rule(p+"CodePDP", "Kód předmětu PDP", "reverseChargeCode", writeReverseCode,
			fieldtable.Into(fieldtable.Text, func(l lineOf) *string { return &l.line.ReverseChargeCode })).NeverCut().
			WithNote("a field of the Slovak edition"),
		fieldtable.Unmapped[lineOf](p+"recyclingContrib", "Recyklační příspěvek", "POHODA takes it from the stock card"),
		unitCode("centre", p+"centre/typ:ids", "Středisko", "centre", func(l lineOf) *string { return &l.line.Centre }),
		unitCode("activity", p+"activity/typ:ids", "Činnost", "activity", func(l lineOf) *string { return &l.line.Activity }),
		contract(p+"contract/typ:ids", "project", func(l lineOf) *string { return &l.line.Project }),
		fieldtable.Unmapped[lineOf](p+"EETItem", "EET", "the electronic record of sales ended in 2023"),
		fieldtable.Many(p+"parameters/typ:parameter", "Volitelné parametry", "parameters", parameter,
			func(l lineOf) []*trade.Parameter { return each(l.line.Parameters) },
			func(l lineOf) *trade.Parameter { return more(&l.line.Parameters) }),
	}...)
}

// linePrices are the price of a line and its sums, in the home or in the foreign currency.
func linePrices(p string) lineRows {
	return lineRows{
		unitPrice(p+"homeCurrency/typ:unitPrice", home),
		givenPrice(p+"homeCurrency/typ:price", "Částka", "totals.net", home, func(a *trade.Amounts) *money.Decimal { return &a.Net }),
		givenPrice(p+"homeCurrency/typ:priceVAT", "DPH", "totals.vat", home, func(a *trade.Amounts) *money.Decimal { return &a.VAT }),
		givenPrice(p+"homeCurrency/typ:priceSum", "Celkem", "totals.gross", home, func(a *trade.Amounts) *money.Decimal { return &a.Gross }),
		unitPrice(p+"foreignCurrency/typ:unitPrice", foreign),
		givenPrice(p+"foreignCurrency/typ:price", "Částka CM", "totals.net", foreign, func(a *trade.Amounts) *money.Decimal { return &a.Net }),
		givenPrice(p+"foreignCurrency/typ:priceVAT", "DPH CM", "totals.vat", foreign, func(a *trade.Amounts) *money.Decimal { return &a.VAT }),
		givenPrice(p+"foreignCurrency/typ:priceSum", "Celkem CM", "totals.gross", foreign, func(a *trade.Amounts) *money.Decimal { return &a.Gross }),
	}
}
