package export

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/schemas"
)

// How many documents the differential test makes, and the seed of its choices.
const (
	writtenDocuments = 2000
	writtenSeed      = 20260302
)

// factors are what a document is made of. Every pair of values of two factors is
// covered; a new rule of taxes or rounding adds its values here.
var factors = map[string][]string{
	"country":  {"CZ", "SK"},
	"regime":   append(trade.Domestic.Values(), "absent"),
	"unit":     {"payer", "payer", "payer", "non-payer"},
	"prices":   {"net", "gross", "gross-as-net", "absent"},
	"document": append(money.RoundNone.Values(), "absent"),
	"vat":      append(vat.RoundNone.Values(), "absent"),
	"rounds":   {"house", "record", "house-by-currency"},
	"method":   {"absent", string(vat.NewMethod), string(vat.OriginalMethod)},
	"target":   {"order", "issued-order", "issued-order-by-class"},
	"currency": {"home", "foreign"},
	"payment":  {"cash", "bank-transfer", "card", "absent"},
	"discount": {"none", "percent", "surcharge"},
	"sign":     {"positive", "negative", "mixed"},
	"rates":    {"percent", "level", "historic", "nought"},
	"reversed": {"by-document", "some", "none-by-line", "all-by-line"},
}

// derived are factors that follow from the others: which lines bear a VAT that the
// buyer pays, as the one who makes the document means it.
var derived = map[string][]string{"shifted": {"none", "some", "all"}}

// refusedPairs are the combinations of which nothing can be written.
var refusedPairs = map[string]diag.Code{
	"shifted=some target=issued-order": check.CodeReverseUnsayable,
	"shifted=all target=issued-order":  check.CodeReverseUnsayable,
	"prices=gross shifted=some":        check.CodeReverseGrossMixed,
	"prices=gross shifted=all":         check.CodeReverseGross,
	"prices=gross-as-net shifted=some": check.CodeReverseGrossMixed,
}

// TestWhatIsCheckedIsWritten: the sums of a document that passes the checks are
// those of its XML, read and computed again: lines, rates, document and what is to
// be paid. Whatever decides about VAT or rounding has to decide the same for both.
func TestWhatIsCheckedIsWritten(t *testing.T) {
	w := &writtenTrial{
		T: t, random: rand.New(rand.NewPCG(writtenSeed, 1)), packs: map[string]*dataPack{},
		validator: pack.NewValidator(schemas.XSD, true),
		made:      map[string]int{}, accepted: map[string]int{}, codes: map[diag.Code]int{},
	}
	for n := range writtenDocuments {
		w.document(n)
		if t.Failed() {
			return
		}
	}
	w.coverage()
	t.Logf("refused: %v", w.codes)
}

// writtenTrial makes documents and counts them by the pairs of what they are made of.
type writtenTrial struct {
	*testing.T
	random         *rand.Rand
	validator      *pack.Validator
	packs          map[string]*dataPack
	made, accepted map[string]int
	codes          map[diag.Code]int
}

// choice is what one document is made of.
type choice map[string]string

func (w *writtenTrial) pick(values []string) string { return values[w.random.IntN(len(values))] }

func (w *writtenTrial) document(n int) {
	c := choice{}
	for _, factor := range slices.Sorted(maps.Keys(factors)) {
		c[factor] = w.pick(factors[factor])
	}
	cfg, doc := w.config(c), w.order(c)
	c["shifted"] = shifted(c, doc)
	pairs := c.pairs()
	for _, pair := range pairs {
		w.made[pair]++
	}
	name := fmt.Sprintf("document %d: %v", n, c)

	prepared, err := flow.NewPreparation(cfg, trade.NewDate(2026, time.March, 17))
	require.NoError(w, err)
	agenda, target, issue := pohoda.TargetFor(&trade.Record{Of: &trade.Document{Head: doc.Head}}, strings.TrimSuffix(c["target"], "-by-class"))
	require.Nil(w, issue)
	made := prepared.Prepare(&trade.Record{Of: doc}, target)
	doc, totals, found := made.Record.Document(), made.Totals, made.Found
	w.verdict(name, c, found)
	if found.Refused() {
		return
	}
	for _, pair := range pairs {
		w.accepted[pair]++
	}
	again := w.reread(name, cfg, prepared, agenda, target, doc, &totals)
	sums, _ := check.Compute(again, flow.CheckSettings(cfg))
	require.Equal(w, asText(totals), asText(sums), name)
	require.Equal(w, doc.Rounding, again.Rounding, name)
	w.claims(name, prepared, target, doc, &totals)
}

