package confirm

import (
	"context"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/ledger"
)

// likeness says how well a record fits an order: by the key of its source, which the
// order carries, before the number; exactly before case-folded.
type likeness uint8

const (
	likeFolded likeness = 1 << iota
	likeNumber
	likeKey
)

// match finds the records of the orders. The ledger may be large, so it is gone
// through once, and the orders are looked up.
func (o *orders) match(ctx context.Context) error {
	byKey, byNumber := map[[3]string][]int{}, map[string][]int{}
	for n := range o.list {
		p := &o.list[n]
		key := [3]string{p.source.System, p.source.Instance, p.source.ID}
		byKey[key] = append(byKey[key], n)
		if p.name != "" {
			folded := strings.ToLower(p.name)
			byNumber[folded] = append(byNumber[folded], n)
		}
	}
	if len(o.list) == 0 {
		return nil
	}
	for e, err := range o.Ledger.Entries(ctx, ledger.Filter{}) {
		if err != nil {
			return err
		}
		r := &e.Record
		candidates := byKey[[3]string{r.System, r.Instance, r.ID}]
		number, code := strings.ToLower(r.OrderNumber), strings.ToLower(r.Code)
		candidates = append(slices.Clip(candidates), byNumber[number]...)
		if code != number {
			candidates = append(candidates, byNumber[code]...)
		}
		for _, n := range candidates {
			o.list[n].offer(r)
		}
	}
	return nil
}

// offer takes a record that the order may be, unless a better one is known.
func (p *posted) offer(r *ledger.Record) {
	like := p.like(r)
	switch {
	case like == 0 || like < p.best:
		return
	case like > p.best:
		p.best, p.records = like, p.records[:0]
	}
	for n := range p.records {
		if p.records[n].RowID == r.RowID {
			return
		}
	}
	p.records = append(p.records, *r)
}

// like tells how well a record fits; 0 is not at all. An order that carries the
// key of another record of the same source is that other one.
func (p *posted) like(r *ledger.Record) (like likeness) {
	if r.Target != p.target {
		return 0
	}
	if p.source.System == r.System && p.source.Instance == r.Instance {
		if p.source.ID != r.ID {
			return 0
		}
		like = likeKey
	}
	switch name := p.name; {
	case name == "":
	case name == r.OrderNumber || name == r.Code:
		like |= likeNumber
	case strings.EqualFold(name, r.OrderNumber) || strings.EqualFold(name, r.Code):
		like |= likeFolded
	}
	return like
}
