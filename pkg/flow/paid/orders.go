package paid

import (
	"bufio"
	"context"
	"hash/maphash"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/match"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// orderList are the known orders, and what marking them needs.
type orderList struct {
	from string
	tell func(*diag.Issue)
	// known is nil where nobody says which orders there are.
	known *settlement.KnownOrders
	// exported says that POHODA has exported them.
	exported bool
	// matcher has them in the same places; nil without a ledger.
	matcher *match.Matcher
	words   words
	// namesakes are the names that several orders have.
	namesakes map[string]bool
	// records counts the records of the source; raws are their hashes.
	records int
	raws    []uint64
	seed    maphash.Seed
	// unmarkable says that a record is not a canonical one of JSON.
	unmarkable bool
	// prepared says what orders come to.
	prepared *flow.Preparation
}

// readOrders reads the orders of a CRM's file or folder, or of an export out of
// POHODA, as far as invoices can name them.
func (p *Paid) readOrders(ctx context.Context, l *orderList) error {
	l.from, l.known, l.seed = p.Orders, settlement.Known(), maphash.MakeSeed()
	if p.Ledger != nil {
		l.matcher = match.New()
	}
	var err error
	if l.prepared, err = flow.NewPreparation(p.Config, trade.DateOf(p.Now)); err != nil {
		return err
	}
	stdin, kind, err := sniffed(p.Orders, p.Stdin)
	if err != nil {
		return flow.ReadError(p.Orders, err)
	}
	if kind == "dataPack" || kind == "responsePack" {
		err = p.readExport(l, stdin)
	} else {
		reading := p.Reading
		reading.Stdin = stdin
		err = l.readSource(ctx, reading)
	}
	if err == nil && l.known.Len() == 0 {
		p.tell(diag.Warn(flow.CodeNoOrders).WithValue(p.Orders))
	}
	return err
}

// sniffed tells what a source is by its beginning; "" for a folder. The standard
// input is given back with its beginning.
func sniffed(from string, stdin io.Reader) (io.Reader, string, error) {
	const enough = 4 << 10
	r := stdin
	if from != "-" {
		file, err := os.Open(from)
		if err != nil {
			return nil, "", err
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil && info.IsDir() {
			return nil, "", nil
		}
		r = file
	}
	buffered := bufio.NewReaderSize(r, enough)
	head, err := buffered.Peek(enough)
	if err != nil && err != io.EOF {
		return nil, "", err
	}
	return buffered, sheet.Sniff(head), nil
}

// readExport reads the orders that POHODA exported, or that were made for it.
func (p *Paid) readExport(l *orderList, stdin io.Reader) error {
	l.exported, l.unmarkable = true, true
	issues, err := flow.ShowOwn(p.Config, p.Orders, stdin, func(s *flow.Shown) error {
		if doc := s.Document; doc != nil && doc.Kind == trade.Order && doc.Direction != trade.Issued {
			stated := doc.Totals.Payable.Or(doc.Totals.Gross)
			l.add(doc, -1, stated.Or(l.prepared.ComesTo(s.Record, receivedTarget, nil)))
		}
		return nil
	})
	for _, issue := range issues.Of(diag.Error) {
		p.tell(issue)
	}
	return err
}

// readSource reads the records of a CRM's source.
func (l *orderList) readSource(ctx context.Context, o crm.Options) error {
	source, err := crm.Open(l.from, o)
	if err != nil {
		return err
	}
	type decoded struct {
		raw     canonical.Raw
		results []canonical.Result
		totals  []money.Decimal
	}
	return flow.ProcessOrdered(ctx, runtime.GOMAXPROCS(0), flow.BatchSize, source.Next, func() { source.Close() }, func() func([]canonical.Raw) []decoded {
		return flow.OneByOne(func(raw canonical.Raw) decoded {
			d := decoded{raw: raw, results: source.Decode(raw)}
			for i := range d.results {
				d.totals = append(d.totals, l.comesTo(&d.results[i]))
			}
			return d
		})
	}, func(d decoded) error {
		for i := range d.results {
			l.take(&d.results[i], d.totals[i])
		}
		l.unmarkable = l.unmarkable || d.raw.Header != nil
		l.raws = append(l.raws, maphash.Bytes(l.seed, d.raw.Bytes))
		l.records++
		return nil
	})
}

// comesTo is what a record comes to as an order; absent is unknown, also of one that
// is none.
func (l *orderList) comesTo(r *canonical.Result) money.Decimal {
	doc := r.Record.Document()
	if doc == nil || !isOrder(doc.Kind) {
		return money.Decimal{}
	}
	return l.prepared.ComesTo(&r.Record, receivedTarget, r.Issues)
}

func isOrder(kind trade.Kind) bool { return kind == trade.Deal || kind == trade.Order }

// take takes a record that is an order. What is wrong with it matters only where
// it concerns its identity.
func (l *orderList) take(r *canonical.Result, total money.Decimal) {
	doc := r.Record.Document()
	wrong := slices.DeleteFunc(r.Issues.Of(diag.Error), func(i *diag.Issue) bool {
		return doc != nil && !flow.ConcernsIdentity(i.Path)
	})
	for _, issue := range wrong {
		issue.Record = flow.RecordName(&r.Record)
		l.tell(issue)
	}
	l.unmarkable = l.unmarkable || r.Record.Origin.Profile != ""
	if len(wrong) == 0 && doc != nil && isOrder(doc.Kind) {
		l.add(doc, int32(l.records), total)
	}
}

// add makes an order known, with texts of its own: those of the document share the
// memory of its record. record is its place in the file, total what it comes to.
func (l *orderList) add(doc *trade.Document, record int32, total money.Decimal) {
	order := settlement.KnownOrder{
		Number: strings.Clone(doc.Number), PohodaNumber: strings.Clone(doc.Pohoda.Number), PohodaID: doc.Pohoda.ID,
		System: l.words.keep(flow.SystemName(doc.Source.System, doc.Source.Instance)), ID: strings.Clone(doc.Source.ID),
		Total: total, Currency: money.Currency(l.words.keep(string(doc.Currency))), Record: record,
	}
	for i := range doc.References {
		if ref := &doc.References[i]; ref.Kind == "delivery" && ref.Number != "" {
			order.Slips = append(order.Slips, strings.Clone(ref.Number))
		}
	}
	switch {
	case l.matcher == nil:
	case l.exported:
		l.matcher.Add(flow.MatchDocument(doc, receivedTarget.Name))
	default:
		// What the CRM has is a record as it is, and no document that may be one.
		l.matcher.Add(match.Document{Target: receivedTarget.Name, Source: match.Source{System: order.System, ID: order.ID, Kind: doc.Kind}})
	}
	l.known.Add(order)
}

// words keeps texts that come again and again once, each with memory of its own.
type words map[string]string

func (w words) keep(text string) string {
	kept, ok := w[text]
	if !ok {
		kept = strings.Clone(text)
		w[kept] = kept
	}
	return kept
}
