package settlement

// KnownOrders are orders that are known; there may be a million of them.
type KnownOrders struct{ all chunks[KnownOrder] }

// Known is a list of some orders.
func Known(orders ...KnownOrder) *KnownOrders {
	l := &KnownOrders{}
	for _, order := range orders {
		l.Add(order)
	}
	return l
}

// Add adds an order.
func (l *KnownOrders) Add(order KnownOrder) { l.all.add(order) }

// Len counts the orders.
func (l *KnownOrders) Len() int { return l.all.n }

// At is the n-th order, from 0; it stays where it is once all are added.
func (l *KnownOrders) At(n int) *KnownOrder { return l.all.at(n) }

// orderIndex finds orders by the hash of a key that several may have; the caller
// tells whether an order has the key.
type orderIndex struct {
	first   lookup
	entries chunks[keyed]
}

// keyed is an order of a key. The places of the next and, in the first one, of the
// last order of the key are counted from 1.
type keyed struct{ order, next, last int32 }

// add adds an order to those of its key, once. An order is added under all of its
// keys before the next one is.
func (x *orderIndex) add(hash uint64, n int32, has func(order int32) bool) {
	at, slot := x.first.find(hash, func(at int) bool { return has(x.entries.at(at).order) })
	if at < 0 {
		x.entries.add(keyed{order: n, last: int32(x.entries.n + 1)})
		x.first.put(slot, hash, x.entries.n-1)
		return
	}
	last := x.entries.at(int(x.entries.at(at).last) - 1)
	if last.order == n {
		return
	}
	last.next = int32(x.entries.n + 1)
	x.entries.add(keyed{order: n})
	x.entries.at(at).last = int32(x.entries.n)
}

// find gives the orders of a key in the order in which they were added.
func (x *orderIndex) find(hash uint64, has func(order int32) bool) (orders []int32) {
	at, _ := x.first.find(hash, func(at int) bool { return has(x.entries.at(at).order) })
	for at >= 0 {
		entry := x.entries.at(at)
		orders = append(orders, entry.order)
		at = int(entry.next) - 1
	}
	return orders
}
