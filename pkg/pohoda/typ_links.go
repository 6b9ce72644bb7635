package pohoda

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// linkedDocument is a document to which POHODA has tied this one
// (type.xsd, linkElemetType).
var linkedDocument = fieldtable.Table[*trade.Reference]{
	fieldtable.Rule("typ:sourceAgenda", "Agenda", "kind", nil, readAgenda),
	text("typ:sourceDocument/typ:id", "ID", "id", func(r *trade.Reference) *string { return &r.ID }),
	text("typ:sourceDocument/typ:number", "Číslo", "number", func(r *trade.Reference) *string { return &r.Number }),
}

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

// dropStrange takes out the references to agendas that the model does not know,
// and says so.
func dropStrange(doc *trade.Document, r *fieldtable.Reader) {
	doc.References = slices.DeleteFunc(doc.References, func(ref trade.Reference) bool {
		if slices.Contains(ref.Kind.Values(), string(ref.Kind)) {
			return false
		}
		r.Issues.Add(fieldtable.Unreadable(string(ref.Kind) + " " + cmp.Or(ref.Number, ref.ID)).In("references"))
		return true
	})
}
