package receipts

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"

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
	p := &evidencePack{evidenceList: l, exported: isExport(s), refused: func() error {
		return diag.New(CodeInvoicesRefused).WithValue(pohoda.Attribute(s.Attrs(), "note")).WithPosition(s.Pos())
	}}
	if pohoda.Attribute(s.Attrs(), "state") == "error" {
		return p.refused()
	}
	if l.options.Unit != nil {
		if err := l.options.Unit(pohoda.Attribute(s.Attrs(), "ico"), pohoda.Attribute(s.Attrs(), "key")); err != nil {
			return err
		}
	}
	return p.read(s)
}

// evidencePack is a list of invoices in XML.
type evidencePack struct {
	*evidenceList
	refused func() error
	// exported says that POHODA wrote the pack.
	exported bool
	trail    func(el *etree.Element, s *pohoda.Settings, r *fieldtable.Reader) pohoda.Trail
	// other is the first thing in it that is no invoice.
	other string
}

// read reads the pack, whose root has been read, to its end.
func (p *evidencePack) read(s *xmlio.Scanner) error {
	pack, root := &pack.DocumentScanner{Scanner: s, Refused: p.refused, Each: p.take}, s.Name().Local
	pack.List = func(a *pohoda.Agenda) { p.isList = p.isList || a == pohoda.Invoices }
	pack.Tell = func(issue *diag.Issue) {
		p.other = cmp.Or(p.other, issue.Value)
		p.issues.Add(issue)
	}
	p.trail = pohoda.OpenTrails()
	at := diag.Position{File: p.file}
	switch err := pack.Read(); {
	case err != nil:
		return err
	case !p.exported && p.strangers > 0:
		return diag.New(CodeInvoicesNotPohoda, "count", strconv.Itoa(p.strangers)).WithPosition(at)
	case p.given > 0 || p.received.count == 0 && p.isList:
		return nil
	case p.received.count == 0:
		return diag.New(CodeInvoicesNoList).WithValue(cmp.Or(p.other, root)).WithPosition(at)
	}
	return p.onlyReceived()
}

// take gives an invoice of the pack.
func (p *evidencePack) take(found pack.Found) error {
	if found.Agenda != pohoda.Invoices {
		p.other = cmp.Or(p.other, found.Agenda.Element)
		return nil
	}
	var reader fieldtable.Reader
	o := p.trail(found.Element, p.options.Settings, &reader)
	if o.Document.Direction == trade.Received {
		p.received.add(found.At.Line, o.Document.Number)
		return nil
	}
	if o.Document.Currency == p.home {
		p.assumed.add(found.At.Line, string(p.home))
		p.abroad = p.abroad || !fitsRates(&o.Document.Totals)
	}
	if p.exported = p.exported || isExported(&o); !p.exported {
		p.strangers++
	}
	return p.give(evidenceOf(&o, found.At, reader.Issues))
}

// isExport tells by the root of a pack whether POHODA wrote it: an answer, or a user
// export, which names the release and the unit's key (reference ADDENDA-3, point 27).
func isExport(s *xmlio.Scanner) bool {
	return s.Name().Local == "responsePack" || pohoda.Attribute(s.Attrs(), "programVersion") != "" && pohoda.Attribute(s.Attrs(), "key") != ""
}

// isExported tells an invoice that was in POHODA by what a file that is to be imported
// cannot state: POHODA's id, or how far it is settled.
func isExported(o *pohoda.Trail) bool {
	pay := &o.Document.Payment
	return o.Document.Pohoda.ID != 0 || pay.AmountDue.IsSet() || !pay.PaidDate.IsZero() || pay.AppliedAmount.IsSet()
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
