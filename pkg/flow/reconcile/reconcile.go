// Package reconcile holds the orders of a source, the ledger and POHODA against each
// other and tells where they differ.
package reconcile

import (
	"context"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/unit"
)

// Reconcile holds the CRM, the ledger and POHODA side by side. It changes nothing.
type Reconcile struct {
	Config *config.Config
	// Orders are exports of POHODA's orders: all of one accounting year.
	Orders []string
	// Year is the year of POHODA's database; 0 is the last of the exports' orders.
	Year int
	// From is the CRM; Reading says how it is read, Select which of its records
	// should be in POHODA, As what they become ("" is the default of their kind).
	From    string
	Reading crm.Options
	Select  flow.Selection
	As      string
	Ledger  *flow.Ledger
	Stdin   io.Reader
	Now     time.Time
	// Tell gets every finding that is no difference.
	Tell func(*diag.Issue)
	// Progress hears how many orders and records are done; nil does not.
	Progress func(n int)

	refused, done int
}

// Run does it. An error is something that stopped the whole run.
func (r *Reconcile) Run(ctx context.Context) (*Reconciliation, error) {
	if err := r.guard(); err != nil {
		return nil, err
	}
	m, err := newExpectedOrders(r.Config, trade.DateOf(r.Now), r.As, &r.Select)
	if err != nil {
		return nil, err
	}
	if issue := m.Catalogue.Warning(); issue != nil {
		r.tell(issue)
	}
	orders, err := r.readOrders(ctx)
	if err != nil {
		return nil, err
	}
	m.exported = orders.agendas
	s := &reconciler{expected: m, orders: orders, systems: map[string]bool{}, there: flow.NewSeen(), report: newReconciliation(orders), tell: r.tell}
	if r.Config.Dates.Uses(unit.DateToday) {
		s.years = map[int64]int16{}
	}
	if err := orders.assign(ctx, r.Ledger, s.years, r.tell); err != nil {
		return nil, err
	}
	if err := r.readSource(ctx, s); err != nil {
		return nil, err
	}
	s.finish()
	s.report.Refused = r.refused
	return s.report, nil
}

// guard looks at the inputs before anything is read.
func (r *Reconcile) guard() error {
	stdin := 0
	for _, input := range append(slices.Clone(r.Orders), r.From) {
		if input == "-" {
			stdin++
		}
	}
	if stdin > 1 {
		return diag.New(flow.CodeStdinTwice)
	}
	return nil
}

func (r *Reconcile) tell(issue *diag.Issue) {
	if issue.Severity == diag.Error {
		r.refused++
	}
	r.Tell(issue)
}

// step counts an order or a record that is done.
func (r *Reconcile) step() {
	if r.done++; r.Progress != nil {
		r.Progress(r.done)
	}
}

// readSource goes through the records of the CRM in their order.
func (r *Reconcile) readSource(ctx context.Context, s *reconciler) error {
	reading := r.Reading
	reading.Stdin = r.Stdin
	source, err := crm.Open(r.From, reading)
	if err != nil {
		return err
	}
	var waiting []*expectedOrder
	see := func(raws []canonical.Raw) [][]*expectedOrder {
		seen := make([][]*expectedOrder, len(raws))
		for n, raw := range raws {
			for _, result := range source.Decode(raw) {
				seen[n] = append(seen[n], s.expected.expect(result))
			}
		}
		return seen
	}
	err = flow.ProcessOrdered(ctx, runtime.GOMAXPROCS(0), flow.BatchSize, source.Next, func() { source.Close() }, func() func([]canonical.Raw) [][]*expectedOrder {
		return see
	}, func(images []*expectedOrder) error {
		waiting = append(waiting, images...)
		r.step()
		if len(waiting) < lookupBatch {
			return nil
		}
		err := s.matchBatch(ctx, r.Ledger, waiting)
		waiting = waiting[:0]
		return err
	})
	if err == nil {
		err = s.matchBatch(ctx, r.Ledger, waiting)
	}
	if err != nil {
		return err
	}
	for _, issue := range source.Findings() {
		r.tell(issue)
	}
	return s.expected.states.Fault(source)
}

// lookupBatch is how many records are looked up in the ledger together.
const lookupBatch = 1000
