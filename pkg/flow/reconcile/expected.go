package reconcile

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/match"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/unit"
)

// expectedOrders shows what records become in POHODA: it does all that an export does and
// reads the order that comes of it as one of POHODA's is read. It is safe for
// concurrent use.
type expectedOrders struct {
	*flow.Preparation
	config *config.Config
	// exported are the agendas of which there are exports.
	exported  map[*pohoda.Agenda]bool
	as        string
	selection *flow.Selection
	states    *flow.Vocabulary
}

// expectedOrder is a record of the CRM beside what it becomes.
type expectedOrder struct {
	// concerned says that the record becomes an order; selected that it is one that
	// should be in POHODA.
	concerned, selected bool
	key                 ledger.Key
	// name is the record in messages; record is its key, source the one that POHODA
	// keeps.
	name, number, customer string
	record, source         match.Source
	at                     diag.Position

	phase   trade.Phase
	payment trade.PaymentState
	waits   bool
	issues  diag.List
	print   string
	content orderContent
}

func newExpectedOrders(c *config.Config, today trade.Date, as string, selection *flow.Selection) (*expectedOrders, error) {
	own := *c
	// The day of the export is over; the rates are those of the record's own.
	own.Dates = c.Dates.Without(unit.DateToday)
	prepared, err := flow.NewPreparation(&own, today)
	if err != nil {
		return nil, err
	}
	return &expectedOrders{Preparation: prepared, config: c, as: as, selection: selection, states: flow.NewVocabulary(selection, c.States)}, nil
}

// dated tells whether the day of an order is the record's own.
func (m *expectedOrders) dated(target string) bool {
	agenda := ""
	if a := pohoda.AgendaOf(target); a != nil {
		agenda = a.Name
	}
	return m.config.Dates.Of(target, agenda) != unit.DateToday
}

// expect gives what a record becomes as an order.
func (m *expectedOrders) expect(result canonical.Result) *expectedOrder {
	record := &result.Record
	i := &expectedOrder{issues: result.Issues.Of(diag.Error), at: record.Origin.At}
	defer func() { flow.Locate(i.issues, i.name, &record.Origin) }()
	m.states.Meet(record.Of, i.issues)
	if record.Of == nil {
		// What could not be read at all may be an order.
		i.concerned = i.issues.Refused()
		i.selected = i.concerned
		return i
	}
	head := record.Of.Header()
	i.record = flow.MatchSource(head.Source)
	i.source = i.record
	agenda, target, issue := pohoda.TargetFor(record, m.as)
	if issue != nil || !m.exported[agenda] {
		return i
	}
	i.concerned = true
	i.name = flow.RecordName(record)
	i.key = ledger.KeyOf(head.Source, head.Kind, target.Name)
	i.number, i.customer = record.Of.Code(), record.Of.Caption()
	i.phase = flow.Phase(head.Status, m.config.States)
	if doc := record.Document(); doc != nil {
		i.payment = doc.Payment.State
	}
	i.selected = m.selection.Wants(record, &i.issues, m.config.States)
	if i.issues.Refused() {
		return i
	}
	print, err := flow.Fingerprint(record.Of)
	if err != nil {
		i.issues.Add(diag.As(err))
		return i
	}
	i.print = print
	m.make(record, agenda, target, i)
	return i
}

// make writes the order of a record and reads it again.
func (m *expectedOrders) make(record *trade.Record, agenda *pohoda.Agenda, target pohoda.Target, i *expectedOrder) {
	made := m.Prepare(record, target)
	i.waits = made.Waits
	all := made.Found.Of(diag.Error)
	bound, err := m.Agendas.Of(agenda)
	if err != nil {
		all.Add(diag.As(err))
	}
	if !all.Refused() {
		el, found := bound.Codec.Encode(pohoda.Work{Record: made.Record, Totals: &made.Totals, Target: target, Set: m.Settings})
		if all.Add(found.Of(diag.Error)...); !all.Refused() {
			written := bound.Codec.Decode(el, m.Settings)
			i.content = contentOf(written.Record, written.Values, made.Totals)
			i.source = flow.MatchSource(written.Record.Of.Header().Source)
		}
	}
	i.issues.Add(all...)
}

// isOff tells whether the CRM has given the order up.
func (i *expectedOrder) isOff() bool {
	return slices.Contains([]trade.Phase{trade.Lost, trade.Cancelled}, i.phase)
}
