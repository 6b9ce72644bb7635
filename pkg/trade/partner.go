package trade

import "github.com/gopohoda/pohoda/pkg/vat"

// Partner is the party on the other side of a document, and what it is to the
// unit: we order from a supplier and are ordered from by a customer, who gets
// our offers and invoices. Without a direction it is the customer.
func (d *Document) Partner() (Role, *Party) {
	buying := Received
	if d.Kind == Deal || d.Kind == Order {
		buying = Issued
	}
	if d.Direction == buying {
		return SupplierRole, d.Supplier
	}
	return CustomerRole, d.Customer
}

// VATDay is the day whose VAT rates hold: the tax point of an invoice, else the
// document's own date; deals, orders and offers have no tax point. 0 is unknown.
func (d *Document) VATDay() vat.Day {
	day := d.IssueDate
	if !d.Kind.IsPlan() && !d.TaxPointDate.IsZero() {
		day = d.TaxPointDate
	}
	return day.VATDay()
}

// IsPlan tells documents that precede an invoice.
func (k Kind) IsPlan() bool { return k == Deal || k == Order || k == Offer }

// VATDay is the day as the table of VAT rates has it.
func (d Date) VATDay() vat.Day { return vat.DayOf(d.year, int(d.month), d.day) }
