package settlement

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of invoices that no order is found for, or not for certain.
var (
	CodeNamesNoOrder    = diag.Note.Code("invoice-names-no-order")
	CodeNamesSlip       = diag.Note.Code("invoice-names-slip")
	CodeOrderNotKnown   = diag.Note.Code("invoice-order-not-known")
	CodeOrderAmbiguous  = diag.Warning.Code("invoice-order-ambiguous", "orders")
	CodeOrdersDiffer    = diag.Warning.Code("invoice-orders-differ", "orders")
	CodeOrderPossible   = diag.Warning.Code("invoice-order-possible", "orders")
	CodeOrderSpoiled    = diag.Warning.Code("invoice-order-spoiled")
	CodeInvoiceOfOrders = diag.Note.Code("invoice-of-orders", "orders")
	CodeInvoiceOther    = diag.Note.Code("invoice-other-claim")
)

// knownOrders finds orders by what invoices call them.
type knownOrders struct {
	list *KnownOrders
	seed maphash.Seed
	// byName finds them by any of their names and byExtID by their records, both
	// without regard to case.
	byName, byID, bySlip, byExtID orderIndex
	// numeric finds names made of digits without their leading zeros; nil until it
	// is asked for.
	numeric *orderIndex
	// shortened remembers what was found for numbers such as 2,026E+09.
	shortened map[string][]int32
}

func indexOrders(list *KnownOrders) *knownOrders {
	k := &knownOrders{list: list, seed: maphash.MakeSeed(), shortened: map[string][]int32{}}
	for n := range list.Len() {
		k.index(int32(n), list.At(n))
	}
	return k
}

func (k *knownOrders) index(n int32, order *KnownOrder) {
	for _, name := range order.names() {
		if name != "" {
			folded := strings.ToLower(name)
			k.byName.add(k.hash(folded), n, k.isCalled(folded))
		}
	}
	if order.PohodaID != 0 {
		k.byID.add(maphash.Comparable(k.seed, order.PohodaID), n, k.hasID(order.PohodaID))
	}
	for _, slip := range order.Slips {
		k.bySlip.add(k.hash(slip), n, k.hasSlip(slip))
	}
	if order.System != "" && order.ID != "" {
		id := order.extID().folded()
		k.byExtID.add(maphash.Comparable(k.seed, id), n, k.hasExtID(id))
	}
}

func (k *knownOrders) hash(text string) uint64 { return maphash.String(k.seed, text) }

// isCalled and its like tell whether an order has a key.
func (k *knownOrders) isCalled(folded string) func(int32) bool {
	return func(n int32) bool {
		names := k.list.At(int(n)).names()
		return slices.ContainsFunc(names[:], func(name string) bool { return strings.ToLower(name) == folded })
	}
}

func (k *knownOrders) hasID(id int64) func(int32) bool {
	return func(n int32) bool { return k.list.At(int(n)).PohodaID == id }
}

func (k *knownOrders) hasSlip(slip string) func(int32) bool {
	return func(n int32) bool { return slices.Contains(k.list.At(int(n)).Slips, slip) }
}

func (k *knownOrders) hasExtID(folded extID) func(int32) bool {
	return func(n int32) bool { return k.list.At(int(n)).extID().folded() == folded }
}

// names are what an order is called, in the order in which they are asked.
func (k *KnownOrder) names() [3]string {
	return [...]string{strings.TrimSpace(k.Number), strings.TrimSpace(k.Code), strings.TrimSpace(k.PohodaNumber)}
}

// The names of an order.
const (
	ourNumber = iota
	dealCode
	pohodaNumber
)

// extID is a record in its own system.
type extID struct{ system, id string }

func (e extID) folded() extID { return extID{strings.ToLower(e.system), strings.ToLower(e.id)} }

func (k *KnownOrder) extID() extID { return extID{k.System, k.ID} }

// match is what the names of an invoice lead to. Orders that are only possible
// are never counted; issue says why, or why there are none.
type match struct {
	orders   []int32
	possible bool
	issue    *diag.Issue
}

// orderSet are the orders that names lead to; ambiguous says that one name led to
// several of them.
type orderSet struct {
	orders    []int32
	ambiguous bool
}

func (f *orderSet) add(orders []int32) { f.join(orderSet{orders, len(orders) > 1}) }

func (f *orderSet) join(g orderSet) {
	f.orders, f.ambiguous = union(f.orders, g.orders), f.ambiguous || g.ambiguous
}

