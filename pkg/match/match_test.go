package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/match"
	"github.com/gopohoda/pohoda/pkg/trade"
)

var (
	own     = match.Source{System: "crm:firm", ID: "1"}
	ownDeal = match.Source{System: "crm:firm", ID: "1", Kind: trade.Deal}
	foreign = match.Source{System: "shop", ID: "1"}
)

// posted is an order of POHODA that names a record, unless it is none.
func posted(source match.Source) match.Document {
	return match.Document{Target: "order", Source: source, Number: "OP-1", PohodaID: 7, PohodaNumber: "26OP7"}
}

func record(source match.Source, number, code string, id int64, pohodaNumber string) match.Record {
	return match.Record{Code: code, Document: match.Document{Target: "order", Source: source, Number: number, PohodaID: id, PohodaNumber: pohodaNumber}}
}

const ourNumber = match.ByNumber | match.ByFoldedNumber

// cases have a row for each way in which a record of ours fits an order, and for each
// in which it does not; the surest come first.
var cases = []struct {
	name     string
	document match.Document
	record   match.Record
	want     match.Rank
}{
	{"named, by its number", posted(own), record(ownDeal, "OP-1", "D-1", 0, ""), match.BySource | ourNumber},
	{"named, known by its answer", posted(own), record(ownDeal, "x", "", 7, "26OP7"), match.BySource | match.ByPohoda},
	{"named", posted(own), record(ownDeal, "x", "y", 0, ""), match.BySource},
	{"named by what keeps its kind", match.Document{Target: "order", Source: ownDeal}, record(ownDeal, "", "", 0, ""), match.BySource},
	{"id and number of POHODA", posted(match.Source{}), record(ownDeal, "edited", "", 7, "26OP7"), match.ByPohoda},
	{"the same in other letters", posted(match.Source{}), record(ownDeal, "edited", "", 7, " 26op7"), match.ByPohoda},
	{"the id of POHODA, without a number", match.Document{Target: "order", PohodaID: 7}, record(ownDeal, "x", "", 7, ""), match.ByPohoda},
	{"the number of POHODA, as a person said it", posted(match.Source{}), record(ownDeal, "x", "", 0, "26OP7"), match.ByPohodaNumber},
	{"the id of POHODA beside our number", posted(match.Source{}), record(ownDeal, "", "op-1", 7, "26OP8"), match.ByPohodaNumber | match.ByFoldedNumber},
	{"the number of POHODA beside our number", posted(match.Source{}), record(ownDeal, "op-1", "", 8, "26OP7"), match.ByPohodaNumber | match.ByFoldedNumber},
	{"our number", posted(match.Source{}), record(ownDeal, "OP-1", "x", 0, ""), ourNumber},
	{"the deal's code", posted(match.Source{}), record(ownDeal, "x", "OP-1", 8, "26OP8"), ourNumber},
	{"our number in other letters", posted(match.Source{}), record(ownDeal, "x", "op-1 ", 0, ""), match.ByFoldedNumber},

	{"the id alone, of another year", posted(match.Source{}), record(ownDeal, "x", "", 7, "25OP7"), 0},
	{"the number alone, of another year", posted(match.Source{}), record(ownDeal, "x", "", 6, "26OP7"), 0},
	{"another record is named", posted(match.Source{System: "crm:firm", ID: "2"}), record(ownDeal, "OP-1", "", 7, "26OP7"), 0},
	{"a record of another system is named", posted(foreign), record(ownDeal, "OP-1", "", 7, "26OP7"), 0},
	{"one of another account", posted(match.Source{System: "crm", ID: "1"}), record(ownDeal, "OP-1", "", 7, "26OP7"), 0},
	{"one of another kind", match.Document{Target: "order", Source: match.Source{System: "crm:firm", ID: "1", Kind: trade.Order}}, record(ownDeal, "", "", 0, ""), 0},
	{"a record that has no source", posted(own), record(match.Source{}, "OP-1", "", 7, "26OP7"), 0},
	{"another target", match.Document{Target: "issued-order", Source: own, Number: "OP-1"}, record(ownDeal, "OP-1", "", 0, ""), 0},
	{"nothing", match.Document{Target: "order"}, record(match.Source{}, "", "", 0, ""), 0},
	{"a system alone", match.Document{Target: "order", Source: match.Source{System: "crm:firm"}}, record(match.Source{System: "crm:firm"}, "", "", 0, ""), 0},
	{"blanks", match.Document{Target: "order", Number: " ", PohodaNumber: " "}, record(own, " ", " ", 0, " "), 0},
}

