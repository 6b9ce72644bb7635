package settlement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// amount is a number, or an absent one for "".
func amount(s string) money.Decimal {
	if s == "" {
		return money.Decimal{}
	}
	return money.MustParse(s)
}

// an is evidence of an invoice of a kind to order X.
func an(kind settlement.EvidenceKind, number, total, due string) settlement.Evidence {
	return settlement.Evidence{
		Invoice: number, Kind: kind, Currency: "CZK", Total: amount(total), Due: amount(due),
		Date: trade.NewDate(2026, 3, 20), Orders: []settlement.OrderLink{{Via: settlement.ViaCell, Number: "X"}},
		At: diag.Position{File: "invoices.csv", Line: 2},
	}
}

func invoice(number, total, due string) settlement.Evidence {
	return an(settlement.FinalEvidence, number, total, due)
}

func advance(number, total, due string) settlement.Evidence {
	return an(settlement.AdvanceEvidence, number, total, due)
}

func credit(number, total, due string) settlement.Evidence {
	return an(settlement.CreditEvidence, number, total, due)
}

func with(e settlement.Evidence, change func(*settlement.Evidence)) settlement.Evidence {
	change(&e)
	return e
}

func cancelled(e settlement.Evidence) settlement.Evidence {
	e.Cancelled = trade.Yes
	return e
}

// verdicts judges rows and gives the verdicts by the name of the order, and what
// was told.
func verdicts(t *testing.T, known []settlement.KnownOrder, rows ...settlement.Evidence) (map[string]settlement.OrderPayment, diag.List) {
	t.Helper()
	var told diag.List
	var list *settlement.KnownOrders
	if known != nil {
		list = settlement.Known(known...)
	}
	p := settlement.NewPayments(list, func(i *diag.Issue) { told.Add(i) })
	for i := range rows {
		p.Add(&rows[i])
	}
	all := map[string]settlement.OrderPayment{}
	require.NoError(t, p.Verdicts(func(v *settlement.OrderPayment) error {
		kept := *v
		kept.Invoices = append([]settlement.Proof{}, v.Invoices...)
		all[v.Order] = kept
		return nil
	}))
	return all, told
}

