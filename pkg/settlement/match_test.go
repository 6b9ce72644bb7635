package settlement_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/settlement"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// named is a settled invoice that names its orders so.
func named(number string, links ...settlement.OrderLink) settlement.Evidence {
	return with(invoice(number, "1000", "0"), func(e *settlement.Evidence) { e.Orders = links })
}

func cell(text string) settlement.OrderLink {
	return settlement.OrderLink{Via: settlement.ViaCell, Number: text}
}

func link(via settlement.LinkVia, number string, id int64) settlement.OrderLink {
	return settlement.OrderLink{Via: via, Number: number, PohodaID: id}
}

var orders = []settlement.KnownOrder{
	{Number: "OP-26-1", Code: "D1", PohodaNumber: "26OP00001", PohodaID: 71, System: "raynet", ID: "501"},
	{Number: "OP-26-2", Code: "26OP00001x", PohodaNumber: "26OP00002", PohodaID: 72, Slips: []string{"26VY7"}, System: "raynet:acme", ID: "502"},
	{Number: "D1", PohodaNumber: "op-26-2", System: "eway", ID: "501"},
	{Number: "0026004", System: "eway", ID: "aB"},
	{Number: "2026000045"}, {Number: "2026100046"},
	{Number: "A, B"}, {Number: "A"}, {Number: "B"},
	{Number: "twice", PohodaID: 81, System: "eway", ID: "9"}, {Number: "Twice", PohodaID: 82}, {Number: "twice", PohodaID: 83},
}

