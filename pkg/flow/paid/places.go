package paid

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// orderPlaces finds orders that were read by what the ledger knows of the same
// ones.
type orderPlaces struct {
	byKey places[recordKey]
	// byPohoda and byNumber find the orders that POHODA has exported, by its own
	// number and by the one that it was given.
	byPohoda, byNumber places[string]
}

// recordKey is a record in its own system.
type recordKey struct {
	system, id string
	kind       trade.Kind
}

func newOrderPlaces() *orderPlaces {
	return &orderPlaces{places[recordKey]{}, places[string]{}, places[string]{}}
}

// add notes an order. What POHODA keeps of a record (extId) does not say of which
// kind it is, and may be missing.
func (p *orderPlaces) add(n int, order *settlement.KnownOrder, kind trade.Kind, exported bool) {
	if exported {
		kind = ""
		p.byPohoda.note(order.PohodaNumber, n)
		p.byNumber.note(order.Number, n)
	}
	if order.ID != "" {
		p.byKey.note(recordKey{order.System, order.ID, kind}, n)
	}
}

// find gives the place of the order that a record of the ledger became, -1 when
// there is none.
func (p *orderPlaces) find(r *ledger.Record) int {
	key := recordKey{flow.SystemName(r.System, r.Instance), r.ID, r.Kind}
	ofAnyKind := recordKey{key.system, key.id, ""}
	for _, at := range []int{
		p.byKey.at(key), p.byKey.at(ofAnyKind), p.byPohoda.at(r.PohodaNumber), p.byNumber.at(r.OrderNumber),
	} {
		if at >= 0 {
			return at
		}
	}
	return -1
}

// places are places in a list by name, -1 for a name that several have.
type places[K comparable] map[K]int

func (p places[K]) note(name K, n int) {
	var none K
	if name == none {
		return
	}
	if _, taken := p[name]; taken {
		n = -1
	}
	p[name] = n
}

// at is the place of the only one of a name, else -1.
func (p places[K]) at(name K) int {
	if n, there := p[name]; there {
		return n
	}
	return -1
}

// words keeps texts that come again and again once, each with memory of its own.
type words map[string]string

func (w words) keep(text string) string {
	kept, ok := w[text]
	if !ok {
		kept = strings.Clone(text)
		w[kept] = kept
	}
	return kept
}

// system keeps the name of a system with its instance.
func (w words) system(system, instance string) string {
	return w.keep(flow.SystemName(system, instance))
}