// match finds the orders of an invoice by all its names: by texts and links, else
// by the external id.
func (k *knownOrders) match(text string, links []OrderLink) match {
	var byText, byLink, byExtID orderSet
	byText.join(k.byText(text))
	for _, link := range links {
		switch {
		case link.isText():
			byText.join(k.byText(link.Number))
		case link.Via == ViaExtID:
			byExtID.add(k.ofExtID(link))
		case link.Via == ViaSlip:
			byLink.add(k.ofSlip(link.Number))
		case link.isLink():
			byLink.add(k.byLink(link))
		}
	}
	all := union(byText.orders, byLink.orders)
	if len(all) == 0 {
		all, byLink = byExtID.orders, byExtID
	}
	if len(all) == 0 {
		return k.unmatched(text, links)
	}
	orders, code := reconcile(byText, byLink)
	if code != "" {
		return match{all, true, diag.Warn(code, "orders", k.called(all)).WithValue(text)}
	}
	return match{orders: orders}
}

// reconcile brings what texts say together with what links say. A text may name
// a part of the orders only, since it is short, and a link may decide between
// orders of one name; where they lead apart, nothing is certain.
func reconcile(text, link orderSet) ([]int32, diag.Code) {
	textFits, linkFits := within(text.orders, link.orders), within(link.orders, text.orders)
	switch {
	case text.ambiguous && (link.ambiguous || len(link.orders) == 0), link.ambiguous && len(text.orders) == 0:
		return nil, CodeOrderAmbiguous
	case text.ambiguous && linkFits, !text.ambiguous && !link.ambiguous && textFits:
		return link.orders, ""
	case !text.ambiguous && (linkFits || link.ambiguous && textFits):
		return text.orders, ""
	}
	return nil, CodeOrdersDiffer
}

// byText finds the orders of one cell. It is one number; it is several when each
// part is the number of an order.
func (k *knownOrders) byText(text string) orderSet {
	var parts orderSet
	if orders := k.named(text); orders != nil || !strings.ContainsAny(text, ",;") {
		parts.add(orders)
		return parts
	}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		orders := k.named(strings.TrimSpace(part))
		if orders == nil {
			return orderSet{}
		}
		parts.add(orders)
	}
	return parts
}

// named finds the orders of a name, exactly and else without regard to case.
func (k *knownOrders) named(name string) []int32 {
	return k.nameIs(name, ourNumber, dealCode, pohodaNumber)
}

// nameIs finds the orders of which one of some kinds of name is the one; the kinds
// are asked in turn.
func (k *knownOrders) nameIs(name string, kinds ...int) []int32 {
	if name == "" {
		return nil
	}
	folded := strings.ToLower(name)
	called := k.byName.find(k.hash(folded), k.isCalled(folded))
	for _, same := range [...]func(own string) bool{
		func(own string) bool { return own == name },
		func(own string) bool { return strings.ToLower(own) == folded },
	} {
		for _, kind := range kinds {
			other := func(n int32) bool { return !same(k.list.At(int(n)).names()[kind]) }
			if orders := slices.DeleteFunc(slices.Clone(called), other); len(orders) > 0 {
				return orders
			}
		}
	}
	return nil
}

// byLink finds the order to which POHODA has tied the invoice: by POHODA's
// number unless the records are known to differ, or by its record where one of the sides
// does not say the number: numbers begin anew with the year, and so do records.
func (k *knownOrders) byLink(link OrderLink) (orders []int32) {
	orders = slices.DeleteFunc(slices.Clone(k.nameIs(link.Number, pohodaNumber)), func(n int32) bool {
		id := k.list.At(int(n)).PohodaID
		return id != 0 && link.PohodaID != 0 && id != link.PohodaID
	})
	if len(orders) > 0 || link.PohodaID == 0 {
		return orders
	}
	for _, n := range k.byID.find(maphash.Comparable(k.seed, link.PohodaID), k.hasID(link.PohodaID)) {
		if link.Number == "" || k.list.At(int(n)).PohodaNumber == "" {
			orders = append(orders, n)
		}
	}
	return orders
}

// ofExtID finds the orders of an external id. Without its system it is none: the
// ids of two systems may be the same.
func (k *knownOrders) ofExtID(link OrderLink) []int32 {
	if link.System == "" {
		return nil
	}
	id := extID{link.System, link.Number}
	orders := k.byExtID.find(maphash.Comparable(k.seed, id.folded()), k.hasExtID(id.folded()))
	other := func(n int32) bool { return k.list.At(int(n)).extID() != id }
	if exact := slices.DeleteFunc(slices.Clone(orders), other); len(exact) > 0 {
		return exact
	}
	return orders
}

func (k *knownOrders) ofSlip(slip string) []int32 {
	return k.bySlip.find(k.hash(slip), k.hasSlip(slip))
}

func union(a, b []int32) []int32 {
	if len(a) == 0 {
		return b
	}
	for _, n := range b {
		if !slices.Contains(a, n) {
			a = append(slices.Clip(a), n)
		}
	}
	return a
}

// within tells whether all orders are among the others.
func within(orders, others []int32) bool {
	return !slices.ContainsFunc(orders, func(n int32) bool { return !slices.Contains(others, n) })
}
