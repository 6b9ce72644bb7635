package paid

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/export"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// randomDeals are orders of many prices, rates, discounts and modes. A few cannot be
// computed.
func randomDeals(random *rand.Rand, count int) (text string) {
	for n := range count {
		var lines []string
		for range 1 + random.IntN(4) {
			line := fmt.Sprintf(`"name":"Židle","quantity":"%d.%d","unitPrice":"%d.%03d"`, 1+random.IntN(20), random.IntN(2)*5, random.IntN(5000), random.IntN(1000))
			if random.IntN(20) > 0 {
				line += fmt.Sprintf(`,"vatRate":%d`, []int{0, 12, 21}[random.IntN(3)])
			}
			if random.IntN(3) == 0 {
				line += fmt.Sprintf(`,"discountPercent":%d`, random.IntN(40))
			}
			lines = append(lines, "{"+line+"}")
		}
		text += fmt.Sprintf(`{"kind":"deal","source":{"system":"crm","id":"%d"},"number":"OP-%[1]d","issueDate":"2026-03-%02d",`+
			`"currency":"CZK","pricesIncludeVat":%t,"customer":{"name":"Vzor","address":{"city":"Brno"}},"lines":[%s]}`+"\n",
			n, 1+random.IntN(28), random.IntN(2) == 0, strings.Join(lines, ","))
	}
	return text
}

// TestOneTotalForAll: what an order comes to is the same for an export, a baseline and
// paid, and in a pack that was exported; what one does not know, no other one does.
func TestOneTotalForAll(t *testing.T) {
	for _, rounding := range []string{"", "none", "math2one"} {
		t.Run("rounding "+rounding, func(t *testing.T) {
			const count = 200
			totals := map[string]map[string]string{}
			tr := newPaidTrial(t, filepath.Join(t.TempDir(), "ledger.db"))
			tr.config.Rounding.Document = config.Default().Rounding.Document
			if rounding != "" {
				require.NoError(t, setRounding(tr.config, rounding))
			}
			deals := tr.file("deals.ndjson", randomDeals(rand.New(rand.NewPCG(3, uint64(len(rounding)))), count))
			pack := filepath.Join(tr.dir, "orders.xml")
			export := tr.exportOf(deals)
			export.Output, export.SkipInvalid = pack, true
			_, err := export.Run(t.Context())
			require.NoError(t, err)
			totals["export"] = totalsOf(t, export.Ledger)
			require.NoError(t, export.Ledger.Close())

			tr.config.Ledger = config.Ledger(filepath.Join(t.TempDir(), "second.db"))
			baseline := tr.exportOf(deals)
			_, err = baseline.Baseline(t.Context())
			require.NoError(t, err)
			totals["baseline"] = totalsOf(t, baseline.Ledger)
			require.NoError(t, baseline.Ledger.Close())

			totals["paid"], totals["paid, a pack"] = knownTotals(t, tr.config, deals), knownTotals(t, tr.config, pack)
			known := 0
			for n := range count {
				name := fmt.Sprintf("OP-%d", n)
				want := totals["export"][name]
				if want != "" {
					known++
				}
				for who, of := range totals {
					assert.Equal(t, want, of[name], "%s: %s", who, name)
				}
			}
			assert.Greater(t, known, count/2)
			assert.Less(t, known, count, "some cannot be computed")
		})
	}
}

func setRounding(c *config.Config, rounding string) error {
	loaded, issues := config.Load(config.Options{Env: map[string]string{"POHODA_ROUNDING_DOCUMENT": rounding}})
	for _, issue := range issues.Of(diag.Error) {
		return issue
	}
	c.Rounding = loaded.Rounding
	return nil
}

// exportOf is an export of a file with the ledger of the trial.
func (tr *paidTrial) exportOf(from string) *export.Export {
	return &export.Export{
		Config: tr.config, From: from, Select: flow.Selection{Kinds: []trade.Kind{trade.Deal}}, Format: config.DataPack, Stdout: io.Discard,
		Now: time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC), Tell: func(*diag.Issue) {}, Ledger: tr.book(),
	}
}

func totalsOf(t *testing.T, b *flow.Ledger) map[string]string {
	totals := map[string]string{}
	for r, err := range b.Records(t.Context(), ledger.Filter{}) {
		require.NoError(t, err)
		totals[r.Code] = r.Total.String()
	}
	return totals
}

// knownTotals is what orders come to by paid.
func knownTotals(t *testing.T, c *config.Config, orders string) map[string]string {
	p := &Paid{Config: c, Orders: orders, Reading: crm.Options{}, Now: time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC), Tell: func(*diag.Issue) {}}
	list, err := p.knownOrders(context.Background())
	require.NoError(t, err)
	totals := map[string]string{}
	for n := range list.known.Len() {
		order := list.known.At(n)
		totals[order.Number] = order.Total.String()
	}
	return totals
}

