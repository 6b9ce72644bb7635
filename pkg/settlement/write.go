package settlement

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// orderProofs is an order and the list of its invoices, each entry naming the next;
// entries are counted from 1.
type orderProofs struct {
	name  string
	first int32
	// possible says that an invoice may belong to it, and only to it.
	possible bool
	// guessed says that invoices may belong to it or to others.
	guessed bool
}

type entry struct{ invoice, next int32 }

// giver attaches invoices to orders.
type giver struct {
	*Payments
	orders  chunks[orderProofs]
	byName  lookup
	entries []entry
	called  []string
	// balance is used for each order anew.
	balance balance
}

// Verdicts matches all invoices, tells what has no order, and yields the verdicts:
// on known orders in their own order, else in that of the rows. A verdict is
// valid until the next one; an error of yield ends it. Asked again it yields the
// same verdicts and tells nothing. No row may be added any more.
func (p *Payments) Verdicts(yield func(*OrderPayment) error) error {
	again := p.judged != nil
	if !again {
		p.judged = p.match()
	}
	var v OrderPayment
	for n := range p.judged.orders.n {
		p.judged.fill(&v, n)
		if v.Reason != "" && !again {
			p.tell(v.why())
		}
		if err := yield(&v); err != nil {
			return err
		}
	}
	return nil
}

// why says the reason of a verdict. Of an order that is paid it is only a remark.
func (v *OrderPayment) why() *diag.Issue {
	issue := diag.Warn(v.Reason, "invoiced", v.Total.String(), "order", v.order.String(), "due", v.Due.String())
	if v.State.IsPaid() {
		issue.Severity = diag.Note
	}
	return issue.WithRecord("order " + v.Order)
}

// match attaches all invoices. The invoices' places are not asked for any more,
// and the orders' take their memory.
func (p *Payments) match() *giver {
	g := &giver{Payments: p, entries: make([]entry, 1, p.invoices.n+1)}
	g.byName, p.places = p.places.emptied(), lookup{}
	if p.orders != nil {
		for n := range p.orders.list.Len() {
			g.orders.add(orderProofs{name: p.orders.list.At(n).Name()})
		}
	}
	for i := range p.invoices.n {
		g.attach(int32(i), p.invoices.at(i))
	}
	return g
}

// attach finds the orders of an invoice. A penalty or another claim is none of an
// order.
func (g *giver) attach(n int32, i *invoice) {
	if evidenceKinds[i.kind] == OtherEvidence {
		g.tell(g.about(i, diag.Notice(CodeInvoiceOther).WithValue(i.order)))
		return
	}
	if g.Payments.orders == nil {
		g.attachByName(n, i)
		return
	}
	m := g.Payments.orders.match(i.order, g.names[i.names])
	switch {
	case m.issue != nil:
		g.tell(g.about(i, m.issue))
	case len(m.orders) > 1:
		g.share(i, m.orders)
		g.tell(g.about(i, diag.Notice(CodeInvoiceOfOrders, "orders", g.Payments.orders.called(m.orders))))
	}
	for _, at := range m.orders {
		order := g.orders.at(int(at))
		switch {
		case !m.possible:
			g.enter(n, order)
		case len(m.orders) == 1:
			order.possible = true
		default:
			order.guessed = true
		}
	}
}

// share notes that an invoice belongs to several orders, and what these come to
// together.
func (g *giver) share(i *invoice, orders []int32) {
	i.shared = true
	together := money.Zero
	for _, n := range orders {
		order := g.Payments.orders.list.At(int(n))
		if order.Currency != "" && order.Currency != g.currencies[i.currency] {
			return
		}
		together = vat.Plus(together, order.Total)
	}
	more := g.amounts[i.amounts]
	more.together = together
	i.amounts = int32(len(g.amounts))
	g.amounts = append(g.amounts, more)
}

