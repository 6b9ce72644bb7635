package flow

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// fingerprintVersion begins every fingerprint. It goes up whenever the same record
// gets another fingerprint than before, since a reader reads more of it, or the
// fingerprint takes in more: the ledger keeps older ones, which say nothing of what
// such a record is now. Version 1 has no mark.
const fingerprintVersion = "2"

// isOtherVersion tells a fingerprint that cannot be compared with one of this
// version; none is no fingerprint.
func isOtherVersion(fingerprint string) bool {
	return fingerprint != "" && !strings.HasPrefix(fingerprint, fingerprintVersion+".")
}

// Fingerprint sums up what a record says to POHODA: a digest of all of it, and a
// short one of each of its fields and lines, so that a later run can tell whether
// it has changed, and where, without keeping its data. What the source counts
// beside it does not matter: its state, its own sums, when it was touched, and the
// payment, which pohoda paid fills in.
func Fingerprint(of trade.Subject) (string, error) {
	var lines []trade.Line
	if doc, ok := of.(*trade.Document); ok {
		said := *doc
		lines, said.Lines = doc.Lines, nil
		said.Totals, said.Forecast = trade.Totals{}, trade.Date{}
		paid := &said.Payment
		paid.State, paid.PaidAmount, paid.AmountDue, paid.PaidDate = "", money.Decimal{}, money.Decimal{}, trade.Date{}
		paid.AmountToReturn, paid.AppliedAmount, paid.RetainedAmount = money.Decimal{}, money.Decimal{}, money.Decimal{}
		of = &said
	}
	f := newPartSums()
	text, err := canonical.Append(nil, trade.Record{Of: of})
	if err != nil {
		return "", err
	}
	members, _, err := JSONMembers(text)
	if err != nil {
		return "", err
	}
	for _, m := range members {
		if !slices.Contains(uncounted, m.Name) {
			f.add(m.Name, text[m.ValueFrom:m.Until])
		}
	}
	for n := range lines {
		line, err := json.Marshal(&lines[n])
		if err != nil {
			return "", err
		}
		f.add("lines["+strconv.Itoa(n)+"]", line)
	}
	return f.String(), nil
}

// uncounted are the fields that say nothing to POHODA.
var uncounted = []string{"schemaVersion", "kind", "source", "status", "pohoda", "tags", "custom"}

// partSums gather the parts of a fingerprint.
type partSums struct {
	whole hash.Hash
	parts []byte
}

func newPartSums() *partSums { return &partSums{whole: sha256.New()} }

func (f *partSums) add(name string, value []byte) {
	sum := sha256.Sum256(value)
	f.whole.Write([]byte(name + "\x00"))
	f.whole.Write(sum[:])
	f.parts = append(append(append(f.parts, ' '), name...), ':')
	f.parts = base64.RawURLEncoding.AppendEncode(f.parts, sum[:partSize])
}

func (f *partSums) String() string {
	return fingerprintVersion + "." + base64.RawURLEncoding.EncodeToString(f.whole.Sum(nil)[:WholeSize]) + string(f.parts)
}

// partSize is how many bytes of digest a part has: they tell which part changed,
// and the digest of the whole tells whether.
const partSize = 3

// WholeSize is the number of bytes that the digest of the whole record has.
const WholeSize = 16

// SameContent tells whether two fingerprints are of the same content.
func SameContent(a, b string) bool {
	wholeA, _, _ := strings.Cut(a, " ")
	wholeB, _, _ := strings.Cut(b, " ")
	return wholeA == wholeB
}

// ChangedParts names the fields and lines in which two fingerprints differ, in the
// order of the record as it is now, then those that it has lost. A line that only
// moved has not changed; "lines" says that lines are gone, or only moved.
func ChangedParts(sent, now string) []string {
	before, after := partsOf(sent), partsOf(now)
	var changed []string
	for _, p := range after {
		at := slices.IndexFunc(before, p.same)
		if at < 0 {
			changed = append(changed, p.name)
			continue
		}
		before = slices.Delete(before, at, at+1)
	}
	// What is left of before has changed, which was said above, or is gone.
	lines := 0
	for _, p := range before {
		switch {
		case p.isLine():
			lines++
		case !slices.Contains(changed, p.name):
			changed = append(changed, p.name)
		}
	}
	for _, name := range changed {
		if (part{name: name}).isLine() {
			lines--
		}
	}
	if lines > 0 || len(changed) == 0 {
		changed = append(changed, "lines")
	}
	return changed
}

// part is a field or a line in a fingerprint.
type part struct{ name, digest string }

func (p part) isLine() bool { return strings.HasPrefix(p.name, "lines[") }

// same tells the same field, or the same line wherever it stands.
func (p part) same(o part) bool {
	return p.digest == o.digest && (p.name == o.name || p.isLine() && o.isLine())
}

func partsOf(fingerprint string) []part {
	var parts []part
	for n, text := range strings.Fields(fingerprint) {
		if n > 0 {
			name, digest, _ := strings.Cut(text, ":")
			parts = append(parts, part{name, digest})
		}
	}
	return parts
}

// Digest sums up which documents a file holds, in their order, and for which unit.
type Digest struct {
	sum   uint64
	Count int
}

// Add counts the item of a pack of a unit.
func (d *Digest) Add(unit, pack, item string) {
	h := fnv.New64a()
	var room [256]byte
	text := strconv.AppendUint(room[:0], d.sum, 16)
	for _, part := range [...]string{unit, pack, item} {
		text = append(append(text, 0), part...)
	}
	h.Write(text)
	d.sum = h.Sum64()
	d.Count++
}

// Short tells lists of documents apart in the names of files.
func (d *Digest) Short() string { return fmt.Sprintf("%08x", uint32(d.sum)) }

func (d *Digest) String() string { return fmt.Sprintf("%d:%x", d.Count, d.sum) }
