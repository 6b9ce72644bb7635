package pohoda

import (
	"slices"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Invoices are all agendas of invoices, issued and received: inv:invoice
// (invoice.xsd). They are read; making them of records is not built.
var Invoices = register(&Agenda{
	Name:    "invoice",
	Title:   "Faktury, Zálohové faktury, Ostatní pohledávky a závazky",
	Prefix:  "inv",
	Element: "invoice",
	Schema:  "invoice.xsd",
	List:    List{"lst:listInvoice", "lst:invoice", "list.xsd"},
	Rows:    invoice.Infos,
	open:    openDocument(invoice, trade.Invoice, (*documentOf).settle),
})

// invoice is inv:invoice itself (invoice.xsd, invoiceType).
var invoice = slices.Concat(documentParts("inv:", "invoice", invoiceHeader, invoiceLine), links("inv:links"), documentRows{
	fieldtable.Unmapped[*documentOf]("inv:cancelDocument", "", "a request to cancel another document"),
	fieldtable.Unmapped[*documentOf]("inv:correctiveDocument/@itemTransfer", "", "a request to POHODA"),
	fieldtable.Many("inv:correctiveDocument/typ:sourceDocument", "Opravovaný doklad", "references", sourceDocument,
		nothing[*documentOf, *trade.Reference], corrected).Only(fieldtable.ReadOnly),
	fieldtable.Many("inv:invoiceRetentions/inv:invoiceRetention", "Pozastávky", "payment.retainedAmount", invoiceRetention,
		nothing[*documentOf, *retention], nextRetention).Only(fieldtable.ReadOnly).
		WithNote("what is held back by agreement is not unpaid"),
	fieldtable.Many("inv:invoiceDetail/inv:invoiceAdvancePaymentItem", "Odpočty záloh", "advances", invoiceAdvance,
		nothing[*documentOf, advanceOf], nextAdvance).Only(fieldtable.ReadOnly),
	fieldtable.Unmapped[*documentOf]("inv:liquidations", "Likvidace", "the payments one by one; the liquidation says what is left of them"),
	fieldtable.Unmapped[*documentOf]("inv:EET", "EET", "the electronic record of sales ended in 2023"),
})

// invoiceHeader is the head of an invoice (invoice.xsd, invoiceHeaderType).
var invoiceHeader = slices.Concat(documentHead("inv:"), documentAccounting("inv:"), invoiceLiquidation, documentRows{
	fieldtable.Rule("inv:invoiceType", "Agenda, Typ", "kind, direction", nil, readInvoiceType),
	fieldtable.Rule("inv:storno", "Storno", "pohoda.cancelled", nil, readInvoiceStorno),
	fieldtable.Unmapped[*documentOf]("inv:sphereType", "Typ pohledávky, závazku", "the tax records' own kinds"),
	fieldtable.Rule("inv:number/typ:numberRequested", "Číslo", "number, pohoda.number", nil, readInvoiceNumber),
	fieldtable.Rule("inv:number/typ:numberRequested/@checkDuplicity", "", "", nil, ignore[*documentOf]).
		WithNote("a request to POHODA"),
	code("inv:symVar", "Var. sym.", "payment.variableSymbol", func(o *documentOf) *string { return &o.doc.Payment.VariableSymbol }),
	code("inv:originalDocument", "Doklad", "externalNumber", func(o *documentOf) *string { return &o.doc.ExternalNumber }).
		WithNote("the supplier's number; received invoices only"),
	fieldtable.Rule("inv:originalDocumentNumber", "Původní číslo dokladu", "references", nil, readOriginal).
		WithNote("a field of the Slovak edition, of credit and debit notes"),
	fieldtable.Unmapped[*documentOf]("inv:symPar", "Pár. sym.", "the books' own"),
	date("inv:date", "Datum", "issueDate", func(o *documentOf) *trade.Date { return &o.doc.IssueDate }),
	date("inv:dateTax", "Datum zdan. plnění", "taxPointDate", func(o *documentOf) *trade.Date { return &o.doc.TaxPointDate }),
	date("inv:dateAccounting", "Datum úč. případu", "accountingDate", func(o *documentOf) *trade.Date { return &o.doc.AccountingDate }),
	fieldtable.Unmapped[*documentOf]("inv:dateKHDPH", "Datum KH DPH", "the VAT return's own"),
	date("inv:dateDue", "Splatno", "dueDate", func(o *documentOf) *trade.Date { return &o.doc.DueDate }),
	fieldtable.Unmapped[*documentOf]("inv:dateApplicationVAT", "Datum uplatnění DPH", "the VAT return's own"),
	fieldtable.Unmapped[*documentOf]("inv:dateDelivery", "Datum dodání", "a field of the Slovak edition, of received invoices"),
	fieldtable.Unmapped[*documentOf]("inv:numberKHDPH", "Číslo KH DPH", "the VAT return's own"),
	fieldtable.Unmapped[*documentOf]("inv:numberKVDPH", "Číslo KV DPH", "the VAT return's own"),
	fieldtable.Many("inv:order", "Objednávka", "references", orderReference, nothing[*documentOf, *trade.Reference], behind).Only(fieldtable.ReadOnly),
	fieldtable.Rule("inv:numberOrder", "Objednávka č.", "references", nil, readNumberOrder).
		WithNote("the number of the order from which the invoice was made"),
	date("inv:dateOrder", "Objednávka ze dne", "orderDate", func(o *documentOf) *trade.Date { return &o.doc.OrderDate }),
	unitCode("price_level", "inv:priceLevel/typ:ids", "Cenová hladina", "priceLevel", func(o *documentOf) *string { return &o.doc.PriceLevel }),
	fieldtable.Unmapped[*documentOf]("inv:account/typ:id", "", "the abbreviation says the same"),
	unitCode("account", "inv:account/typ:ids", "Účet", "payment.account.pohodaIds", func(o *documentOf) *string { return &o.doc.Payment.Account.PohodaIDs }),
	code("inv:account/typ:accountNo", "Číslo účtu", "payment.account.number", func(o *documentOf) *string { return &o.doc.Payment.Account.Number }),
	code("inv:account/typ:bankCode", "Kód banky", "payment.account.bankCode", func(o *documentOf) *string { return &o.doc.Payment.Account.BankCode }),
	code("inv:symConst", "Konst. sym.", "payment.constantSymbol", func(o *documentOf) *string { return &o.doc.Payment.ConstantSymbol }),
	code("inv:symSpec", "Spec. sym.", "payment.specificSymbol", func(o *documentOf) *string { return &o.doc.Payment.SpecificSymbol }),
	fieldtable.Many("inv:paymentAccount", "Účet partnera", "customer.bankAccounts", paymentAccount, nothing[*documentOf, *trade.BankAccount],
		func(o *documentOf) *trade.BankAccount { return more(&o.partner.BankAccounts) }).Only(fieldtable.ReadOnly),
	fieldtable.Unmapped[*documentOf]("inv:messageForRecipient", "Zpráva pro příjemce", "a text of payment orders"),
	fieldtable.Unmapped[*documentOf]("inv:dateOfPaymentOrder", "Datum příkazu", "a payment order is no payment"),
	fieldtable.Unmapped[*documentOf]("inv:paymentTerminal", "Platební terminál", "the form of payment says it"),
	fieldtable.Unmapped[*documentOf]("inv:dateTaxOriginalDocumentMOSS", "Datum původního dokladu OSS", "the VAT return's own"),
	fieldtable.Unmapped[*documentOf]("inv:correctionMOSS", "Oprava OSS", "the VAT return's own"),
	unitCode("carrier", "inv:carrier/typ:ids", "Dopravce", "carrier", func(o *documentOf) *string { return &o.doc.Carrier }),
	memo("inv:intNote", "Interní poznámka", "internalNote", func(o *documentOf) *string { return &o.doc.InternalNote }),
	fieldtable.Rule("inv:applied", "Uplatněno", "payment.appliedAmount", nil,
		fieldtable.Into(fieldtable.Decimal, func(o *documentOf) *money.Decimal { return &o.doc.Payment.AppliedAmount })).
		WithNote("how much of an advance was deducted"),
	fieldtable.Unmapped[*documentOf]("inv:intrastat", "Intrastat", "the statistics of trade; no CRM has it"),
	fieldtable.Unmapped[*documentOf]("inv:validate", "", "a request to POHODA"),
	fieldtable.Unmapped[*documentOf]("inv:postponedIssue", "Odložené vyskladnění", "a request to POHODA"),
	fieldtable.Unmapped[*documentOf]("inv:postponedReceive", "Odložené naskladnění", "a request to POHODA"),
})

// Trail is an invoice with what it says of its orders and of what was deducted.
type Trail struct {
	Document *trade.Document
	// NumberOrder is the order from which the invoice was made.
	NumberOrder string
	// Head and Lines are the documents to which the invoice and its lines are tied.
	Head, Lines []trade.Reference
	// Deducted is the sum of the advances that the invoice deducts, in its currency;
	// unset where it cannot be told.
	Deducted money.Decimal
}

// OpenTrails reads trails of invoices. What it cannot read the reader tells.
func OpenTrails() func(el *etree.Element, s *Settings, r *fieldtable.Reader) Trail {
	plan := planDocument(Invoices, invoice, trade.Invoice, (*documentOf).settle, nil)
	return func(el *etree.Element, s *Settings, r *fieldtable.Reader) Trail {
		o := plan.decode(el, s, r)
		return Trail{Document: o.doc, NumberOrder: o.numberOrder, Head: o.headLinks, Lines: o.lineLinks, Deducted: o.deducts()}
	}
}
