package flow

import (
	"fmt"
	"hash/fnv"
)

// digest sums up which documents a file holds, in their order, and for which unit.
type digest struct {
	sum   uint64
	count int
}

func (d *digest) add(unit, pack, item string) {
	h := fnv.New64a()
	fmt.Fprintf(h, "%x\x00%s\x00%s\x00%s", d.sum, unit, pack, item)
	d.sum = h.Sum64()
	d.count++
}

// short tells lists of documents apart in the names of files.
func (d *digest) short() string { return fmt.Sprintf("%08x", uint32(d.sum)) }

func (d *digest) String() string { return fmt.Sprintf("%d:%x", d.count, d.sum) }