func TestMatching(t *testing.T) {
	ext := settlement.OrderLink{Via: settlement.ViaExtID, Number: "501", System: "raynet"}
	for name, c := range map[string]struct {
		links []settlement.OrderLink
		want  []string
		code  diag.Code
	}{
		"our number":                        {[]settlement.OrderLink{cell("OP-26-1")}, []string{"OP-26-1"}, ""},
		"blanks around":                     {[]settlement.OrderLink{cell(" OP-26-1\u00a0")}, []string{"OP-26-1"}, ""},
		"numberOrder":                       {[]settlement.OrderLink{link(settlement.ViaNumberOrder, "OP-26-1", 0)}, []string{"OP-26-1"}, ""},
		"our number before the deal's code": {[]settlement.OrderLink{cell("D1")}, []string{"D1"}, ""},
		"the deal's code":                   {[]settlement.OrderLink{cell("26OP00001x")}, []string{"OP-26-2"}, ""},
		"POHODA's number":                   {[]settlement.OrderLink{cell("26OP00002")}, []string{"OP-26-2"}, ""},
		"exactly before folded":             {[]settlement.OrderLink{cell("op-26-2")}, []string{"D1"}, ""},
		"folded":                            {[]settlement.OrderLink{cell("op-26-1")}, []string{"OP-26-1"}, ""},
		"a whole cell before its parts":     {[]settlement.OrderLink{cell("A, B")}, []string{"A, B"}, ""},
		"parts":                             {[]settlement.OrderLink{cell("A;OP-26-1 ,b")}, []string{"A", "OP-26-1", "B"}, settlement.CodeInvoiceOfOrders},
		"parts, one of them unknown":        {[]settlement.OrderLink{cell("A; C")}, nil, settlement.CodeOrderNotKnown},
		"a cell with its customer's number": {[]settlement.OrderLink{cell("4500123")}, nil, settlement.CodeOrderNotKnown},
		"nothing":                           {nil, nil, settlement.CodeNamesNoOrder},
		"blank":                             {[]settlement.OrderLink{cell(" ")}, nil, settlement.CodeNamesNoOrder},

		"link of the header":               {[]settlement.OrderLink{link(settlement.ViaHeader, "26OP00001", 71)}, []string{"OP-26-1"}, ""},
		"links of lines":                   {[]settlement.OrderLink{link(settlement.ViaLine, "26OP00001", 71), link(settlement.ViaLine, "26op00002", 0)}, []string{"OP-26-1", "OP-26-2"}, settlement.CodeInvoiceOfOrders},
		"through an issue slip":            {[]settlement.OrderLink{link(settlement.ViaSlip, "26VY7", 9)}, []string{"OP-26-2"}, ""},
		"an issue slip of no known order":  {[]settlement.OrderLink{link(settlement.ViaSlip, "26OP00001", 9)}, nil, settlement.CodeNamesSlip},
		"link by the record alone":         {[]settlement.OrderLink{link(settlement.ViaHeader, "", 72)}, []string{"OP-26-2"}, ""},
		"link to a record of another year": {[]settlement.OrderLink{link(settlement.ViaHeader, "25OP00001", 71)}, nil, settlement.CodeOrderNotKnown},
		"POHODA's number, another record":  {[]settlement.OrderLink{link(settlement.ViaHeader, "26OP00001", 95)}, nil, settlement.CodeOrderNotKnown},
		"links do not lead to our numbers": {[]settlement.OrderLink{link(settlement.ViaHeader, "2026000045", 0)}, nil, settlement.CodeOrderNotKnown},
		"link beside a strange text":       {[]settlement.OrderLink{cell("4500123"), link(settlement.ViaHeader, "26OP00001", 71)}, []string{"OP-26-1"}, ""},
		"text names a part of the links":   {[]settlement.OrderLink{cell("OP-26-1"), link(settlement.ViaLine, "26OP00001", 0), link(settlement.ViaLine, "26OP00002", 0)}, []string{"OP-26-1", "OP-26-2"}, settlement.CodeInvoiceOfOrders},
		"a link to one of the texts":       {[]settlement.OrderLink{cell("A,B,OP-26-1"), link(settlement.ViaLine, "26OP00001", 0)}, []string{"A", "B", "OP-26-1"}, settlement.CodeInvoiceOfOrders},
		"text and link differ":             {[]settlement.OrderLink{cell("OP-26-2"), link(settlement.ViaHeader, "26OP00001", 0)}, nil, settlement.CodeOrdersDiffer},

		"external id":                    {[]settlement.OrderLink{ext}, []string{"OP-26-1"}, ""},
		"external id of an instance":     {[]settlement.OrderLink{{Via: settlement.ViaExtID, Number: "502", System: "raynet:acme"}}, []string{"OP-26-2"}, ""},
		"external id, another instance":  {[]settlement.OrderLink{{Via: settlement.ViaExtID, Number: "502", System: "raynet"}}, nil, settlement.CodeNamesNoOrder},
		"external id, folded":            {[]settlement.OrderLink{{Via: settlement.ViaExtID, Number: "AB", System: "eWay"}}, []string{"0026004"}, ""},
		"external id of another system":  {[]settlement.OrderLink{{Via: settlement.ViaExtID, Number: "501", System: "shoptet"}}, nil, settlement.CodeNamesNoOrder},
		"external id without its system": {[]settlement.OrderLink{{Via: settlement.ViaExtID, Number: "501"}}, nil, settlement.CodeNamesNoOrder},
		"external id comes last":         {[]settlement.OrderLink{ext, cell("OP-26-2")}, []string{"OP-26-2"}, ""},

		"two orders of one name":        {[]settlement.OrderLink{cell("twice")}, nil, settlement.CodeOrderAmbiguous},
		"folded to one name":            {[]settlement.OrderLink{cell("TWICE")}, nil, settlement.CodeOrderAmbiguous},
		"one of them, exactly":          {[]settlement.OrderLink{cell("Twice")}, []string{"Twice"}, ""},
		"a link decides":                {[]settlement.OrderLink{cell("twice"), link(settlement.ViaHeader, "", 81)}, []string{"twice"}, ""},
		"a link to neither of them":     {[]settlement.OrderLink{cell("twice"), link(settlement.ViaHeader, "26OP00001", 0)}, nil, settlement.CodeOrdersDiffer},
		"zeros lost":                    {[]settlement.OrderLink{cell("26004")}, nil, settlement.CodeOrderPossible},
		"zeros added":                   {[]settlement.OrderLink{cell("02026000045")}, nil, settlement.CodeOrderPossible},
		"shortened":                     {[]settlement.OrderLink{cell("2,026E+09")}, nil, settlement.CodeOrderPossible},
		"shortened, of another length":  {[]settlement.OrderLink{cell("2,026E+08")}, nil, settlement.CodeOrderNotKnown},
		"shortened, another number":     {[]settlement.OrderLink{cell("2,027E+09")}, nil, settlement.CodeOrderNotKnown},
		"no shortened number":           {[]settlement.OrderLink{cell("xE+09")}, nil, settlement.CodeOrderNotKnown},
		"shortened with digits to come": {[]settlement.OrderLink{cell("2,026E+01")}, nil, settlement.CodeOrderNotKnown},
	} {
		t.Run(name, func(t *testing.T) {
			var told diag.List
			p := settlement.NewPayments(settlement.Known(orders...), func(i *diag.Issue) { told.Add(i) })
			row := named("7", c.links...)
			p.Add(&row)
			var paid []string
			require.NoError(t, p.Verdicts(func(v *settlement.OrderPayment) error {
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
	all, told := verdicts(t, []settlement.KnownOrder{{Number: "0026"}, {Number: "2026000045"}, {Number: "2026000046"}, {Number: "Z"}},
		named("1", cell("26")), named("2", cell("0026")),
		named("3", cell("2.026E+09")), named("4", cell("2026000046")))
	state := map[string]trade.PaymentState{}
	for name, v := range all {
		state[name] = v.State
	}
	assert.Equal(t, map[string]trade.PaymentState{
		"0026": trade.PayUnknown, "2026000045": trade.PayUnknown, "2026000046": trade.Paid, "Z": trade.NotInvoiced,
	}, state)
	assert.Equal(t, settlement.CodePossibleOnly, all["0026"].Reason)
	assert.Equal(t, `"2026000045", "2026000046"`, told[1].Args["orders"])
}

// TestSpoiledName never counts an invoice whose order number is in doubt.
func TestSpoiledName(t *testing.T) {
	spoiled := with(named("1", cell("2,026E+09")), func(e *settlement.Evidence) {
		e.Doubts = diag.List{diag.Warn("x").WithPath(settlement.DoubtOfOrder)}
	})
	all, told := verdicts(t, nil, spoiled)
	assert.Empty(t, all)
	assert.Equal(t, []diag.Code{"x", settlement.CodeOrderSpoiled}, []diag.Code{told[0].Code, told[1].Code})

	spoiled.Orders = append(spoiled.Orders, link(settlement.ViaHeader, "26OP1", 0))
	all, _ = verdicts(t, nil, spoiled)
	assert.Equal(t, trade.Paid, all["26OP1"].State, "POHODA's own link needs no text")

	sound := with(named("1", cell("2026000045")), func(e *settlement.Evidence) { e.At.File = "sound.csv" })
	all, told = verdicts(t, nil, sound, spoiled)
	assert.Equal(t, trade.Paid, all["2026000045"].State, "another file says it in full")
	assert.Len(t, told, 1)

	spoiled.Orders = []settlement.OrderLink{cell("0026004")}
	all, told = verdicts(t, orders, spoiled)
	assert.Equal(t, trade.PayUnknown, all["0026004"].State)
	assert.Equal(t, settlement.CodeOrderPossible, told[1].Code)
}

// TestWithoutKnownOrders makes an order of every name, as it stands.
func TestWithoutKnownOrders(t *testing.T) {
	all, told := verdicts(t, nil,
		named("1", cell(" A ")), named("2", cell("a")), named("3", cell("A, B")), named("4"),
		named("5", link(settlement.ViaHeader, "26OP1", 7), link(settlement.ViaLine, "26OP1", 7)),
		named("6", link(settlement.ViaNumberOrder, "A", 0), link(settlement.ViaHeader, "26OP1", 7)),
		named("7", settlement.OrderLink{Via: settlement.ViaExtID, Number: "9", System: "raynet"}),
		named("8", link(settlement.ViaLine, "26OP1", 7), link(settlement.ViaLine, "26OP2", 8)),
		named("9", link(settlement.ViaSlip, "26VY1", 7)))
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
	assert.Equal(t, "n", (&settlement.KnownOrder{Number: "n", Code: "c"}).Name())
	assert.Equal(t, "p", (&settlement.KnownOrder{PohodaNumber: "p"}).Name())
	assert.Equal(t, "7", (&settlement.KnownOrder{ID: "7"}).Name())
}
