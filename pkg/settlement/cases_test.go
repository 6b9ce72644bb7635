package settlement_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// debit, deducting and retaining are further kinds of evidence, the last two as lists
// in XML say it.
func debit(number, total, due string) settlement.Evidence {
	return an(settlement.DebitEvidence, number, total, due)
}

func deducting(number, total, due, deducted string) settlement.Evidence {
	return with(invoice(number, total, due), func(e *settlement.Evidence) { e.Deducted = amount(deducted) })
}

// applied is an advance of which it is said how much invoices deducted.
func applied(e settlement.Evidence, much string) settlement.Evidence {
	return with(e, func(e *settlement.Evidence) { e.Applied = amount(much) })
}

func retaining(number, total, due, retained string) settlement.Evidence {
	return with(invoice(number, total, due), func(e *settlement.Evidence) {
		e.Deducted, e.Retained = amount("0"), amount(retained)
	})
}

// proves is what evidence proves of an order: its state with the reason, and its
// amounts, "" for absent ones.
type proves struct {
	state                      trade.PaymentState
	reason                     diag.Code
	total, due, paid, toReturn string
}

// TestVerdictsByTotal judges each kind of evidence for an order of 1210 whose total is
// known, for one whose total is not, and where no order is known. A nil entry is as the
// one before it.
func TestVerdictsByTotal(t *testing.T) {
	for name, c := range map[string]struct {
		rows                    []settlement.Evidence
		known, unknown, without *proves
	}{
		"nothing": {nil, &proves{state: trade.NotInvoiced}, nil, &proves{}},

		"advance of the whole": {
			[]settlement.Evidence{advance("1", "1210", "0")},
			&proves{trade.Paid, "", "1210", "0", "1210", ""},
			&proves{trade.PayUnknown, settlement.CodeOrderUnknown, "1210", "0", "", ""}, nil,
		},
		"advance of a part": {
			[]settlement.Evidence{advance("1", "500", "0")},
			&proves{trade.PartlyPaid, settlement.CodeAdvanceOnly, "500", "0", "500", ""},
			&proves{trade.PayUnknown, settlement.CodeOrderUnknown, "500", "0", "", ""}, nil,
		},
		"advance, a part paid": {[]settlement.Evidence{advance("1", "1210", "710")}, &proves{trade.PartlyPaid, "", "1210", "710", "500", ""}, nil, nil},
		"advance, unpaid":      {[]settlement.Evidence{advance("1", "500", "500")}, &proves{trade.Unpaid, "", "500", "500", "0", ""}, nil, nil},
		"advance overpaid to the whole": {
			[]settlement.Evidence{advance("1", "1000", "-210")},
			&proves{trade.Overpaid, "", "1000", "-210", "1210", "210"},
			&proves{trade.PayUnknown, settlement.CodeOrderUnknown, "1000", "-210", "", ""}, nil,
		},

		"invoice of a part": {
			[]settlement.Evidence{invoice("1", "605", "0")},
			&proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "605", "0", "605", ""},
			&proves{trade.Paid, "", "605", "0", "605", ""}, nil,
		},
		"invoices of both parts":    {[]settlement.Evidence{invoice("1", "605", "0"), invoice("2", "605", "0")}, &proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil},
		"invoice of the whole":      {[]settlement.Evidence{invoice("1", "1210", "0")}, &proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil},
		"invoice without its total": {[]settlement.Evidence{invoice("1", "", "0")}, &proves{trade.Paid, "", "", "0", "", ""}, nil, nil},
		"rounded down to a crown":   {[]settlement.Evidence{invoice("1", "1209.60", "0")}, &proves{trade.Paid, "", "1209.6", "0", "1209.6", ""}, nil, nil},
		"a part, overpaid": {
			[]settlement.Evidence{invoice("1", "605", "-5")},
			&proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "605", "-5", "610", ""},
			&proves{trade.Overpaid, "", "605", "-5", "610", "5"}, nil,
		},

		"advance of the whole and final, settled": {
			[]settlement.Evidence{advance("1", "1210", "0"), invoice("2", "1210", "0")}, &proves{trade.Paid, "", "", "0", "", ""}, nil, nil,
		},
		"advance of the whole and final of zero": {
			[]settlement.Evidence{advance("1", "1210", "0"), invoice("2", "0", "0")}, &proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil,
		},
		"advance and final with a rest": {
			[]settlement.Evidence{advance("1", "500", "0"), invoice("2", "1210", "710")}, &proves{trade.PartlyPaid, "", "", "710", "", ""}, nil, nil,
		},
		"advance and final of the rest, due": {
			[]settlement.Evidence{advance("1", "500", "0"), invoice("2", "710", "710")}, &proves{trade.PartlyPaid, "", "", "710", "", ""}, nil, nil,
		},
		"advance and final of half the order": {
			// Before the deduction it is half of the order, after it the whole.
			[]settlement.Evidence{advance("1", "605", "0"), invoice("2", "605", "0")},
			&proves{trade.PayUnknown, settlement.CodeDeductionUnclear, "", "0", "", ""},
			&proves{trade.Paid, "", "", "0", "", ""}, nil,
		},
		"advance and final of too little": {
			[]settlement.Evidence{advance("1", "500", "0"), invoice("2", "605", "0")},
			&proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "", "0", "", ""},
			&proves{trade.Paid, "", "", "0", "", ""}, nil,
		},
		"advance and final, nothing paid": {
			[]settlement.Evidence{advance("1", "500", "500"), invoice("2", "1210", "1210")}, &proves{trade.Unpaid, "", "", "1210", "", ""}, nil, nil,
		},
		"advance open beside a settled final": {
			[]settlement.Evidence{advance("1", "500", "500"), invoice("2", "1210", "0")}, &proves{trade.PayUnknown, settlement.CodeAdvanceOpen, "", "0", "", ""}, nil, nil,
		},

		"XML: advance and final, settled": {
			[]settlement.Evidence{advance("1", "500", "0"), deducting("2", "710", "0", "500")}, &proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil,
		},
		"XML: advance and final with a rest": {
			[]settlement.Evidence{advance("1", "500", "0"), deducting("2", "710", "710", "500")}, &proves{trade.PartlyPaid, "", "1210", "710", "500", ""}, nil, nil,
		},
		"XML: advance and final of half the order": {
			[]settlement.Evidence{advance("1", "605", "0"), deducting("2", "0", "0", "605")},
			&proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "605", "0", "605", ""},
			&proves{trade.Paid, "", "605", "0", "605", ""}, nil,
		},
		"XML: nothing deducted yet": {
			[]settlement.Evidence{advance("1", "500", "0"), deducting("2", "1210", "1210", "0")}, &proves{trade.PartlyPaid, "", "1210", "1210", "500", ""}, nil, nil,
		},
		"XML: the advance is open, and not deducted": {
			[]settlement.Evidence{advance("1", "500", "500"), deducting("2", "1210", "0", "0")}, &proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil,
		},
		"XML: the advance is open, and deducted": {
			[]settlement.Evidence{advance("1", "500", "500"), deducting("2", "710", "0", "500")}, &proves{trade.PayUnknown, settlement.CodeAdvanceOpen, "1210", "0", "", ""}, nil, nil,
		},

		"kinds not said, more than the order": {
			[]settlement.Evidence{an(settlement.UnknownEvidence, "1", "1210", "0"), an(settlement.UnknownEvidence, "2", "1210", "0")},
			&proves{trade.Paid, "", "", "0", "", ""},
			&proves{trade.Paid, "", "2420", "0", "2420", ""}, nil,
		},
		"kinds not said, the order": {
			[]settlement.Evidence{an(settlement.UnknownEvidence, "1", "605", "0"), an(settlement.UnknownEvidence, "2", "605", "0")},
			&proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil,
		},

		"credited in part": {
			[]settlement.Evidence{invoice("1", "1210", "0"), credit("2", "-210", "-210")}, &proves{trade.Overpaid, "", "1000", "-210", "1210", "210"}, nil, nil,
		},
		"credited in part, returned": {
			[]settlement.Evidence{invoice("1", "1210", "0"), credit("2", "-210", "0")}, &proves{trade.Paid, "", "1000", "0", "1000", ""}, nil, nil,
		},
		"credited in part, nothing paid": {
			[]settlement.Evidence{invoice("1", "1210", "1210"), credit("2", "-210", "-210")}, &proves{trade.Unpaid, "", "1000", "1000", "0", ""}, nil, nil,
		},
		"credited in part, the rest unpaid": {
			[]settlement.Evidence{invoice("1", "1210", "610"), credit("2", "-210", "-210")}, &proves{trade.PartlyPaid, "", "1000", "400", "600", ""}, nil, nil,
		},
		"a part invoiced and credited in part": {
			[]settlement.Evidence{invoice("1", "605", "0"), credit("2", "-100", "-100")},
			&proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "505", "-100", "605", ""},
			&proves{trade.Overpaid, "", "505", "-100", "605", "100"}, nil,
		},
		"credited whole":                 {[]settlement.Evidence{invoice("1", "1210", "0"), credit("2", "-1210", "-1210")}, &proves{trade.PayCancel, "", "0", "-1210", "1210", "1210"}, nil, nil},
		"credited whole, returned":       {[]settlement.Evidence{invoice("1", "1210", "0"), credit("2", "-1210", "0")}, &proves{trade.PayCancel, "", "0", "0", "0", ""}, nil, nil},
		"credited whole, nothing paid":   {[]settlement.Evidence{invoice("1", "1210", "1210"), credit("2", "-1210", "-1210")}, &proves{trade.PayCancel, "", "0", "0", "0", ""}, nil, nil},
		"credited whole, a part paid":    {[]settlement.Evidence{invoice("1", "1210", "210"), credit("2", "-1210", "-1210")}, &proves{trade.PayCancel, "", "0", "-1000", "1000", "1000"}, nil, nil},
		"credited whole by two notes":    {[]settlement.Evidence{invoice("1", "1210", "0"), credit("2", "-500", "-500"), credit("3", "-710.01", "-710.01")}, &proves{trade.PayCancel, "", "-0.01", "-1210.01", "1210", "1210.01"}, nil, nil},
		"credited beyond the invoice":    {[]settlement.Evidence{invoice("1", "1210", "0"), credit("2", "-1500", "-1500")}, &proves{trade.PayUnknown, settlement.CodeCreditsOnly, "-290", "-1500", "", ""}, nil, nil},
		"credited, and invoiced again":   {[]settlement.Evidence{invoice("1", "1210", "0"), credit("2", "-1210", "0"), invoice("3", "1210", "0")}, &proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil},
		"note settled, the invoice open": {[]settlement.Evidence{invoice("1", "1210", "1210"), credit("2", "-1210", "0")}, &proves{trade.PayUnknown, settlement.CodeDueAbove, "0", "1210", "", ""}, nil, nil},
		"advance, final and a note": {
			[]settlement.Evidence{advance("1", "1210", "0"), invoice("2", "1210", "0"), credit("3", "-1210", "-1210")},
			&proves{trade.PayCancel, "", "", "-1210", "", "1210"}, nil, nil,
		},
		"advance, final of zero and a note": {
			[]settlement.Evidence{advance("1", "1210", "0"), invoice("2", "0", "0"), credit("3", "-1210", "-1210")},
			&proves{trade.PayCancel, "", "0", "-1210", "1210", "1210"}, nil, nil,
		},
		"open advance, settled final and a note": {
			// The final may have deducted what nobody paid.
			[]settlement.Evidence{advance("1", "1210", "1210"), invoice("2", "1210", "0"), credit("3", "-1210", "-1210")},
			&proves{trade.PayCancel, "", "", "-1210", "", ""}, nil, nil,
		},
		"advance, final and a note of a part": {
			[]settlement.Evidence{advance("1", "500", "0"), invoice("2", "1210", "0"), credit("3", "-210", "-210")},
			&proves{trade.Overpaid, "", "", "-210", "", "210"},
			&proves{trade.Overpaid, "", "", "-210", "", ""}, nil,
		},
		"advance and final, overpaid": {
			[]settlement.Evidence{advance("1", "500", "0"), invoice("2", "1210", "-50")},
			&proves{trade.Overpaid, "", "", "-50", "", "50"},
			&proves{trade.Overpaid, "", "", "-50", "", ""}, nil,
		},
		"one overpaid, another unpaid": {
			[]settlement.Evidence{invoice("1", "1000", "-400"), invoice("2", "210", "210")}, &proves{trade.PartlyPaid, "", "1210", "-190", "1400", ""}, nil, nil,
		},
		"kinds not said, overpaid": {
			[]settlement.Evidence{an(settlement.UnknownEvidence, "1", "1210", "-50"), an(settlement.UnknownEvidence, "2", "1210", "0")},
			&proves{trade.Overpaid, "", "", "-50", "", ""},
			&proves{trade.Overpaid, "", "2420", "-50", "2470", "50"}, nil,
		},
		"XML: an advance beside a settled final of all": {
			// The two may have been set off against each other.
			[]settlement.Evidence{advance("1", "1210", "0"), deducting("2", "1210", "0", "0")}, &proves{trade.Paid, "", "1210", "0", "", ""}, nil, nil,
		},
		"XML: the same, and it is not applied": {
			[]settlement.Evidence{applied(advance("1", "500", "0"), "0"), deducting("2", "1210", "0", "0")},
			&proves{trade.Overpaid, "", "1210", "0", "1710", "500"},
			&proves{trade.Paid, "", "1210", "0", "1710", ""}, nil,
		},
		"XML: an advance beside a settled final of the rest": {
			[]settlement.Evidence{advance("1", "500", "0"), deducting("2", "710", "0", "0")},
			&proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "710", "0", "", ""},
			&proves{trade.Paid, "", "710", "0", "", ""}, nil,
		},
		"XML: the same rest, and it is not applied": {
			[]settlement.Evidence{applied(advance("1", "500", "0"), "0"), deducting("2", "710", "0", "0")}, &proves{trade.Paid, "", "710", "0", "1210", ""}, nil, nil,
		},
		"XML: an advance beside a final that is credited whole": {
			[]settlement.Evidence{advance("1", "500", "0"), deducting("2", "1210", "0", "0"), credit("3", "-1210", "-1210")},
			&proves{trade.PayCancel, "", "0", "-1210", "", "1210"}, nil, nil,
		},
		"XML: the same note, and the advance is not applied": {
			[]settlement.Evidence{applied(advance("1", "500", "0"), "0"), deducting("2", "1210", "0", "0"), credit("3", "-1210", "-1210")},
			&proves{trade.PayCancel, "", "0", "-1210", "1710", "1710"}, nil, nil,
		},
		"price raised, the rest open": {
			[]settlement.Evidence{invoice("1", "1210", "0"), debit("2", "121", "121")}, &proves{trade.PartlyPaid, "", "1331", "121", "1210", ""}, nil, nil,
		},
		"a part invoiced, and raised": {
			[]settlement.Evidence{invoice("1", "605", "0"), debit("2", "605", "0")},
			&proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "1210", "0", "1210", ""},
			&proves{trade.Paid, "", "1210", "0", "1210", ""}, nil,
		},

		"the retention is left":        {[]settlement.Evidence{retaining("1", "1210", "121", "121")}, &proves{trade.Paid, settlement.CodeRetained, "1210", "121", "1089", ""}, nil, nil},
		"settled beside the retention": {[]settlement.Evidence{retaining("1", "1210", "0", "121")}, &proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil},
		"more than the retention left": {[]settlement.Evidence{retaining("1", "1210", "500", "121")}, &proves{trade.PartlyPaid, "", "1210", "500", "710", ""}, nil, nil},
		"all but the retention left":   {[]settlement.Evidence{retaining("1", "1210", "1089", "121")}, &proves{trade.PayUnknown, settlement.CodeRetentionUnclear, "1210", "1089", "", ""}, nil, nil},
		"retention, nothing paid":      {[]settlement.Evidence{retaining("1", "1210", "1210", "121")}, &proves{trade.Unpaid, "", "1210", "1210", "0", ""}, nil, nil},
		"released retention":           {[]settlement.Evidence{retaining("1", "1210", "121", "0")}, &proves{trade.PartlyPaid, "", "1210", "121", "1089", ""}, nil, nil},

		"a penalty alone":        {[]settlement.Evidence{an(settlement.OtherEvidence, "1", "1210", "0")}, &proves{state: trade.NotInvoiced}, nil, &proves{}},
		"an unpaid penalty":      {[]settlement.Evidence{invoice("1", "1210", "0"), an(settlement.OtherEvidence, "2", "100", "100")}, &proves{trade.Paid, "", "1210", "0", "1210", ""}, nil, nil},
		"a penalty fills no gap": {[]settlement.Evidence{invoice("1", "605", "0"), an(settlement.OtherEvidence, "2", "605", "0")}, &proves{trade.PartlyPaid, settlement.CodePartlyInvoiced, "605", "0", "605", ""}, &proves{trade.Paid, "", "605", "0", "605", ""}, nil},

		"more due than the total":        {[]settlement.Evidence{invoice("1", "1210", "1210.01")}, &proves{trade.PayUnknown, settlement.CodeDueAbove, "1210", "1210.01", "", ""}, nil, nil},
		"more due than the advance":      {[]settlement.Evidence{advance("1", "500", "600")}, &proves{trade.PayUnknown, settlement.CodeDueAbove, "500", "600", "", ""}, nil, nil},
		"more to give back than credits": {[]settlement.Evidence{invoice("1", "1210", "0"), credit("2", "-100", "-200")}, &proves{trade.PayUnknown, settlement.CodeDueAbove, "1110", "-200", "", ""}, nil, nil},
		"more due beside others":         {[]settlement.Evidence{advance("1", "500", "0"), invoice("2", "710", "1210")}, &proves{trade.PayUnknown, settlement.CodeDueAbove, "", "1210", "", ""}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if c.unknown == nil {
				c.unknown = c.known
			}
			if c.without == nil {
				c.without = c.unknown
			}
			for situation, s := range map[string]struct {
				orders []settlement.KnownOrder
				want   *proves
			}{
				"total known":   {[]settlement.KnownOrder{{Number: "X", Total: amount("1210"), Currency: "CZK"}}, c.known},
				"total unknown": {[]settlement.KnownOrder{{Number: "X", Currency: "CZK"}}, c.unknown},
				"without":       {nil, c.without},
			} {
				all, _ := verdicts(t, s.orders, c.rows...)
				v := all["X"]
				got := proves{v.State, v.Reason, v.Total.String(), v.Due.String(), v.Paid.String(), v.ToReturn.String()}
				assert.Equal(t, *s.want, got, situation)
			}
		})
	}
}

