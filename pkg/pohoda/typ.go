package pohoda

import (
	"cmp"
	"slices"
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
	if r.Document() == nil {
		return
	}
	if role, _ := r.Document().Partner(); role == trade.CustomerRole {
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

// linkedDocument is a document to which POHODA has tied this one, or a line of it
// (type.xsd, linkElemetType, linkedDocumentType).
var linkedDocument = fieldtable.Table[*trade.Reference]{
	fieldtable.Rule("typ:sourceAgenda", "Agenda", "kind", nil, readAgenda),
	fieldtable.Nest("typ:sourceDocument", "Doklad", "", sourceDocument, whole[*trade.Reference]),
}

// sourceDocument names a document (type.xsd, sourceDocumentType).
var sourceDocument = fieldtable.Table[*trade.Reference]{
	code("typ:id", "ID", "id", func(r *trade.Reference) *string { return &r.ID }),
	fieldtable.Nest("typ:extId", "Externí ID", "source", externalID, func(r *trade.Reference) (*trade.Source, bool) { return &r.Source, true }),
	code("typ:number", "Číslo", "number", func(r *trade.Reference) *string { return &r.Number }),
}

// orderReference names an order by its record (type.xsd, refType).
var orderReference = fieldtable.Table[*trade.Reference]{
	code("typ:id", "ID", "id", func(r *trade.Reference) *string { return &r.ID }),
	code("typ:ids", "Číslo", "number", func(r *trade.Reference) *string { return &r.Number }),
	fieldtable.Nest("typ:extId", "Externí ID", "source", externalID, func(r *trade.Reference) (*trade.Source, bool) { return &r.Source, true }),
}

// The kinds of reference that lead to an order: at once, or through a slip.
const (
	OrderReferenceKind trade.ReferenceKind = "order"
	SlipReferenceKind  trade.ReferenceKind = "delivery"
)

// agendaKinds are the agendas to which references lead (type.xsd, agendaType);
// whether they are the unit's own or the other side's, the document says.
var agendaKinds = map[string]trade.ReferenceKind{
	"receivedOrder": OrderReferenceKind, "issuedOrder": OrderReferenceKind,
	"issuedOffer": "offer", "receivedOffer": "offer",
	"issuedInvoice": "invoice", "receivedInvoice": "invoice",
	"issuedAdvanceInvoice": "proforma", "receivedAdvanceInvoice": "proforma",
	"issueSlip": SlipReferenceKind, "receiptVoucher": SlipReferenceKind,
}

// readAgenda keeps the agenda's own word where the model has none; dropStrange
// takes such references out.
func readAgenda(r *trade.Reference, s string) *diag.Issue {
	s = strings.TrimSpace(s)
	if r.Kind = agendaKinds[s]; r.Kind == "" {
		r.Kind = trade.ReferenceKind(s)
	}
	return nil
}

// gatherLinks puts the documents to which this one is tied together, those of the
// lines too, and says which agendas the model does not know.
func (o *documentOf) gatherLinks(r *fieldtable.Reader) {
	links := slices.Concat(o.headLinks, o.lineLinks)
	if o.numberOrder != "" {
		links = append(links, trade.Reference{Kind: OrderReferenceKind, Number: o.numberOrder})
	}
	for _, link := range links {
		switch {
		case !slices.Contains(link.Kind.Values(), string(link.Kind)):
			r.Issues.Add(fieldtable.Unreadable(string(link.Kind) + " " + cmp.Or(link.Number, link.ID)).WithPath("references"))
		case !slices.Contains(o.doc.References, link):
			o.doc.References = append(o.doc.References, link)
		}
	}
}

// Shared structures of type.xsd that every document has.

// externalID is typ:extIdType: both parts are required, so that POHODA can be
// asked for the record again by the source's own id.
var externalID = fieldtable.Table[*trade.Source]{
	code("typ:ids", "Externí ID", "id", func(s *trade.Source) *string { return &s.ID }),
	fieldtable.Rule("typ:exSystemName", "Externí systém", "system, instance", WriteSystem, readSystem).NeverCut(),
	code("typ:exSystemText", "Externí systém: odkaz", "url", func(s *trade.Source) *string { return &s.URL }),
}

// WriteSystem writes the system and the account in it as one word.
func WriteSystem(s *trade.Source) (string, bool) {
	name := s.System
	if s.Instance != "" {
		name += ":" + s.Instance
	}
	return fieldtable.Text.Format(name)
}

func readSystem(s *trade.Source, text string) *diag.Issue {
	s.System, s.Instance, _ = strings.Cut(strings.TrimSpace(text), ":")
	return nil
}

// label is one of POHODA's labels ("Štítek"); it must exist in the unit.
var label = fieldtable.Table[*string]{
	fieldtable.Unmapped[*string]("@actionType", "", "labels are only added"),
	unitCode("label", "typ:ids", "Štítek", "", func(s *string) *string { return s }),
}

// parameter is a user's field; which element holds the value says its type
// (type.xsd, parameterDocType).
var parameter = fieldtable.Table[*trade.Parameter]{
	code("typ:name", "Volitelný parametr", "name", func(p *trade.Parameter) *string { return &p.Name }),
	parameterValue("typ:textValue", "text"),
	parameterValue("typ:memoValue", "memo"),
	parameterValue("typ:currencyValue", "currency"),
	parameterValue("typ:booleanValue", "boolean"),
	parameterValue("typ:numberValue", "number"),
	parameterValue("typ:datetimeValue", "date"),
	parameterValue("typ:listValueRef/typ:ids", "list").NeverCut(),
	parameterValue("typ:integerValue", "integer"),
	code("typ:list/typ:ids", "Seznam", "list", func(p *trade.Parameter) *string { return &p.List }),
}

func parameterValue(path string, of trade.ParameterType) fieldtable.Row[*trade.Parameter] {
	tidy := fieldtable.OneLine
	if of == "memo" {
		tidy = func(s string) string { s, _ = fieldtable.Memo.Format(s); return s }
	}
	return fieldtable.Rule(path, "Hodnota ("+string(of)+")", "value",
		func(p *trade.Parameter) (string, bool) {
			return tidy(p.Value), p.Type == of || p.Type == "" && of == "text"
		},
		func(p *trade.Parameter, s string) *diag.Issue {
			p.Type, p.Value = of, tidy(s)
			return nil
		})
}

// urlAttachment is a page that belongs to a document; the contents of files
// cannot be sent by XML (type.xsd, attachmentsType).
var urlAttachment = fieldtable.Table[*trade.Attachment]{
	text("typ:name", "Přílohy: název", "name", func(a *trade.Attachment) *string { return &a.Name }),
	code("typ:url", "Přílohy: adresa", "url", func(a *trade.Attachment) *string { return &a.URL }),
}

// evidence is a piece of evidence of the customer's country (One Stop Shop).
var evidence = fieldtable.Table[*string]{
	code(".", "Důkazní prostředky", "", func(s *string) *string { return s }),
}

// paymentAccount is the partner's account on an invoice (type.xsd,
// paymentAccount of invoiceHeaderType).
var paymentAccount = fieldtable.Table[*trade.BankAccount]{
	code("typ:accountNo", "Účet partnera", "number", func(a *trade.BankAccount) *string { return &a.Number }),
	code("typ:bankCode", "Kód banky partnera", "bankCode", func(a *trade.BankAccount) *string { return &a.BankCode }),
}

// each gives pointers to the elements of a list.
func each[T any](list []T) []*T {
	pointers := make([]*T, len(list))
	for i := range list {
		pointers[i] = &list[i]
	}
	return pointers
}

// more adds an empty element to a list and points to it.
func more[T any](list *[]T) *T {
	var empty T
	*list = append(*list, empty)
	return &(*list)[len(*list)-1]
}
