// Package check says what a document means before it is written: which parties it
// needs, which rates were in force on its day, what its lines come to and whether
// the sums that its source states agree, and whether a party is who it says.
package check

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// Settings are what the checks have to know of the accounting unit, and how
// hard the unit wants some of them.
type Settings struct {
	// Country of the accounting unit picks the VAT table and the home currency.
	Country  string
	VATPayer bool
	// Rates is the table of VAT rates; nil is the built-in one.
	Rates vat.Rates
	// ICO is about the check digit and the length of a Czech IČO; absent is Warn.
	ICO Strictness
	// Totals is about claimed sums that rounding does not explain; absent is Refuse.
	Totals Strictness
	// Reverse is how the document to be written says reverse charge.
	Reverse ReverseWay
	// VATClass is the unit's classification that stands for reverse charge where
	// documents have no mark of it.
	VATClass string
}

// Strictness says what a finding means for its record.
type Strictness string

// The values, as the configuration writes them.
const (
	Warn   Strictness = "warn"
	Refuse Strictness = "refuse"
	Off    Strictness = "off"
)

// issue makes an error or, unless refusing is asked for, a warning.
func (s Strictness) issue(code diag.Code, pairs ...string) *diag.Issue {
	if s == Refuse {
		return diag.New(code, pairs...)
	}
	return diag.Warn(code, pairs...)
}

// The codes of what is wrong with a document's head.
var (
	CodeDateMissing         = diag.Refused.Code("date-missing")
	CodeDateYear            = diag.Warning.Code("date-year", "changed")
	CodeCurrencyUnknown     = diag.Refused.Code("currency-unknown")
	CodeExchangeRateHome    = diag.Refused.Code("exchange-rate-home", "amount", "currency", "home")
	CodeExchangeRateOne     = diag.Refused.Code("exchange-rate-one", "amount", "currency", "home")
	CodeExchangeRateBad     = diag.Refused.Code("exchange-rate-bad", "amount", "currency", "home")
	CodeExchangeRateMissing = diag.Refused.Code("exchange-rate-missing", "amount", "currency", "home")
	CodeExchangeRateFar     = diag.Refused.Code("exchange-rate-far", "amount", "currency", "home")
	CodeParameterNameless   = diag.Refused.Code("parameter-nameless")
	CodeOSSCountryStray     = diag.Refused.Code("oss-country-stray", "mode")
)

// Check looks at the meaning of a document for an accounting unit and reports
// all that it finds: errors refuse the document, warnings let it pass, notes
// explain. Limits of length and lists of values are the schema's business. The
// document should hold what the unit fills in already. The sums are those of
// Compute.
func Check(doc *trade.Document, settings Settings) (vat.Totals, diag.List) {
	c := &checker{doc: doc, set: settings.withDefaults()}
	c.partner()
	c.dates()
	c.currency()
	c.sets()
	c.lines()
	c.reverse()
	c.oss()
	c.parameters("", doc.Parameters)
	sums := c.checkStatedTotals()
	return sums, c.issues
}

func (s Settings) withDefaults() Settings {
	if s.Rates == nil {
		s.Rates = vat.Default
	}
	if s.ICO == "" {
		s.ICO = Warn
	}
	if s.Totals == "" {
		s.Totals = Refuse
	}
	return s
}

// untaxes tells whether a document has no VAT at all, whatever rates it states.
func (s Settings) untaxes(doc *trade.Document) bool {
	return !s.VATPayer || doc.VATMode == trade.NonPayer
}

type checker struct {
	doc    *trade.Document
	set    Settings
	issues diag.List
	// surcharged says that a negative discount was warned of.
	surcharged bool
	// unsure says that the sums cannot be computed, so that comparing them would
	// only repeat what was found already.
	unsure bool
}

func (c *checker) add(issue *diag.Issue) { c.issues.Add(issue) }

func (c *checker) dates() {
	date := c.doc.IssueDate
	if date.IsZero() {
		c.add(diag.New(CodeDateMissing).WithPath("issueDate"))
		return
	}
	changed := c.doc.Source.UpdatedAt
	if !changed.IsZero() && changed.Date().Year() != date.Year() {
		c.add(diag.Warn(CodeDateYear, "changed", changed.Date().String()).WithPath("issueDate").WithValue(date.String()))
	}
}

// currency checks the currency and that the rate fits the unit: what is home
// depends on the unit, a CRM does not know it.
func (c *checker) currency() {
	home, currency, rate := money.Home(c.set.Country), c.doc.Currency, c.doc.ExchangeRate
	amount := rate.Amount.Or(one)
	report := func(mode Strictness, code diag.Code) {
		c.add(mode.issue(code, "currency", string(currency), "home", string(home), "amount", amount.String()).
			WithPath("exchangeRate").WithValue(rate.Rate.String()))
	}
	isOne := rate.Rate.Cmp(amount) == 0
	switch {
	case currency != "" && !currency.Known():
		c.add(diag.New(CodeCurrencyUnknown).WithPath("currency").WithValue(string(currency)))
	case rate.Rate.IsSet() && (rate.Rate.Sign() <= 0 || amount.Sign() <= 0 || !amount.IsWhole()):
		report(Refuse, CodeExchangeRateBad)
	case currency == "" || currency == home:
		if rate.Rate.IsSet() && !isOne {
			report(Refuse, CodeExchangeRateHome)
		}
	case !rate.Rate.IsSet():
		report(Warn, CodeExchangeRateMissing)
	case isOne && (currency == "EUR" || currency == "CZK"):
		// Crown and euro, whichever is home: the source's home is another one.
		report(Refuse, CodeExchangeRateOne)
	case farOff(home, currency, rate.Rate.Div(amount, 6)):
		report(Warn, CodeExchangeRateFar)
	}
}

// farOff tells a rate between crown and euro that is no day's: below 5 or above
// 100 crowns for a euro.
func farOff(home, currency money.Currency, rate money.Decimal) bool {
	least, most := crownsLeast, crownsMost
	switch {
	case home == "EUR" && currency == "CZK":
		least, most = one.Div(crownsMost, 6), one.Div(crownsLeast, 6)
	case home != "CZK" || currency != "EUR":
		return false
	}
	return rate.Cmp(least) < 0 || rate.Cmp(most) > 0
}

// oss refuses a country of the One Stop Shop on a document that does not fall under
// it: POHODA would tax the document by that country, the sums here would not.
func (c *checker) oss() {
	if c.doc.OSS.Country != "" && c.doc.VATMode != trade.OneStopShop {
		c.add(diag.New(CodeOSSCountryStray, "mode", string(cmp.Or(c.doc.VATMode, trade.Domestic))).WithPath("oss.country").WithValue(string(c.doc.OSS.Country)))
	}
}

// parameters checks user parameters: POHODA finds them by their name.
func (c *checker) parameters(path string, parameters []trade.Parameter) {
	for i, p := range parameters {
		if strings.TrimSpace(p.Name) == "" {
			c.add(diag.New(CodeParameterNameless).WithPath(path + "parameters[" + strconv.Itoa(i) + "].name").WithValue(p.Value))
		}
	}
}

var (
	one         = money.FromInt(1)
	crownsLeast = money.FromInt(5)
	crownsMost  = money.FromInt(100)
)