type matching struct{ *match.Matcher }

// assign assigns records, which get the rows from 1.
func (m matching) assign(records ...match.Record) {
	for n, r := range records {
		r.Row = int64(n + 1)
		m.Assign(&r)
	}
}

func of(documents ...match.Document) matching {
	m := matching{match.New()}
	for _, d := range documents {
		m.Add(d)
	}
	return m
}

// TestRules goes through each rule with one record, with two that are as sure, and
// with two documents of one record.
func TestRules(t *testing.T) {
	var covered match.Rank
	for _, c := range cases {
		covered |= c.want
		stranger := record(match.Source{System: "crm:firm", ID: "9"}, "OP-9", "D-9", 99, "26OP99")
		t.Run(c.name, func(t *testing.T) {
			m := of(c.document)
			if c.want == 0 {
				m.assign(c.record)
				assert.Empty(t, m.Find(&c.record))
				assert.Empty(t, m.Records(0))
				return
			}
			assert.Equal(t, []match.Candidate{{Document: 0, Rank: c.want}}, m.Find(&c.record))
			first, second := c.record, c.record
			first.Row, second.Row = 1, 2

			m.assign(first, stranger)
			assert.Equal(t, []int64{1}, m.Records(0))
			assert.Empty(t, m.Ambiguous())
			_, found := m.Surest(&first)
			assert.True(t, found)

			m = of(c.document)
			m.assign(first, second)
			assert.Equal(t, []int64{1, 2}, m.Records(0))
			assert.Equal(t, []int{0}, m.Ambiguous())
			assert.Len(t, m.Own(&second), 1)
			_, found = m.Surest(&first)
			assert.False(t, found, "nothing is chosen")

			m = of(c.document, c.document)
			m.assign(first)
			assert.Empty(t, m.Ambiguous())
			assert.Len(t, m.Own(&first), 2)
			_, found = m.Surest(&first)
			assert.False(t, found, "two are as sure")
		})
	}
	for rank := match.ByFoldedNumber; rank <= match.BySource; rank <<= 1 {
		assert.NotZero(t, covered&rank, "no row for rule %b", rank)
	}
}

// TestSurest lets any two records of different ranks have one document: it belongs to
// the surer one, whichever the ledger has first.
func TestSurest(t *testing.T) {
	for _, surer := range cases {
		for _, other := range cases {
			if surer.document != other.document || other.want == 0 || surer.want <= other.want {
				continue
			}
			name := surer.name + " before " + other.name
			m := of(surer.document)
			m.assign(surer.record, other.record)
			assert.Equal(t, []int64{1}, m.Records(0), name)
			m = of(surer.document)
			m.assign(other.record, other.record, surer.record)
			assert.Equal(t, []int64{3}, m.Records(0), name)
			assert.Empty(t, m.Ambiguous(), name)
		}
	}
}

// TestExactBeforeFolded has two orders whose numbers differ in their letters.
func TestExactBeforeFolded(t *testing.T) {
	exact, folded := match.Document{Target: "order", Number: "OP-1"}, match.Document{Target: "order", Number: "op-1"}
	m := of(folded, exact)
	m.assign(record(own, "OP-1", "", 0, ""))
	assert.Empty(t, m.Records(0))
	assert.Equal(t, []int64{1}, m.Records(1))

	// A record that fits by more than the letters keeps both.
	folded.PohodaID, folded.PohodaNumber = 7, "26OP7"
	m = of(folded, exact)
	r := record(own, "OP-1", "", 7, "26OP7")
	m.assign(r)
	r.Row = 1
	assert.Len(t, m.Own(&r), 2)
	at, found := m.Surest(&r)
	assert.Equal(t, 0, at)
	assert.True(t, found)
}

// TestManyOfOneName keeps a few records of a number that all have.
func TestManyOfOneName(t *testing.T) {
	many := make([]match.Record, 1000)
	for n := range many {
		many[n] = record(match.Source{}, "OP-1", "", 0, "")
	}
	m := of(match.Document{Target: "order", Number: "OP-1"})
	m.assign(many...)
	assert.Len(t, m.Records(0), match.Several)
}