func TestVerdictRules(t *testing.T) {
	euro := func(e settlement.Evidence) settlement.Evidence { e.Currency = "EUR"; return e }
	doubted := func(e settlement.Evidence) settlement.Evidence {
		e.Doubts = diag.List{diag.Warn("x").WithPath("cancelled")}
		return e
	}
	for name, c := range map[string]struct {
		rows       []settlement.Evidence
		state      trade.PaymentState
		total, due string
		reason     diag.Code
	}{
		// OPERATION 2.5, the table of K likvidaci
		"settled":                 {[]settlement.Evidence{invoice("1", "1000", "0")}, trade.Paid, "1000", "0", ""},
		"partly":                  {[]settlement.Evidence{invoice("1", "1000", "400")}, trade.PartlyPaid, "1000", "400", ""},
		"unpaid":                  {[]settlement.Evidence{invoice("1", "1000", "1000")}, trade.Unpaid, "1000", "1000", ""},
		"more due than the total": {[]settlement.Evidence{invoice("1", "1000", "1050")}, trade.PayUnknown, "1000", "1050", settlement.CodeDueAbove},
		"overpaid":                {[]settlement.Evidence{invoice("1", "2420", "-10")}, trade.Overpaid, "2420", "-10", ""},
		"credit not returned":     {[]settlement.Evidence{credit("1", "-500", "-500")}, trade.PayUnknown, "-500", "-500", settlement.CodeCreditsOnly},
		"empty due":               {[]settlement.Evidence{invoice("1", "1000", "")}, trade.PayUnknown, "1000", "", settlement.CodeDueMissing},

		// without Celkem
		"settled, no total":         {[]settlement.Evidence{invoice("1", "", "0")}, trade.Paid, "", "0", ""},
		"a rest, no total":          {[]settlement.Evidence{invoice("1", "", "400")}, trade.PayUnknown, "", "400", settlement.CodeRestUnclear},
		"less than 0, no total":     {[]settlement.Evidence{invoice("1", "", "-10")}, trade.PayUnknown, "", "", settlement.CodeSignUnclear},
		"less than 0, unknown kind": {[]settlement.Evidence{an(settlement.UnknownEvidence, "1", "", "-10")}, trade.PayUnknown, "", "", settlement.CodeSignUnclear},
		"one settled, one not, no totals": {
			[]settlement.Evidence{advance("1", "", "0"), invoice("2", "", "400")}, trade.PartlyPaid, "", "400", ""},
		"one total unknown, the due one known": {
			[]settlement.Evidence{invoice("1", "1000", "1000"), invoice("2", "0", "0")}, trade.Unpaid, "1000", "1000", ""},

		// several invoices
		"all settled":         {[]settlement.Evidence{invoice("1", "1000", "0"), invoice("2", "500", "0")}, trade.Paid, "1500", "0", ""},
		"one of two settled":  {[]settlement.Evidence{invoice("1", "1000", "0"), invoice("2", "500", "500")}, trade.PartlyPaid, "1500", "500", ""},
		"none of two settled": {[]settlement.Evidence{invoice("1", "1000", "1000"), invoice("2", "500", "500")}, trade.Unpaid, "1500", "1500", ""},
		"one unknown":         {[]settlement.Evidence{invoice("1", "1000", "0"), invoice("2", "500", "")}, trade.PayUnknown, "1500", "", settlement.CodeDueMissing},
		"overpaid one does not settle another": {
			[]settlement.Evidence{invoice("1", "1000", "-1000"), invoice("2", "1000", "1000")}, trade.PartlyPaid, "2000", "0", ""},

		// advances
		"advance paid, final due":       {[]settlement.Evidence{advance("1", "1000", "0"), invoice("2", "500", "500")}, trade.PartlyPaid, "", "500", ""},
		"advance paid, final of zero":   {[]settlement.Evidence{advance("1", "1000", "0"), invoice("2", "0", "0")}, trade.Paid, "1000", "0", ""},
		"advance due, final of zero":    {[]settlement.Evidence{advance("1", "1000", "1000"), invoice("2", "0", "0")}, trade.Unpaid, "1000", "1000", ""},
		"final of zero alone":           {[]settlement.Evidence{invoice("2", "0", "0")}, trade.PayUnknown, "0", "0", settlement.CodeNothingDue},
		"advance alone":                 {[]settlement.Evidence{advance("1", "1000", "0")}, trade.PayUnknown, "1000", "0", settlement.CodeOrderUnknown},
		"advance cancelled, final paid": {[]settlement.Evidence{cancelled(advance("1", "1000", "1000")), invoice("2", "1000", "0")}, trade.Paid, "1000", "0", ""},

		// cancelled ones
		"cancelled and settled": {[]settlement.Evidence{cancelled(invoice("1", "1000", "0"))}, trade.PayCancel, "0", "0", ""},
		"all cancelled":         {[]settlement.Evidence{cancelled(invoice("1", "1000", "0")), cancelled(invoice("2", "500", "500"))}, trade.PayCancel, "0", "0", ""},
		"cancelled beside due":  {[]settlement.Evidence{cancelled(invoice("1", "1000", "0")), invoice("2", "1000", "1000")}, trade.Unpaid, "1000", "1000", ""},
		"cancelled without due": {[]settlement.Evidence{cancelled(invoice("1", "1000", "")), invoice("2", "1000", "0")}, trade.Paid, "1000", "0", ""},
		"not cancelled":         {[]settlement.Evidence{with(invoice("1", "1000", "0"), func(e *settlement.Evidence) { e.Cancelled = trade.No })}, trade.Paid, "1000", "0", ""},

		// credit notes
		"credit note reduces an unpaid invoice": {[]settlement.Evidence{invoice("1", "1000", "1000"), credit("2", "-200", "-200")}, trade.Unpaid, "800", "800", ""},
		"credit note covers the rest":           {[]settlement.Evidence{invoice("1", "1000", "200"), credit("2", "-200", "-200")}, trade.Paid, "800", "0", ""},
		"credit note set off":                   {[]settlement.Evidence{invoice("1", "1000", "800"), credit("2", "-200", "0")}, trade.Unpaid, "800", "800", ""},
		"credit note to be returned":            {[]settlement.Evidence{invoice("1", "1000", "0"), credit("2", "-200", "-200")}, trade.Overpaid, "800", "-200", ""},
		"credit note returned":                  {[]settlement.Evidence{invoice("1", "1000", "0"), credit("2", "-200", "0")}, trade.Paid, "800", "0", ""},
		"all taken back and settled":            {[]settlement.Evidence{invoice("1", "1000", "0"), credit("2", "-1000", "0")}, trade.PayCancel, "0", "0", ""},
		"all taken back, nothing paid":          {[]settlement.Evidence{invoice("1", "1000", "1000"), credit("2", "-1000", "-1000")}, trade.PayCancel, "0", "0", ""},
		"all taken back, to be returned":        {[]settlement.Evidence{invoice("1", "1000", "0"), credit("2", "-1000", "-1000")}, trade.PayCancel, "0", "-1000", ""},
		"more credited than sold, unpaid":       {[]settlement.Evidence{invoice("1", "1000", "1000"), credit("2", "-1500", "-1500")}, trade.PayUnknown, "-500", "-500", settlement.CodeCreditsOnly},
		"more credited than sold, paid":         {[]settlement.Evidence{invoice("1", "1000", "0"), credit("2", "-1500", "-1500")}, trade.PayUnknown, "-500", "-1500", settlement.CodeCreditsOnly},
		"credit note by its sign":               {[]settlement.Evidence{invoice("1", "1000", "200"), an(settlement.UnknownEvidence, "2", "-200", "-200")}, trade.Paid, "800", "0", ""},
		"credit note that asks for money":       {[]settlement.Evidence{credit("1", "500", "500")}, trade.PayUnknown, "500", "", settlement.CodeSignUnclear},
		"credit note without total":             {[]settlement.Evidence{invoice("1", "1000", "0"), credit("2", "", "0")}, trade.PayUnknown, "", "0", settlement.CodeRestUnclear},

		// what proves nothing
		"currencies mixed":         {[]settlement.Evidence{invoice("1", "1000", "0"), euro(invoice("2", "100", "0"))}, trade.PayUnknown, "", "", settlement.CodeCurrenciesMixed},
		"other currency cancelled": {[]settlement.Evidence{cancelled(invoice("1", "1000", "0")), euro(invoice("2", "100", "0"))}, trade.Paid, "100", "0", ""},
		"doubtful":                 {[]settlement.Evidence{doubted(invoice("1", "1000", "0"))}, trade.PayUnknown, "", "", settlement.CodeDoubtful},
		"doubtful beside sure":     {[]settlement.Evidence{invoice("1", "1000", "0"), doubted(invoice("2", "1000", "0"))}, trade.PayUnknown, "", "", settlement.CodeDoubtful},
		"contradicted":             {[]settlement.Evidence{invoice("1", "1000", "0"), invoice("1", "1000", "10")}, trade.PayUnknown, "", "", settlement.CodeContradicted},
	} {
		t.Run(name, func(t *testing.T) {
			all, told := verdicts(t, nil, c.rows...)
			require.Len(t, all, 1)
			v := all["X"]
			assert.Equal(t, c.state, v.State)
			assert.Equal(t, c.reason, v.Reason)
			assert.Equal(t, c.total, v.Total.String(), "total")
			assert.Equal(t, c.due, v.Due.String(), "due")
			if c.reason != "" {
				assert.Equal(t, "order X", told[len(told)-1].Record)
				assert.Equal(t, c.reason, told[len(told)-1].Code)
			} else {
				assert.Empty(t, told)
			}
		})
	}
}

