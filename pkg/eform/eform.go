// Package eform writes and reads STORMWARE's eForm: the XML of a file .xph that
// POHODA opens with its import wizard. One file holds one order.
//
// No schema of the format is known. What is written follows the published
// sample and the writers that the reference names (OPERATION, section 1); it was
// never opened in POHODA.
package eform

import (
	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// Settings say for which unit an order is written.
type Settings struct {
	Country string
	Rates   vat.Rates
	Fit     fieldtable.Fit
}

// orderOf is an order and what its rows need beside it.
type orderOf struct {
	doc      *trade.Document
	customer *trade.Party
	shipTo   *trade.ShipTo
	totals   *vat.Totals
	set      *Settings
}

// lineOf is a line with its order.
type lineOf struct {
	*orderOf
	line *trade.Line
	// level is the line's rate level, which the checks have found.
	level vat.Level
}

// root is the element eform of a file with one order.
var root = fieldtable.Table[*orderOf]{
	constant[*orderOf]("@version", "1.3"),
	fieldtable.Nest("order", "", "", order, func(o *orderOf) (*orderOf, bool) { return o, true }),
}

// order is an order of version 1.2, the one whose content is known. Elements
// stand in the order of the published sample.
var order = fieldtable.Table[*orderOf]{
	constant[*orderOf]("@version", "1.2"),
	fieldtable.Field(fieldtable.Text, "document/@number", "Objednávka č.", "number", func(o *orderOf) *string { return &o.doc.Number }),
	fieldtable.Field(dateCodec, "document/@date", "Datum", "issueDate", func(o *orderOf) *trade.Date { return &o.doc.IssueDate }),
	fieldtable.Rule("document", "Text", "title, text", writeTitle, fieldtable.Into(fieldtable.Text, func(o *orderOf) *string { return &o.doc.Title })),
	fieldtable.Many("orderItem", "Položky", "lines", orderItem, lines, func(o *orderOf) lineOf { return lineOf{orderOf: o, line: more(&o.doc.Lines)} }),
	fieldtable.Unmapped[*orderOf]("supplier", "Dodavatel", "the unit that opens the file is the supplier"),
	fieldtable.Nest("customer", "Odběratel", "customer", customer, func(o *orderOf) (*orderOf, bool) { return o, true }),
	fieldtable.Field(fieldtable.Words(payTypes), "payment/@payType", "Forma úhrady", "payment.method", func(o *orderOf) *trade.PaymentMethod { return &o.doc.Payment.Method }),
	fieldtable.Rule("payment/@payVAT", "", "", writePaymentVAT, ignore[*orderOf]),
}

// orderItem is a line; its text is the element's own.
var orderItem = fieldtable.Table[lineOf]{
	fieldtable.Rule("@quantity", "Množství", "quantity",
		func(l lineOf) (string, bool) { return l.line.Quantity.Or(money.FromInt(1)).String(), true },
		fieldtable.Into(fieldtable.Decimal, func(l lineOf) *money.Decimal { return &l.line.Quantity })),
	fieldtable.Rule("@code", "Kód", "sku", writeCode,
		fieldtable.Into(fieldtable.Text, func(l lineOf) *string { return &l.line.SKU })).
		WithNote("empty on a line that is not tied to stock"),
	fieldtable.Rule("@payVAT", "Cena s DPH", "../pricesIncludeVat",
		func(l lineOf) (string, bool) { return yesNo(l.doc.PricesIncludeVAT.IsYes()), true }, readPayVAT),
	fieldtable.Rule("@price", "Jedn. cena", "unitPrice, discountPercent",
		func(l lineOf) (string, bool) { return discounted(l.line).String(), true },
		fieldtable.Into(fieldtable.Decimal, func(l lineOf) *money.Decimal { return &l.line.UnitPrice })).
		WithNote("the format has no discount, so it goes into the price"),
	fieldtable.Rule("@rateVAT", "Sazba DPH", "vatRate", writeRate, readRate),
	fieldtable.Field(fieldtable.Text, ".", "Text", "name", func(l lineOf) *string { return &l.line.Name }),
}

// customer has every element, empty where nothing is known, as the sample does.
var customer = fieldtable.Table[*orderOf]{
	always("company", "Firma", "name", func(o *orderOf) *string { return &o.customer.Name }),
	always("division", "Oddělení", "division", func(o *orderOf) *string { return &o.customer.Division }),
	always("name", "Jméno", "person", func(o *orderOf) *string { return &o.customer.Person }),
	always("street", "Ulice", "address.street", func(o *orderOf) *string { return &o.customer.Address.Street }),
	always("city", "Obec", "address.city", func(o *orderOf) *string { return &o.customer.Address.City }),
	always("psc", "PSČ", "address.zip", func(o *orderOf) *string { return &o.customer.Address.Zip }),
	always("ico", "IČO", "registrationId", func(o *orderOf) *string { return &o.customer.RegistrationID }),
	fieldtable.Rule("dic", "DIČ", "taxId, vatId",
		func(o *orderOf) (string, bool) { return fieldtable.OneLine(o.customer.TaxNumber(o.set.Country)), true },
		fieldtable.Into(fieldtable.Text, func(o *orderOf) *string { return &o.customer.TaxID })),
	always("tel", "Telefon", "phone", func(o *orderOf) *string { return &o.customer.Phone }),
	always("fax", "Fax", "fax", func(o *orderOf) *string { return &o.customer.Fax }),
	always("email", "E-mail", "email", func(o *orderOf) *string { return &o.customer.Email }),
	always("www", "WWW", "web", func(o *orderOf) *string { return &o.customer.Web }),
	fieldtable.Rule("remark", "Poznámka", "../note",
		func(o *orderOf) (string, bool) { text, _ := fieldtable.Memo.Format(o.doc.Note); return text, true },
		fieldtable.Into(fieldtable.Memo, func(o *orderOf) *string { return &o.doc.Note })),
	fieldtable.Nest("consignee", "Dodací adresa", "../shipTo", consignee, func(o *orderOf) (*orderOf, bool) { return o, o.shipTo.IsPlace() }),
}

// consignee is the delivery address.
var consignee = fieldtable.Table[*orderOf]{
	always("company", "Dodací adresa: firma", "company", func(o *orderOf) *string { return &o.shipTo.Company }),
	always("division", "Dodací adresa: oddělení", "division", func(o *orderOf) *string { return &o.shipTo.Division }),
	always("name", "Dodací adresa: jméno", "person", func(o *orderOf) *string { return &o.shipTo.Person }),
	always("street", "Dodací adresa: ulice", "address.street", func(o *orderOf) *string { return &o.shipTo.Address.Street }),
	always("city", "Dodací adresa: obec", "address.city", func(o *orderOf) *string { return &o.shipTo.Address.City }),
	always("psc", "Dodací adresa: PSČ", "address.zip", func(o *orderOf) *string { return &o.shipTo.Address.Zip }),
}

var plan = fieldtable.Compile(root, "eform", nil)

// Rows is the printed field table.
func Rows() []fieldtable.Info { return root.Infos() }

// Encode writes an order as the element eform. What the format cannot say is
// refused, and what it has no place for is named.
func Encode(doc *trade.Document, totals *vat.Totals, set *Settings) (*etree.Element, diag.List) {
	w := &fieldtable.Writer{Fit: set.Fit}
	o := &orderOf{doc: doc, customer: doc.Customer, shipTo: doc.ShipTo, totals: totals, set: set}
	if o.customer == nil {
		o.customer = &trade.Party{}
	}
	if o.shipTo == nil && len(o.customer.ShipTo) > 0 {
		o.shipTo = &o.customer.ShipTo[0]
	}
	w.Issues.Add(unsayable(o)...)
	el := &etree.Element{Tag: "eform"}
	plan.Encode(o, w, el)
	return el, w.Issues
}

// NoOrder says what an eForm holds that is no order; nil of one that is. The format
// has invoices, proforma invoices and delivery notes as well (reference OPERATION,
// section 1.2), which are not read.
func NoOrder(el *etree.Element) *diag.Issue {
	if el.SelectElement("order") != nil {
		return nil
	}
	for _, child := range el.ChildElements() {
		return diag.New(CodeNoOrder).WithValue(child.Tag)
	}
	return diag.New(CodeNoOrder)
}

// Decode reads the element eform of an order.
func Decode(el *etree.Element, set *Settings) (*trade.Record, *fieldtable.Reader) {
	doc := &trade.Document{Head: trade.Head{Kind: trade.Order}, Direction: trade.Received, Currency: money.Home(set.Country)}
	o := &orderOf{doc: doc, customer: &trade.Party{}, shipTo: &trade.ShipTo{}, set: set}
	r := &fieldtable.Reader{}
	plan.Decode(o, r, el)
	if !o.customer.Unnamed() {
		doc.Customer = o.customer
	}
	if !o.shipTo.IsZero() {
		doc.ShipTo = o.shipTo
	}
	for i := range doc.Lines {
		finish(&doc.Lines[i])
	}
	return &trade.Record{Of: doc}, r
}
