package profile

import (
	"slices"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
)

// RecordsAt gives the records in an envelope: the object, or the items of the
// list, at the first of the paths that is there; without one of them the value
// itself.
func RecordsAt(n *canonical.Node, roots [][]string) []*canonical.Node {
	for _, path := range roots {
		found := n.Below(path)
		if found == nil {
			continue
		}
		if found.Kind != canonical.ArrayNode {
			return []*canonical.Node{found}
		}
		records := make([]*canonical.Node, len(found.Items))
		for i := range found.Items {
			records[i] = &found.Items[i]
		}
		return records
	}
	return []*canonical.Node{n}
}

// Fits tells whether a record has the keys of a shape, be they null, and none
// of those that another shape has.
func (s shape) Fits(n *canonical.Node) bool {
	for _, key := range s.Has {
		if !n.Holds(key) {
			return false
		}
	}
	if slices.ContainsFunc(s.lacks, n.Holds) {
		return false
	}
	return len(s.Has) > 0
}

// Recognise finds the embedded profile for a record or an envelope of records;
// nil when the shape is not known. An empty list in a known envelope fits.
func Recognise(n *canonical.Node) *Profile {
	for _, name := range EmbeddedNames {
		p, _ := EmbeddedProfile(name)
		if p == nil || p.Format != "json" {
			continue
		}
		if records := RecordsAt(n, p.Roots); len(records) == 0 || p.Shape.Fits(records[0]) {
			return p
		}
	}
	return nil
}

// Nearest finds the embedded profile whose shape a record, or one in an envelope, nearly has:
// of the keys of its shape it has more than it lacks. missing are those that it lacks, or has
// and must not have. record is the value that stands where a profile looks for one.
func Nearest(n *canonical.Node) (nearest *Profile, missing []string, record *canonical.Node) {
	record = n
	for _, name := range EmbeddedNames {
		p, _ := EmbeddedProfile(name)
		if p == nil || p.Format != "json" {
			continue
		}
		records := RecordsAt(n, p.Roots)
		if len(records) == 0 {
			continue
		}
		if records[0] != n {
			record = records[0]
		}
		lacks := slices.DeleteFunc(slices.Clone(p.Shape.Has), records[0].Holds)
		if 2*len(lacks) < len(p.Shape.Has) && (nearest == nil || len(lacks) < len(missing)) {
			nearest, missing = p, append(lacks, slices.DeleteFunc(slices.Clone(p.Shape.lacks), func(key string) bool { return !records[0].Holds(key) })...)
		}
	}
	return nearest, missing, record
}

// RefersTo tells whether a value holds records that the profile's own refer to.
func (p *Profile) RefersTo(n *canonical.Node) bool {
	if records := RecordsAt(n, p.Roots); len(records) > 0 && p.Shape.Fits(records[0]) {
		return false
	}
	for _, l := range p.lookups {
		if records := RecordsAt(n, l.roots); len(records) > 0 && l.shape.Fits(records[0]) {
			return true
		}
	}
	return false
}
