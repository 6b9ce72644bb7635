package trade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// named is a settled invoice that names its orders so.
func named(number string, links ...trade.OrderLink) trade.Evidence {
	return with(invoice(number, "1000", "0"), func(e *trade.Evidence) { e.Orders = links })
}

func cell(text string) trade.OrderLink { return trade.OrderLink{Via: trade.ViaCell, Number: text} }

func link(via trade.LinkVia, number string, id int64) trade.OrderLink {
	return trade.OrderLink{Via: via, Number: number, PohodaID: id}
}

var orders = []trade.KnownOrder{
	{Number: "OP-26-1", Code: "D1", PohodaNumber: "26OP00001", PohodaID: 71, System: "raynet", ID: "501"},
	{Number: "OP-26-2", Code: "26OP00001x", PohodaNumber: "26OP00002", PohodaID: 72, Slips: []string{"26VY7"}, System: "raynet:acme", ID: "502"},
	{Number: "D1", PohodaNumber: "op-26-2", System: "eway", ID: "501"},
	{Number: "0026004", System: "eway", ID: "aB"},
	{Number: "2026000045"}, {Number: "2026100046"},
	{Number: "A, B"}, {Number: "A"}, {Number: "B"},
	{Number: "twice", PohodaID: 81, System: "eway", ID: "9"}, {Number: "Twice", PohodaID: 82}, {Number: "twice", PohodaID: 83},
}