// verdict holds what refuses a document against what is known to refuse it.
func (w *writtenTrial) verdict(name string, c choice, found diag.List) {
	var want []diag.Code
	if c["shifted"] != "none" {
		if c["target"] == "issued-order" {
			want = append(want, check.CodeReverseUnsayable)
		}
		switch {
		case c["prices"] == "gross" && c["shifted"] == "all":
			want = append(want, check.CodeReverseGross)
		case strings.HasPrefix(c["prices"], "gross") && c["shifted"] == "some":
			want = append(want, check.CodeReverseGrossMixed)
		}
	}
	var got []diag.Code
	for _, issue := range found.Of(diag.Error) {
		got = append(got, issue.Code)
		w.codes[issue.Code]++
	}
	require.Equal(w, want, got, "%s: %v", name, found)
}

// reread writes the document, holds the pack against the bundled schema and reads it.
func (w *writtenTrial) reread(name string, cfg *config.Config, p *flow.Preparation, a *pohoda.Agenda, target pohoda.Target, doc *trade.Document, totals *vat.Totals) *trade.Document {
	if w.packs[a.Name] == nil {
		w.packs[a.Name] = newDataPack(cfg, p, pohoda.Agendas())
	}
	bound, err := w.packs[a.Name].agendas.Of(a)
	require.NoError(w, err)
	record := &trade.Record{Of: doc}
	el, issues := bound.Codec.Encode(pohoda.Work{Record: record, Totals: totals, Target: target, Set: p.Settings})
	require.False(w, issues.Refused(), "%s: %v", name, issues)

	envelope := pack.Pack{Unit: p.Settings.Unit, ID: "written", Application: "pohoda"}.Envelope(a)
	envelope.Encoding = p.Encoding
	file := p.Encoding.AppendRef(nil, envelope.Head())
	file = p.Encoding.AppendRef(file, xmlio.AppendElement(nil, pack.Item("1", el), 1))
	file = append(file, envelope.Tail()...)
	verdict, err := w.validator.Validate(bytes.NewReader(file), "pack.xml", func(issue *diag.Issue) { w.Errorf("%s: %v", name, issue) })
	require.NoError(w, err)
	require.True(w, verdict.Valid, "%s\n%s", name, file)

	var read *trade.Document
	scanner := xmlio.NewScanner(bytes.NewReader(file), "pack.xml", pohoda.Namespaces())
	_, err = scanner.Next()
	require.NoError(w, err)
	err = pack.Documents(scanner, func(f pack.Found) error {
		again := bound.Codec.Decode(f.Element, p.Settings)
		require.Empty(w, again.Issues, name)
		read = again.Record.Document()
		return nil
	}, func(issue *diag.Issue) { w.Errorf("%s: %v", name, issue) })
	require.NoError(w, err)
	require.NotNil(w, read, name)
	return read
}

// claims gives the document its own sums: there is nothing to say of them.
func (w *writtenTrial) claims(name string, p *flow.Preparation, target pohoda.Target, doc *trade.Document, totals *vat.Totals) {
	doc.Totals = trade.Totals{
		Amounts: trade.Amounts{Net: totals.Net, VAT: totals.VAT, Gross: totals.Gross}, Payable: totals.Payable,
	}
	for i, line := range totals.Lines {
		doc.Lines[i].Totals = trade.Amounts{Net: line.Net, VAT: line.VAT, Gross: line.Gross}
	}
	found := p.Prepare(&trade.Record{Of: doc}, target).Found
	for _, issue := range found {
		require.NotContains(w, string(issue.Code), "total-", "%s: %v", name, issue)
	}
}

func (w *writtenTrial) config(c choice) *config.Config {
	cfg := config.Default()
	cfg.Unit = config.Unit{ICO: "12345679", Country: c["country"], VATPayer: c["unit"] == "payer"}
	if c["prices"] == "gross-as-net" {
		cfg.Checks.ReverseChargeGross = config.Net
	}
	if c["target"] == "issued-order-by-class" {
		cfg.Rules.Targets = map[string]config.TargetRules{"issued_order": {VATClass: `"PN"`}}
	}
	document, rounded := money.Rounding(present(c["document"])), present(c["vat"])
	calculate := w.random.IntN(2) == 0
	switch c["rounds"] {
	case "house":
		cfg.Rounding.CurrencyRounding = config.CurrencyRounding{Document: document, VAT: rounded, CalculateVAT: &calculate}
	case "house-by-currency":
		cfg.Rounding.Document = money.MathToOne
		cfg.Rounding.Currencies = map[string]config.CurrencyRounding{
			string(currencyOf(c)): {Document: document, VAT: rounded, CalculateVAT: &calculate},
		}
	}
	return cfg
}

