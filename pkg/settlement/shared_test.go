package settlement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestSharedInvoice gives the amounts of an invoice of several orders to none of them.
func TestSharedInvoice(t *testing.T) {
	shared := func(e settlement.Evidence) settlement.Evidence {
		e.Orders = []settlement.OrderLink{cell("A;B")}
		return e
	}
	own := func(e settlement.Evidence) settlement.Evidence {
		e.Orders = []settlement.OrderLink{cell("A")}
		return e
	}
	order := func(number, total string) settlement.KnownOrder {
		return settlement.KnownOrder{Number: number, Total: amount(total), Currency: "CZK"}
	}
	paid, part := proves{trade.Paid, "", "", "0", "", ""}, proves{trade.PartlyPaid, "", "", "", "", ""}
	unclear := proves{trade.PayUnknown, settlement.CodeSharedUnclear, "", "0", "", ""}
	gone := proves{trade.PayCancel, "", "", "", "", ""}
	for name, c := range map[string]struct {
		a, b  string
		rows  []settlement.Evidence
		wantA proves
		wantB proves
	}{
		"credited whole":                {"1210", "605", []settlement.Evidence{shared(invoice("1", "1815", "0")), shared(credit("2", "-1815", "-1815"))}, gone, gone},
		"one of its own credited whole": {"1210", "1210", []settlement.Evidence{shared(invoice("1", "2420", "0")), own(invoice("2", "1210", "0")), own(credit("3", "-1210", "0"))}, proves{trade.Paid, "", "", "0", "", ""}, paid},
		"credited in part for one":      {"1210", "605", []settlement.Evidence{shared(invoice("1", "1815", "0")), own(credit("2", "-210", "-210"))}, proves{trade.Overpaid, "", "", "-210", "", "210"}, paid},
		"covers both":                   {"1210", "605", []settlement.Evidence{shared(invoice("1", "1815", "0"))}, paid, paid},
		"covers one of them":            {"1210", "1210", []settlement.Evidence{shared(invoice("1", "1210", "0"))}, unclear, unclear},
		"covers none":                   {"1210", "700", []settlement.Evidence{shared(invoice("1", "500", "0"))}, proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "", "0", "", ""}, proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "", "0", "", ""}},
		"one is not known":              {"1210", "", []settlement.Evidence{shared(invoice("1", "1815", "0"))}, unclear, paid},
		"neither is known":              {"", "", []settlement.Evidence{shared(invoice("1", "1815", "0"))}, paid, paid},
		"a part paid":                   {"1210", "605", []settlement.Evidence{shared(invoice("1", "1815", "1000"))}, part, part},
		"unpaid":                        {"1210", "605", []settlement.Evidence{shared(invoice("1", "1815", "1815"))}, proves{trade.Unpaid, "", "", "", "", ""}, proves{trade.Unpaid, "", "", "", "", ""}},
		"beside one of its own":         {"1210", "1210", []settlement.Evidence{shared(invoice("1", "1210", "0")), own(invoice("2", "1210", "0"))}, paid, unclear},
		"advance of both":               {"1210", "605", []settlement.Evidence{shared(advance("1", "1815", "0"))}, paid, paid},
		"advance, not known what":       {"", "", []settlement.Evidence{shared(advance("1", "1815", "0"))}, proves{trade.PayUnknown, settlement.CodeOrderUnknown, "", "0", "", ""}, proves{trade.PayUnknown, settlement.CodeOrderUnknown, "", "0", "", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			all, _ := verdicts(t, []settlement.KnownOrder{order("A", c.a), order("B", c.b)}, c.rows...)
			for number, want := range map[string]proves{"A": c.wantA, "B": c.wantB} {
				v := all[number]
				got := proves{v.State, v.Reason, v.Total.String(), v.Due.String(), v.Paid.String(), v.ToReturn.String()}
				assert.Equal(t, want, got, number)
			}
			assert.True(t, all["B"].Invoices[0].Shared)
		})
	}
}
