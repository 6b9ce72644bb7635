package trade

import "github.com/gopohoda/pohoda/pkg/money"

// ProductRecord is a stock card or an article of a shop.
type ProductRecord struct {
	Head
	// SKU is POHODA's "Kód"; with Storage it is unique.
	SKU     string `json:"sku"`
	Storage string `json:"storage,omitzero"`
	Store   string `json:"store,omitzero"`
	EAN     string `json:"ean,omitzero"`
	// Type is the kind of card.
	Type            ProductType `json:"type,omitzero"`
	Name            string      `json:"name,omitzero"`
	NameComplement  string      `json:"nameComplement,omitzero"`
	Description     string      `json:"description,omitzero"`
	DescriptionLong string      `json:"descriptionLong,omitzero"`
	Note            string      `json:"note,omitzero"`
	Unit            string      `json:"unit,omitzero"`
	Units           []Unit      `json:"units,omitzero"`
	// VATRate and PurchaseVATRate are percent.
	VATRate         money.Decimal `json:"vatRate,omitzero"`
	PurchaseVATRate money.Decimal `json:"purchaseVatRate,omitzero"`
	// Currency is the currency of all prices of the record.
	Currency              money.Currency `json:"currency,omitzero"`
	SellingPrice          money.Decimal  `json:"sellingPrice,omitzero"`
	PurchasePrice         money.Decimal  `json:"purchasePrice,omitzero"`
	WeightedPurchasePrice money.Decimal  `json:"weightedPurchasePrice,omitzero"`
	PricesIncludeVAT      Flag           `json:"pricesIncludeVat,omitzero"`
	// PriceGroup is POHODA's "Cenová skupina".
	PriceGroup    string        `json:"priceGroup,omitzero"`
	Prices        []LevelPrice  `json:"prices,omitzero"`
	Actions       []PriceAction `json:"actions,omitzero"`
	Stock         StockLevel    `json:"stock,omitzero"`
	OrderName     string        `json:"orderName,omitzero"`
	Supplier      *Party        `json:"supplier,omitzero"`
	Producer      string        `json:"producer,omitzero"`
	Categories    []string      `json:"categories,omitzero"`
	Internet      Flag          `json:"internet,omitzero"`
	Weight        money.Decimal `json:"weight,omitzero"`
	Guarantee     string        `json:"guarantee,omitzero"`
	ReverseCharge Flag          `json:"reverseCharge,omitzero"`
	// Components are the items of a set or product, Linked the tied goods, both
	// in their order.
	Components []Component `json:"components,omitzero"`
	Linked     []Component `json:"linked,omitzero"`
	Pictures   []string    `json:"pictures,omitzero"`
	Custom     Free        `json:"custom,omitzero"`
}

// ProductType is the kind of a stock card: card is POHODA's Karta, text Textová,
// service Služba, package Souprava, set Komplet, product Výrobek (stock.xsd).
type ProductType string

// The types that rules know by name.
const (
	CardType    ProductType = "card"
	PackageType ProductType = "package"
	SetType     ProductType = "set"
)

// Values lists the types of card.
func (ProductType) Values() []string {
	return []string{string(CardType), "text", "service", string(PackageType), string(SetType), "product"}
}

// Unit is a further unit of measure and how many basic units it holds.
type Unit struct {
	Unit        string        `json:"unit"`
	Coefficient money.Decimal `json:"coefficient,omitzero"`
}

// LevelPrice is the price of a price level ("Cenová hladina").
type LevelPrice struct {
	Level           string         `json:"level"`
	Price           money.Decimal  `json:"price,omitzero"`
	IncludesVAT     Flag           `json:"includesVat,omitzero"`
	Currency        money.Currency `json:"currency,omitzero"`
	DiscountPercent money.Decimal  `json:"discountPercent,omitzero"`
}

// PriceAction is a price that holds for some days ("Cenová akce").
type PriceAction struct {
	Name            string        `json:"name,omitzero"`
	From            Date          `json:"from,omitzero"`
	To              Date          `json:"to,omitzero"`
	Price           money.Decimal `json:"price,omitzero"`
	DiscountPercent money.Decimal `json:"discountPercent,omitzero"`
	IncludesVAT     Flag          `json:"includesVat,omitzero"`
	Customers       []string      `json:"customers,omitzero"`
	Groups          []string      `json:"groups,omitzero"`
}

// StockLevel are quantities of a card in its basic unit.
type StockLevel struct {
	Count    money.Decimal `json:"count,omitzero"`
	Reserved money.Decimal `json:"reserved,omitzero"`
	Ordered  money.Decimal `json:"ordered,omitzero"`
	Incoming money.Decimal `json:"incoming,omitzero"`
	Min      money.Decimal `json:"min,omitzero"`
	Max      money.Decimal `json:"max,omitzero"`
}

// Component is a card inside a set, or one tied to another.
type Component struct {
	SKU      string        `json:"sku"`
	Storage  string        `json:"storage,omitzero"`
	Quantity money.Decimal `json:"quantity,omitzero"`
	Price    money.Decimal `json:"price,omitzero"`
	Order    int64         `json:"order,omitzero"`
}