// TestAdvanceAlone holds a paid advance to what the order comes to, where that is
// known in the same currency.
func TestAdvanceAlone(t *testing.T) {
	for name, c := range map[string]struct {
		total    string
		currency money.Currency
		rows     []settlement.Evidence
		state    trade.PaymentState
		reason   diag.Code
	}{
		"covers the order":          {"1000", "CZK", []settlement.Evidence{advance("1", "1000", "0")}, trade.Paid, ""},
		"covers a part":             {"3000", "CZK", []settlement.Evidence{advance("1", "1000", "0")}, trade.PartlyPaid, settlement.CodeAdvanceOnly},
		"overpaid, covers a part":   {"3000", "CZK", []settlement.Evidence{advance("1", "1000", "-10")}, trade.PartlyPaid, settlement.CodeAdvanceOnly},
		"several cover it":          {"3000", "CZK", []settlement.Evidence{advance("1", "1000", "0"), advance("2", "2000", "0")}, trade.Paid, ""},
		"final invoice is there":    {"3000", "CZK", []settlement.Evidence{advance("1", "1000", "0"), invoice("2", "0", "0")}, trade.PartlyPaid, settlement.CodePartlyInvoiced},
		"final invoice of less":     {"3000", "CZK", []settlement.Evidence{invoice("1", "1000", "0")}, trade.PartlyPaid, settlement.CodePartlyInvoiced},
		"another currency":          {"3000", "EUR", []settlement.Evidence{advance("1", "1000", "0")}, trade.PayUnknown, settlement.CodeCurrenciesMixed},
		"order without a total":     {"", "CZK", []settlement.Evidence{advance("1", "1000", "0")}, trade.PayUnknown, settlement.CodeOrderUnknown},
		"advance without a total":   {"3000", "CZK", []settlement.Evidence{advance("1", "", "0")}, trade.PayUnknown, settlement.CodeRestUnclear},
		"order without a currency":  {"3000", "", []settlement.Evidence{advance("1", "1000", "0")}, trade.PartlyPaid, settlement.CodeAdvanceOnly},
		"final in another currency": {"3000", "EUR", []settlement.Evidence{invoice("1", "1000", "0")}, trade.Paid, ""},
		"advance not paid":          {"3000", "CZK", []settlement.Evidence{advance("1", "1000", "1000")}, trade.Unpaid, ""},
		"known, but without order":  {"3000", "CZK", nil, trade.NotInvoiced, ""},
	} {
		t.Run(name, func(t *testing.T) {
			all, _ := verdicts(t, []settlement.KnownOrder{{Number: "X", Total: amount(c.total), Currency: c.currency}}, c.rows...)
			assert.Equal(t, c.state, all["X"].State)
			assert.Equal(t, c.reason, all["X"].Reason)
		})
	}
}

