package unit_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/unit"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// furnished gives an order in the unit's own currency to a unit.
func furnished(c *config.Config, doc *trade.Document) diag.List {
	u := newDefaults(c, trade.NewDate(2026, time.March, 17))
	if doc.Currency == "" {
		doc.Currency = money.Home(c.Unit.Country)
	}
	return u.Fill(&trade.Record{Of: doc}, pohoda.Orders.Targets[0].Name)
}

// newDefaults are those of the registered agendas.
func newDefaults(c *config.Config, today trade.Date) *unit.Defaults {
	return unit.NewDefaults(c, flow.CheckSettings(c), today, flow.UnitTargets(flow.NewBoundAgendas(), flow.Settings(c, charset.UTF8)))
}

// TestEveryCodeOfTheUnit: every row that holds a code of the unit is translated by a
// map of the configuration, and nothing goes out that no map knows.
func TestEveryCodeOfTheUnit(t *testing.T) {
	lists, agendas := map[string]bool{}, flow.NewBoundAgendas()
	for _, a := range pohoda.Agendas() {
		bound, err := agendas.Of(a)
		require.NoError(t, err)
		for _, target := range a.Targets {
			c := config.Default()
			settings := flow.Settings(c, charset.UTF8)
			record := func(word string) *trade.Record {
				subject, _ := trade.New(target.Kind)
				if doc, ok := subject.(*trade.Document); ok {
					doc.Currency, doc.Labels, doc.Lines = "CZK", []string{""}, []trade.Line{{SKU: "A"}, {Kind: trade.TextLine}}
				}
				r := &trade.Record{Of: subject}
				bound.Codec.VisitCodes(pohoda.Work{Record: r, Target: target, Set: settings}, func(code *fieldtable.UnitCode) {
					lists[code.List] = true
					*code.Place = word
				})
				return r
			}
			var want []string
			bound.Codec.VisitCodes(pohoda.Work{Record: record("slovo"), Target: target, Set: settings}, func(code *fieldtable.UnitCode) {
				want = append(want, code.List+" "+code.Field())
			})
			unknown := record("slovo")
			var got []string
			for _, issue := range newDefaults(c, trade.Date{}).Fill(unknown, target.Name) {
				assert.Equal(t, unit.CodeWordUnmapped, issue.Code)
				got = append(got, issue.Args["map"]+" "+issue.Path)
			}
			assert.Equal(t, want, got, target.Name)
			left, _ := json.Marshal(unknown.Of)
			assert.NotContains(t, string(left), "slovo", target.Name)

			all := reflect.ValueOf(&c.Maps).Elem()
			for _, list := range all.Fields() {
				list.Set(reflect.ValueOf(map[string]string{"slovo": "KÓD"}))
			}
			mappedOnes := record("slovo")
			assert.Empty(t, newDefaults(c, trade.Date{}).Fill(mappedOnes, target.Name), target.Name)
			assert.Equal(t, record("KÓD").Of, mappedOnes.Of, target.Name)
		}
	}
	require.NotEmpty(t, lists)
	assert.Equal(t, slices.Sorted(maps.Keys(lists)), pohoda.UnitLists())
}

// TestDefaultsOfATarget: what is set for a kind of document beats what is set for all.
func TestDefaultsOfATarget(t *testing.T) {
	c, yes, no := config.Default(), true, false
	c.Defaults = config.Defaults{
		TargetDefaults: config.TargetDefaults{Series: "26OP", Centre: "BRNO", Reserve: &yes, Labels: []string{"CRM"}},
		Targets:        map[string]config.TargetDefaults{"issued_order": {Series: "26OV", Reserve: &no, Labels: []string{"nákup"}}},
	}
	c.Dates.Targets = map[string]string{"issued_order": unit.DateToday}
	c.Rounding.Document = money.MathToOne
	c.Rounding.Targets = map[string]config.TargetRounding{"issued_order": {CurrencyRounding: config.CurrencyRounding{Document: money.RoundNone}}}
	today, issued := trade.NewDate(2026, time.March, 17), trade.NewDate(2026, time.March, 1)
	u := newDefaults(c, today)
	for n, want := range []trade.Document{
		{NumberSeries: "26OP", Reserve: trade.Yes, Labels: []string{"CRM"}, IssueDate: issued, Rounding: trade.Rounding{Document: money.MathToOne}},
		{NumberSeries: "26OV", Reserve: trade.No, Labels: []string{"nákup"}, IssueDate: today, Rounding: trade.Rounding{Document: money.RoundNone}},
	} {
		want.Currency, want.Centre = "CZK", "BRNO"
		doc := &trade.Document{Currency: "CZK", IssueDate: issued}
		assert.Empty(t, u.Fill(&trade.Record{Of: doc}, pohoda.Orders.Targets[n].Name))
		assert.Equal(t, &want, doc)
	}
}

