package reconcile

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// lineContent is what of a line is compared, in the notation of messages.
type lineContent struct {
	code, name                      string
	quantity, price, rate, discount string
}

// Lines and their fields are packed with the separators that ASCII has for them.
const lineEnd, fieldEnd = "\x1e", "\x1f"

func packLines(lines []trade.Line) string {
	var b strings.Builder
	for i := range lines {
		l := &lines[i]
		rate := string(l.VATCode)
		if l.VATRate.IsSet() {
			rate = l.VATRate.String()
		}
		for _, field := range []string{
			l.SKU, l.Name, l.Quantity.Or(money.FromInt(1)).String(), l.UnitPrice.Or(money.Zero).String(), rate,
		} {
			b.WriteString(field + fieldEnd)
		}
		b.WriteString(l.DiscountPercent.Or(money.Zero).String() + lineEnd)
	}
	return b.String()
}

func unpackLines(packed string) []lineContent {
	var lines []lineContent
	for text := range strings.SplitSeq(strings.TrimSuffix(packed, lineEnd), lineEnd) {
		if f := strings.Split(text, fieldEnd); len(f) == 6 {
			lines = append(lines, lineContent{f[0], f[1], f[2], f[3], f[4], f[5]})
		}
	}
	return lines
}

// compareLines compares lines, and tells how many the record has. Prices with VAT
// and without are not held against each other.
func compareLines(packedOurs, packedTheirs string, prices bool) (all []Deviation, count int) {
	ours, theirs := unpackLines(packedOurs), unpackLines(packedTheirs)
	if packedOurs == packedTheirs {
		return nil, len(ours)
	}
	if len(ours) != len(theirs) {
		all = append(all, Deviation{"lines", strconv.Itoa(len(ours)), strconv.Itoa(len(theirs))})
	}
	partners, rest := pairLines(ours, theirs)
	for i, partner := range partners {
		at := "lines[" + strconv.Itoa(i) + "]"
		if partner < 0 {
			all = append(all, Deviation{at, ours[i].called(), ""})
			continue
		}
		all = append(all, ours[i].compare(&theirs[partner], at+".", prices)...)
	}
	for _, i := range rest {
		all = append(all, Deviation{"lines[" + strconv.Itoa(i) + "]", "", theirs[i].called()})
	}
	return all, len(ours)
}

// pairLines finds for each of our lines the place of POHODA's, -1 for none: by the
// code, without one by the name, and what is left in its order. rest are POHODA's
// lines beyond that.
func pairLines(ours, theirs []lineContent) (partners, rest []int) {
	p := pairing{theirs, slices.Repeat([]bool{true}, len(theirs)), slices.Repeat([]int{-1}, len(ours))}
	for i := range ours {
		key := ours[i].key()
		p.take(i, func(l *lineContent) bool { return l.key() == key })
	}
	for i := range ours {
		if p.partners[i] < 0 {
			p.take(i, func(*lineContent) bool { return true })
		}
	}
	for i, free := range p.free {
		if free {
			rest = append(rest, i)
		}
	}
	return p.partners, rest
}

// pairing is lines of POHODA that are free yet, and the partners of ours.
type pairing struct {
	theirs   []lineContent
	free     []bool
	partners []int
}

// take gives our line a free one that fits: the one in its own place, else the
// first.
func (p *pairing) take(i int, fits func(*lineContent) bool) {
	for n := -1; n < len(p.theirs); n++ {
		at := n
		if n < 0 {
			at = i
		}
		if at < len(p.theirs) && p.free[at] && fits(&p.theirs[at]) {
			p.partners[i], p.free[at] = at, false
			return
		}
	}
}

// key is by what a line is found.
func (l *lineContent) key() string {
	if l.code != "" {
		return "code " + strings.ToLower(l.code)
	}
	return "name " + sheet.Fold(l.name)
}

func (l *lineContent) called() string { return cmp.Or(l.name, l.code) }

func (l *lineContent) compare(theirs *lineContent, at string, prices bool) (all []Deviation) {
	add := func(field, crm, pohoda string, same bool) {
		if !same {
			all = append(all, Deviation{at + field, crm, pohoda})
		}
	}
	add("sku", l.code, theirs.code, l.code == "" || theirs.code == "" || strings.EqualFold(l.code, theirs.code))
	add("quantity", l.quantity, theirs.quantity, l.quantity == theirs.quantity)
	add("unitPrice", l.price, theirs.price, !prices || samePrice(l.price, theirs.price))
	add("vatRate", l.rate, theirs.rate, l.rate == theirs.rate)
	add("discountPercent", l.discount, theirs.discount, l.discount == theirs.discount)
	return all
}

// samePrice takes a price that POHODA keeps with fewer places for the same, as
// long as it has hundredths.
func samePrice(ours, theirs string) bool {
	if ours == theirs {
		return true
	}
	a, errA := money.Parse(ours)
	b, errB := money.Parse(theirs)
	return errA == nil && errB == nil && a.Round(max(2, b.Places())).Cmp(b) == 0
}
