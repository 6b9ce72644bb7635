package flow

import (
	"slices"
	"strings"

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
