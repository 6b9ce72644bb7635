package match

import "strings"

// Rank is the set of the rules by which a record may be a document, 0 for none. Of
// two ranks the higher one is surer.
type Rank uint8

// The rules, the surest last.
const (
	// ByFoldedNumber: the document has our number or code, perhaps in other letters.
	ByFoldedNumber Rank = 1 << iota
	// ByNumber: it has the number or code exactly.
	ByNumber
	// ByPohodaNumber: it has POHODA's number of the record and nobody knows another
	// id; or one of POHODA's id and number beside our own number. Ids and numbers
	// begin anew with the year, so that one of them alone does not say it.
	ByPohodaNumber
	// ByPohoda: it has POHODA's id and number, or its id where neither has a number.
	ByPohoda
	// BySource: it names the record (extId).
	BySource
)

// rules are what may tie a document to a record.
var rules = [...]struct {
	rank  Rank
	holds func(r *Record, d *Document) bool
}{
	{BySource, func(r *Record, d *Document) bool { return d.Source.is(r.Source) }},
	{ByPohoda, func(r *Record, d *Document) bool {
		return sameID(r, d) && (sameNumber(r, d) || d.PohodaNumber+r.PohodaNumber == "")
	}},
	{ByPohodaNumber, func(r *Record, d *Document) bool {
		return sameNumber(r, d) && (r.PohodaID == 0 || d.PohodaID == 0) ||
			(sameID(r, d) || sameNumber(r, d)) && hasOurNumber(r, d, strings.EqualFold)
	}},
	{ByNumber, func(r *Record, d *Document) bool { return hasOurNumber(r, d, func(a, b string) bool { return a == b }) }},
	{ByFoldedNumber, func(r *Record, d *Document) bool { return hasOurNumber(r, d, strings.EqualFold) }},
}

// rankOf tells how sure it is that a document is a record. One that names another
// record is not this one.
func rankOf(r *Record, d *Document) (rank Rank) {
	if r.Target != d.Target || d.Source.IsKnown() && !d.Source.is(r.Source) {
		return 0
	}
	for n := range rules {
		if rules[n].holds(r, d) {
			rank |= rules[n].rank
		}
	}
	return rank
}

func sameID(r *Record, d *Document) bool { return d.PohodaID != 0 && d.PohodaID == r.PohodaID }

func sameNumber(r *Record, d *Document) bool {
	number := strings.TrimSpace(d.PohodaNumber)
	return number != "" && strings.EqualFold(number, strings.TrimSpace(r.PohodaNumber))
}

func hasOurNumber(r *Record, d *Document, is func(a, b string) bool) bool {
	number := strings.TrimSpace(d.Number)
	return number != "" && (is(number, strings.TrimSpace(r.Number)) || is(number, strings.TrimSpace(r.Code)))
}