// TestWhatAnOrderComesTo says what settles it, and what leaves it unknown.
func TestWhatAnOrderComesTo(t *testing.T) {
	c := config.Default()
	c.Unit.ICO = "12345679"
	const line = `{"name":"Židle","quantity":10,"unitPrice":100,"vatRate":21}`
	for name, test := range map[string]struct{ deal, want string }{
		"lines":                             {`"lines":[` + line + `]`, "1210"},
		"nothing":                           {`"note":"x"`, ""},
		"a stated sum":                      {`"totals":{"gross":500}`, "500"},
		"what is payable":                   {`"totals":{"gross":500.4,"payable":500}`, "500"},
		"a net sum":                         {`"totals":{"net":500}`, ""},
		"lines and the same sum":            {`"totals":{"gross":1210},"lines":[` + line + `]`, "1210"},
		"lines and another sum":             {`"totals":{"gross":1300},"lines":[` + line + `]`, ""},
		"lines and another net sum":         {`"totals":{"net":900},"lines":[` + line + `]`, ""},
		"another split of the same sum":     {`"totals":{"net":900,"vat":310,"gross":1210},"lines":[` + line + `]`, "1210"},
		"a price is missing":                {`"lines":[` + line + `,{"name":"Stůl","quantity":1,"vatRate":21}]`, ""},
		"a price cannot be read":            {`"lines":[` + line + `,{"name":"Stůl","unitPrice":"1.2.3","vatRate":21}]`, ""},
		"a quantity cannot be read":         {`"lines":[{"name":"Stůl","quantity":"many","unitPrice":100,"vatRate":21}]`, ""},
		"a rate is missing":                 {`"lines":[{"name":"Stůl","unitPrice":100}]`, ""},
		"a rate is missing, the sum stated": {`"totals":{"gross":121},"lines":[{"name":"Stůl","unitPrice":100}]`, "121"},
		"a rate is not of the day":          {`"lines":[{"name":"Stůl","unitPrice":100,"vatRate":20}]`, ""},
		"a line without a name":             {`"lines":[{"name":"","quantity":1,"unitPrice":100,"vatRate":21}]`, "121"},
	} {
		t.Run(name, func(t *testing.T) {
			tr := &paidTrial{t: t, dir: t.TempDir()}
			file := tr.file("deal.json", `{"kind":"deal","source":{"system":"crm","id":"1"},"number":"A","issueDate":"2026-03-16","currency":"CZK",`+test.deal+`}`)
			assert.Equal(t, test.want, knownTotals(t, c, file)["A"])
		})
	}
	// The unit pays no VAT, and its house rounds.
	c.Unit.VATPayer = false
	tr := &paidTrial{t: t, dir: t.TempDir()}
	file := tr.file("deal.json", `{"kind":"deal","source":{"system":"crm","id":"1"},"number":"A","issueDate":"2026-03-16","currency":"CZK","lines":[`+line+`]}`)
	assert.Equal(t, "1000", knownTotals(t, c, file)["A"])
}

// TestBaselineLearnsTotals: an order that was declared before its total was kept gets
// it when it is declared once more, unless it has changed.
func TestBaselineLearnsTotals(t *testing.T) {
	paidOnBoth(t, func(tr *paidTrial) {
		declare := func(content, total string) int {
			b := tr.book()
			defer b.Close()
			s := ledger.Observation{Key: ledger.Key{System: "crm", Kind: trade.Deal, ID: "1", Target: "order"}, Code: "A", OrderNumber: "A", Content: content}
			if total != "" {
				s.Total, s.Currency = money.MustParse(total), "CZK"
			}
			n, err := b.Baseline(tr.t.Context(), func(yield func(ledger.Observation) bool) { yield(s) })
			require.NoError(tr.t, err)
			return n
		}
		total := func() string {
			b := tr.book()
			defer b.Close()
			return totalsOf(tr.t, b)["A"]
		}
		assert.Equal(tr.t, 1, declare("c", ""))
		assert.Empty(tr.t, total())
		assert.Equal(tr.t, 0, declare("another", "900"))
		assert.Empty(tr.t, total(), "it is what another content comes to")
		assert.Equal(tr.t, 0, declare("c", "1210"))
		assert.Equal(tr.t, "1210", total())
		assert.Equal(tr.t, 0, declare("c", "1300"))
		assert.Equal(tr.t, "1210", total())
	})
}
