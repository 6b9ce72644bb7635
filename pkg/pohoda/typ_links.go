package pohoda

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

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

// orderReferenceKind is the kind of reference that leads to an order.
const orderReferenceKind trade.ReferenceKind = "order"

// agendaKinds are the agendas to which references lead (type.xsd, agendaType);
// whether they are the house's own or the other side's, the document says.
var agendaKinds = map[string]trade.ReferenceKind{
	"receivedOrder": "order", "issuedOrder": "order",
	"issuedOffer": "offer", "receivedOffer": "offer",
	"issuedInvoice": "invoice", "receivedInvoice": "invoice",
	"issuedAdvanceInvoice": "proforma", "receivedAdvanceInvoice": "proforma",
	"issueSlip": "delivery", "receiptVoucher": "delivery",
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

// gatherLinks adds the documents of the lines to those of the document, and takes
// out the references to agendas that the model does not know, which it says.
func (o *documentOf) gatherLinks(r *fieldtable.Reader) {
	doc := o.doc
	for _, link := range o.lineLinks {
		if !slices.Contains(doc.References, link) {
			doc.References = append(doc.References, link)
		}
	}
	doc.References = slices.DeleteFunc(doc.References, func(ref trade.Reference) bool {
		if slices.Contains(ref.Kind.Values(), string(ref.Kind)) {
			return false
		}
		r.Issues.Add(fieldtable.Unreadable(string(ref.Kind) + " " + cmp.Or(ref.Number, ref.ID)).In("references"))
		return true
	})
}
