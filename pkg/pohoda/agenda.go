package pohoda

import (
	"maps"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// Agenda is one agenda of POHODA: a kind of document, what it is made from and
// its field table. Each stands in a file of its own and registers itself.
type Agenda struct {
	// Name is what the command line calls it: "order".
	Name string
	// Title is POHODA's own name.
	Title string
	// Prefix and Element name the document ("ord", "order"); Schema is its file.
	Prefix, Element, Schema string
	// List is the element of POHODA's lists of the agenda ("listOrder").
	List string
	// Targets are what a record may become in this agenda.
	Targets []Target
	// Rows is the printed field table.
	Rows func() []fieldtable.Info
	// Deletion asks POHODA to delete a document that it has, by the document's
	// id in POHODA; nil where XML cannot.
	Deletion func(t Target, id int64) *etree.Element

	open func(limits fieldtable.Limits) codec
}

// Target is one kind of document of an agenda: a received order, an issued one.
type Target struct {
	// Name is the value of --as.
	Name string
	// Default are the kinds of record that become it by themselves, Also those
	// that become it when asked for by name.
	Default, Also []trade.Kind
	// Kind is what the record becomes: its partner, its tax day and its checks follow
	// from that, and not from what it was.
	Kind trade.Kind
	// Direction is POHODA's side.
	Direction trade.Direction
	// Type is the value of the agenda's type element (orderType).
	Type string
	// PDP says that its lines have the mark of reverse charge.
	PDP bool
}

// codec is an agenda's field table bound to a schema.
type codec struct {
	encode func(w Work, out *fieldtable.Writer) *etree.Element
	decode func(el *etree.Element, s *Settings, r *fieldtable.Reader) *trade.Record
	// codes visits the codes of the unit that the element would hold.
	codes func(w Work, visit func(*fieldtable.UnitCode))
}

// Work is a record on its way to an element of an agenda.
type Work struct {
	// Record is a copy as what it becomes, with the codes of the unit.
	Record *trade.Record
	Target Target
	// Totals are the computed sums of a document.
	Totals *vat.Totals
	Set    *Settings
}

// Unit is an accounting unit of POHODA.
type Unit struct {
	// ICO is the unit's own IČO; POHODA refuses a pack for another one.
	ICO string
	// Country is CZ or SK: it picks the VAT table and the home currency.
	Country  string
	VATPayer bool
	// Key is the unit's GUID, used by POHODA when there is no IČO.
	Key string
	// Period is "current" or "following"; "" leaves the user's own.
	Period string
}

// Settings say how documents are written for a unit and read from it.
type Settings struct {
	Unit  Unit
	Rates vat.Rates
	// LinkPartner ties a document's partner to the address book
	// (linkToAddress) when the partner has a number to be found by.
	LinkPartner bool
	// Fit is what happens to texts that do not fit.
	Fit fieldtable.Fit
}

func kinds(list ...trade.Kind) []trade.Kind { return list }

var registry []*Agenda

// register adds an agenda; each agenda's file calls it.
func register(a *Agenda) *Agenda {
	registry = append(registry, a)
	slices.SortFunc(registry, func(a, b *Agenda) int { return strings.Compare(a.Name, b.Name) })
	return a
}

// Agendas lists the agendas by name.
func Agendas() []*Agenda { return registry }

// Find gives the agenda of a name, nil when there is none.
func Find(name string) *Agenda {
	for _, a := range registry {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// TargetFor finds what a record of a kind becomes: the named target, or, when
// the name is "", the kind's first default that goes in the record's direction.
func TargetFor(kind trade.Kind, direction trade.Direction, as string) (*Agenda, Target, *diag.Issue) {
	for _, a := range registry {
		for _, t := range a.Targets {
			usual := slices.Contains(t.Default, kind)
			asked := as == t.Name && (usual || slices.Contains(t.Also, kind))
			if asked || as == "" && usual && (direction == "" || direction == t.Direction) {
				return a, t, nil
			}
		}
	}
	if as == "" {
		return nil, Target{}, diag.New(CodeNoAgenda, "kind", string(kind), "targets", strings.Join(TargetNames(), ", "))
	}
	if !slices.Contains(TargetNames(), as) {
		return nil, Target{}, diag.New(CodeUnknownTarget, "targets", strings.Join(TargetNames(), ", ")).WithValue(as)
	}
	return nil, Target{}, diag.New(CodeWrongTarget, "kind", string(kind), "target", as)
}

// TargetNames lists the values of --as.
func TargetNames() []string {
	var names []string
	for _, a := range registry {
		for _, t := range a.Targets {
			names = append(names, t.Name)
		}
	}
	return names
}

// Tag is the name of the agenda's element with its prefix: "ord:order".
func (a *Agenda) Tag() string { return a.Prefix + ":" + a.Element }

// Open binds the agenda to the limits of a schema.
func (a *Agenda) Open(limits fieldtable.Limits) *Codec { return &Codec{a, a.open(limits)} }

// Codec writes and reads the documents of one agenda; it is safe for
// concurrent use.
type Codec struct {
	Agenda *Agenda
	codec  codec
}

// Encode turns a record into the agenda's element. It is pure assignment: what
// is wrong with the record's meaning has been said before, by package check, which
// also gives the totals. The issues are of texts that do not fit.
func (c *Codec) Encode(w Work) (*etree.Element, diag.List) {
	out := &fieldtable.Writer{Fit: w.Set.Fit}
	el := c.codec.encode(w, out)
	nameSupplier(w.Record, out.Issues)
	return el, out.Issues
}

// Decode turns the agenda's element into a record; the reader holds what was
// wrong and what was left out.
func (c *Codec) Decode(el *etree.Element, s *Settings) (*trade.Record, *fieldtable.Reader) {
	r := &fieldtable.Reader{}
	record := c.codec.decode(el, s, r)
	nameSupplier(record, r.Issues)
	return record, r
}

// VisitCodes goes through the codes of the unit that the element of a record would
// hold: those that the record has, and the places where it has none.
func (c *Codec) VisitCodes(w Work, visit func(*fieldtable.UnitCode)) { c.codec.codes(w, visit) }

// UnitLists are the unit's own lists of which documents that are written hold codes.
func UnitLists() []string {
	lists := map[string]bool{}
	for _, a := range registry {
		for _, row := range a.Rows() {
			if len(a.Targets) > 0 && row.Unit != "" {
				lists[row.Unit] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(lists))
}

// The codes of choosing an agenda.
var (
	CodeNoAgenda      = diag.Refused.Code("kind-not-covered", "kind", "targets")
	CodeUnknownTarget = diag.Usage.Code("target-unknown", "targets")
	CodeWrongTarget   = diag.Usage.Code("target-wrong", "kind", "target")
)