func TestMatching(t *testing.T) {
	ext := trade.OrderLink{Via: trade.ViaExtID, Number: "501", System: "raynet"}
	for name, c := range map[string]struct {
		links []trade.OrderLink
		want  []string
		code  diag.Code
	}{
		"our number":                        {[]trade.OrderLink{cell("OP-26-1")}, []string{"OP-26-1"}, ""},
		"blanks around":                     {[]trade.OrderLink{cell(" OP-26-1\u00a0")}, []string{"OP-26-1"}, ""},
		"numberOrder":                       {[]trade.OrderLink{link(trade.ViaNumberOrder, "OP-26-1", 0)}, []string{"OP-26-1"}, ""},
		"our number before the deal's code": {[]trade.OrderLink{cell("D1")}, []string{"D1"}, ""},
		"the deal's code":                   {[]trade.OrderLink{cell("26OP00001x")}, []string{"OP-26-2"}, ""},
		"POHODA's number":                   {[]trade.OrderLink{cell("26OP00002")}, []string{"OP-26-2"}, ""},
		"exactly before folded":             {[]trade.OrderLink{cell("op-26-2")}, []string{"D1"}, ""},
		"folded":                            {[]trade.OrderLink{cell("op-26-1")}, []string{"OP-26-1"}, ""},
		"a whole cell before its parts":     {[]trade.OrderLink{cell("A, B")}, []string{"A, B"}, ""},
		"parts":                             {[]trade.OrderLink{cell("A;OP-26-1 ,b")}, []string{"A", "OP-26-1", "B"}, trade.CodeInvoiceOfOrders},
		"parts, one of them unknown":        {[]trade.OrderLink{cell("A; C")}, nil, trade.CodeOrderNotKnown},
		"a cell with its customer's number": {[]trade.OrderLink{cell("4500123")}, nil, trade.CodeOrderNotKnown},
		"nothing":                           {nil, nil, trade.CodeNamesNoOrder},
		"blank":                             {[]trade.OrderLink{cell(" ")}, nil, trade.CodeNamesNoOrder},

		"link of the header":               {[]trade.OrderLink{link(trade.ViaHeader, "26OP00001", 71)}, []string{"OP-26-1"}, ""},
		"links of lines":                   {[]trade.OrderLink{link(trade.ViaLine, "26OP00001", 71), link(trade.ViaLine, "26op00002", 0)}, []string{"OP-26-1", "OP-26-2"}, trade.CodeInvoiceOfOrders},
		"through an issue slip":            {[]trade.OrderLink{link(trade.ViaSlip, "26VY7", 9)}, []string{"OP-26-2"}, ""},
		"an issue slip of no known order":  {[]trade.OrderLink{link(trade.ViaSlip, "26OP00001", 9)}, nil, trade.CodeNamesSlip},
		"link by the record alone":         {[]trade.OrderLink{link(trade.ViaHeader, "", 72)}, []string{"OP-26-2"}, ""},
		"link to a record of another year": {[]trade.OrderLink{link(trade.ViaHeader, "25OP00001", 71)}, nil, trade.CodeOrderNotKnown},
		"links do not lead to our numbers": {[]trade.OrderLink{link(trade.ViaHeader, "2026000045", 0)}, nil, trade.CodeOrderNotKnown},
		"link beside a strange text":       {[]trade.OrderLink{cell("4500123"), link(trade.ViaHeader, "26OP00001", 71)}, []string{"OP-26-1"}, ""},
		"text names a part of the links":   {[]trade.OrderLink{cell("OP-26-1"), link(trade.ViaLine, "26OP00001", 0), link(trade.ViaLine, "26OP00002", 0)}, []string{"OP-26-1", "OP-26-2"}, trade.CodeInvoiceOfOrders},
		"a link to one of the texts":       {[]trade.OrderLink{cell("A,B,OP-26-1"), link(trade.ViaLine, "26OP00001", 0)}, []string{"A", "B", "OP-26-1"}, trade.CodeInvoiceOfOrders},
		"text and link differ":             {[]trade.OrderLink{cell("OP-26-2"), link(trade.ViaHeader, "26OP00001", 0)}, nil, trade.CodeOrdersDiffer},

		"external id":                    {[]trade.OrderLink{ext}, []string{"OP-26-1"}, ""},
		"external id of an instance":     {[]trade.OrderLink{{Via: trade.ViaExtID, Number: "502", System: "raynet:acme"}}, []string{"OP-26-2"}, ""},
		"external id, another instance":  {[]trade.OrderLink{{Via: trade.ViaExtID, Number: "502", System: "raynet"}}, nil, trade.CodeNamesNoOrder},
		"external id, folded":            {[]trade.OrderLink{{Via: trade.ViaExtID, Number: "AB", System: "eWay"}}, []string{"0026004"}, ""},
		"external id of another system":  {[]trade.OrderLink{{Via: trade.ViaExtID, Number: "501", System: "shoptet"}}, nil, trade.CodeNamesNoOrder},
		"external id without its system": {[]trade.OrderLink{{Via: trade.ViaExtID, Number: "501"}}, nil, trade.CodeNamesNoOrder},
		"external id comes last":         {[]trade.OrderLink{ext, cell("OP-26-2")}, []string{"OP-26-2"}, ""},

		"two orders of one name":        {[]trade.OrderLink{cell("twice")}, nil, trade.CodeOrderAmbiguous},
		"folded to one name":            {[]trade.OrderLink{cell("TWICE")}, nil, trade.CodeOrderAmbiguous},
		"one of them, exactly":          {[]trade.OrderLink{cell("Twice")}, []string{"Twice"}, ""},
		"a link decides":                {[]trade.OrderLink{cell("twice"), link(trade.ViaHeader, "", 81)}, []string{"twice"}, ""},
		"a link to neither of them":     {[]trade.OrderLink{cell("twice"), link(trade.ViaHeader, "26OP00001", 0)}, nil, trade.CodeOrdersDiffer},
		"zeros lost":                    {[]trade.OrderLink{cell("26004")}, nil, trade.CodeOrderPossible},
		"zeros added":                   {[]trade.OrderLink{cell("02026000045")}, nil, trade.CodeOrderPossible},
		"shortened":                     {[]trade.OrderLink{cell("2,026E+09")}, nil, trade.CodeOrderPossible},
		"shortened, of another length":  {[]trade.OrderLink{cell("2,026E+08")}, nil, trade.CodeOrderNotKnown},
		"shortened, another number":     {[]trade.OrderLink{cell("2,027E+09")}, nil, trade.CodeOrderNotKnown},
		"no shortened number":           {[]trade.OrderLink{cell("xE+09")}, nil, trade.CodeOrderNotKnown},
		"shortened with digits to come": {[]trade.OrderLink{cell("2,026E+01")}, nil, trade.CodeOrderNotKnown},
	} {
		t.Run(name, func(t *testing.T) {
			var told diag.List
			p := trade.NewPayments(trade.Known(orders...), func(i *diag.Issue) { told.Add(i) })
			row := named("7", c.links...)
			p.Add(&row)
			var paid []string
			require.NoError(t, p.Verdicts(func(v *trade.Verdict) error {
				if v.State == trade.Paid {
					paid = append(paid, v.Order)
				}
				return nil
			}))
			assert.ElementsMatch(t, c.want, paid)
			if c.code == "" {
				assert.Empty(t, told)
				return
			}
			require.NotEmpty(t, told)
			assert.Equal(t, c.code, told[0].Code)
			assert.Equal(t, "invoice 7", told[0].Record)
			assert.Equal(t, diag.Position{File: "invoices.csv", Line: 2}, told[0].At)
		})
	}
}

