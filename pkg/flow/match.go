package flow

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/match"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// CodePostedAmbiguous says that an order of POHODA may be any of several {records}.
var CodePostedAmbiguous = diag.Refused.Code("order-record-ambiguous", "records")

// MatchDocument is what POHODA has of a target for the matcher, with texts of its own:
// those of a record share its memory. One that names no record is POHODA's own.
func MatchDocument(of trade.Subject, target string) match.Document {
	head := of.Header()
	m := match.Document{
		Target: target, Number: strings.Clone(of.Code()), PohodaID: head.Pohoda.ID, PohodaNumber: strings.Clone(head.Pohoda.Number),
	}
	if s := head.Source; s.System != pohodaSystem {
		m.Source = match.Source{System: strings.Clone(SystemName(s.System, s.Instance)), ID: strings.Clone(s.ID)}
	}
	return m
}

// MatchRecord is a record of the ledger for the matcher.
func MatchRecord(r *ledger.Record) *match.Record {
	return &match.Record{Row: r.RowID, Code: r.Code, Document: match.Document{
		Target: r.Target, Source: match.Source{System: SystemName(r.System, r.Instance), ID: r.ID, Kind: r.Kind},
		Number: r.OrderNumber, PohodaID: r.PohodaID, PohodaNumber: r.PohodaNumber,
	}}
}

// MatchSource is a record in its own system as POHODA keeps it, without its kind.
func MatchSource(s trade.Source) match.Source {
	return match.Source{System: SystemName(s.System, s.Instance), ID: s.ID}
}

// SystemName names a system and the account in it as POHODA keeps it.
func SystemName(system, instance string) string {
	if instance == "" {
		return system
	}
	return system + ":" + instance
}

// SourceKey is a record in its own system as one text.
func SourceKey(s match.Source) string { return s.System + "\x1f" + s.ID }

// Match assigns the records of the ledger, of which there may be many, to documents,
// and tells of the documents that may be any of several. assigned gets each record
// with its documents, called gives what the document of a place is called, with its kind.
func (b *Ledger) Match(ctx context.Context, m *match.Matcher, assigned func(e *ledger.Entry, documents []int), called func(int) string, tell func(*diag.Issue)) error {
	for e, err := range b.Entries(ctx, ledger.Filter{}) {
		if err != nil {
			return err
		}
		assigned(&e, m.Assign(MatchRecord(&e.Record)))
	}
	ambiguous := m.Ambiguous()
	if len(ambiguous) == 0 {
		return nil
	}
	names := map[int][]string{}
	for r, err := range b.Records(ctx, ledger.Filter{}) {
		if err != nil {
			return err
		}
		for _, c := range m.Own(MatchRecord(&r)) {
			names[c.Document] = append(names[c.Document], KeyName(&r))
		}
	}
	for _, n := range ambiguous {
		if len(names[n]) == match.Several {
			names[n] = append(names[n], "…")
		}
		tell(diag.New(CodePostedAmbiguous, "records", strings.Join(names[n], ", ")).WithRecord(strings.TrimSpace(called(n))))
	}
	return nil
}

// PohodaDocument is a document in POHODA; the zero value is none.
type PohodaDocument struct {
	ID     int64
	Number string
}

// Is tells whether two are one document: by the id, or by the number.
func (d PohodaDocument) Is(o PohodaDocument) bool {
	return d.ID != 0 && d.ID == o.ID || d.Number != "" && d.Number == o.Number
}

// String is how the document is called: by its number, else by its id.
func (d PohodaDocument) String() string {
	if d.Number == "" && d.ID != 0 {
		return "id " + strconv.FormatInt(d.ID, 10)
	}
	return d.Number
}

// AdviceByHand is the hint where POHODA does not let a document be replaced by XML.
const AdviceByHand = "advice-by-hand"

// CodeNoOrders says that what should hold orders holds none.
var CodeNoOrders = diag.Warning.Code("orders-none")

// ConcernsIdentity tells the fields by which a document is recognised.
func ConcernsIdentity(path string) bool {
	field, _, _ := strings.Cut(path, ".")
	return slices.Contains([]string{"", "kind", "source", "number", "pohoda", "totals", "currency"}, field)
}

// CodeNotFromPohoda says that {count} orders have no id of POHODA, since POHODA has never
// had them.
var CodeNotFromPohoda = diag.Refused.Code("orders-not-from-pohoda", "count")