// attachByName makes an order of each name.
func (g *giver) attachByName(n int32, i *invoice) {
	spoiled := g.callOrders(i)
	switch {
	case len(g.called) > 1:
		i.shared = true
		g.tell(g.about(i, diag.Notice(CodeInvoiceOfOrders, "orders", `"`+strings.Join(g.called, `", "`)+`"`)))
	case len(g.called) == 1:
	case spoiled != "":
		g.tell(g.about(i, diag.Warn(CodeOrderSpoiled).WithValue(spoiled)))
	default:
		g.tell(g.about(i, nameless(g.names[i.names])))
	}
	for _, name := range g.called {
		hash := maphash.String(g.seed, name)
		at, slot := g.byName.find(hash, func(at int) bool { return g.orders.at(at).name == name })
		if at < 0 {
			at = g.orders.n
			g.orders.add(orderProofs{name: name})
			g.byName.put(slot, hash, at)
		}
		g.enter(n, g.orders.at(at))
	}
}

// callOrders says what an invoice calls its orders: by text, or by POHODA's links
// where there is none. A text that is in doubt is none.
func (g *giver) callOrders(i *invoice) (spoiled string) {
	g.called = g.called[:0]
	if i.order != "" {
		g.called = append(g.called, i.order)
	}
	for _, asked := range [...]func(OrderLink) bool{OrderLink.isText, OrderLink.isLink} {
		for _, link := range g.names[i.names] {
			if asked(link) && link.Number != "" && !slices.Contains(g.called, link.Number) {
				g.called = append(g.called, link.Number)
			}
			if link.Via == viaSpoiled {
				spoiled = link.Number
			}
		}
		if len(g.called) > 0 {
			break
		}
	}
	return spoiled
}

func (g *giver) enter(n int32, o *orderProofs) {
	g.entries = append(g.entries, entry{n, o.first})
	o.first = int32(len(g.entries) - 1)
}

// about says of which invoice an issue is.
func (g *giver) about(i *invoice, issue *diag.Issue) *diag.Issue {
	issue.Record = strings.TrimSpace("invoice " + i.number)
	return issue.WithPosition(diag.Position{File: g.files[i.file].name, Line: int(i.line)})
}

// fill makes the verdict on an order.
func (g *giver) fill(v *OrderPayment, n int) {
	o := g.orders.at(n)
	*v = OrderPayment{Order: o.name, Invoices: v.Invoices[:0]}
	if g.Payments.orders != nil {
		v.Known = g.Payments.orders.list.At(n)
	}
	for at := o.first; at != 0; at = g.entries[at].next {
		v.Invoices = append(v.Invoices, g.proof(g.invoices.at(int(g.entries[at].invoice))))
	}
	slices.SortFunc(v.Invoices, func(a, b Proof) int {
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Number, b.Number), strings.Compare(a.File, b.File), a.Line-b.Line)
	})
	v.judge(&g.balance)
	if o.possible || o.guessed && len(v.Invoices) == 0 {
		*v = OrderPayment{Order: v.Order, State: trade.PayUnknown, Reason: CodePossibleOnly, Invoices: v.Invoices, Known: v.Known}
	}
}

func (g *giver) proof(i *invoice) Proof {
	file := g.files[i.file]
	p := Proof{
		Number: i.number, Date: trade.DateOfNumber(i.date), Total: i.total, Due: i.due,
		File: file.name, Line: int(i.line), Digest: file.digest,
		Settled: trade.DateOfNumber(i.settled), Cancelled: i.cancelled.IsYes(), Shared: i.shared, Currency: g.currencies[i.currency],
	}
	if i.amounts != 0 {
		p.more = &g.amounts[i.amounts]
	}
	if i.kind != 0 {
		p.Kind = evidenceKinds[i.kind]
	}
	switch {
	case i.clashes != 0:
		p.Doubt = CodeContradicted
	case i.doubtful:
		p.Doubt = CodeDoubtful
	}
	return p
}
