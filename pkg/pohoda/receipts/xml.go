package pohoda

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// readXML reads the invoices of a pack.
func (l *evidenceList) readXML(r io.Reader) error {
	s := xmlio.NewScanner(r, l.file, Namespaces())
	if _, err := s.Next(); err != nil {
		return err
	}
	if roots[s.Name().String()] == "" {
		return WrongRoot(s.Name()).Located(s.Pos())
	}
	refused := func() error {
		return diag.New(CodeInvoicesRefused).Of(attribute(s.Attrs(), "note")).Located(s.Pos())
	}
	if attribute(s.Attrs(), "state") == "error" {
		return refused()
	}
	pack, trail := &documents{Scanner: s, refused: refused}, OpenTrails()
	other := ""
	pack.list = func(a *Agenda) { l.isList = l.isList || a == Invoices }
	pack.each = func(found Found) error {
		if found.Agenda != Invoices {
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
			l.abroad = l.abroad || IsSlovak(found.Element) || !fitsRates(&o.Document.Totals)
		}
		return l.give(evidenceOf(&o, found.At, reader.Issues))
	}
	pack.tell = func(issue *diag.Issue) {
		other = cmp.Or(other, issue.Value)
		l.issues.Add(issue)
	}
	root := s.Name().Local
	if err := pack.read(); err != nil || l.given > 0 || l.received.count == 0 && l.isList {
		return err
	}
	if l.received.count == 0 {
		return diag.New(CodeInvoicesNoList).Of(cmp.Or(other, root)).Located(diag.Position{File: l.file})
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
var evidenceKinds = map[trade.Kind]trade.EvidenceKind{
	trade.Invoice: trade.FinalEvidence, trade.DebitNote: trade.DebitEvidence, trade.Receivable: trade.OtherEvidence,
	trade.Advance: trade.AdvanceEvidence, trade.Proforma: trade.AdvanceEvidence,
	trade.CreditNote: trade.CreditEvidence,
}

// evidenceOf is what an invoice says of the payment of its order.
func evidenceOf(t *Trail, at diag.Position, issues diag.List) *trade.Evidence {
	doc := t.Document
	e := &trade.Evidence{
		Invoice: doc.Number, Symbol: doc.Payment.VariableSymbol, Kind: evidenceKinds[doc.Kind],
		Orders: orderLinks(t), Customer: doc.Customer.DisplayName(),
		Date: doc.IssueDate, Currency: doc.Currency,
		Total: doc.Totals.Payable.Or(doc.Totals.Gross), Due: doc.Payment.AmountDue,
		Applied: doc.Payment.AppliedAmount, Cancelled: doc.Pohoda.Cancelled, At: at,
	}
	if e.Kind == trade.FinalEvidence || e.Kind == trade.DebitEvidence {
		e.Deducted, e.Retained = t.Deducted, doc.Payment.RetainedAmount
	}
	if doc.Direction == "" {
		e.Kind = trade.UnknownEvidence
	}
	if e.Due.IsSet() && e.Due.Sign() <= 0 {
		e.Settled = doc.Payment.PaidDate
	}
	for _, issue := range issues {
		if concernsPayment(issue.Path) {
			e.Doubts.Add(issue.Located(at))
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
func orderLinks(t *Trail) []trade.OrderLink {
	var all, slips []trade.OrderLink
	add := func(links *[]trade.OrderLink, link trade.OrderLink) {
		if named := link.Number != "" || link.PohodaID != 0; named && !slices.Contains(*links, link) {
			*links = append(*links, link)
		}
	}
	follow := func(via trade.LinkVia, ref *trade.Reference) {
		id, _ := strconv.ParseInt(ref.ID, 10, 64)
		switch ref.Kind {
		case orderReferenceKind:
			add(&all, trade.OrderLink{Via: via, Number: ref.Number, PohodaID: id})
			if system, ok := writeSystem(&ref.Source); ok {
				add(&all, trade.OrderLink{Via: trade.ViaExtID, Number: ref.Source.ID, System: system})
			}
		case slipReferenceKind:
			add(&slips, trade.OrderLink{Via: trade.ViaSlip, Number: ref.Number, PohodaID: id})
		}
	}
	add(&all, trade.OrderLink{Via: trade.ViaNumberOrder, Number: t.NumberOrder})
	for i := range t.Head {
		follow(trade.ViaHeader, &t.Head[i])
	}
	for i := range t.Lines {
		follow(trade.ViaLine, &t.Lines[i])
	}
	if len(all) == 0 {
		all = slips
	}
	return all
}