// TestNoteOfAPartBesideADeduction: a note over as much as the final invoice states is no
// sale credited whole where the order comes to more.
func TestNoteOfAPartBesideADeduction(t *testing.T) {
	rows := []settlement.Evidence{advance("1", "500", "0"), invoice("2", "1210", "0"), credit("3", "-1210", "-1210")}
	all, _ := verdicts(t, []settlement.KnownOrder{{Number: "X", Total: amount("1710"), Currency: "CZK"}}, rows...)
	assert.Equal(t, trade.PayUnknown, all["X"].State)
	assert.Equal(t, settlement.CodeDeductionUnclear, all["X"].Reason)
	assert.False(t, all["X"].ToReturn.IsSet())
	all, _ = verdicts(t, []settlement.KnownOrder{{Number: "X", Total: amount("1210"), Currency: "CZK"}}, rows...)
	assert.Equal(t, trade.PayCancel, all["X"].State)
}

// TestReturnIsProven goes through combinations of documents: something to be returned is
// told only of sales credited whole and of overpaid ones, and is never more than was paid.
func TestReturnIsProven(t *testing.T) {
	amounts := []string{"", "-1210", "-210", "-50", "0", "50", "210", "710", "1210"}
	kinds := []settlement.EvidenceKind{settlement.FinalEvidence, settlement.AdvanceEvidence, settlement.CreditEvidence, settlement.UnknownEvidence}
	next := rand.New(rand.NewPCG(7, 1))
	returned := 0
	for range 50_000 {
		var rows []settlement.Evidence
		for n := range 1 + next.IntN(3) {
			e := an(kinds[next.IntN(len(kinds))], strconv.Itoa(n), amounts[next.IntN(len(amounts))], amounts[next.IntN(len(amounts))])
			if next.IntN(2) == 0 {
				e.Deducted = amount(amounts[4+next.IntN(4)])
			}
			rows = append(rows, e)
		}
		order := settlement.KnownOrder{Number: "X", Total: amount([]string{"", "1210", "5000"}[next.IntN(3)]), Currency: "CZK"}
		all, _ := verdicts(t, []settlement.KnownOrder{order}, rows...)
		v := all["X"]
		if !v.ToReturn.IsSet() {
			continue
		}
		returned++
		assert.Positive(t, v.ToReturn.Sign(), rows)
		assert.Contains(t, []trade.PaymentState{trade.Overpaid, trade.PayCancel}, v.State, rows)
		if v.Paid.IsSet() {
			assert.LessOrEqual(t, v.ToReturn.Cmp(v.Paid), 0, "%+v %+v", v, rows)
		}
		if t.Failed() {
			return
		}
	}
	assert.Greater(t, returned, 100)
}