// TestPaidDate has a day only where the order is paid and all its invoices say it.
func TestPaidDate(t *testing.T) {
	settled := func(e settlement.Evidence, day int) settlement.Evidence {
		e.Settled = trade.NewDate(2026, 4, day)
		return e
	}
	for name, c := range map[string]struct {
		rows []settlement.Evidence
		want string
	}{
		"the day":              {[]settlement.Evidence{settled(invoice("1", "1000", "0"), 3)}, "2026-04-03"},
		"the last day":         {[]settlement.Evidence{settled(invoice("1", "1000", "0"), 9), settled(invoice("2", "500", "0"), 3)}, "2026-04-09"},
		"none":                 {[]settlement.Evidence{invoice("1", "1000", "0")}, ""},
		"one lacks it":         {[]settlement.Evidence{settled(invoice("1", "1000", "0"), 3), invoice("2", "500", "0")}, ""},
		"one of zero":          {[]settlement.Evidence{settled(advance("1", "1000", "0"), 3), invoice("2", "0", "0")}, "2026-04-03"},
		"a cancelled one":      {[]settlement.Evidence{settled(invoice("1", "1000", "0"), 3), cancelled(invoice("2", "5", "5"))}, "2026-04-03"},
		"last partial payment": {[]settlement.Evidence{settled(invoice("1", "1000", "10"), 3)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			all, _ := verdicts(t, nil, c.rows...)
			assert.Equal(t, c.want, all["X"].PaidDate.String())
		})
	}
}

func TestStatesThatArePaid(t *testing.T) {
	for _, state := range trade.Paid.Values() {
		assert.Equal(t, state == "paid" || state == "overpaid", trade.PaymentState(state).IsPaid(), state)
	}
}
