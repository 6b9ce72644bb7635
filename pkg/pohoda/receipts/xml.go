package receipts

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// readXML reads the invoices of a pack.
func (l *evidenceList) readXML(r io.Reader) error {
	s := xmlio.NewScanner(r, l.file, pohoda.Namespaces())
	if _, err := s.Next(); err != nil {
		return err
	}
	if pack.Roots[s.Name().String()] == "" {
		return pack.WrongRoot(s.Name()).WithPosition(s.Pos())
	}
	refused := func() error {
		return diag.New(CodeInvoicesRefused).WithValue(pohoda.Attribute(s.Attrs(), "note")).WithPosition(s.Pos())
	}
	if pohoda.Attribute(s.Attrs(), "state") == "error" {
		return refused()
	}
	file, trail := &pack.DocumentScanner{Scanner: s, Refused: refused}, pohoda.OpenTrails()
	other := ""
	file.List = func(a *pohoda.Agenda) { l.isList = l.isList || a == pohoda.Invoices }
	file.Each = func(found pack.Found) error {
		if found.Agenda != pohoda.Invoices {
			other = cmp.Or(other, found.Agenda.Element)
			return nil
		}
		var reader fieldtable.Reader
		o := trail(found.Element, l.options.Settings, &reader)
		if o.Document.Direction == trade.Received {
			l.received.add(found.At.Line, o.Document.Number)
			return nil
		}
		if o.Document.Currency == l.home {
			l.assumed.add(found.At.Line, string(l.home))
			l.abroad = l.abroad || pohoda.IsSlovak(found.Element) || !fitsRates(&o.Document.Totals)
		}
		return l.give(evidenceOf(&o, found.At, reader.Issues))
	}
	file.Tell = func(issue *diag.Issue) {
		other = cmp.Or(other, issue.Value)
		l.issues.Add(issue)
	}
	root := s.Name().Local
	if err := file.Read(); err != nil || l.given > 0 || l.received.count == 0 && l.isList {
		return err
	}
	if l.received.count == 0 {
		return diag.New(CodeInvoicesNoList).WithValue(cmp.Or(other, root)).WithPosition(diag.Position{File: l.file})
	}
	return l.onlyReceived()
}

// fitsRates tells whether the sums by rate can be those of the unit's country: VAT of
// which the percent is not known is that of another rate.
func fitsRates(totals *trade.Totals) bool {
	return !slices.ContainsFunc(totals.ByRate, func(sum trade.RateSum) bool { return !sum.VATRate.IsSet() && sum.VAT.Sign() != 0 })
}

// evidenceKinds are what the kinds of document are in the chain of an order. A penalty
// or another receivable is no invoice of one.
var evidenceKinds = map[trade.Kind]settlement.EvidenceKind{
	trade.Invoice: settlement.FinalEvidence, trade.DebitNote: settlement.DebitEvidence, trade.Receivable: settlement.OtherEvidence,
	trade.Advance: settlement.AdvanceEvidence, trade.Proforma: settlement.AdvanceEvidence,
	trade.CreditNote: settlement.CreditEvidence,
}

// evidenceOf is what an invoice says of the payment of its order.
func evidenceOf(t *pohoda.Trail, at diag.Position, issues diag.List) *settlement.Evidence {
	doc := t.Document
	e := &settlement.Evidence{
		Invoice: doc.Number, Symbol: doc.Payment.VariableSymbol, Kind: evidenceKinds[doc.Kind],
		Orders: orderLinks(t), Customer: doc.Customer.DisplayName(),
		Date: doc.IssueDate, Currency: doc.Currency,
		Total: doc.Totals.Payable.Or(doc.Totals.Gross), Due: doc.Payment.AmountDue,
		Applied: doc.Payment.AppliedAmount, Cancelled: doc.Pohoda.Cancelled, At: at,
	}
	if e.Kind == settlement.FinalEvidence || e.Kind == settlement.DebitEvidence {
		e.Deducted, e.Retained = t.Deducted, doc.Payment.RetainedAmount
	}
	if doc.Direction == "" {
		e.Kind = settlement.UnknownEvidence
	}
	if e.Due.IsSet() && e.Due.Sign() <= 0 {
		e.Settled = doc.Payment.PaidDate
	}
	for _, issue := range issues {
		if concernsPayment(issue.Path) {
			e.Doubts.Add(issue.WithPosition(at))
		}
	}
	return e
}

// concernsPayment tells the fields on which evidence rests.
func concernsPayment(path string) bool {
	field, _, _ := strings.Cut(path, "[")
	field, _, _ = strings.Cut(field, ".")
	switch field {
	case "kind", "pohoda", "currency", "payment", "totals", "advances":
		return true
	}
	return false
}

// orderLinks are the ways in which an invoice names its orders. An issue slip
// counts where nothing else leads to an order.
func orderLinks(t *pohoda.Trail) []settlement.OrderLink {
	var all, slips []settlement.OrderLink
	add := func(links *[]settlement.OrderLink, link settlement.OrderLink) {
		if named := link.Number != "" || link.PohodaID != 0; named && !slices.Contains(*links, link) {
			*links = append(*links, link)
		}
	}
	follow := func(via settlement.LinkVia, ref *trade.Reference) {
		id, _ := strconv.ParseInt(ref.ID, 10, 64)
		switch ref.Kind {
		case pohoda.OrderReferenceKind:
			add(&all, settlement.OrderLink{Via: via, Number: ref.Number, PohodaID: id})
			if system, ok := pohoda.WriteSystem(&ref.Source); ok {
				add(&all, settlement.OrderLink{Via: settlement.ViaExtID, Number: ref.Source.ID, System: system})
			}
		case pohoda.SlipReferenceKind:
			add(&slips, settlement.OrderLink{Via: settlement.ViaSlip, Number: ref.Number, PohodaID: id})
		}
	}
	add(&all, settlement.OrderLink{Via: settlement.ViaNumberOrder, Number: t.NumberOrder})
	for i := range t.Head {
		follow(settlement.ViaHeader, &t.Head[i])
	}
	for i := range t.Lines {
		follow(settlement.ViaLine, &t.Lines[i])
	}
	if len(all) == 0 {
		all = slips
	}
	return all
}
