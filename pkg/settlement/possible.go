package settlement

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// unmatched says why an invoice has no order, and which orders are possible
// because a spreadsheet may have spoiled the number.
func (k *knownOrders) unmatched(text string, links []OrderLink) match {
	name, possible := text, k.spoiled(text)
	for _, link := range links {
		switch {
		case link.Via == viaSpoiled:
			possible = union(possible, k.byText(link.Number).orders)
			fallthrough
		case link.isText():
			possible = union(possible, k.spoiled(link.Number))
			fallthrough
		case link.isLink():
			name = cmp.Or(name, link.Number)
		}
	}
	switch {
	case possible != nil:
		return match{possible, true, diag.Warn(CodeOrderPossible, "orders", k.called(possible)).WithValue(name)}
	case name == "":
		return match{issue: nameless(links)}
	}
	return match{issue: diag.Notice(CodeOrderNotKnown).WithValue(name)}
}

// nameless says that an invoice names no order, and where its trail leads.
func nameless(links []OrderLink) *diag.Issue {
	for _, link := range links {
		if link.Via == ViaSlip {
			return diag.Notice(CodeNamesSlip).WithValue(link.Number)
		}
	}
	return diag.Notice(CodeNamesNoOrder)
}

// spoiled finds the orders whose number a spreadsheet may have turned into the
// text: one that lost its leading zeros, or was shortened to 2,026E+09.
func (k *knownOrders) spoiled(text string) []int32 {
	if digits(text) {
		return k.ofDigits(strings.TrimLeft(text, "0"))
	}
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(text), "E+")
	if !ok || !digits(exponent) || len(exponent) > 2 {
		return nil
	}
	orders, seen := k.shortened[text]
	if !seen {
		mantissa = strings.Replace(mantissa, ",", ".", 1)
		orders = k.roundedTo(mantissa+"e"+exponent, len(strings.ReplaceAll(mantissa, ".", "")))
		k.shortened[text] = orders
	}
	return orders
}

// roundedTo finds the numeric names that round to a number of so many digits.
func (k *knownOrders) roundedTo(number string, kept int) (orders []int32) {
	rounded, err := money.Parse(number)
	whole := rounded.String()
	if err != nil || !rounded.IsWhole() || len(whole) < kept {
		return nil
	}
	unit := money.MustParse("1e" + strconv.Itoa(len(whole)-kept))
	k.eachNumeric(func(name string, order int32) {
		if len(name) != len(whole) || slices.Contains(orders, order) {
			return
		}
		if n, err := money.Parse(name); err == nil && n.Div(unit, 0).Mul(unit).Equal(rounded) {
			orders = append(orders, order)
		}
	})
	return orders
}

// eachNumeric hands over the names that are made of digits, without their leading
// zeros.
func (k *knownOrders) eachNumeric(use func(name string, order int32)) {
	for n := range k.list.Len() {
		for _, name := range k.list.At(n).names() {
			if digits(name) {
				use(strings.TrimLeft(name, "0"), int32(n))
			}
		}
	}
}

// ofDigits finds the orders of a numeric name without its leading zeros.
func (k *knownOrders) ofDigits(name string) []int32 {
	has := func(name string) func(int32) bool {
		return func(n int32) bool {
			names := k.list.At(int(n)).names()
			return slices.ContainsFunc(names[:], func(own string) bool { return digits(own) && strings.TrimLeft(own, "0") == name })
		}
	}
	if k.numeric == nil {
		k.numeric = &orderIndex{}
		k.eachNumeric(func(name string, order int32) { k.numeric.add(k.hash(name), order, has(name)) })
	}
	return k.numeric.find(k.hash(name), has(name))
}

// called lists the names of orders, the first few of many.
func (k *knownOrders) called(orders []int32) string {
	const some = 3
	var called []string
	for _, n := range orders[:min(some, len(orders))] {
		called = append(called, `"`+k.list.At(int(n)).Name()+`"`)
	}
	if more := len(orders) - some; more > 0 {
		called = append(called, "… +"+strconv.Itoa(more))
	}
	return strings.Join(called, ", ")
}

// digits tells a text of digits alone.
func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
