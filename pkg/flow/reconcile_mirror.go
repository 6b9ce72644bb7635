package flow

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// mirror shows what records become in POHODA: it does all that an export does and
// reads the order that comes of it as one of POHODA's is read. It is safe for
// concurrent use.
type mirror struct {
	config    *config.Config
	house     house
	catalogue *catalogue
	checks    trade.CheckSettings
	settings  *pohoda.Settings
	codec     *pohoda.Codec
	as        string
	selection *Selection
}

// image is a record of the CRM beside what it becomes.
type image struct {
	// concerned says that the record becomes an order; selected that it is one that
	// should be in POHODA.
	concerned, selected bool
	key                 ledger.Key
	direction           trade.Direction
	// name is the record in messages; record is its key, source the one that POHODA
	// keeps.
	name, number, customer, record, source string
	at                                     diag.Position

	phase   trade.Phase
	payment trade.PaymentState
	waits   bool
	issues  diag.List
	print   string
	content orderContent
}

func newMirror(c *config.Config, today trade.Date, as string, selection *Selection) (*mirror, error) {
	for _, issue := range Wrong(c).Of(diag.Error) {
		return nil, issue
	}
	catalogue, err := openCatalogue(c.Lines)
	if err != nil {
		return nil, err
	}
	orders, err := bind(pohoda.Orders)
	if err != nil {
		return nil, err
	}
	encoding, _ := charset.Lookup(c.Encoding.Output)
	own := *c
	if own.Dates.Order == dateToday {
		// The day of the export is over; the rates are those of the record's own.
		own.Dates.Order = ""
	}
	return &mirror{
		config: c, house: house{&own, today}, catalogue: catalogue, checks: checks(c), settings: Settings(c, encoding),
		codec: orders.codec, as: as, selection: selection,
	}, nil
}

// dated tells whether the day of an order is the record's own.
func (m *mirror) dated() bool { return m.config.Dates.Order != dateToday }

// see gives the image of a record.
func (m *mirror) see(result crm.Result) *image {
	record, doc := &result.Record, result.Record.Document
	i := &image{issues: result.Issues.Of(diag.Error), at: record.Origin.At}
	defer i.locate(&record.Origin)
	if doc == nil {
		// What could not be read at all may be an order.
		i.concerned = record.Kind == "" && i.issues.Refused()
		i.selected = i.concerned
		return i
	}
	i.record = sourceKey(doc.Source)
	agenda, target, issue := pohoda.TargetFor(record.Kind, doc.Direction, m.as)
	if issue != nil || agenda != pohoda.Orders {
		return i
	}
	i.concerned = true
	i.name = strings.TrimSpace(string(record.Kind) + " " + cmp.Or(doc.Number, doc.Source.ID))
	i.key, i.direction = ledger.KeyOf(doc.Source, record.Kind, target.Name), target.Direction
	i.number, i.source = doc.Number, i.record
	i.phase, i.payment = phase(doc.Status, m.config.States), doc.Payment.State
	i.selected = m.meant(record, i)
	_, party := doc.Partner()
	i.customer = party.DisplayName()
	if i.issues.Refused() {
		return i
	}
	print, err := fingerprint(doc)
	if err != nil {
		i.issues.Add(diag.As(err))
		return i
	}
	i.print = print
	m.make(record, target, i)
	return i
}

// meant tells whether a record is one that should be in POHODA.
func (m *mirror) meant(record *trade.Record, i *image) bool {
	if m.selection.blind(i.issues) {
		return true
	}
	takes, issue := m.selection.takes(record, m.config.States)
	i.issues.Add(issue)
	return takes || issue != nil
}

// make writes the order of a record and reads it again.
func (m *mirror) make(record *trade.Record, target pohoda.Target, i *image) {
	doc := record.Document
	var all diag.List
	all.Add(m.house.fill(doc, target.Direction)...)
	unpaired, waits := m.catalogue.pair(doc)
	i.waits = waits
	all.Add(unpaired...)
	totals, found := trade.Check(doc, m.checks)
	all.Add(found...)
	if all = all.Of(diag.Error); !all.Refused() {
		el, found := m.codec.Encode(record, &totals, target, m.settings)
		if all.Add(found.Of(diag.Error)...); !all.Refused() {
			mirrored, _ := m.codec.Decode(el, m.settings)
			i.content = contentOf(mirrored.Document, totals)
			i.source = sourceKey(mirrored.Document.Source)
		}
	}
	i.issues.Add(all...)
}

// locate names the record and its place in what was found.
func (i *image) locate(origin *trade.Origin) {
	i.issues.On(i.name, origin.At.File)
	for _, issue := range i.issues {
		if issue.At.Line == 0 {
			issue.At.Line = origin.Line(issue.Path)
		}
	}
}

// isOff tells whether the CRM has given the order up.
func (i *image) isOff() bool {
	return slices.Contains([]trade.Phase{trade.Lost, trade.Cancelled}, i.phase)
}

// sourceKey is a record in its own system as POHODA keeps it (extId), "" for none.
func sourceKey(s trade.Source) string {
	if s.System == "" || s.ID == "" {
		return ""
	}
	return systemOf(s.System, s.Instance) + fieldEnd + s.ID
}

// systemIn is the system of a key, with the account in it.
func systemIn(key string) string {
	system, _, _ := strings.Cut(key, fieldEnd)
	return system
}

// systemOf is a system, and the account in it, as one word.
func systemOf(system, instance string) string {
	if instance == "" {
		return system
	}
	return system + ":" + instance
}
