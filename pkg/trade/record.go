// Package trade is the canonical model between CRM and POHODA: documents,
// parties, products, contracts and payments as plain Go values, without XML and
// without the quirks of any CRM. JSON tags name the fields of the published
// record (schemas/canonical-1.schema.json).
//
// What is absent is the zero value: "" for text, a Decimal that is not set, a
// zero Date, an Unset flag. Nought and false are values.
package trade

import "github.com/gopohoda/pohoda/pkg/diag"

// Kind says what a record is.
type Kind string

// The kinds of the canonical record.
const (
	Deal       Kind = "deal"
	Order      Kind = "order"
	Offer      Kind = "offer"
	Invoice    Kind = "invoice"
	Proforma   Kind = "proforma"
	Advance    Kind = "advance"
	CreditNote Kind = "credit-note"
	DebitNote  Kind = "debit-note"
	Receivable Kind = "receivable"
	Contact    Kind = "contact"
	Product    Kind = "product"
	Contract   Kind = "contract"
	Payment    Kind = "payment"
)

// Values lists the kinds; a reader refuses any other.
func (Kind) Values() []string {
	return []string{string(Deal), string(Order), string(Offer), string(Invoice), string(Proforma), string(Advance),
		string(CreditNote), string(DebitNote), string(Receivable), string(Contact), string(Product),
		string(Contract), string(Payment)}
}

// Record is one record of a source.
type Record struct {
	// Of is nil where not even the kind could be read.
	Of Subject
	// Origin is where the record was read.
	Origin Origin
}

// Kind is "" of a record of which not even that could be read.
func (r *Record) Kind() Kind {
	if r.Of == nil {
		return ""
	}
	return r.Of.Header().Kind
}

// Document is what the record is about, nil where that is no document.
func (r *Record) Document() *Document {
	doc, _ := r.Of.(*Document)
	return doc
}

// Origin is the place of a record in its input.
type Origin struct {
	// At is the file ("-" is the standard input) and the line of its beginning.
	At diag.Position
	// Raw is the record in the input's own form, for the file of rejects.
	Raw []byte
	// Profile names the mapping profile that made the record; "" for canonical input.
	Profile string
	// Rows are the lines of the file in which the document's lines stand; nil where
	// they are not known.
	Rows []int
}

// Line is the line of the file at which a field is looked for: that of the
// document's line, else of the record's beginning.
func (o *Origin) Line(path string) int {
	if i, _, ok := diag.LineOf(path); ok && i < len(o.Rows) {
		return o.Rows[i]
	}
	return o.At.Line
}

// Source is the identity of a record: with System, Instance and ID a document
// is recognised in every later run (dataPackItem@id, extId).
type Source struct {
	// System is the kind of CRM or shop: raynet, eway, woocommerce, csv …
	System string `json:"system"`
	// Instance is which account or shop of that system.
	Instance string `json:"instance,omitzero"`
	// ID is the record's stable id in that system.
	ID  string `json:"id"`
	URL string `json:"url,omitzero"`
	// UpdatedAt is when the source last changed the record (RFC 3339, or the
	// source's own local time).
	UpdatedAt Time `json:"updatedAt,omitzero"`
	// Version is the source's own version of the record (ItemVersion, ETag).
	Version string `json:"version,omitzero"`
}

// Flag is a truth value that may be absent.
type Flag uint8

// The values of a Flag.
const (
	Unset Flag = iota
	No
	Yes
)

// FlagOf turns a bool into a Flag that is set.
func FlagOf(b bool) Flag {
	if b {
		return Yes
	}
	return No
}

// IsSet tells a flag from an absent one; IsYes tells whether it says yes.
func (f Flag) IsSet() bool { return f != Unset }

// IsYes tells whether the flag is set and true.
func (f Flag) IsYes() bool { return f == Yes }

// MarshalJSON writes true, false or null.
func (f Flag) MarshalJSON() ([]byte, error) {
	switch f {
	case Yes:
		return []byte("true"), nil
	case No:
		return []byte("false"), nil
	}
	return []byte("null"), nil
}

// Free are the fields that a source adds on its own, by name, as text.
type Free map[string]string
