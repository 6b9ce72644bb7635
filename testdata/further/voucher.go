package pohoda

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Vouchers are the agenda Pokladna: vch:voucher (voucher.xsd). Here they prove that an
// agenda of documents is one file; the tool does not have them.
var Vouchers = register(&Agenda{
	Name:    "voucher",
	Title:   "Pokladna",
	Prefix:  "vch",
	Element: "voucher",
	Schema:  "voucher.xsd",
	List:    List{"lst:listVoucher", "lst:voucher", "list.xsd"},
	Targets: []Target{
		{
			Name: "cash-receipt", Title: diag.Words{English: "cash receipt", Czech: "příjmový pokladní doklad"},
			Default: kinds(trade.Receivable), Also: kinds(trade.Deal, trade.Order), Kind: trade.Receivable, Direction: trade.Issued, Type: "receipt", PDP: true,
		},
		{
			Name: "cash-payment", Title: diag.Words{English: "cash payment", Czech: "výdajový pokladní doklad"},
			Default: kinds(trade.Receivable), Kind: trade.Receivable, Direction: trade.Received, Type: "expense", PDP: true,
		},
	},
	Verbs: Add,
	Rows:  voucher.Infos,
	open:  openDocument(voucher, trade.Receivable, nil),
})

var voucher = slices.Concat(
	documentParts("vch:", "voucher", voucherHeader, voucherLine).Without("vch:linkedDocuments/typ:link", "vch:linkedDocuments/typ:manualLink"),
	documentRows{fieldtable.Unmapped[*documentOf]("vch:EET", "EET", "the electronic record of sales ended in 2023")},
)

var voucherHeader = slices.Concat(
	documentHead("vch:").Without("vch:paymentType/typ:id", "vch:paymentType/typ:ids", "vch:paymentType/typ:paymentType"),
	documentAccounting("vch:"),
	documentRows{
		documentType("vch:voucherType"),
		unitCode("account", "vch:cashAccount/typ:ids", "Pokladna", "payment.account.pohodaIds", func(o *documentOf) *string { return &o.doc.Payment.Account.PohodaIDs }).
			Required(),
		code("vch:number/typ:numberRequested", "Číslo", "pohoda.number", func(o *documentOf) *string { return &o.doc.Pohoda.Number }).Only(fieldtable.ReadOnly),
		code("vch:originalDocument", "Doklad", "number", func(o *documentOf) *string { return &o.doc.Number }),
		date("vch:date", "Datum", "issueDate", func(o *documentOf) *trade.Date { return &o.doc.IssueDate }),
		date("vch:dateTax", "Datum zdan. plnění", "taxPointDate", func(o *documentOf) *trade.Date { return &o.doc.TaxPointDate }),
		memo("vch:intNote", "Interní poznámka", "internalNote", func(o *documentOf) *string { return &o.doc.InternalNote }),
	},
)

var voucherLine = documentLine("vch:").Without("vch:link", "vch:linkedDocument")
