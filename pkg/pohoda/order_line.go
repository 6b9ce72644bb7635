package pohoda

import (
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// lineOf is a line with its order: currency, country and date rule its prices
// and rates.
type lineOf struct {
	*orderOf
	line *trade.Line
	// level is the line's rate level, which the checks have found.
	level vat.Level
}

func orderLines(o *orderOf) []lineOf {
	lines := make([]lineOf, len(o.doc.Lines))
	for i := range o.doc.Lines {
		lines[i] = lineOf{o, &o.doc.Lines[i], o.totals.Lines[i].Level}
	}
	return lines
}

func nextOrderLine(o *orderOf) lineOf { return lineOf{orderOf: o, line: more(&o.doc.Lines)} }

// orderLine is one line of an order: ord:orderItem (order.xsd, orderItemType).
var orderLine = fieldtable.Table[lineOf]{
	fieldtable.Unmapped[lineOf]("ord:link", "", "links to the line of an offer come with offers"),
	fieldtable.Unmapped[lineOf]("ord:linkedDocument", "", "the document's own references say it"),
	fieldtable.Unmapped[lineOf]("ord:id", "", "a line is found by its extId"),
	text("ord:extId", "Externí ID", "id", func(l lineOf) *string { return &l.line.ID }),
	fieldtable.Unmapped[lineOf]("ord:parentCompStock", "", "components of a set are refused (Souprava)"),
	text("ord:text", "Text", "name", func(l lineOf) *string { return &l.line.Name }),
	fieldtable.Rule("ord:quantity", "Množství", "quantity", writeQuantity, readQuantity),
	decimal("ord:delivered", "Přeneseno", "deliveredQuantity", func(l lineOf) *money.Decimal { return &l.line.DeliveredQuantity }),
	text("ord:unit", "M.j.", "unit", func(l lineOf) *string { return &l.line.Unit }),
	fieldtable.Unmapped[lineOf]("ord:coefficient", "Koeficient", "the price and the quantity are per the unit that is named"),
	fieldtable.Rule("ord:payVAT", "Cena s DPH", "../pricesIncludeVat", writePayVAT, readPayVAT).
		Because("always written: POHODA's default for stock lines is a setting of the user"),
	fieldtable.Rule("ord:rateVAT", "Sazba DPH", "vatRate, vatCode", writeRate, readRate),
	fieldtable.Rule("ord:rateVAT/@value", "Sazba DPH %", "vatRate", nil, readPercent),
	fieldtable.Rule("ord:percentVAT", "Sazba DPH %", "vatRate", writeHistoricPercent, readPercent).
		Because("only with a historic rate or the One Stop Shop"),
	fieldtable.Rule("ord:discountPercentage", "Sleva %", "discountPercent", writeDiscount, readDiscount).
		Because("always written: a missing one takes the discount of the price level"),
	unitPrice("ord:homeCurrency/typ:unitPrice", home),
	givenPrice("ord:homeCurrency/typ:price", "Částka", "totals.net", home, func(a *trade.Amounts) *money.Decimal { return &a.Net }),
	givenPrice("ord:homeCurrency/typ:priceVAT", "DPH", "totals.vat", home, func(a *trade.Amounts) *money.Decimal { return &a.VAT }),
	givenPrice("ord:homeCurrency/typ:priceSum", "Celkem", "totals.gross", home, func(a *trade.Amounts) *money.Decimal { return &a.Gross }),
	unitPrice("ord:foreignCurrency/typ:unitPrice", foreign),
	givenPrice("ord:foreignCurrency/typ:price", "Částka CM", "totals.net", foreign, func(a *trade.Amounts) *money.Decimal { return &a.Net }),
	givenPrice("ord:foreignCurrency/typ:priceVAT", "DPH CM", "totals.vat", foreign, func(a *trade.Amounts) *money.Decimal { return &a.VAT }),
	givenPrice("ord:foreignCurrency/typ:priceSum", "Celkem CM", "totals.gross", foreign, func(a *trade.Amounts) *money.Decimal { return &a.Gross }),
	text("ord:typeServiceMOSS/typ:ids", "Typ služby OSS", "ossService", func(l lineOf) *string { return &l.line.OSSService }),
	fieldtable.Rule("ord:note", "Poznámka položky", "description, note", writeLineNote, readLineNote),
	fieldtable.Rule("ord:code", "Kód", "sku", writeCode, readCode).
		Because("the code of a line that is not tied to stock"),
	fieldtable.Unmapped[lineOf]("ord:stockItem/typ:store/typ:id", "", "the abbreviation says the same"),
	fieldtable.Rule("ord:stockItem/typ:store/typ:ids", "Sklad", "store", writeStore, readStore),
	fieldtable.Unmapped[lineOf]("ord:stockItem/typ:stockItem/typ:id", "", "the code says the same"),
	fieldtable.Rule("ord:stockItem/typ:stockItem/typ:ids", "Zásoba", "sku", writeStock, readStock).
		Because("ties the line to the stock card of this code"),
	fieldtable.Rule("ord:stockItem/typ:stockItem/typ:EAN", "Čárový kód", "ean", nil, readEAN).
		Because("POHODA looks a card up by one number alone, and the code is it"),
	fieldtable.Unmapped[lineOf]("ord:stockItem/typ:stockItem/typ:PLU", "PLU", "a number of cash registers"),
	fieldtable.Unmapped[lineOf]("ord:stockItem/typ:serialNumber", "Výrobní číslo", "no source of orders names it"),
	fieldtable.Unmapped[lineOf]("ord:linkToStock", "", "the line is tied by stockItem"),
	fieldtable.Rule("ord:PDP", "PDP", "reverseCharge, ../vatMode", writeReverseCharge, readReverseCharge),
	fieldtable.Rule("ord:CodePDP", "Kód předmětu PDP", "reverseChargeCode", writeReverseCode, readReverseCode).
		Because("a field of the Slovak edition"),
	fieldtable.Unmapped[lineOf]("ord:recyclingContrib", "Recyklační příspěvek", "POHODA takes it from the stock card"),
	text("ord:centre/typ:ids", "Středisko", "centre", func(l lineOf) *string { return &l.line.Centre }),
	text("ord:activity/typ:ids", "Činnost", "activity", func(l lineOf) *string { return &l.line.Activity }),
	text("ord:contract/typ:ids", "Zakázka", "project", func(l lineOf) *string { return &l.line.Project }),
	fieldtable.Unmapped[lineOf]("ord:EETItem", "EET", "the electronic record of sales ended in 2023"),
	fieldtable.Many("ord:parameters/typ:parameter", "Volitelné parametry", "parameters", parameter,
		func(l lineOf) []*trade.Parameter { return each(l.line.Parameters) },
		func(l lineOf) *trade.Parameter { return more(&l.line.Parameters) }),
}