func present(word string) string { return strings.TrimSuffix(word, "absent") }

func currencyOf(c choice) money.Currency {
	if (c["country"] == "CZ") == (c["currency"] == "home") {
		return "CZK"
	}
	return "EUR"
}

func (w *writtenTrial) order(c choice) *trade.Document {
	party := &trade.Party{Name: "Truhlárna Vzorová s.r.o.", Address: trade.Address{City: "Brno", Country: "CZ"}}
	doc := &trade.Document{Head: trade.Head{Kind: trade.Order,
		Source: trade.Source{System: "crm", ID: "1"}}, Number: "1", IssueDate: trade.NewDate(2026, time.March, 2), Customer: party, Supplier: party,
		Currency: currencyOf(c), VATMode: trade.VATMode(present(c["regime"])),
		Payment: trade.PaymentInfo{Method: trade.PaymentMethod(present(c["payment"]))},
	}
	if c["prices"] != "absent" {
		doc.PricesIncludeVAT = trade.FlagOf(c["prices"] != "net")
	}
	if c["currency"] == "foreign" {
		doc.ExchangeRate.Rate = map[string]money.Decimal{"CZ": money.MustParse("24.735"), "SK": money.MustParse("0.0404")}[c["country"]]
	}
	if c["rounds"] == "record" {
		doc.Rounding = trade.Rounding{Document: money.Rounding(present(c["document"])), VAT: vat.Rounding(present(c["vat"]))}
		doc.Rounding.CalculateVAT = trade.Flag(w.random.IntN(3))
	}
	doc.Rounding.Method = vat.Method(present(c["method"]))
	if doc.VATMode == trade.OneStopShop {
		doc.OSS.Country = map[string]trade.Country{"CZ": "SK", "SK": "CZ"}[c["country"]]
	}
	if c["rates"] == "historic" {
		doc.References = []trade.Reference{{Kind: trade.CorrectedInvoice, Number: "23FV1", Date: trade.NewDate(2023, time.June, 1)}}
	}
	for i := range 2 + w.random.IntN(5) {
		doc.Lines = append(doc.Lines, w.line(c, doc, i))
	}
	if w.random.IntN(4) == 0 {
		doc.Lines = append(doc.Lines, trade.Line{Kind: trade.TextLine, Name: "Děkujeme"})
	}
	return doc
}

// percents are rates by country of the rates: today's two, and two of June 2023.
var percents = map[string][2][]string{
	"CZ": {{"21", "12"}, {"21", "15"}},
	"SK": {{"23", "19"}, {"20", "10"}},
}

func (w *writtenTrial) line(c choice, doc *trade.Document, i int) trade.Line {
	line := trade.Line{
		Name: "Židle", Quantity: money.FromInt(1 + w.random.Int64N(30)),
		UnitPrice: money.FromInt(1 + w.random.Int64N(5_000_000)).Mul(money.MustParse([]string{"0.01", "0.001"}[w.random.IntN(2)])),
	}
	if w.random.IntN(4) == 0 {
		line.Quantity = money.MustParse([]string{"0.333", "2.5", "0.001"}[w.random.IntN(3)])
	}
	if c["sign"] == "negative" || c["sign"] == "mixed" && w.random.IntN(2) == 0 {
		line.Quantity = line.Quantity.Neg()
	}
	switch c["discount"] {
	case "percent":
		line.DiscountPercent = money.FromInt(w.random.Int64N(10_001)).Mul(money.MustParse("0.01"))
	case "surcharge":
		line.DiscountPercent = money.FromInt(-w.random.Int64N(50))
	}
	w.rate(c, doc, &line)
	switch {
	case c["reversed"] == "some" && i > 0:
		line.ReverseCharge = trade.FlagOf(i%2 == 1)
	case c["reversed"] == "none-by-line":
		line.ReverseCharge = trade.No
	case c["reversed"] == "all-by-line":
		line.ReverseCharge = trade.Yes
	}
	return line
}

