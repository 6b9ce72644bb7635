package flow

import (
	"fmt"
	"hash/fnv"
)

// Digest sums up which documents a file holds, in their order, and for which unit.
type Digest struct {
	sum   uint64
	Count int
}

// Add counts the item of a pack of a unit.
func (d *Digest) Add(unit, pack, item string) {
	h := fnv.New64a()
	fmt.Fprintf(h, "%x\x00%s\x00%s\x00%s", d.sum, unit, pack, item)
	d.sum = h.Sum64()
	d.Count++
}

// Short tells lists of documents apart in the names of files.
func (d *Digest) Short() string { return fmt.Sprintf("%08x", uint32(d.sum)) }

func (d *Digest) String() string { return fmt.Sprintf("%d:%x", d.Count, d.sum) }
