package flow

import (
	"slices"
	"strings"

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
	*preparation
	config    *config.Config
	codec     *pohoda.Codec
	as        string
	selection *Selection
	states    *vocabulary
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
	own := *c
	if own.Dates.Order == dateToday {
		// The day of the export is over; the rates are those of the record's own.
		own.Dates.Order = ""
	}
	prepared, err := newPreparation(&own, today)
	if err != nil {
		return nil, err
	}
	orders, err := bind(pohoda.Orders)
	if err != nil {
		return nil, err
	}
	return &mirror{preparation: prepared, config: c, codec: orders.codec, as: as, selection: selection, states: newVocabulary(selection, c.States)}, nil
}

// dated tells whether the day of an order is the record's own.
func (m *mirror) dated() bool { return m.config.Dates.Order != dateToday }

// see gives the image of a record.
func (m *mirror) see(result crm.Result) *image {
	record, doc := &result.Record, result.Record.Document
	i := &image{issues: result.Issues.Of(diag.Error), at: record.Origin.At}
	defer func() { locate(i.issues, i.name, &record.Origin) }()
	m.states.meet(doc, i.issues)
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
	i.name = recordName(record)
	i.key, i.direction = ledger.KeyOf(doc.Source, record.Kind, target.Name), target.Direction
	i.number, i.source = doc.Number, i.record
	i.phase, i.payment = phase(doc.Status, m.config.States), doc.Payment.State
	i.selected = m.selection.wants(record, &i.issues, m.config.States)
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

// make writes the order of a record and reads it again.
func (m *mirror) make(record *trade.Record, target pohoda.Target, i *image) {
	totals, waits, found := m.prepare(record.Document, target)
	i.waits = waits
	all := found.Of(diag.Error)
	if !all.Refused() {
		el, found := m.codec.Encode(record, &totals, target, m.settings)
		if all.Add(found.Of(diag.Error)...); !all.Refused() {
			mirrored, _ := m.codec.Decode(el, m.settings)
			i.content = contentOf(mirrored.Document, totals)
			i.source = sourceKey(mirrored.Document.Source)
		}
	}
	i.issues.Add(all...)
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
	return systemName(s.System, s.Instance) + fieldEnd + s.ID
}

// systemIn is the system of a key, with the account in it.
func systemIn(key string) string {
	system, _, _ := strings.Cut(key, fieldEnd)
	return system
}