// rate gives a line its rate: of the buyer's country under the One Stop Shop, of
// June 2023 on a document that corrects one of that time.
func (w *writtenTrial) rate(c choice, doc *trade.Document, line *trade.Line) {
	country, oss := c["country"], doc.VATMode == trade.OneStopShop
	if oss {
		country = string(doc.OSS.Country)
	}
	at := w.random.IntN(2)
	switch c["rates"] {
	case "nought":
		line.VATRate = money.Zero
	case "level":
		if !oss {
			line.VATCode = []trade.VATCode{"high", "low"}[at]
			return
		}
		line.VATCode = []trade.VATCode{"history-high", "history-low"}[at]
		line.VATRate = money.MustParse(percents[country][0][at])
	case "historic":
		if !oss {
			line.VATRate = money.MustParse(percents[country][1][at])
			return
		}
		line.VATRate = money.MustParse(percents[country][0][at])
	default:
		line.VATRate = money.MustParse(percents[country][0][at])
	}
}

// shifted tells which lines the buyer pays the VAT of.
func shifted(c choice, doc *trade.Document) string {
	if c["unit"] == "non-payer" || doc.VATMode == trade.NonPayer {
		return "none"
	}
	count, priced := 0, 0
	for _, line := range doc.Lines {
		if line.Kind == trade.TextLine {
			continue
		}
		priced++
		if line.ReverseCharge == trade.Yes || line.ReverseCharge == trade.Unset && doc.VATMode == trade.ReverseCharge {
			count++
		}
	}
	switch count {
	case 0:
		return "none"
	case priced:
		return "all"
	}
	return "some"
}

// pairs names every two values that a document brings together.
func (c choice) pairs() []string {
	var all []string
	names := slices.Sorted(maps.Keys(c))
	for i, a := range names {
		for _, b := range names[i+1:] {
			all = append(all, a+"="+c[a]+" "+b+"="+c[b])
		}
	}
	return all
}

// coverage prints how often each pair was made and accepted, and fails when one was
// never made, or never accepted without being known for it.
func (w *writtenTrial) coverage() {
	values := maps.Clone(factors)
	maps.Copy(values, derived)
	names := slices.Sorted(maps.Keys(values))
	var report strings.Builder
	for i, a := range names {
		for _, b := range names[i+1:] {
			for _, x := range slices.Compact(slices.Clone(values[a])) {
				for _, y := range slices.Compact(slices.Clone(values[b])) {
					pair := a + "=" + x + " " + b + "=" + y
					fmt.Fprintf(&report, "%-60s %4d made %4d written\n", pair, w.made[pair], w.accepted[pair])
					if isImpossible(a, x, b, y) {
						assert.Zero(w, w.made[pair], pair)
						continue
					}
					assert.NotZero(w, w.made[pair], "%s was never made", pair)
					assert.Equal(w, refusedPairs[pair] == "", w.accepted[pair] > 0, "%s: written %d of %d", pair, w.accepted[pair], w.made[pair])
				}
			}
		}
	}
	w.Log("\n" + report.String())
}

// isImpossible tells pairs that contradict each other: what is derived depends on
// the rest.
func isImpossible(a, x, b, y string) bool {
	return impossible[a+"="+x+" "+b+"="+y]
}

var impossible = map[string]bool{
	"shifted=some unit=non-payer": true, "shifted=all unit=non-payer": true,
	"regime=non-payer shifted=some": true, "regime=non-payer shifted=all": true,
	"reversed=by-document shifted=some": true, "reversed=all-by-line shifted=some": true,
	"reversed=none-by-line shifted=some": true, "reversed=none-by-line shifted=all": true,
}

// asText makes sums comparable: decimals of the same value are one text.
func asText(t vat.Totals) []string {
	var all []string
	add := func(name string, a vat.Amounts) {
		all = append(all, fmt.Sprint(name, " ", a.Level, " ", a.Percent, " ", a.Net.Fixed(2), " ", a.VAT.Fixed(2), " ", a.Gross.Fixed(2), " ", a.Reverse))
	}
	for i, line := range t.Lines {
		add(fmt.Sprint("line ", i+1), line)
	}
	for _, rate := range t.ByRate {
		add("rate", rate)
	}
	add("document", vat.Amounts{Net: t.Net, VAT: t.VAT, Gross: t.Gross})
	return append(all, "deducted "+t.Deducted.Fixed(2), "rounding "+t.Rounding.Fixed(2), "payable "+t.Payable.Fixed(2))
}
