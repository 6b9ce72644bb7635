package flow

import (
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// CodeNoOrders says that what should hold orders holds none.
var CodeNoOrders = diag.Warning.Code("orders-none")

// ConcernsIdentity tells the fields by which a document is recognised.
func ConcernsIdentity(path string) bool {
	field, _, _ := strings.Cut(path, ".")
	return slices.Contains([]string{"", "kind", "source", "number", "pohoda", "totals", "currency"}, field)
}

// CodeNotFromPohoda says that {count} orders have no id of POHODA, since POHODA has never
// had them.
var CodeNotFromPohoda = diag.Refused.Code("orders-not-from-pohoda", "count")

// CodeUnitDiffers says that a file is of the accounting unit {value}, and not of
// {unit}.
var CodeUnitDiffers = diag.Refused.Code("answers-other-unit", "unit")

// OtherUnit tells a file of another accounting unit than the one of the run, as
// far as both say which they are of.
func OtherUnit(u config.Unit, ico, key string) *diag.Issue {
	differ := func(own, theirs string) bool {
		return own != "" && theirs != "" && !strings.EqualFold(strings.TrimLeft(own, "0"), strings.TrimLeft(strings.TrimSpace(theirs), "0"))
	}
	switch {
	case differ(u.ICO, ico):
		return diag.New(CodeUnitDiffers, "unit", u.ICO).WithValue(ico)
	case differ(u.Key, key):
		return diag.New(CodeUnitDiffers, "unit", u.Key).WithValue(key)
	}
	return nil
}
