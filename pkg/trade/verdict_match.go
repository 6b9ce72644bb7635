package trade

import (
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of invoices that no order is found for, or not for certain.
const (
	CodeNamesNoOrder    diag.Code = "invoice-names-no-order"
	CodeNamesSlip       diag.Code = "invoice-names-slip"
	CodeOrderNotKnown   diag.Code = "invoice-order-not-known"
	CodeOrderAmbiguous  diag.Code = "invoice-order-ambiguous"
	CodeOrdersDiffer    diag.Code = "invoice-orders-differ"
	CodeOrderPossible   diag.Code = "invoice-order-possible"
	CodeOrderSpoiled    diag.Code = "invoice-order-spoiled"
	CodeInvoiceOfOrders diag.Code = "invoice-of-orders"
)

// knownOrders finds orders by what invoices call them.
type knownOrders struct {
	list          []KnownOrder
	exact, folded names
	byID          map[int64][]int32
	bySlip        map[string][]int32
	// numeric finds names made of digits without their leading zeros.
	numeric map[string][]int32
	// shortened remembers what was found for numbers such as 2,026E+09.
	shortened map[string][]int32
}

// names are indexes of orders: by our number, by the deal's code, by POHODA's
// number, in the order in which they are asked, and by the external id.
type names struct {
	numbers [3]map[string][]int32
	extIDs  map[extID][]int32
}

const pohodaNumbers = 2

// extID is a record in its own system.
type extID struct{ system, id string }

func (e extID) folded() extID { return extID{strings.ToLower(e.system), strings.ToLower(e.id)} }

func newNames() names {
	return names{[3]map[string][]int32{{}, {}, {}}, map[extID][]int32{}}
}

func indexOrders(list []KnownOrder) *knownOrders {
	k := &knownOrders{
		list: list, exact: newNames(), folded: newNames(),
		byID: map[int64][]int32{}, bySlip: map[string][]int32{}, numeric: map[string][]int32{}, shortened: map[string][]int32{},
	}
	for n := range list {
		k.index(int32(n), &list[n])
	}
	return k
}

func (k *knownOrders) index(n int32, order *KnownOrder) {
	for i, name := range [...]string{order.Number, order.Code, order.PohodaNumber} {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		put(k.exact.numbers[i], name, n)
		put(k.folded.numbers[i], strings.ToLower(name), n)
		if digits(name) {
			put(k.numeric, strings.TrimLeft(name, "0"), n)
		}
	}
	if order.PohodaID != 0 {
		put(k.byID, order.PohodaID, n)
	}
	for _, slip := range order.Slips {
		put(k.bySlip, slip, n)
	}
	id := extID{order.Source.System, order.Source.ID}
	if order.Source.Instance != "" {
		id.system += ":" + order.Source.Instance
	}
	if id.system != "" && id.id != "" {
		put(k.exact.extIDs, id, n)
		put(k.folded.extIDs, id.folded(), n)
	}
}

// put adds an order to an index, once.
func put[K comparable](index map[K][]int32, key K, n int32) {
	if !slices.Contains(index[key], n) {
		index[key] = append(index[key], n)
	}
}

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
			byExtID.add(k.byExtID(link))
		case link.Via == ViaSlip:
			byLink.add(k.bySlip[link.Number])
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
		return match{all, true, diag.Warn(code, "orders", k.called(all)).Of(text)}
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
	if name == "" {
		return nil
	}
	for _, index := range k.exact.numbers {
		if orders := index[name]; orders != nil {
			return orders
		}
	}
	name = strings.ToLower(name)
	for _, index := range k.folded.numbers {
		if orders := index[name]; orders != nil {
			return orders
		}
	}
	return nil
}

// byLink finds the order to which POHODA has tied the invoice: by POHODA's
// number, or by its record where one of the sides does not say the number.
func (k *knownOrders) byLink(link OrderLink) (orders []int32) {
	if orders = k.exact.numbers[pohodaNumbers][link.Number]; orders != nil {
		return orders
	}
	if orders = k.folded.numbers[pohodaNumbers][strings.ToLower(link.Number)]; orders != nil {
		return orders
	}
	for _, n := range k.byID[link.PohodaID] {
		if link.Number == "" || k.list[n].PohodaNumber == "" {
			orders = append(orders, n)
		}
	}
	return orders
}

// byExtID finds the orders of an external id. Without its system it is none: the
// ids of two systems may be the same.
func (k *knownOrders) byExtID(link OrderLink) []int32 {
	id := extID{link.System, link.Number}
	if id.system == "" {
		return nil
	}
	if orders := k.exact.extIDs[id]; orders != nil {
		return orders
	}
	return k.folded.extIDs[id.folded()]
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