func TestWordsBecomeTheUnitsCodes(t *testing.T) {
	words := map[string]string{"MORAVA": "BRNO", "ČECHY": "PRAHA", "": "NIC"}
	for _, c := range []struct {
		name    string
		words   map[string]string
		house   string
		word    string
		want    string
		unknown bool
		near    bool
	}{
		{name: "named", words: words, word: "MORAVA", want: "BRNO"},
		{name: "blanks around it", words: words, word: " MORAVA ", want: "BRNO"},
		{name: "another case is another word", words: words, word: "morava", unknown: true, near: true},
		{name: "unknown", words: words, word: "SLEZSKO", unknown: true},
		{name: "unknown, with a default of the house", words: words, house: "SKLAD", word: "SLEZSKO", want: "SKLAD", unknown: true},
		{name: "no map at all", word: "MORAVA", unknown: true},
		{name: "absent", words: words, word: ""},
		{name: "absent, with a default of the house", words: words, house: "SKLAD", word: "", want: "SKLAD"},
		{name: "a blank one is absent", words: words, house: "SKLAD", word: " ", want: "SKLAD"},
		{name: "the house's default is no word of the source", words: words, house: "MORAVA", word: "", want: "MORAVA"},
		{name: "all become one", words: map[string]string{"*": "BRNO"}, word: "SLEZSKO", want: "BRNO"},
		{name: "all stay as they are", words: map[string]string{"*": "*"}, word: "SLEZSKO", want: "SLEZSKO"},
		{name: "one stays as it is", words: map[string]string{"BRNO": "*"}, word: "BRNO", want: "BRNO"},
		{name: "a named one before all others", words: map[string]string{"*": "*", "MORAVA": "BRNO"}, word: "MORAVA", want: "BRNO"},
		{name: "named as nothing", words: map[string]string{"MORAVA": ""}, word: "MORAVA"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, field := range []struct {
				path, name string
				place      func(*trade.Document) *string
				configure  func(*config.Config)
			}{
				{"centre", "centre", func(d *trade.Document) *string { return &d.Centre }, func(k *config.Config) { k.Maps.Centre, k.Defaults.Centre = c.words, c.house }},
				{"activity", "activity", func(d *trade.Document) *string { return &d.Activity }, func(k *config.Config) { k.Maps.Activity, k.Defaults.Activity = c.words, c.house }},
				{"project.number", "contract", func(d *trade.Document) *string { return &d.Project.Number }, func(k *config.Config) { k.Maps.Contract, k.Defaults.Contract = c.words, c.house }},
				{"priceLevel", "price_level", func(d *trade.Document) *string { return &d.PriceLevel }, func(k *config.Config) { k.Maps.PriceLevel, k.Defaults.PriceLevel = c.words, c.house }},
				{"carrier", "carrier", func(d *trade.Document) *string { return &d.Carrier }, func(k *config.Config) { k.Maps.Carrier, k.Defaults.Carrier = c.words, c.house }},
				{"lines[0].store", "store", func(d *trade.Document) *string { return &d.Lines[0].Store }, func(k *config.Config) { k.Maps.Store, k.Defaults.Store = c.words, c.house }},
			} {
				doc, k := &trade.Document{Lines: []trade.Line{{}}}, config.Default()
				*field.place(doc) = c.word
				field.configure(k)
				issues := furnished(k, doc)
				assert.Equal(t, c.want, *field.place(doc), field.path)
				if !c.unknown {
					assert.Empty(t, issues, field.path)
					continue
				}
				require.Len(t, issues, 1, field.path)
				code := unit.CodeWordUnmapped
				if c.near {
					code = unit.CodeWordNear
					assert.Equal(t, "MORAVA", issues[0].Args["near"])
				}
				assert.Equal(t, code, issues[0].Code)
				assert.Equal(t, diag.Warning, issues[0].Severity)
				assert.Equal(t, field.path, issues[0].Path)
				assert.Equal(t, field.name, issues[0].Args["map"])
				assert.Equal(t, c.word, issues[0].Value)
			}
		})
	}
}

func TestWordsOfLines(t *testing.T) {
	c := config.Default()
	c.Maps.Centre, c.Maps.Contract = map[string]string{"MORAVA": "BRNO"}, map[string]string{"Z1": "26Z1"}
	doc := &trade.Document{Lines: []trade.Line{{}, {Centre: "MORAVA", Project: "Z1", Activity: "MONTÁŽ"}}}
	issues := furnished(c, doc)
	assert.Equal(t, trade.Line{Centre: "BRNO", Project: "26Z1"}, doc.Lines[1])
	require.Len(t, issues, 1)
	assert.Equal(t, "lines[1].activity", issues[0].Path)
	assert.Equal(t, "activity", issues[0].Args["map"])
}

