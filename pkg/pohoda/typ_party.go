package pohoda

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// partnerOf is the partner of a document: typ:address (type.xsd, address).
type partnerOf struct {
	party  *trade.Party
	shipTo *trade.ShipTo
	set    *Settings
}

// partner is a document's partner identity: the customer, or the supplier of
// what we ordered. The whole current address always travels, whatever the
// address book says.
var partner = fieldtable.Table[partnerOf]{
	recordID("typ:id", "Adresář", "customer.pohodaId", func(p partnerOf) *int64 { return &p.party.PohodaID }).
		WithNote("takes precedence over the address; set only when the record names POHODA's own id"),
	fieldtable.Unmapped[partnerOf]("typ:extId", "", "a document names its partner by address"),
	fieldtable.Nest("typ:address", "Adresa", "customer", address, func(p partnerOf) (partnerOf, bool) { return p, true }),
	fieldtable.Nest("typ:shipToAddress", "Dodací adresa", "shipTo", deliveryAddress,
		func(p partnerOf) (*trade.ShipTo, bool) { return p.shipTo, p.shipTo.IsPlace() }),
}

// address is typ:address of a partner (type.xsd, addressType).
var address = fieldtable.Table[partnerOf]{
	fieldtable.Rule("@linkToAddress", "Vazba na adresář", "registrationId, taxId, vatId", linkToAddress, ignore[partnerOf]).
		WithNote("set by partner.link when the partner has an IČO, DIČ or IČ DPH"),
	text("typ:company", "Firma", "name", func(p partnerOf) *string { return &p.party.Name }),
	text("typ:division", "Oddělení", "division", func(p partnerOf) *string { return &p.party.Division }),
	text("typ:name", "Jméno", "person", func(p partnerOf) *string { return &p.party.Person }),
	text("typ:city", "Obec", "address.city", func(p partnerOf) *string { return &p.party.Address.City }),
	text("typ:street", "Ulice", "address.street", func(p partnerOf) *string { return &p.party.Address.Street }),
	code("typ:zip", "PSČ", "address.zip", func(p partnerOf) *string { return &p.party.Address.Zip }),
	code("typ:ico", "IČO", "registrationId", func(p partnerOf) *string { return &p.party.RegistrationID }),
	fieldtable.Rule("typ:dic", "DIČ", "taxId, vatId", writeDIC,
		fieldtable.Into(fieldtable.Text, func(p partnerOf) *string { return &p.party.TaxID })).NeverCut().
		WithNote("a Czech unit writes the VAT number of a foreign partner here"),
	words("typ:VATPayerType", "Plátce DPH", "vatPayer", payerWords, func(p partnerOf) *trade.Flag { return &p.party.VATPayer }),
	fieldtable.Rule("typ:icDph", "IČ DPH", "vatId", writeICDPH,
		fieldtable.Into(fieldtable.Text, func(p partnerOf) *string { return &p.party.VATID })).NeverCut().
		WithNote("a field of the Slovak edition"),
	word("typ:country/typ:ids", "Země", "address.country", func(p partnerOf) *trade.Country { return &p.party.Address.Country }),
	code("typ:phone", "Telefon", "phone", func(p partnerOf) *string { return &p.party.Phone }),
	code("typ:mobilPhone", "Mobil", "mobile", func(p partnerOf) *string { return &p.party.Mobile }),
	code("typ:fax", "Fax", "fax", func(p partnerOf) *string { return &p.party.Fax }),
	code("typ:email", "E-mail", "email", func(p partnerOf) *string { return &p.party.Email }),
}

// deliveryAddress is typ:shipToAddress; a document has one at most, and it
// takes neither numbers nor a mobile phone (type.xsd, shipToAddressType).
var deliveryAddress = fieldtable.Table[*trade.ShipTo]{
	text("typ:company", "Dodací adresa: firma", "company", func(s *trade.ShipTo) *string { return &s.Company }),
	text("typ:division", "Dodací adresa: oddělení", "division", func(s *trade.ShipTo) *string { return &s.Division }),
	text("typ:name", "Dodací adresa: jméno", "person", func(s *trade.ShipTo) *string { return &s.Person }),
	text("typ:city", "Dodací adresa: obec", "address.city", func(s *trade.ShipTo) *string { return &s.Address.City }),
	text("typ:street", "Dodací adresa: ulice", "address.street", func(s *trade.ShipTo) *string { return &s.Address.Street }),
	code("typ:zip", "Dodací adresa: PSČ", "address.zip", func(s *trade.ShipTo) *string { return &s.Address.Zip }),
	word("typ:country/typ:ids", "Dodací adresa: země", "address.country", func(s *trade.ShipTo) *trade.Country { return &s.Address.Country }),
	code("typ:phone", "Dodací adresa: telefon", "phone", func(s *trade.ShipTo) *string { return &s.Phone }),
	code("typ:email", "Dodací adresa: e-mail", "email", func(s *trade.ShipTo) *string { return &s.Email }),
}

// nameSupplier puts the supplier into the paths of issues of a document that has
// one: the rows, which serve both, name the customer.
func nameSupplier(r *trade.Record, issues diag.List) {
	if r.Document == nil {
		return
	}
	if role, _ := r.Document.Partner(); role == trade.CustomerRole {
		return
	}
	for _, issue := range issues {
		if field, ok := strings.CutPrefix(issue.Path, "customer."); ok {
			issue.Path = "supplier." + field
		}
	}
}

// payerWords are the kinds of VAT payer that the model tells apart.
var payerWords = map[trade.Flag]string{trade.Yes: "payer", trade.No: "non-payer"}

// linkToAddress asks POHODA to look the partner up. It finds by the first of
// IČO, DIČ, IČ DPH, company and name that is there (type.xsd, addressType); a
// bare name finds a namesake, so only numbers are trusted.
func linkToAddress(p partnerOf) (string, bool) {
	numbered := p.party.RegistrationID != "" || p.party.TaxID != "" || p.party.VATID != ""
	return "true", p.set.LinkPartner && numbered && p.party.PohodaID == 0
}

func writeDIC(p partnerOf) (string, bool) {
	return fieldtable.Text.Format(p.party.TaxNumber(p.set.Unit.Country))
}

func writeICDPH(p partnerOf) (string, bool) {
	number, ok := fieldtable.Text.Format(p.party.VATID)
	return number, ok && p.set.Unit.Country == "SK"
}