// TestAppliedAdvances: what final invoices have taken of an advance is not paid twice.
func TestAppliedAdvances(t *testing.T) {
	for name, c := range map[string]struct {
		rows []settlement.Evidence
		paid string
	}{
		"all of it":                 {[]settlement.Evidence{applied(advance("1", "500", "0"), "500"), deducting("2", "710", "710", "500")}, "500"},
		"a part":                    {[]settlement.Evidence{applied(advance("1", "500", "0"), "300"), deducting("2", "910", "910", "300")}, "500"},
		"nothing":                   {[]settlement.Evidence{applied(advance("1", "500", "0"), "0"), deducting("2", "1210", "1210", "0")}, "500"},
		"in an invoice not at hand": {[]settlement.Evidence{applied(advance("1", "500", "0"), "500"), deducting("2", "1210", "1210", "0")}, "0"},
	} {
		all, _ := verdicts(t, nil, c.rows...)
		assert.Equal(t, c.paid, all["X"].Paid.String(), name)
	}
}

// TestTotalBeforeAndAfter: a list that says what is deducted and one that does not are
// of one invoice, whichever total the second has.
func TestTotalBeforeAndAfter(t *testing.T) {
	precise := deducting("2", "710", "0", "500")
	for _, total := range []string{"710", "1210", ""} {
		other := in("b.csv", 3, invoice("2", total, "0"))
		for _, rows := range [][]settlement.Evidence{{precise, other}, {other, precise}} {
			all, told := verdicts(t, nil, append(rows, advance("1", "500", "0"))...)
			assert.Empty(t, told, total)
			assert.Equal(t, "1210", all["X"].Paid.String(), total)
		}
	}
	all, told := verdicts(t, nil, precise, in("b.csv", 3, invoice("2", "1000", "0")))
	assert.Equal(t, settlement.CodeContradicted, all["X"].Reason)
	assert.Equal(t, settlement.CodeInvoiceContradicts, told[0].Code)
}
