package pohoda

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Orders are the agendas Přijaté objednávky and Vydané objednávky: ord:order
// (order.xsd). POHODA adds and deletes orders by XML; it cannot change one.
var Orders = register(&Agenda{
	Name:    "order",
	Title:   "Přijaté objednávky, Vydané objednávky",
	Prefix:  "ord",
	Element: "order",
	Schema:  "order.xsd",
	List:    List{"lst:listOrder", "lst:order", "list.xsd"},
	Targets: orderTargets,
	Verbs:   Add | Delete,
	Rows:    order.Infos,
	open:    openDocument(order, trade.Order, nil),
})

var orderTargets = []Target{
	{
		Name: "order", Title: diag.Words{English: "received order", Czech: "přijatá objednávka"}, Default: kinds(trade.Deal, trade.Order), Also: kinds(trade.Offer),
		Kind: trade.Order, Direction: trade.Received, Type: "receivedOrder", Filter: "prijate_objednavky", PDP: true,
	},
	{
		Name: "issued-order", Title: diag.Words{English: "issued order", Czech: "vydaná objednávka"}, Default: kinds(trade.Deal, trade.Order),
		Kind: trade.Order, Direction: trade.Issued, Type: "issuedOrder", Filter: "vydane_objednavky",
	},
}

// order is ord:order itself (order.xsd, orderType).
var order = slices.Concat(documentParts("ord:", "order", orderHeader, orderLine), documentRows{
	fieldtable.Unmapped[*documentOf]("ord:links", "", "an order is sent whole; creating it from an offer comes with offers"),
	fieldtable.Unmapped[*documentOf]("ord:actionType", "", "adding is the default; deleting is a command, not a field"),
})

// orderHeader is the head of an order (order.xsd, orderHeaderType).
var orderHeader = slices.Concat(documentHead("ord:"), documentRows{
	documentType("ord:orderType"),
	fieldtable.Rule("ord:storno", "Storno", "pohoda.cancelled", nil, readStorno),
	code("ord:number/typ:numberRequested", "Číslo", "pohoda.number", func(o *documentOf) *string { return &o.doc.Pohoda.Number }).
		Only(fieldtable.ReadOnly).WithNote("POHODA numbers the order itself, from its series"),
	fieldtable.Rule("ord:number/typ:numberRequested/@checkDuplicity", "", "", nil, ignore[*documentOf]).
		WithNote("a request to POHODA"),
	fieldtable.Rule("ord:numberOrder", "Objednávka č.", "number", writeNumber,
		fieldtable.Into(fieldtable.Text, func(o *documentOf) *string { return &o.doc.Number })).NeverCut().
		WithNote("the deal's code; received orders only"),
	date("ord:date", "Datum zápisu", "issueDate", func(o *documentOf) *trade.Date { return &o.doc.IssueDate }),
	dateOf("ord:dateDelivery", "Dodání", "deliverUntil", trade.Issued, func(o *documentOf) *trade.Date { return &o.doc.DeliverUntil }),
	fieldtable.Rule("ord:dateFrom", "Vyřídit od", "deliverFrom", writeDeliverFrom,
		fieldtable.Into(dateCodec, func(o *documentOf) *trade.Date { return &o.doc.DeliverFrom })).
		WithNote("received orders only"),
	dateOf("ord:dateTo", "Vyřídit do", "deliverUntil", trade.Received, func(o *documentOf) *trade.Date { return &o.doc.DeliverUntil }),
	receivedCode("price_level", "ord:priceLevel/typ:ids", "Cenová hladina", "priceLevel", func(o *documentOf) *string { return &o.doc.PriceLevel }),
	flag("ord:isExecuted", "Vyřízeno", "pohoda.executed", func(o *documentOf) *trade.Flag { return &o.doc.Pohoda.Executed }),
	flag("ord:isDelivered", "Přeneseno", "pohoda.delivered", func(o *documentOf) *trade.Flag { return &o.doc.Pohoda.Delivered }).
		Only(fieldtable.ReadOnly),
	fieldtable.Rule("ord:isReserved", "Rezervace", "reserve, pohoda.reserved", writeReserve, readReserve),
	fieldtable.Unmapped[*documentOf]("ord:iShop", "Internetový obchod", "POHODA's own shop connection"),
	fieldtable.Unmapped[*documentOf]("ord:iShopName", "Internetový obchod", "POHODA's own shop connection"),
	fieldtable.Rule("ord:dateCancellation", "Datum storna", "pohoda.cancelled", nil, readStorno),
	fieldtable.Unmapped[*documentOf]("ord:permamentDocument", "", "the misspelt forerunner of permanentDocument"),
	flag("ord:permanentDocument", "Trvalý doklad", "permanent", func(o *documentOf) *trade.Flag { return &o.doc.Permanent }),
	receivedCode("carrier", "ord:carrier/typ:ids", "Dopravce", "carrier", func(o *documentOf) *string { return &o.doc.Carrier }),
	fieldtable.Rule("ord:intNote", "Interní poznámka", "internalNote, owner.name, source.url, shipTo.pickupPoint, externalNumber, payment.variableSymbol, payment.constantSymbol, payment.specificSymbol, dueDate, payment.termsDays, payment.account.number, payment.account.bankCode, payment.account.iban, payment.account.pohodaIds", writeInternalNote,
		fieldtable.Into(fieldtable.Memo, func(o *documentOf) *string { return &o.doc.InternalNote })),
})

// orderLine is one line of an order: ord:orderItem (order.xsd, orderItemType).
var orderLine = slices.Concat(documentLine("ord:"), lineRows{
	decimal("ord:delivered", "Přeneseno", "deliveredQuantity", func(l lineOf) *money.Decimal { return &l.line.DeliveredQuantity }),
})
