// Package match says which record of ours a document of POHODA is. It is asked by
// all that brings the two together: what was confirmed, what is reconciled, which
// orders invoices may name.
//
// The documents are held, and the records of ours, of which there may be many more,
// are read once: each is assigned to the documents that it may be. One table of
// rules says how sure that is, the surest rule first; a [Rank] is the set of the
// rules that hold, and one that lies higher outweighs all below it. A document
// belongs to the record of the highest rank. Where several records have it, nothing
// is chosen: whoever asks tells that the document is ambiguous. A document that
// names one record (extId) is no other, whatever else fits, and a number in other
// letters counts only where no document has it exactly.
//
// Which orders an invoice refers to is another question, with several answers and
// texts that people typed; package trade answers it.
package match

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/trade"
)

// Document is a document of POHODA as far as it tells which record of ours it is.
// What it does not tell is empty.
type Document struct {
	// Target is what a record becomes in it ("order").
	Target string
	// Source is the record that it names (extId), Number our own number of it.
	Source Source
	Number string
	// PohodaID and PohodaNumber are POHODA's own.
	PohodaID     int64
	PohodaNumber string
}

// Record is a record of ours, of the ledger or of a CRM, beside the document that it
// became as far as we know it.
type Record struct {
	Document
	// Row is its number in the ledger, 0 for none.
	Row int64
	// Code is the record's own; Number is the one that POHODA was given.
	Code string
}

// Source is a record in its own system.
type Source struct {
	// System has the account in it behind a colon, as POHODA keeps it.
	System, ID string
	// Kind is "" where nobody says it: POHODA does not keep it, so that a deal and an
	// order of one id are one to it.
	Kind trade.Kind
}

// IsKnown tells a record from none: a system or an id alone names nothing.
func (s Source) IsKnown() bool { return s.System != "" && s.ID != "" }

func (s Source) is(other Source) bool {
	return s.IsKnown() && s.System == other.System && s.ID == other.ID && (s.Kind == other.Kind || s.Kind == "" || other.Kind == "")
}

// Matcher holds documents and assigns records to them.
type Matcher struct {
	seed      maphash.Seed
	documents []Document
	// index finds documents by the hashes of what rules compare.
	index map[uint64][]int32
	// rows are the surest records of each document, of the same rank.
	rows  [][]int64
	ranks []Rank
}

// New is a matcher without documents.
func New() *Matcher {
	return &Matcher{seed: maphash.MakeSeed(), index: map[uint64][]int32{}}
}

// Add adds a document, whose texts it keeps, and gives its place, counted from 0.
// All documents are added before the first record is assigned.
func (m *Matcher) Add(d Document) int {
	n := len(m.documents)
	m.documents, m.rows, m.ranks = append(m.documents, d), append(m.rows, nil), append(m.ranks, 0)
	for _, hash := range m.hashes(&d, "") {
		m.index[hash] = append(m.index[hash], int32(n))
	}
	return n
}

// hashes are those of what a document, or a record with a code, is found by.
func (m *Matcher) hashes(d *Document, code string) []uint64 {
	hashes := make([]uint64, 0, 5)
	for _, k := range [...]struct {
		of         Rank
		text, more string
		id         int64
	}{
		{of: BySource, text: d.Source.ID, more: d.Source.System}, {of: ByPohoda, id: d.PohodaID},
		{of: ByPohodaNumber, text: folded(d.PohodaNumber)}, {of: ByNumber, text: folded(d.Number)}, {of: ByNumber, text: folded(code)},
	} {
		if k.text != "" || k.id != 0 {
			hashes = append(hashes, maphash.Comparable(m.seed, k))
		}
	}
	return hashes
}

func folded(number string) string { return strings.ToLower(strings.TrimSpace(number)) }

// Candidate is a document, by its place, that a record may be.
type Candidate struct {
	Document int
	Rank     Rank
}

// Find gives the documents that a record may be, in their order, whether or not they
// belong to another one for surer.
func (m *Matcher) Find(r *Record) (candidates []Candidate) {
	exact := false
	for _, hash := range m.hashes(&r.Document, r.Code) {
		for _, n := range m.index[hash] {
			if rank := rankOf(r, &m.documents[n]); rank != 0 {
				exact = exact || rank&ByNumber != 0
				candidates = append(candidates, Candidate{int(n), rank})
			}
		}
	}
	slices.SortFunc(candidates, func(a, b Candidate) int { return a.Document - b.Document })
	candidates = slices.Compact(candidates)
	if exact {
		candidates = slices.DeleteFunc(candidates, func(c Candidate) bool { return c.Rank == ByFoldedNumber })
	}
	return candidates
}

// Assign assigns a record of the ledger to the documents that it may be, but those
// that belong to another one for surer, and gives these.
func (m *Matcher) Assign(r *Record) (documents []int) {
	for _, c := range m.Find(r) {
		switch rows, rank := &m.rows[c.Document], &m.ranks[c.Document]; {
		case c.Rank < *rank:
			continue
		case c.Rank > *rank:
			*rows, *rank = []int64{r.Row}, c.Rank
		case len(*rows) < Several:
			*rows = append(*rows, r.Row)
		}
		documents = append(documents, c.Document)
	}
	return documents
}

// Several is how many records of a document are kept at the most, where nothing says
// which of them it is.
const Several = 10

// Records gives the rows of the records to which a document belongs: none, one, or
// the first several. All records were assigned before.
func (m *Matcher) Records(document int) []int64 { return m.rows[document] }

// Ambiguous gives the documents of several records.
func (m *Matcher) Ambiguous() (documents []int) {
	for n, rows := range m.rows {
		if len(rows) > 1 {
			documents = append(documents, n)
		}
	}
	return documents
}

// Own gives the documents that belong to a record, those among them that may belong
// to others as well.
func (m *Matcher) Own(r *Record) []Candidate {
	return slices.DeleteFunc(m.Find(r), func(c Candidate) bool { return !slices.Contains(m.rows[c.Document], r.Row) })
}

// Surest gives the one document of a record: the surest of those that belong to it
// alone. It is none where two are as sure.
func (m *Matcher) Surest(r *Record) (document int, found bool) {
	var best Rank
	for _, c := range m.Own(r) {
		switch {
		case len(m.rows[c.Document]) > 1 || c.Rank < best:
		case c.Rank > best:
			document, found, best = c.Document, true, c.Rank
		default:
			found = false
		}
	}
	return document, found
}
