package pohoda

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

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
	// List is how POHODA lists what the agenda holds.
	List List
	// Targets are what a record may become in this agenda.
	Targets []Target
	// Verbs are what POHODA does with it by XML.
	Verbs Verb
	// Rows is the printed field table, which callers leave as it is.
	Rows func() []fieldtable.Info

	open func(a *Agenda, limits fieldtable.Limits) codec
	// unsayings are what its records may hold and it has no place for, by target.
	unsayings func() map[string]unsayings
}

// List is an agenda's list in POHODA's exports: the element of the list, that of one
// record in it, and the schema of both ("lst:listOrder", "lst:order", "list.xsd").
type List struct{ Tag, Record, Schema string }

// Verb is what POHODA is asked to do. A set of verbs is their sum.
type Verb uint8

// The verbs; Add is what an element asks for that does not say it.
const (
	Add Verb = 1 << iota
	Delete
)

// Target is one kind of document of an agenda: a received order, an issued one.
type Target struct {
	// Name is the value of --as, Title what a person calls the document.
	Name  string
	Title diag.Words
	// Default are the kinds of record that become it by themselves, Also those
	// that become it when asked for by name.
	Default, Also []trade.Kind
	// Kind is what the record becomes: its partner, its tax day and its checks follow
	// from that, and not from what it was.
	Kind trade.Kind
	// Direction is POHODA's side of a document.
	Direction trade.Direction
	// Type is the value of the agenda's type element (orderType), Filter the agenda's
	// name in POHODA's filters (filter.xsd, agendaType), by which it deletes.
	Type, Filter string
	// PDP says that its lines have the mark of reverse charge.
	PDP bool
}

// codec is an agenda's field table bound to a schema.
type codec struct {
	encode func(w Work, out *fieldtable.Writer) *etree.Element
	decode func(el *etree.Element, s *Settings, r *fieldtable.Reader) (*trade.Record, Target)
	// lists says that what is read is handed over text by text as well.
	lists bool
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
	// Arena is memory for the element, which is gone with its next Reset; nil is memory of
	// its own.
	Arena *fieldtable.Arena
}

// Read is what was read from an element.
type Read struct {
	Record *trade.Record
	// Target is what a record becomes that is written so; the zero value is nothing that
	// the tool writes, or the element does not say it.
	Target Target
	// Values are the texts of a record that is no document, as they stand in the file.
	Values []fieldtable.Value
	*fieldtable.Reader
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
	// OrderNote are the words of the fields (NoteWords) that the internal note of an order
	// holds, since it has no other place for them.
	OrderNote []string
	// Fit is what happens to texts that do not fit.
	Fit fieldtable.Fit
}

func kinds(list ...trade.Kind) []trade.Kind { return list }

var registry []*Agenda