// TestPossibleMatch leaves an order open to which an invoice may belong; one of
// several such orders only when no other invoice proves it.
func TestPossibleMatch(t *testing.T) {
	all, told := verdicts(t, []trade.KnownOrder{{Number: "0026"}, {Number: "2026000045"}, {Number: "2026000046"}, {Number: "Z"}},
		named("1", cell("26")), named("2", cell("0026")),
		named("3", cell("2.026E+09")), named("4", cell("2026000046")))
	state := map[string]trade.PaymentState{}
	for name, v := range all {
		state[name] = v.State
	}
	assert.Equal(t, map[string]trade.PaymentState{
		"0026": trade.PayUnknown, "2026000045": trade.PayUnknown, "2026000046": trade.Paid, "Z": trade.NotInvoiced,
	}, state)
	assert.Equal(t, trade.CodePossibleOnly, all["0026"].Reason)
	assert.Equal(t, `"2026000045", "2026000046"`, told[1].Args["orders"])
}

// TestSpoiledName never counts an invoice whose order number is in doubt.
func TestSpoiledName(t *testing.T) {
	spoiled := with(named("1", cell("2,026E+09")), func(e *trade.Evidence) {
		e.Doubts = diag.List{diag.Warn("x").In(trade.DoubtOfOrder)}
	})
	all, told := verdicts(t, nil, spoiled)
	assert.Empty(t, all)
	assert.Equal(t, []diag.Code{"x", trade.CodeOrderSpoiled}, []diag.Code{told[0].Code, told[1].Code})

	spoiled.Orders = append(spoiled.Orders, link(trade.ViaHeader, "26OP1", 0))
	all, _ = verdicts(t, nil, spoiled)
	assert.Equal(t, trade.Paid, all["26OP1"].State, "POHODA's own link needs no text")

	sound := with(named("1", cell("2026000045")), func(e *trade.Evidence) { e.At.File = "sound.csv" })
	all, told = verdicts(t, nil, sound, spoiled)
	assert.Equal(t, trade.Paid, all["2026000045"].State, "another file says it in full")
	assert.Len(t, told, 1)

	spoiled.Orders = []trade.OrderLink{cell("0026004")}
	all, told = verdicts(t, orders, spoiled)
	assert.Equal(t, trade.PayUnknown, all["0026004"].State)
	assert.Equal(t, trade.CodeOrderPossible, told[1].Code)
}

// TestWithoutKnownOrders makes an order of every name, as it stands.
func TestWithoutKnownOrders(t *testing.T) {
	all, told := verdicts(t, nil,
		named("1", cell(" A ")), named("2", cell("a")), named("3", cell("A, B")), named("4"),
		named("5", link(trade.ViaHeader, "26OP1", 7), link(trade.ViaLine, "26OP1", 7)),
		named("6", link(trade.ViaNumberOrder, "A", 0), link(trade.ViaHeader, "26OP1", 7)),
		named("7", trade.OrderLink{Via: trade.ViaExtID, Number: "9", System: "raynet"}),
		named("8", link(trade.ViaLine, "26OP1", 7), link(trade.ViaLine, "26OP2", 8)),
		named("9", link(trade.ViaSlip, "26VY1", 7)))
	count := map[string]int{}
	for name, v := range all {
		assert.Equal(t, trade.Paid, v.State, name)
		assert.Nil(t, v.Known)
		count[name] = len(v.Invoices)
	}
	assert.Equal(t, map[string]int{"A": 2, "a": 1, "A, B": 1, "26OP1": 2, "26OP2": 1}, count)
	var codes []string
	for _, issue := range told {
		codes = append(codes, issue.Record+" "+string(issue.Code))
	}
	assert.Equal(t, []string{"invoice 4 invoice-names-no-order", "invoice 7 invoice-names-no-order", "invoice 8 invoice-of-orders", "invoice 9 invoice-names-slip"}, codes)
}

func TestNameOfKnownOrder(t *testing.T) {
	assert.Equal(t, "n", (&trade.KnownOrder{Number: "n", Code: "c"}).Name())
	assert.Equal(t, "p", (&trade.KnownOrder{PohodaNumber: "p"}).Name())
	assert.Equal(t, "7", (&trade.KnownOrder{ID: "7"}).Name())
}
