package flow

import (
	"bufio"
	"cmp"
	"context"
	"hash/maphash"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// CodeNoOrders says that what should hold orders holds none.
const CodeNoOrders diag.Code = "orders-none"

// orderBook are the known orders, and what marking them needs.
type orderBook struct {
	from  string
	tell  func(*diag.Issue)
	known []trade.KnownOrder
	// records counts the records of the source; raws are their hashes.
	records int
	raws    []uint64
	seed    maphash.Seed
	// unmarkable says that a record is not a canonical one of JSON.
	unmarkable bool
}

// readOrders reads the orders of a CRM's file or folder, or of an export out of
// POHODA, as far as invoices can name them.
func (p *Paid) readOrders(ctx context.Context) (*orderBook, error) {
	b := &orderBook{from: p.Orders, tell: p.tell, known: []trade.KnownOrder{}, seed: maphash.MakeSeed()}
	stdin, kind, err := sniffed(p.Orders, p.Stdin)
	if err != nil {
		return nil, unreadable(p.Orders, err)
	}
	if kind == "dataPack" || kind == "responsePack" {
		err = p.readExport(b, stdin)
	} else {
		reading := p.Reading
		reading.Stdin = stdin
		err = b.readSource(ctx, reading)
	}
	if err == nil && len(b.known) == 0 {
		p.tell(diag.Warn(CodeNoOrders).Of(p.Orders))
	}
	return b, err
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
func (p *Paid) readExport(b *orderBook, stdin io.Reader) error {
	b.unmarkable = true
	issues, err := Show(p.Config, p.Orders, stdin, func(s *Shown) error {
		if s.Document.Kind == trade.Order && s.Document.Direction != trade.Issued {
			b.add(s.Document)
		}
		return nil
	})
	for _, issue := range issues.Of(diag.Error) {
		p.tell(issue)
	}
	return err
}

// readSource reads the records of a CRM's source.
func (b *orderBook) readSource(ctx context.Context, o crm.Options) error {
	source, err := crm.Open(b.from, o)
	if err != nil {
		return err
	}
	type decoded struct {
		raw     crm.Raw
		results []crm.Result
	}
	return inOrder(ctx, runtime.GOMAXPROCS(0), batch, source.Next, func() { source.Close() }, func() func([]crm.Raw) []decoded {
		return oneByOne(func(raw crm.Raw) decoded { return decoded{raw, source.Decode(raw)} })
	}, func(d decoded) error {
		for i := range d.results {
			b.take(&d.results[i])
		}
		b.unmarkable = b.unmarkable || d.raw.Header != nil
		b.raws = append(b.raws, maphash.Bytes(b.seed, d.raw.Bytes))
		b.records++
		return nil
	})
}

// take takes a record that is an order. What is wrong with it matters only where
// it concerns its identity.
func (b *orderBook) take(r *crm.Result) {
	doc := r.Record.Document
	wrong := slices.DeleteFunc(r.Issues.Of(diag.Error), func(i *diag.Issue) bool {
		return doc != nil && !concernsIdentity(i.Path)
	})
	for _, issue := range wrong {
		if doc != nil {
			issue.Record = strings.TrimSpace(string(doc.Kind) + " " + cmp.Or(doc.Number, doc.Source.ID))
		}
		b.tell(issue)
	}
	b.unmarkable = b.unmarkable || r.Record.Origin.Profile != ""
	if len(wrong) == 0 && doc != nil && (doc.Kind == trade.Deal || doc.Kind == trade.Order) {
		b.add(doc)
		b.known[len(b.known)-1].Record = b.records
	}
}

func concernsIdentity(path string) bool {
	field, _, _ := strings.Cut(path, ".")
	return slices.Contains([]string{"", "kind", "source", "number", "pohoda", "totals", "currency"}, field)
}

// add makes an order known; only one in a file of canonical records has a place
// there.
func (b *orderBook) add(doc *trade.Document) {
	order := trade.KnownOrder{
		Number: doc.Number, PohodaNumber: doc.Pohoda.Number, PohodaID: doc.Pohoda.ID, Source: doc.Source,
		Total: doc.Totals.Payable.Or(doc.Totals.Gross), Currency: doc.Currency, Record: -1,
	}
	for i := range doc.References {
		if ref := &doc.References[i]; ref.Kind == "delivery" && ref.Number != "" {
			order.Slips = append(order.Slips, ref.Number)
		}
	}
	b.known = append(b.known, order)
}
