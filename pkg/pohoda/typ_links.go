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

// The kinds of reference that lead to an order: at once, or through a slip.
const (
	OrderReferenceKind trade.ReferenceKind = "order"
	SlipReferenceKind  trade.ReferenceKind = "delivery"
)

// agendaKinds are the agendas to which references lead (type.xsd, agendaType);
// whether they are the house's own or the other side's, the document says.
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
