package trade

import (
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// SchemaVersion is the version of the canonical record; only "1" exists.
type SchemaVersion string

// Values lists the versions that a reader takes.
func (SchemaVersion) Values() []string { return []string{"1"} }

// Document is a deal, order, offer or invoice.
type Document struct {
	Head
	// Direction is POHODA's: an order of a customer is received, an invoice to
	// one is issued.
	Direction Direction `json:"direction,omitzero"`
	// Number is the document's own number or code.
	Number string `json:"number,omitzero"`
	// ExternalNumber is the other side's number of the document.
	ExternalNumber string `json:"externalNumber,omitzero"`
	// NumberSeries is POHODA's "Číselná řada".
	NumberSeries string `json:"numberSeries,omitzero"`
	Title        string `json:"title,omitzero"`

	IssueDate      Date `json:"issueDate,omitzero"`
	ValidUntil     Date `json:"validUntil,omitzero"`
	DueDate        Date `json:"dueDate,omitzero"`
	TaxPointDate   Date `json:"taxPointDate,omitzero"`
	AccountingDate Date `json:"accountingDate,omitzero"`
	DeliverFrom    Date `json:"deliverFrom,omitzero"`
	DeliverUntil   Date `json:"deliverUntil,omitzero"`
	OrderDate      Date `json:"orderDate,omitzero"`
	// Forecast is when the source expects to win or deliver; it is no promise
	// and is not sent.
	Forecast Date `json:"forecast,omitzero"`

	Customer *Party  `json:"customer,omitzero"`
	Supplier *Party  `json:"supplier,omitzero"`
	ShipTo   *ShipTo `json:"shipTo,omitzero"`
	Owner    Person  `json:"owner,omitzero"`

	Currency     money.Currency `json:"currency,omitzero"`
	ExchangeRate ExchangeRate   `json:"exchangeRate,omitzero"`
	// PricesIncludeVAT says whether unit prices are gross; absent is net.
	PricesIncludeVAT Flag    `json:"pricesIncludeVat,omitzero"`
	VATMode          VATMode `json:"vatMode,omitzero"`
	OSS              OSS     `json:"oss,omitzero"`

	Payment    PaymentInfo      `json:"payment,omitzero"`
	Lines      []Line           `json:"lines,omitzero"`
	Advances   []AdvancePayment `json:"advances,omitzero"`
	References []Reference      `json:"references,omitzero"`

	// Project is POHODA's "Zakázka".
	Project    Ref    `json:"project,omitzero"`
	Centre     string `json:"centre,omitzero"`
	Activity   string `json:"activity,omitzero"`
	PriceLevel string `json:"priceLevel,omitzero"`
	Accounting string `json:"accounting,omitzero"`
	VATClass   string `json:"vatClass,omitzero"`
	KVClass    string `json:"kvClass,omitzero"`
	Carrier    string `json:"carrier,omitzero"`
	// Reserve asks POHODA to reserve the stock of the order.
	Reserve   Flag `json:"reserve,omitzero"`
	Permanent Flag `json:"permanent,omitzero"`

	// Totals are the sums that the source claims.
	Totals   Totals   `json:"totals,omitzero"`
	Rounding Rounding `json:"rounding,omitzero"`

	Text string `json:"text,omitzero"`
	// Note is the customer's own remark, printed on the document.
	Note string `json:"note,omitzero"`
	// InternalNote is for the unit alone.
	InternalNote string       `json:"internalNote,omitzero"`
	Tags         []string     `json:"tags,omitzero"`
	Labels       []string     `json:"labels,omitzero"`
	Parameters   []Parameter  `json:"parameters,omitzero"`
	Attachments  []Attachment `json:"attachments,omitzero"`
	Custom       Free         `json:"custom,omitzero"`
}

// Direction is POHODA's side of an agenda.
type Direction string

// The directions.
const (
	Issued   Direction = "issued"
	Received Direction = "received"
)

// Values lists the directions.
func (Direction) Values() []string { return []string{string(Issued), string(Received)} }

// Status is the state in the source.
type Status struct {
	Phase Phase `json:"phase,omitzero"`
	// Name is the state as the source calls it.
	Name string `json:"name,omitzero"`
	ID   string `json:"id,omitzero"`
}

// Phase is a state that means the same in every source.
type Phase string

// The phases.
const (
	Draft      Phase = "draft"
	Open       Phase = "open"
	InProgress Phase = "in-progress"
	Done       Phase = "done"
	Won        Phase = "won"
	Lost       Phase = "lost"
	Cancelled  Phase = "cancelled"
)

// Values lists the phases.
func (Phase) Values() []string {
	return []string{string(Draft), string(Open), string(InProgress), string(Done), string(Won), string(Lost), string(Cancelled)}
}

// PohodaState is what POHODA says of a document that it holds.
type PohodaState struct {
	ID        int64  `json:"id,omitzero"`
	Number    string `json:"number,omitzero"`
	Executed  Flag   `json:"executed,omitzero"`
	Delivered Flag   `json:"delivered,omitzero"`
	Reserved  Flag   `json:"reserved,omitzero"`
	Cancelled Flag   `json:"cancelled,omitzero"`
}

// Person is somebody of the unit, such as the owner of a deal.
type Person struct {
	ID    string `json:"id,omitzero"`
	Name  string `json:"name,omitzero"`
	Email string `json:"email,omitzero"`
}

// ExchangeRate is home currency for Amount units of the document's currency
// (POHODA's Kurz and Množství).
type ExchangeRate struct {
	Rate   money.Decimal `json:"rate"`
	Amount money.Decimal `json:"amount,omitzero"`
	Date   Date          `json:"date,omitzero"`
}

// VATMode says under which regime a document falls; absent is domestic.
type VATMode string

// The regimes.
const (
	Domestic      VATMode = "domestic"
	ReverseCharge VATMode = "reverse-charge"
	IntraEU       VATMode = "intra-eu"
	ExportOutside VATMode = "export"
	OneStopShop   VATMode = "oss"
	Exempt        VATMode = "exempt"
	NonPayer      VATMode = "non-payer"
)

// Values lists the regimes.
func (VATMode) Values() []string {
	return []string{string(Domestic), string(ReverseCharge), string(IntraEU), string(ExportOutside), string(OneStopShop), string(Exempt), string(NonPayer)}
}

// OSS says how a document falls under the One Stop Shop.
type OSS struct {
	Country  Country  `json:"country,omitzero"`
	Kind     string   `json:"kind,omitzero"`
	Evidence []string `json:"evidence,omitzero"`
}

// Reference is another document to which this one belongs.
type Reference struct {
	Kind   ReferenceKind `json:"kind"`
	Number string        `json:"number,omitzero"`
	ID     string        `json:"id,omitzero"`
	Date   Date          `json:"date,omitzero"`
	// Source is the document in its own system, where the reference says it.
	Source Source `json:"source,omitzero"`
}

// ReferenceKind says what a reference points to.
type ReferenceKind string

// CorrectedInvoice marks a document that corrects an older one; only then may
// its lines carry a rate that is no longer valid.
const CorrectedInvoice ReferenceKind = "corrected-invoice"

// Values lists the kinds of reference.
func (ReferenceKind) Values() []string {
	return []string{"deal", "order", "offer", "invoice", "proforma", "delivery", string(CorrectedInvoice)}
}

// Ref is a deal or project to which a document belongs.
type Ref struct {
	ID       string `json:"id,omitzero"`
	Number   string `json:"number,omitzero"`
	PohodaID int64  `json:"pohodaId,omitzero"`
}

// Totals are the sums of a document in its currency.
type Totals struct {
	Amounts
	// Rounding is what rounding the document added, Payable what is to be paid.
	Rounding money.Decimal `json:"rounding,omitzero"`
	Payable  money.Decimal `json:"payable,omitzero"`
	ByRate   []RateSum     `json:"byRate,omitzero"`
}

// RateSum is the sum of the lines of one VAT rate.
type RateSum struct {
	// VATRate is absent where a file gives sums of a level whose percent is unknown.
	VATRate money.Decimal `json:"vatRate,omitzero"`
	Amounts
}

// Rounding names how POHODA computes: its values of roundingDocument, roundingVAT and
// typeCalculateVATInclusivePrice.
type Rounding struct {
	Document money.Rounding `json:"document,omitzero"`
	VAT      VATRounding    `json:"vat,omitzero"`
	// CalculateVAT takes VAT out of what the rounding of the document adds.
	CalculateVAT Flag `json:"calculateVat,omitzero"`
	// Method takes VAT out of gross prices; absent follows from the day. Slovak units
	// do not know it.
	Method vat.Method `json:"method,omitzero"`
}

// VATRounding is a value of POHODA's roundingVAT.
type VATRounding = vat.Rounding

// Attachment is a document or a page that belongs to a record.
type Attachment struct {
	Name string `json:"name,omitzero"`
	Path string `json:"path,omitzero"`
	URL  string `json:"url,omitzero"`
}
