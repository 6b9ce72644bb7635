package trade

import "github.com/gopohoda/pohoda/pkg/money"

// Party is a customer or supplier. A person without a company has only Person;
// then the name of the person stands where POHODA expects a name.
type Party struct {
	// ID is the party's id in the source.
	ID       string `json:"id,omitzero"`
	PohodaID int64  `json:"pohodaId,omitzero"`
	// Name is the company.
	Name     string `json:"name,omitzero"`
	Division string `json:"division,omitzero"`
	// Person is the contact person, or the natural person who is the customer.
	Person string `json:"person,omitzero"`
	// RegistrationID is the IČO, eight digits kept as text.
	RegistrationID string `json:"registrationId,omitzero"`
	// TaxID is the DIČ: CZ and 8 to 10 digits; in Slovakia 10 digits without a prefix.
	TaxID string `json:"taxId,omitzero"`
	// VATID is the Slovak IČ DPH (SK and 10 digits) or another EU VAT number.
	VATID    string  `json:"vatId,omitzero"`
	VATPayer Flag    `json:"vatPayer,omitzero"`
	Address  Address `json:"address,omitzero"`
	// ShipTo are the party's delivery addresses.
	ShipTo       []ShipTo      `json:"shipTo,omitzero"`
	Email        string        `json:"email,omitzero"`
	Phone        string        `json:"phone,omitzero"`
	Mobile       string        `json:"mobile,omitzero"`
	Fax          string        `json:"fax,omitzero"`
	Web          string        `json:"web,omitzero"`
	Databox      string        `json:"databox,omitzero"`
	BankAccounts []BankAccount `json:"bankAccounts,omitzero"`
	Roles        []Role        `json:"roles,omitzero"`
	// Group is POHODA's "Skupina" of an address.
	Group string `json:"group,omitzero"`
	// PriceLevel is POHODA's "Cenová hladina".
	PriceLevel       string          `json:"priceLevel,omitzero"`
	DiscountPercent  money.Decimal   `json:"discountPercent,omitzero"`
	PaymentTermsDays money.Decimal   `json:"paymentTermsDays,omitzero"`
	CreditLimit      money.Decimal   `json:"creditLimit,omitzero"`
	Contacts         []ContactPerson `json:"contacts,omitzero"`
	Note             string          `json:"note,omitzero"`
	Tags             []string        `json:"tags,omitzero"`
	Custom           Free            `json:"custom,omitzero"`
}

// Role is what a party is to the unit.
type Role string

// The roles that a document's partner has.
const (
	CustomerRole Role = "customer"
	SupplierRole Role = "supplier"
)

// Values lists the roles.
func (Role) Values() []string { return []string{"customer", "supplier", "partner", "rival"} }

// Unnamed tells whether the party has no name and is no record of POHODA.
func (p *Party) Unnamed() bool { return p == nil || p.DisplayName() == "" && p.PohodaID == 0 }

// DisplayName is the company, or the person without one.
func (p *Party) DisplayName() string {
	if p == nil {
		return ""
	}
	if p.Name != "" {
		return p.Name
	}
	return p.Person
}

// TaxNumber is what stands as the DIČ of the party on a document of an accounting
// unit. The IČ DPH is a field of the Slovak edition; a Czech unit writes the VAT
// number of a foreign party as its DIČ (reference ADDENDA, a custom).
func (p *Party) TaxNumber(unitCountry string) string {
	foreign := p.Address.Country != "" && p.Address.Country != "CZ"
	if unitCountry != "SK" && p.VATID != "" && (p.TaxID == "" || foreign) {
		return p.VATID
	}
	return p.TaxID
}

// Address is a postal address.
type Address struct {
	Name string `json:"name,omitzero"`
	// Street is the street with the house number.
	Street string `json:"street,omitzero"`
	City   string `json:"city,omitzero"`
	Zip    string `json:"zip,omitzero"`
	Region string `json:"region,omitzero"`
	// Country is an ISO 3166-1 alpha-2 code.
	Country Country `json:"country,omitzero"`
}

// Country is an ISO 3166-1 alpha-2 code in capitals.
type Country string

// ShipTo is a delivery address.
type ShipTo struct {
	Company  string  `json:"company,omitzero"`
	Division string  `json:"division,omitzero"`
	Person   string  `json:"person,omitzero"`
	Address  Address `json:"address,omitzero"`
	Phone    string  `json:"phone,omitzero"`
	Email    string  `json:"email,omitzero"`
	// PickupPoint is the code of a carrier's collection point.
	PickupPoint string `json:"pickupPoint,omitzero"`
}

// BankAccount is an account of the unit or of a party.
type BankAccount struct {
	Name string `json:"name,omitzero"`
	// Number is [prefix-]number as written in Czechia and Slovakia.
	Number   string `json:"number,omitzero"`
	BankCode string `json:"bankCode,omitzero"`
	IBAN     string `json:"iban,omitzero"`
	BIC      string `json:"bic,omitzero"`
	// PohodaIDs is the account's abbreviation in POHODA's agenda Bankovní účty.
	PohodaIDs string `json:"pohodaIds,omitzero"`
}

// Text is the account in one line: as Czech and Slovak banks write it, else the IBAN.
func (a BankAccount) Text() string {
	switch {
	case a.Number != "" && a.BankCode != "":
		return a.Number + "/" + a.BankCode
	case a.IBAN != "":
		return a.IBAN
	case a.Number != "":
		return a.Number
	}
	return a.PohodaIDs
}

// ContactPerson is a person of a company.
type ContactPerson struct {
	ID     string `json:"id,omitzero"`
	Name   string `json:"name"`
	Role   string `json:"role,omitzero"`
	Email  string `json:"email,omitzero"`
	Phone  string `json:"phone,omitzero"`
	Mobile string `json:"mobile,omitzero"`
	Note   string `json:"note,omitzero"`
}

// ContactRecord is a party as a record of its own: the address book.
type ContactRecord struct {
	Head
	Party
}

// IsZero tells whether the address says nothing.
func (s *ShipTo) IsZero() bool { return s == nil || *s == ShipTo{} }

// IsPlace tells whether the address says where to deliver, or to whom; a country
// or a collection point alone does not.
func (s *ShipTo) IsPlace() bool {
	return s != nil && s.Company+s.Person+s.Address.Street+s.Address.City != ""
}
