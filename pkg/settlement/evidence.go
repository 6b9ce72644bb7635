package settlement

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Evidence is what a file says of one invoice of POHODA: a row of the CSV export
// of an agenda, or an invoice in a list of XML. Verdicts on orders rest on it.
type Evidence struct {
	// Invoice is the invoice's number, Symbol its variable symbol.
	Invoice string
	Symbol  string
	Kind    EvidenceKind
	// Orders are the orders to which the invoice belongs, as the file says it.
	Orders []OrderLink
	// Customer is the name of the customer, for people.
	Customer string
	// Date is the day of issue; it is never the day of payment. Settled is the
	// day on which it was settled, where the file has one.
	Date, Settled trade.Date
	// Currency is the document's. Total and Due are in it; absent is unknown.
	// Amounts in the home currency and in the document's are never mixed.
	Currency money.Currency
	Total    money.Decimal
	// Due is POHODA's "K likvidaci": what is still to be paid. 0 is settled,
	// absent is unknown and never paid.
	Due money.Decimal
	// Deducted is what an invoice deducts for advances, of which its Total is free;
	// absent is unknown: then Total may be before or after the deduction. Applied is
	// how much of an advance was deducted, Retained what of an invoice is held back by
	// agreement and not yet released.
	Deducted, Applied, Retained money.Decimal
	Cancelled                   trade.Flag
	// Doubts are reasons why the row proves nothing, or only a possible match:
	// an unknown word in Storno or Typ, a number that a spreadsheet has spoiled.
	Doubts diag.List
	// At is the file and the line; Digest is that of the whole file (sha256, hex).
	At     diag.Position
	Digest string
}

// EvidenceKind is what an invoice is in the chain of an order.
type EvidenceKind string

// The kinds of invoice that verdicts tell apart.
const (
	FinalEvidence   EvidenceKind = "invoice"
	AdvanceEvidence EvidenceKind = "advance"
	CreditEvidence  EvidenceKind = "credit-note"
	// DebitEvidence is an invoice that raises the price of what was sold.
	DebitEvidence EvidenceKind = "debit-note"
	// OtherEvidence is a claim that is no invoice of an order, such as a penalty.
	OtherEvidence   EvidenceKind = "other"
	UnknownEvidence EvidenceKind = "unknown"
)

// OrderLink says how an invoice names an order.
type OrderLink struct {
	Via LinkVia
	// Number is the text that names the order; PohodaID is the record's number in
	// POHODA's database, 0 when the file does not say it.
	Number   string
	PohodaID int64
	// System is the one whose external id the number is, as POHODA keeps it
	// (exSystemName): the system and, behind a colon, the instance.
	System string
}

// LinkVia is the way by which an invoice names an order.
type LinkVia string

// The ways, the surest last.
const (
	// ViaCell is the order number of a CSV ("Občj"): any text.
	ViaCell LinkVia = "order-number"
	// ViaNumberOrder is the invoice's own numberOrder.
	ViaNumberOrder LinkVia = "number-order"
	// ViaHeader and ViaLine are links of the invoice or of its lines to an order.
	ViaHeader LinkVia = "link"
	ViaLine   LinkVia = "line-link"
	// ViaSlip is a link to an issue slip that was made of the order; the number
	// is the slip's.
	ViaSlip LinkVia = "issue-slip"
	// ViaExtID is the external id that this tool gave the order.
	ViaExtID LinkVia = "ext-id"
)
