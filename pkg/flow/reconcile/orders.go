package reconcile

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// pohodaOrder is an order in POHODA's export.
type pohodaOrder struct {
	orderContent
	direction trade.Direction
	id        int64
	number    string
	// source is the record that POHODA names (extId), "" for none.
	source string
	// owner is the number of the ledger's record to which the order belongs,
	// ownerSource its key; sure says how certain that is.
	owner       int64
	ownerSource string
	sure        certainty
	// erased says that nobody is to know any more whose it is.
	erased bool

	cancelled, done bool
	// taken says that a record of the CRM has it.
	taken bool
}

// pohodaOrders are the orders of POHODA's export, and the ways to find one.
type pohodaOrders struct {
	list []pohodaOrder
	// repeated counts orders that came before, in another file or page.
	repeated int
	// directions are those of which the export has orders.
	directions map[trade.Direction]bool
	year       int

	bySource, byOrderNumber, byNumber map[orderName][]int32
	byID                              map[orderID]int32
	byOwner                           map[int64][]int32
}

// orderName is a name of an order of a direction; the numbers are folded.
type orderName struct {
	direction trade.Direction
	name      string
}

type orderID struct {
	direction trade.Direction
	id        int64
}

func newPohodaOrders() *pohodaOrders {
	return &pohodaOrders{
		directions: map[trade.Direction]bool{},
		bySource:   map[orderName][]int32{}, byOrderNumber: map[orderName][]int32{}, byNumber: map[orderName][]int32{},
		byID: map[orderID]int32{}, byOwner: map[int64][]int32{},
	}
}

// CodeNoExport says that a file holds something else than orders.
var CodeNoExport = diag.Refused.Code("reconcile-no-orders")

// readOrders reads POHODA's exports. What cannot be read of an order is told as
// an error.
func (r *Reconcile) readOrders(ctx context.Context) (*pohodaOrders, error) {
	all := newPohodaOrders()
	for n, file := range r.Orders {
		if slices.ContainsFunc(r.Orders[:n], func(other string) bool { return outfile.SameFile(other, file) }) {
			continue
		}
		if err := r.readExport(ctx, file, all); err != nil {
			return nil, err
		}
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
	issues, err := flow.Show(r.Config, file, r.Stdin, func(s *flow.Shown) error {
		if issue := flow.OtherUnit(r.Config.Unit, s.ICO, ""); issue != nil {
			return issue.WithPosition(diag.Position{File: file})
		}
		if s.Document.Kind == trade.Order {
			orders++
			r.step()
			all.add(s)
			if s.Document.Pohoda.ID == 0 {
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
	if orders == 0 && !listsOrders(file) {
		return diag.New(CodeNoExport).WithValue(file)
	}
	return nil
}

// listsOrders tells whether a file without orders says that there are none. One
// that holds something else does not say what POHODA lacks.
func listsOrders(file string) bool {
	r, err := os.Open(file)
	if err != nil {
		return false
	}
	defer r.Close()
	lists, err := pack.HoldsList(pohoda.Orders, r, file)
	return lists && err == nil
}

// add adds an order of an export; one with the id and the number of another is
// the same.
func (all *pohodaOrders) add(s *flow.Shown) {
	doc, state := s.Document, &s.Document.Pohoda
	direction := cmp.Or(doc.Direction, trade.Received)
	if before, ok := all.byID[orderID{direction, state.ID}]; ok && all.list[before].number == state.Number {
		all.repeated++
		return
	}
	totals := s.Totals
	if s.Unknown != nil {
		totals = vat.Totals{}
	}
	o := pohodaOrder{
		orderContent: contentOf(doc, totals), direction: direction, id: state.ID, number: strings.Clone(state.Number),
		cancelled: state.Cancelled.IsYes(), done: state.Executed.IsYes() || state.Delivered.IsYes(),
	}
	o.orderContent.clone()
	// An order that names no record is POHODA's own.
	if doc.Source.System != flow.PohodaSystem {
		o.source = strings.Clone(sourceKey(doc.Source))
	}
	n := int32(len(all.list))
	all.list = append(all.list, o)
	all.directions[direction] = true
	put := func(index map[orderName][]int32, name string) {
		if name != "" {
			key := orderName{direction, name}
			index[key] = append(index[key], n)
		}
	}
	put(all.bySource, o.source)
	put(all.byOrderNumber, foldNumber(o.orderNumber))
	put(all.byNumber, foldNumber(o.number))
	all.byID[orderID{direction, o.id}] = n
}

func foldNumber(number string) string { return strings.ToLower(strings.TrimSpace(number)) }

// covers tells whether the export speaks of orders of a direction: one without
// any is taken for received orders.
func (all *pohodaOrders) covers(d trade.Direction) bool {
	return all.directions[d] || len(all.list) == 0 && d == trade.Received
}