func TestHouseFillsWhatTheRecordDoesNotSay(t *testing.T) {
	c, yes := config.Default(), true
	c.Defaults.TargetDefaults = config.TargetDefaults{Series: "26OP", Reserve: &yes, Labels: []string{"CRM"}}
	c.Rounding.CurrencyRounding = config.CurrencyRounding{Document: "up2one", VAT: "upTo"}
	c.Maps.Series, c.Maps.Label = map[string]string{"*": "*"}, map[string]string{"*": "*"}
	empty := &trade.Document{}
	assert.Empty(t, furnished(c, empty))
	assert.Equal(t, &trade.Document{
		Currency: "CZK", NumberSeries: "26OP", Reserve: trade.Yes, Labels: []string{"CRM"},
		Rounding: trade.Rounding{Document: "up2one", VAT: "upTo"},
	}, empty)

	full := func() *trade.Document {
		return &trade.Document{
			Currency: "EUR", NumberSeries: "26X", Reserve: trade.No, Labels: []string{"B"},
			Rounding: trade.Rounding{Document: "none", VAT: vat.RoundNone},
		}
	}
	doc := full()
	assert.Empty(t, furnished(c, doc))
	assert.Equal(t, full(), doc, "what the record says stays")

	sk := config.Default()
	sk.Unit.Country = "SK"
	empty = &trade.Document{}
	furnished(sk, empty)
	assert.Equal(t, &trade.Document{Currency: "EUR"}, empty, "what nobody says is not sent")
	assert.Equal(t, money.Currency("EUR"), empty.Currency)
}

func TestPayment(t *testing.T) {
	words := map[string]string{"PayPal": "paypal", "cash-on-delivery": "dobírka", "online": "kartou"}
	for _, c := range []struct {
		name         string
		words        map[string]string
		house        string
		method       trade.PaymentMethod
		methodName   string
		want         string
		path, lacked string
	}{
		{name: "by its name", words: words, method: "online", methodName: "PayPal", want: "paypal"},
		{name: "blanks around its name", words: words, methodName: " PayPal ", want: "paypal"},
		{name: "a blank name is none", words: words, house: "převodem", methodName: " ", want: "převodem"},
		{name: "by its method", words: words, method: "cash-on-delivery", methodName: "Dobírka ČP", want: "dobírka"},
		{name: "by its method alone", words: words, method: "online", want: "kartou"},
		{name: "its name before its method", words: words, method: "cash-on-delivery", methodName: "PayPal", want: "paypal"},
		{name: "before the house's", words: words, house: "převodem", methodName: "PayPal", want: "paypal"},
		{name: "nothing said", words: words},
		{name: "nothing said but by the house", words: words, house: "převodem", want: "převodem"},
		{name: "a method that POHODA names", house: "převodem", method: "cash", methodName: "Hotově na pobočce"},
		{name: "a name that nobody knows", methodName: "GoPay", path: "payment.methodName", lacked: "GoPay"},
		{name: "a name that nobody knows becomes the house's", house: "převodem", methodName: "GoPay", want: "převodem", path: "payment.methodName", lacked: "GoPay"},
		{name: "paid online in a way that nobody knows", house: "převodem", method: "online", methodName: "GoPay", path: "payment.methodName", lacked: "GoPay"},
		{name: "paid online, nobody says how", house: "převodem", method: "online", path: "payment.method", lacked: "online"},
		{name: "all become one", words: map[string]string{"*": "jinak"}, method: "cash", methodName: "GoPay", want: "jinak"},
		{name: "all stay as they are", words: map[string]string{"*": "*"}, method: "online", methodName: "GoPay", want: "GoPay"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := config.Default()
			k.Maps.Payment, k.Defaults.Payment = c.words, c.house
			doc := &trade.Document{Payment: trade.PaymentInfo{Method: c.method, MethodName: c.methodName}}
			issues := furnished(k, doc)
			assert.Equal(t, c.want, doc.Payment.MethodName)
			assert.Equal(t, c.method, doc.Payment.Method)
			if c.lacked == "" {
				assert.Empty(t, issues)
				return
			}
			require.Len(t, issues, 1)
			assert.Equal(t, c.path, issues[0].Path)
			assert.Equal(t, c.lacked, issues[0].Value)
			assert.Equal(t, "payment", issues[0].Args["map"])
		})
	}
}

func TestDateOfTheDocument(t *testing.T) {
	day := func(d int) trade.Date { return trade.NewDate(2026, time.March, d) }
	updated, err := trade.ParseTime("2026-03-07T23:30:00+01:00")
	require.NoError(t, err)
	full := trade.Document{Head: trade.Head{Source: trade.Source{UpdatedAt: updated}}, IssueDate: day(1), OrderDate: day(2), TaxPointDate: day(3), AccountingDate: day(4), DeliverFrom: day(5), DeliverUntil: day(6)}
	tested := 0
	for setting, want := range map[string]trade.Date{
		"": day(1), "issue-date": day(1), "issueDate": day(1), "orderDate": day(2), "taxPointDate": day(3), "accountingDate": day(4),
		"deliverFrom": day(5), "deliverUntil": day(6), "updatedAt": day(7), "today": day(17),
	} {
		c := config.Default()
		c.Dates.Order = setting
		doc := full
		furnished(c, &doc)
		assert.Equal(t, want, doc.IssueDate, setting)
		bare := trade.Document{IssueDate: day(9)}
		furnished(c, &bare)
		if setting != unit.DateToday {
			assert.Equal(t, day(9), bare.IssueDate, "%q: what the record lacks leaves its date", setting)
		}
		if slices.Contains(unit.DateFields(), setting) {
			tested++
		}
	}
	assert.Len(t, unit.DateFields(), tested, "every field is tried")
}
