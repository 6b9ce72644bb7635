package trade

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/money"
)

// Line is one line of a document.
type Line struct {
	ID   string   `json:"id,omitzero"`
	Kind LineKind `json:"kind,omitzero"`
	// SKU is the code that POHODA looks for among its stock ("Kód").
	SKU string `json:"sku,omitzero"`
	// Storage is POHODA's "Členění", Store its "Sklad".
	Storage     string `json:"storage,omitzero"`
	Store       string `json:"store,omitzero"`
	EAN         string `json:"ean,omitzero"`
	Name        string `json:"name"`
	Description string `json:"description,omitzero"`
	Note        string `json:"note,omitzero"`
	// Quantity counts Units; absent is 1.
	Quantity money.Decimal `json:"quantity,omitzero"`
	Unit     string        `json:"unit,omitzero"`
	// UnitPrice is the price of one unit before the discount, in the document's
	// currency, with or without VAT as the document's PricesIncludeVAT says.
	UnitPrice money.Decimal `json:"unitPrice,omitzero"`
	ListPrice money.Decimal `json:"listPrice,omitzero"`
	// DiscountPercent lowers the unit price; a negative one is a surcharge.
	DiscountPercent money.Decimal `json:"discountPercent,omitzero"`
	PurchasePrice   money.Decimal `json:"purchasePrice,omitzero"`
	// VATRate is the rate in percent, such as 21.
	VATRate money.Decimal `json:"vatRate,omitzero"`
	// VATCode states POHODA's rate level outright; the history levels are for
	// documents that correct an older one.
	VATCode VATCode `json:"vatCode,omitzero"`
	// VATClass is the unit's own "Členění DPH"; it is never guessed.
	VATClass          string `json:"vatClass,omitzero"`
	ReverseCharge     Flag   `json:"reverseCharge,omitzero"`
	ReverseChargeCode string `json:"reverseChargeCode,omitzero"`
	OSSService        string `json:"ossService,omitzero"`
	// Parent is the id of the set line of which this is a component.
	Parent   string `json:"parent,omitzero"`
	Project  string `json:"project,omitzero"`
	Centre   string `json:"centre,omitzero"`
	Activity string `json:"activity,omitzero"`
	// Totals are the sums that the source claims for the line.
	Totals            Amounts       `json:"totals,omitzero"`
	DeliveredQuantity money.Decimal `json:"deliveredQuantity,omitzero"`
	StockLink         StockLink     `json:"stockLink,omitzero"`
	Parameters        []Parameter   `json:"parameters,omitzero"`
	Custom            Free          `json:"custom,omitzero"`
}

// unlinkedKinds are lines that are no goods: a code they carry is the source's
// own and is on no stock card, unless the record says so.
var unlinkedKinds = []LineKind{"text", "shipping", "payment-fee", "discount", "rounding", "advance"}

// Linked tells whether a line is to be tied to POHODA's stock.
func (l *Line) Linked() bool {
	switch {
	case l.SKU == "" || l.StockLink == LinkNever:
		return false
	case l.StockLink == LinkRequired:
		return true
	}
	return !slices.Contains(unlinkedKinds, l.Kind)
}

// Amounts are the sums of a line or a rate, in the document's currency.
type Amounts struct {
	Net   money.Decimal `json:"net,omitzero"`
	VAT   money.Decimal `json:"vat,omitzero"`
	Gross money.Decimal `json:"gross,omitzero"`
}

// LineKind says what a line stands for; absent is a product.
type LineKind string

// The kinds of line that the checks know by name.
const (
	ProductLine  LineKind = "product"
	TextLine     LineKind = "text"
	RoundingLine LineKind = "rounding"
	SetLine      LineKind = "set"
	SetItemLine  LineKind = "set-item"
	AdvanceLine  LineKind = "advance"
)

// Values lists the kinds of line.
func (LineKind) Values() []string {
	return []string{"product", "service", "shipping", "payment-fee", "discount", "text", "rounding", "set", "set-item", "advance"}
}

// VATCode is a rate level of POHODA.
type VATCode string

// Values lists the rate levels.
func (VATCode) Values() []string {
	return []string{"none", "high", "low", "third", "history-high", "history-low", "history-third"}
}

// StockLink says whether a line is tied to POHODA's stock; absent is if-exists.
type StockLink string

// How a line is tied to stock.
const (
	LinkRequired StockLink = "require"
	LinkIfExists StockLink = "if-exists"
	LinkNever    StockLink = "never"
)

// Values lists the ways to tie a line to stock.
func (StockLink) Values() []string {
	return []string{string(LinkRequired), string(LinkIfExists), string(LinkNever)}
}

// Parameter is a user's field ("volitelný parametr") of POHODA.
type Parameter struct {
	// Name is the name of the database field (VPrXxx), 16 characters at most.
	Name string `json:"name"`
	// Type says how POHODA keeps the value; absent is text.
	Type  ParameterType `json:"type,omitzero"`
	Value string        `json:"value"`
	// List is the name of the list that a value of type list comes from.
	List string `json:"list,omitzero"`
}

// ParameterType is how POHODA keeps a user's field.
type ParameterType string

// Values lists the types of parameter (type.xsd, parameterDocType).
func (ParameterType) Values() []string {
	return []string{"text", "memo", "currency", "boolean", "number", "date", "integer", "list"}
}

// Rated tells a line that bears VAT in its source.
func (l Line) Rated() bool {
	return l.VATRate.Sign() != 0 || l.VATCode != "" && l.VATCode != "none"
}
