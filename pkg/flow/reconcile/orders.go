package reconcile

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strconv"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/match"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// pohodaOrder is an order in POHODA's export.
type pohodaOrder struct {
	orderContent
	flow.PohodaDocument
	kind   trade.Kind
	target string
	// source is the record that POHODA names (extId), else the one of the ledger to
	// which the order belongs, the last of several. erased says that nobody is to know
	// any more whose it is.
	source                  match.Source
	erased, cancelled, done bool
	// taken says that a record of the CRM has it.
	taken bool
}

// pohodaOrders are the orders of POHODA's export, and the ways to find one.
type pohodaOrders struct {
	list []pohodaOrder
	// repeated counts orders that came before, in another file or page; ids are those
	// that came, with the numbers.
	repeated int
	ids      *flow.Seen
	// agendas are those of the export, targets those of which it has orders.
	agendas map[*pohoda.Agenda]bool
	targets map[string]bool
	year    int

	// matcher has the orders in the same places.
	matcher *match.Matcher
}

// CodeNoExport says that a file holds something else than orders.
var CodeNoExport = diag.Refused.Code("reconcile-no-orders")

// readOrders reads POHODA's exports. What cannot be read of an order is told as
// an error; one file that cannot be read does not hide what is wrong with the others.
func (r *Reconcile) readOrders(ctx context.Context) (*pohodaOrders, error) {
	all := &pohodaOrders{agendas: map[*pohoda.Agenda]bool{}, targets: map[string]bool{}, matcher: match.New(), ids: flow.NewSeen()}
	var unread flow.Unread
	for n, file := range r.Orders {
		if slices.ContainsFunc(r.Orders[:n], func(other string) bool { return outfile.SameFile(other, file) }) {
			continue
		}
		if err := r.readExport(ctx, file, all); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			unread = append(unread, flow.ReadError(file, err))
		}
	}
	if len(unread) > 0 {
		return nil, unread
	}
	if all.year = r.Year; all.year == 0 {
		for n := range all.list {
			all.year = max(all.year, all.list[n].date.Year())
		}
	}
	all.year = cmp.Or(all.year, r.Now.Year())
	return all, nil
}

// readExport reads one file. Orders that POHODA has never had have no id of its.
func (r *Reconcile) readExport(ctx context.Context, file string, all *pohodaOrders) error {
	orders, strangers := 0, 0
	issues, err := flow.ShowOwn(r.Config, file, r.Stdin, func(s *flow.Shown) error {
		target, unclear := s.Posted()
		if unclear != nil {
			r.tell(unclear.WithPosition(diag.Position{File: file}))
		}
		if target != "" {
			orders++
			r.step()
			all.add(s)
			if s.Record.Of.Header().Pohoda.ID == 0 {
				strangers++
			}
		}
		return ctx.Err()
	})
	switch {
	case err != nil:
		return err
	case strangers > 0:
		return diag.New(flow.CodeNotFromPohoda, "count", strconv.Itoa(strangers)).WithValue(file)
	}
	for _, issue := range issues {
		// POHODA tells beside a list how the request went.
		notShown := issue.Code == pack.CodeNotShown && issue.Value != "importDetails"
		if issue.Severity == diag.Error || notShown {
			r.tell(issue)
		}
	}
	if orders == 0 {
		return all.addEmpty(file)
	}
	return nil
}

// addEmpty takes a file without orders that says that there are none. One that holds
// something else does not say what POHODA lacks.
func (all *pohodaOrders) addEmpty(file string) error {
	missing := diag.New(CodeNoExport).WithValue(file)
	r, err := os.Open(file)
	if err != nil {
		return missing
	}
	defer r.Close()
	lists, err := pack.Lists(r, file)
	lists = slices.DeleteFunc(lists, func(a *pohoda.Agenda) bool { return len(a.Targets) == 0 })
	if err != nil || len(lists) == 0 {
		return missing
	}
	for _, a := range lists {
		all.agendas[a] = true
	}
	return nil
}

// add adds an order of an export; one with the id and the number of another is
// the same.
func (all *pohodaOrders) add(s *flow.Shown) {
	state := &s.Record.Of.Header().Pohoda
	if !all.ids.Add(s.Target.Name + fieldEnd + strconv.FormatInt(state.ID, 10) + fieldEnd + state.Number) {
		all.repeated++
		return
	}
	totals := s.Totals
	if s.Unknown != nil {
		totals = vat.Totals{}
	}
	d := flow.MatchDocument(s.Record.Of, s.Target.Name)
	o := pohodaOrder{
		orderContent: contentOf(s.Record, s.Values, totals), PohodaDocument: flow.PohodaDocument{ID: d.PohodaID, Number: d.PohodaNumber},
		kind: s.Record.Kind(), target: s.Target.Name, source: d.Source,
		cancelled: state.Cancelled.IsYes(), done: state.Executed.IsYes() || state.Delivered.IsYes(),
	}
	o.orderContent.clone()
	all.matcher.Add(d)
	all.list = append(all.list, o)
	all.agendas[s.Agenda], all.targets[s.Target.Name] = true, true
}

// assign goes through the ledger and assigns its records to the orders. years gets
// the year of the last export of records that have no order, for a unit whose
// orders carry the day of the export.
func (all *pohodaOrders) assign(ctx context.Context, book *flow.Ledger, years map[int64]int16, tell func(*diag.Issue)) error {
	return book.Match(ctx, all.matcher, func(e *ledger.Entry, documents []int) {
		for _, n := range documents {
			all.list[n].source, all.list[n].erased = flow.MatchRecord(&e.Record).Source, e.Erased()
		}
		if len(documents) == 0 && years != nil && !e.ExportedAt.IsZero() {
			years[e.RowID] = int16(e.ExportedAt.Year())
		}
	}, func(n int) string { return string(all.list[n].kind) + " " + all.list[n].String() }, tell)
}

// of takes the orders of a record of the CRM, which the ledger may know. Of those
// that belong to several records of the ledger the first one that comes has them.
func (all *pohodaOrders) of(i *expectedOrder, known *ledger.Record) (orders []*pohodaOrder) {
	take := func(n int) {
		if o := &all.list[n]; !o.taken {
			o.taken = true
			orders = append(orders, o)
		}
	}
	if known.Known() {
		for _, c := range all.matcher.Own(flow.MatchRecord(known)) {
			take(c.Document)
		}
	}
	for _, c := range all.matcher.Find(&match.Record{Document: match.Document{Target: i.key.Target, Source: i.source, Number: i.number}}) {
		if len(all.matcher.Records(c.Document)) == 0 {
			take(c.Document)
		}
	}
	return orders
}

// covers tells whether the export speaks of orders of a target: an empty list is taken
// for that of the agenda's first one.
func (all *pohodaOrders) covers(target string) bool {
	if len(all.list) > 0 {
		return all.targets[target]
	}
	for a := range all.agendas {
		if a.Targets[0].Name == target {
			return true
		}
	}
	return false
}
