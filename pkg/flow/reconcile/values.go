package reconcile

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
)

// packValues packs what rows read that both sides have, by the canonical fields.
func packValues(values []fieldtable.Value) string {
	var b strings.Builder
	for _, v := range values {
		if v.Field != "" && v.Direction == fieldtable.Both {
			b.WriteString(v.Where + fieldEnd + strings.TrimSpace(v.Text) + lineEnd)
		}
	}
	return b.String()
}

// compareValues compares what a record says with what POHODA has at the same places; what
// the record does not say is POHODA's own.
func compareValues(packedOurs, packedTheirs string) (all []Deviation) {
	if packedOurs == packedTheirs {
		return nil
	}
	theirs := map[string]string{}
	for text := range strings.SplitSeq(packedTheirs, lineEnd) {
		field, value, _ := strings.Cut(text, fieldEnd)
		theirs[field] = value
	}
	for text := range strings.SplitSeq(strings.TrimSuffix(packedOurs, lineEnd), lineEnd) {
		field, value, _ := strings.Cut(text, fieldEnd)
		if other := theirs[field]; !samePrice(value, other) && !sameName(value, other) {
			all = append(all, Deviation{field, value, other})
		}
	}
	return all
}
