package settlement

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Payments gathers evidence, row by row, and gives the verdict on each order. It
// keeps of a row what a verdict needs and nothing else.
//
// An invoice is known by its number: rows with one number are one invoice, each
// may say what the others leave out, and where two say different things the
// invoice is contradicted and proves nothing. A row without a number is one
// invoice with its equal in other files; equal rows of one file are several.
type Payments struct {
	orders *knownOrders
	tell   func(*diag.Issue)

	seed       maphash.Seed
	invoices   chunks[invoice]
	places     lookup
	files      []evidenceFile
	currencies []money.Currency
	names      [][]OrderLink
	amounts    []moreAmounts
	texts      textStore
	// judged is what Verdicts has found out.
	judged *giver
}

type evidenceFile struct{ name, digest string }

// invoice is what is kept of an invoice; there may be a million of them.
type invoice struct {
	// order is the text that names the order; names is the place of what names it
	// besides in Payments.names, 0 for nothing.
	number, order string
	total, due    money.Decimal
	// content is the hash of a row without a number, claimed the last file that
	// had it.
	content uint64
	names   int32
	// amounts is the place of what few invoices have in Payments.amounts, 0 for
	// nothing.
	amounts       int32
	date, settled int32
	line          int32
	file          uint16
	claimed       uint16
	currency      uint16
	// kind is the place in evidenceKinds, 0 is unknown.
	kind      uint8
	cancelled trade.Flag
	// doubtful says that a row proves nothing.
	doubtful bool
	// shared says that it belongs to several orders.
	shared bool
	// clashes are the fields in which rows contradict each other.
	clashes fields
}

// NewPayments gathers evidence on the orders that are known. Without any (nil)
// every number that an invoice names is an order of its own. The findings are
// told as they are made: those of rows at once, those of matching with the
// verdicts.
func NewPayments(known *KnownOrders, tell func(*diag.Issue)) *Payments {
	p := &Payments{tell: tell, seed: maphash.MakeSeed(), currencies: []money.Currency{""}, names: [][]OrderLink{nil}, amounts: make([]moreAmounts, 1)}
	if known != nil {
		p.orders = indexOrders(known)
	}
	return p
}

// Digest states the digest of a file, which is known when all of it was read.
func (p *Payments) Digest(file, digest string) { p.files[p.file(file)].digest = digest }

// Add takes a row. Its doubts are told.
func (p *Payments) Add(e *Evidence) {
	for _, issue := range e.Doubts {
		p.tell(issue)
	}
	row := p.compact(e)
	if row.number == "" {
		p.addUnnumbered(&row, e)
		return
	}
	hash := maphash.String(p.seed, row.number)
	at, slot := p.places.find(hash, func(at int) bool { return p.invoices.at(at).number == row.number })
	if at >= 0 {
		p.merge(p.invoices.at(at), &row, e)
		return
	}
	p.keep(slot, hash, &row, e)
}

// addUnnumbered looks for the row's equal in another file: the n-th of equal
// rows here is the n-th there.
func (p *Payments) addUnnumbered(row *invoice, e *Evidence) {
	var links strings.Builder
	for _, link := range e.Orders {
		if link.Number != row.order {
			fmt.Fprintln(&links, link)
		}
	}
	row.content = maphash.Comparable(p.seed, unnumbered{
		row.order, links.String(), e.Symbol, row.total, row.due, row.date, row.settled,
		row.currency, row.kind, row.cancelled, row.doubtful,
	})
	at, slot := p.places.find(row.content, func(at int) bool {
		i := p.invoices.at(at)
		return i.content == row.content && i.number == "" && i.claimed != row.file
	})
	if at >= 0 {
		equal := p.invoices.at(at)
		equal.claimed = row.file
		p.earlier(equal, row)
		return
	}
	row.claimed = row.file
	p.keep(slot, row.content, row, e)
}

// unnumbered is what makes a row without a number equal to another; two rows of
// one hash are taken for equal.
type unnumbered struct {
	order, links, symbol string
	total, due           money.Decimal
	date, settled        int32
	currency             uint16
	kind                 uint8
	cancelled            trade.Flag
	doubtful             bool
}

// keep adds a row as a new invoice, with texts of its own.
func (p *Payments) keep(slot int, hash uint64, row *invoice, e *Evidence) {
	row.number, row.order = p.texts.keep(row.number), p.texts.keep(row.order)
	m := merger{p, row, e}
	m.names()
	m.moreAmounts()
	p.invoices.add(*row)
	p.places.put(slot, hash, p.invoices.n-1)
}

// compact gives the row as it is kept; its texts are still those of the evidence.
func (p *Payments) compact(e *Evidence) invoice {
	row := invoice{
		number: strings.TrimSpace(e.Invoice), order: e.text(),
		total: e.Total, due: e.Due, date: e.Date.Number(), settled: e.Settled.Number(),
		file: uint16(p.file(e.At.File)), line: int32(e.At.Line),
		currency: p.currency(e.Currency), kind: uint8(max(0, slices.Index(evidenceKinds[:], e.Kind))),
		cancelled: e.Cancelled, doubtful: slices.ContainsFunc(e.Doubts, func(i *diag.Issue) bool { return !ofOrder(i) }),
	}
	if e.Digest != "" {
		p.files[row.file].digest = e.Digest
	}
	return row
}

// file gives the index of a file; mostly it is the last one.
func (p *Payments) file(name string) int {
	for i, file := range slices.Backward(p.files) {
		if file.name == name {
			return i
		}
	}
	p.files = append(p.files, evidenceFile{name: name})
	return len(p.files) - 1
}

// currency gives the index of a currency; there are a few.
func (p *Payments) currency(c money.Currency) uint16 {
	for i, known := range p.currencies {
		if known == c {
			return uint16(i)
		}
	}
	p.currencies = append(p.currencies, money.Currency(strings.Clone(string(c))))
	return uint16(len(p.currencies) - 1)
}

var evidenceKinds = [...]EvidenceKind{UnknownEvidence, FinalEvidence, AdvanceEvidence, CreditEvidence, DebitEvidence, OtherEvidence}
