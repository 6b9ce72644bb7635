package trade

import "slices"

// Head is what every kind of record begins with.
type Head struct {
	SchemaVersion SchemaVersion `json:"schemaVersion,omitzero"`
	Kind          Kind          `json:"kind"`
	Source        Source        `json:"source"`
	Status        Status        `json:"status,omitzero"`
	Pohoda        PohodaState   `json:"pohoda,omitzero"`
}

// Header is the head of the record that embeds it.
func (h *Head) Header() *Head { return h }

// Subject is what a record is about: a document, a contact, a product.
type Subject interface {
	Header() *Head
	// Code is the number, code or other name by which people and POHODA know it; ""
	// is none.
	Code() string
	// Caption says in a few words what or whose it is, for lists.
	Caption() string
	// Clone is a copy that may become something else in POHODA: its fields, and its lists
	// that hold codes of the unit, may be changed; what they point to is shared.
	Clone() Subject
}

// New makes an empty record of a kind; ok is false where there is no such kind.
func New(k Kind) (subject Subject, ok bool) {
	switch k {
	case Deal, Order, Offer, Invoice, Proforma, Advance, CreditNote, DebitNote, Receivable:
		subject = new(Document)
	case Contact:
		subject = new(ContactRecord)
	case Product:
		subject = new(ProductRecord)
	case Contract:
		subject = new(ContractRecord)
	case Payment:
		subject = new(PaymentRecord)
	default:
		return nil, false
	}
	subject.Header().Kind = k
	return subject, true
}

// Code is the document's own number.
func (d *Document) Code() string { return d.Number }

// Caption is the other side of the document.
func (d *Document) Caption() string {
	_, party := d.Partner()
	return party.DisplayName()
}

// Clone copies the head, the lines and the labels.
func (d *Document) Clone() Subject {
	c := *d
	c.Lines, c.Labels = slices.Clone(d.Lines), slices.Clone(d.Labels)
	return &c
}

// Code is the IČO.
func (c *ContactRecord) Code() string { return c.RegistrationID }

// Caption is the company, or the person without one.
func (c *ContactRecord) Caption() string { return c.DisplayName() }

// Clone copies the fields.
func (c *ContactRecord) Clone() Subject { return clone(c) }

// Code is POHODA's "Kód".
func (p *ProductRecord) Code() string { return p.SKU }

// Caption is the name of the card.
func (p *ProductRecord) Caption() string { return p.Name }

// Clone copies the fields and the prices.
func (p *ProductRecord) Clone() Subject {
	c := *p
	c.Prices = slices.Clone(p.Prices)
	return &c
}

// Code is POHODA's number of the "Zakázka".
func (c *ContractRecord) Code() string { return c.Number }

// Caption is the title.
func (c *ContractRecord) Caption() string { return c.Title }

// Clone copies the fields.
func (c *ContractRecord) Clone() Subject { return clone(c) }

// Code is the number of the order that was paid.
func (p *PaymentRecord) Code() string { return p.OrderNumber }

// Caption is the number of the invoice.
func (p *PaymentRecord) Caption() string { return p.InvoiceNumber }

// Clone copies the fields.
func (p *PaymentRecord) Clone() Subject { return clone(p) }

func clone[T any](of *T) *T {
	c := *of
	return &c
}
