package pohoda

import (
	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// Orders are the agendas Přijaté objednávky and Vydané objednávky: ord:order
// (order.xsd). POHODA adds and deletes orders by XML; it cannot change one.
var Orders = register(&Agenda{
	Name:    "order",
	Title:   "Přijaté objednávky, Vydané objednávky",
	Prefix:  "ord",
	Element: "order",
	Schema:  "order.xsd",
	List:    "listOrder",
	Targets: orderTargets,
	Rows:    order.Infos,
	open:    openOrder,
})

var orderTargets = []Target{
	{"order", kinds(trade.Deal, trade.Order), kinds(trade.Offer), trade.Received, "receivedOrder"},
	{"issued-order", kinds(trade.Deal, trade.Order), nil, trade.Issued, "issuedOrder"},
}

// orderOf is an order and what its rows need beside it.
type orderOf struct {
	doc     *trade.Document
	partner *trade.Party
	target  Target
	set     *Settings
	foreign bool
	// totals are the computed sums, with the rate level of each line.
	totals *vat.Totals
	// sums are POHODA's own, as they were read.
	sums levelSums
	// unsaid are fields with a value for which such an order has no place.
	unsaid []string
}

// order is ord:order itself (order.xsd, orderType).
var order = fieldtable.Table[*orderOf]{
	constant[*orderOf]("@version", "2.0", "the version of the format"),
	fieldtable.Unmapped[*orderOf]("ord:links", "", "an order is sent whole; creating it from an offer comes with offers"),
	fieldtable.Unmapped[*orderOf]("ord:actionType", "", "adding is the default; deleting is a command, not a field"),
	fieldtable.Nest("ord:orderHeader", "", "", orderHeader, whole[*orderOf]),
	fieldtable.Many("ord:orderDetail/ord:orderItem", "Položky", "lines", orderLine, orderLines, nextOrderLine),
	fieldtable.Unmapped[*orderOf]("ord:orderDetail/ord:roundingItem", "", "POHODA gives it; the totals hold the rounding"),
	fieldtable.Nest("ord:orderSummary", "", "", orderSummary, whole[*orderOf]),
	fieldtable.Many("ord:linkedDocuments/typ:link", "Vazby", "references", linkedDocument, nothing[*orderOf, *trade.Reference],
		func(o *orderOf) *trade.Reference { return more(&o.doc.References) }).Only(fieldtable.Given),
	fieldtable.Unmapped[*orderOf]("ord:attachments/typ:files", "", "the contents of files cannot be sent by XML"),
	fieldtable.Many("ord:attachments/typ:urlAddress", "Přílohy", "attachments", urlAttachment,
		func(o *orderOf) []*trade.Attachment { return pages(o.doc.Attachments) },
		func(o *orderOf) *trade.Attachment { return more(&o.doc.Attachments) }),
	fieldtable.Unmapped[*orderOf]("ord:attachments/typ:shortcut", "", "a path on POHODA's own computer"),
	fieldtable.Unmapped[*orderOf]("ord:print", "", "printing is POHODA's business"),
}

// orderHeader is the head of an order (order.xsd, orderHeaderType).
var orderHeader = fieldtable.Table[*orderOf]{
	recordID("ord:id", "ID", "pohoda.id", func(o *orderOf) *int64 { return &o.doc.Pohoda.ID }).Only(fieldtable.Given),
	fieldtable.Nest("ord:extId", "Externí ID", "source", externalID, orderSource),
	fieldtable.Rule("ord:orderType", "Agenda", "direction", writeOrderType, readOrderType),
	fieldtable.Rule("ord:storno", "Storno", "pohoda.cancelled", nil, readStorno),
	fieldtable.Unmapped[*orderOf]("ord:number/typ:id", "", "series differ between units, so their abbreviation is used"),
	text("ord:number/typ:ids", "Číselná řada", "numberSeries", func(o *orderOf) *string { return &o.doc.NumberSeries }),
	text("ord:number/typ:numberRequested", "Číslo", "pohoda.number", func(o *orderOf) *string { return &o.doc.Pohoda.Number }).
		Only(fieldtable.Given).Because("POHODA numbers the order itself, from its series"),
	fieldtable.Rule("ord:number/typ:numberRequested/@checkDuplicity", "", "", nil, ignore[*orderOf]).
		Because("a request to POHODA"),
	fieldtable.Rule("ord:numberOrder", "Objednávka č.", "number", writeNumber, readNumber).
		Because("the deal's code; received orders only"),
	date("ord:date", "Datum zápisu", "issueDate", func(o *orderOf) *trade.Date { return &o.doc.IssueDate }),
	dateOf("ord:dateDelivery", "Dodání", "deliverUntil", trade.Issued, func(o *orderOf) *trade.Date { return &o.doc.DeliverUntil }),
	fieldtable.Rule("ord:dateFrom", "Vyřídit od", "deliverFrom", writeDeliverFrom, readDeliverFrom).
		Because("received orders only"),
	dateOf("ord:dateTo", "Vyřídit do", "deliverUntil", trade.Received, func(o *orderOf) *trade.Date { return &o.doc.DeliverUntil }),
	fieldtable.Rule("ord:text", "Text", "title, text", writeTitle, readTitle),
	fieldtable.Nest("ord:partnerIdentity", "Odběratel, Dodavatel", "", partner, orderPartner),
	fieldtable.Unmapped[*orderOf]("ord:myIdentity", "Moje firma", "POHODA fills in the unit's own address"),
	fieldtable.Unmapped[*orderOf]("ord:paymentType/typ:id", "", "the abbreviation says the same"),
	text("ord:paymentType/typ:ids", "Forma úhrady", "payment.methodName", func(o *orderOf) *string { return &o.doc.Payment.MethodName }).
		Because("a form of payment of the unit, by maps.payment or defaults.payment"),
	fieldtable.Rule("ord:paymentType/typ:paymentType", "Typ úhrady", "payment.method", writePaymentType, readPaymentType),
	receivedText("ord:priceLevel/typ:ids", "Cenová hladina", "priceLevel", func(o *orderOf) *string { return &o.doc.PriceLevel }),
	flag("ord:isExecuted", "Vyřízeno", "pohoda.executed", func(o *orderOf) *trade.Flag { return &o.doc.Pohoda.Executed }),
	flag("ord:isDelivered", "Přeneseno", "pohoda.delivered", func(o *orderOf) *trade.Flag { return &o.doc.Pohoda.Delivered }).
		Only(fieldtable.Given),
	fieldtable.Rule("ord:isReserved", "Rezervace", "reserve, pohoda.reserved", writeReserve, readReserve),
	fieldtable.Unmapped[*orderOf]("ord:iShop", "Internetový obchod", "POHODA's own shop connection"),
	fieldtable.Unmapped[*orderOf]("ord:iShopName", "Internetový obchod", "POHODA's own shop connection"),
	fieldtable.Rule("ord:dateCancellation", "Datum storna", "pohoda.cancelled", nil, readStorno),
	fieldtable.Unmapped[*orderOf]("ord:centre/typ:id", "", "the abbreviation says the same"),
	text("ord:centre/typ:ids", "Středisko", "centre", func(o *orderOf) *string { return &o.doc.Centre }),
	fieldtable.Unmapped[*orderOf]("ord:activity/typ:id", "", "the abbreviation says the same"),
	text("ord:activity/typ:ids", "Činnost", "activity", func(o *orderOf) *string { return &o.doc.Activity }),
	fieldtable.Unmapped[*orderOf]("ord:contract/typ:id", "", "the abbreviation says the same"),
	text("ord:contract/typ:ids", "Zakázka", "project.number", func(o *orderOf) *string { return &o.doc.Project.Number }),
	fieldtable.Unmapped[*orderOf]("ord:regVATinEU", "Registrace DPH v EU", "a list of the unit; no CRM names it"),
	word("ord:MOSS/typ:ids", "Stát OSS", "oss.country", func(o *orderOf) *trade.Country { return &o.doc.OSS.Country }),
	fieldtable.Many("ord:evidentiaryResourcesMOSS/typ:ids", "Důkazní prostředky OSS", "oss.evidence", evidence,
		func(o *orderOf) []*string { return each(o.doc.OSS.Evidence) },
		func(o *orderOf) *string { return more(&o.doc.OSS.Evidence) }),
	fieldtable.Unmapped[*orderOf]("ord:accountingPeriodMOSS", "Období OSS", "POHODA derives it from the date"),
	fieldtable.Unmapped[*orderOf]("ord:permamentDocument", "", "the misspelt forerunner of permanentDocument"),
	flag("ord:permanentDocument", "Trvalý doklad", "permanent", func(o *orderOf) *trade.Flag { return &o.doc.Permanent }),
	memo("ord:note", "Poznámka", "note", func(o *orderOf) *string { return &o.doc.Note }),
	receivedText("ord:carrier/typ:ids", "Dopravce", "carrier", func(o *orderOf) *string { return &o.doc.Carrier }),
	fieldtable.Rule("ord:intNote", "Interní poznámka", "internalNote, owner, source.url, shipTo.pickupPoint, externalNumber", writeInternalNote, readInternalNote),
	fieldtable.Unmapped[*orderOf]("ord:histRate", "Historická sazba", "the rates of the lines say it"),
	fieldtable.Unmapped[*orderOf]("ord:lock1", "Zámek", "a state of POHODA's own"),
	fieldtable.Unmapped[*orderOf]("ord:lock2", "Zámek", "a state of POHODA's own"),
	fieldtable.Unmapped[*orderOf]("ord:markRecord", "Označení", "POHODA marks a new row by itself"),
	fieldtable.Many("ord:labels/typ:label", "Štítky", "labels", label,
		func(o *orderOf) []*string { return each(o.doc.Labels) },
		func(o *orderOf) *string { return more(&o.doc.Labels) }),
	fieldtable.Many("ord:parameters/typ:parameter", "Volitelné parametry", "parameters", parameter,
		func(o *orderOf) []*trade.Parameter { return each(o.doc.Parameters) },
		func(o *orderOf) *trade.Parameter { return more(&o.doc.Parameters) }),
}

// orderSummary is the summary of an order (order.xsd, orderSummaryType).
var orderSummary = fieldtable.Table[*orderOf]{
	word("ord:roundingDocument", "Zaokrouhlení dokladu", "rounding.document", func(o *orderOf) *money.Rounding { return &o.doc.Rounding.Document }),
	word("ord:roundingVAT", "Zaokrouhlení DPH", "rounding.vat", func(o *orderOf) *vat.Rounding { return &o.doc.Rounding.VAT }),
	fieldtable.Unmapped[*orderOf]("ord:calculateVAT", "", "VAT of the rounding amount is POHODA's own setting"),
	fieldtable.Unmapped[*orderOf]("ord:typeCalculateVATInclusivePrice", "", "POHODA chooses the method by the date"),
	fieldtable.Nest("ord:homeCurrency", "Celkem", "", homeSums, func(o *orderOf) (*levelSums, bool) { return &o.sums, true }).
		Only(fieldtable.Given).Because("POHODA computes the sums from the lines"),
	fieldtable.Nest("ord:foreignCurrency", "Cizí měna", "", foreignSum, func(o *orderOf) (*trade.Document, bool) { return o.doc, o.foreign }),
}

// openOrder binds the tables of an order to a schema.
func openOrder(limits fieldtable.Limits) codec {
	plan := fieldtable.Compile(order, "ord:order", limits)
	return codec{
		encode: func(r *trade.Record, totals *vat.Totals, t Target, s *Settings, w *fieldtable.Writer) *etree.Element {
			o := &orderOf{doc: r.Document, totals: totals, target: t, set: s, foreign: isForeign(r.Document, s.Unit)}
			o.partner = partnerFor(o.doc)
			el := &etree.Element{Space: "ord", Tag: "order"}
			plan.Encode(o, w, el)
			w.Issues.Add(o.leftUnsaid())
			return el
		},
		decode: func(el *etree.Element, s *Settings, r *fieldtable.Reader) *trade.Record {
			// The lines come before the currency, so the summary is asked first.
			o := &orderOf{doc: &trade.Document{Kind: trade.Order}, partner: &trade.Party{}, set: s,
				foreign: el.FindElement("orderSummary/foreignCurrency") != nil}
			o.doc.ShipTo = &trade.ShipTo{}
			plan.Decode(o, r, el)
			o.finish(r)
			return &trade.Record{Kind: trade.Order, Document: o.doc}
		},
	}
}