// register adds an agenda; each agenda's file calls it.
func register(a *Agenda) *Agenda {
	a.Rows = sync.OnceValue(a.Rows)
	a.unsayings = sync.OnceValue(func() map[string]unsayings { return unsayingsOf(a) })
	registry = append(registry, a)
	for _, t := range a.Targets {
		diag.AddPhrase("target-"+t.Name, t.Title)
	}
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

// AgendaOf gives the agenda of a target, nil when there is none.
func AgendaOf(target string) *Agenda {
	for _, a := range registry {
		for _, t := range a.Targets {
			if t.Name == target {
				return a
			}
		}
	}
	return nil
}

// TargetFor finds what a record becomes: the named target, or, when the name is "", its
// kind's first default that goes in the record's direction.
func TargetFor(record *trade.Record, as string) (*Agenda, Target, *diag.Issue) {
	kind, direction := record.Kind(), trade.Direction("")
	if doc := record.Document(); doc != nil {
		direction = doc.Direction
	}
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

// Reachable gives the agendas of which records of some kinds can become something: of
// the named target, or, when the name is "", of any by themselves. No kinds are all.
func Reachable(kinds []trade.Kind, as string) []*Agenda {
	return slices.DeleteFunc(slices.Clone(registry), func(a *Agenda) bool {
		return !slices.ContainsFunc(a.Targets, func(t Target) bool {
			takes := len(kinds) == 0 || slices.ContainsFunc(t.Default, func(k trade.Kind) bool { return slices.Contains(kinds, k) })
			return as == t.Name || as == "" && takes
		})
	})
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

// Prefixes are the customary prefixes of what the agenda writes, in their order.
func (a *Agenda) Prefixes() []string {
	all := []string{a.Prefix}
	for _, row := range a.Rows() {
		if row.Direction != fieldtable.Both && row.Direction != fieldtable.WriteOnly {
			continue
		}
		for name := range strings.SplitSeq(row.Path, "/") {
			if prefix, _, ok := strings.Cut(name, ":"); ok && !slices.Contains(all, prefix) {
				all = append(all, prefix)
			}
		}
	}
	slices.Sort(all)
	return all
}

// Open binds the agenda to the limits of a schema.
func (a *Agenda) Open(limits fieldtable.Limits) *Codec {
	return &Codec{a, a.open(a, limits)}
}

// Codec writes and reads the documents of one agenda; it is safe for
// concurrent use.
type Codec struct {
	Agenda *Agenda
	codec  codec
}

// Unsaid names the canonical fields that a record has and its element has no place for, such
// as "dueDate" or "lines[].ean", each once. What tells records apart, or decides whether one
// goes, is not among them.
func (c *Codec) Unsaid(w Work) []string {
	return c.Agenda.unsayings()[w.Target.Name].of(w.Record.Of, w.Set.OrderNote)
}

// Encode turns a record into the agenda's element. It is pure assignment: what
// is wrong with the record's meaning has been said before, by package check, which
// also gives the totals. The issues are of texts that do not fit.
func (c *Codec) Encode(w Work) (*etree.Element, diag.List) {
	out := &fieldtable.Writer{Fit: w.Set.Fit, Arena: w.Arena}
	el := c.codec.encode(w, out)
	nameSupplier(w.Record, out.Issues)
	return el, out.Issues
}

// Delete asks POHODA to delete what it has under an id of its own. The filter takes the
// id, since it takes no number of more than ten characters (filter.xsd,
// filterDocsDeleteType). It is nil where POHODA deletes nothing of the agenda by XML.
func (a *Agenda) Delete(t Target, id int64) *etree.Element {
	if a.Verbs&Delete == 0 {
		return nil
	}
	el := &etree.Element{Space: a.Prefix, Tag: a.Element}
	el.CreateAttr("version", "2.0")
	filter := el.CreateElement(a.Prefix + ":actionType").CreateElement(a.Prefix + ":delete").CreateElement("ftr:filter")
	filter.CreateAttr("xmlns:ftr", uri+prefixes["ftr"])
	filter.CreateAttr("agenda", t.Filter)
	filter.CreateElement("ftr:id").SetText(strconv.FormatInt(id, 10))
	return el
}

// Decode turns the agenda's element into a record; the reader holds what was
// wrong and what was left out.
func (c *Codec) Decode(el *etree.Element, s *Settings) Read {
	read := Read{Reader: &fieldtable.Reader{}}
	if c.codec.lists {
		read.Each = func(v fieldtable.Value) { read.Values = append(read.Values, v) }
	}
	read.Record, read.Target = c.codec.decode(el, s, read.Reader)
	nameSupplier(read.Record, read.Issues)
	return read
}

// VisitCodes goes through the codes of the unit that the element of a record would
// hold: those that the record has, and the places where it has none.
func (c *Codec) VisitCodes(w Work, visit func(*fieldtable.UnitCode)) { c.codec.codes(w, visit) }

// OnLines are the unit's own lists of which the agenda's documents hold codes on their
// lines alone.
func (a *Agenda) OnLines() map[string]bool {
	lists := map[string]bool{}
	for _, row := range a.Rows() {
		if row.Unit == "" {
			continue
		}
		only, known := lists[row.Unit]
		lists[row.Unit] = strings.HasPrefix(row.Field, "lines[]") && (only || !known)
	}
	return lists
}

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
