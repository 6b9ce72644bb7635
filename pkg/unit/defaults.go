// Package unit is what the accounting unit decides where a record does not: its codes for
// the source's words, its defaults by what a record becomes, how it rounds, and the
// catalogue of its stock.
package unit

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// CodeWordUnmapped says that the unit has no code for a word of the source.
var CodeWordUnmapped = diag.Warning.Code("word-unmapped", "map")

// CodeWordNear says that the unit has no code for a word of the source, but one for {near},
// which is nearly the same.
var CodeWordNear = diag.Warning.Code("word-near", "map", "near")

// Defaults fills what the unit decides and the record does not say, and puts the
// source's own words into the unit's codes. After it, a document holds codes of
// POHODA only: a word that has none is not sent, since POHODA refuses a code
// that it does not know (reference FORMAT, section 11.4, 108). Which fields hold codes
// of the unit the rows of the agenda say.
type Defaults struct {
	config  *config.Config
	checks  check.Settings
	today   trade.Date
	lists   map[string]map[string]string
	targets map[string]*targetDefaults
}

// Target is what a record may become, with the name of its agenda.
type Target struct {
	Name, Agenda string
	// OnLines are the lists of which such a document holds codes on its lines alone.
	OnLines map[string]bool
	// VisitCodes goes through the places of codes of a record that becomes it.
	VisitCodes func(record *trade.Record, visit func(*fieldtable.UnitCode))
}

// targetDefaults are the defaults of one kind of document.
type targetDefaults struct {
	Target
	codes    map[string]string
	reserve  *bool
	labels   []string
	date     string
	rounding config.TargetRounding
}

// NewDefaults takes the defaults of each target out of a configuration. checks compute what
// the rounding of a document depends on.
func NewDefaults(c *config.Config, checks check.Settings, today trade.Date, targets []Target) *Defaults {
	u := &Defaults{config: c, checks: checks, today: today, lists: c.Maps.Lists(), targets: map[string]*targetDefaults{}}
	for _, t := range targets {
		key := config.TargetKey(t.Name)
		own := c.Defaults.Targets[key]
		d := &targetDefaults{
			Target: t, codes: c.Defaults.Codes(), reserve: c.Defaults.Reserve,
			labels: c.Defaults.Labels, date: c.Dates.Of(t.Name, t.Agenda),
			rounding: overlayRounding(c.Rounding.TargetRounding, c.Rounding.Targets[key]),
		}
		maps.Copy(d.codes, own.Codes())
		if own.Reserve != nil {
			d.reserve = own.Reserve
		}
		if own.Labels != nil {
			d.labels = own.Labels
		}
		u.targets[t.Name] = d
	}
	return u
}

// Fill changes a record that becomes a target in place.
func (u *Defaults) Fill(record *trade.Record, target string) diag.List {
	var issues diag.List
	doc, defaults := record.Document(), u.targets[target]
	defaults.VisitCodes(record, func(code *fieldtable.UnitCode) {
		if code.List == paymentList && doc != nil {
			u.payment(&doc.Payment, defaults.codes[paymentList], &issues)
			return
		}
		u.translate(code, &issues)
		if *code.Place == "" && (defaults.OnLines[code.List] || !code.IsIn("lines")) {
			*code.Place = defaults.codes[code.List]
		}
	})
	if doc == nil {
		return issues
	}
	doc.Labels = slices.DeleteFunc(doc.Labels, func(label string) bool { return label == "" })
	if len(doc.Labels) == 0 {
		doc.Labels = defaults.labels
	}
	if !doc.Reserve.IsSet() && defaults.reserve != nil {
		doc.Reserve = trade.FlagOf(*defaults.reserve)
	}
	u.date(doc, defaults.date)
	u.rounding(doc, defaults.rounding, &issues)
	return issues
}

// paymentList is the unit's list of forms of payment; a document names its form by a
// word of the source or by a method.
const paymentList = "payment"

// payment finds the unit's form of payment: by the source's own name, by the
// method that means the same in every source, or the unit's default.
func (u *Defaults) payment(p *trade.PaymentInfo, usual string, issues *diag.List) {
	name := strings.TrimSpace(p.MethodName)
	p.MethodName = ""
	for _, word := range []string{name, string(p.Method)} {
		if code, ok := mapped(u.lists[paymentList], word); ok && p.MethodName == "" {
			p.MethodName = code
		}
	}
	// The other methods have a name in POHODA.
	if p.MethodName != "" || p.Method != "" && p.Method != "online" {
		return
	}
	switch {
	case name != "":
		issues.Add(u.unmapped(paymentList, name).WithPath("payment.methodName"))
	case p.Method != "":
		issues.Add(diag.Warn(CodeWordUnmapped, "map", paymentList).WithPath("payment.method").WithValue(string(p.Method)))
	}
	if p.Method == "" {
		p.MethodName = usual
	}
}

// translate puts a source's word into the unit's code, or takes it away.
func (u *Defaults) translate(code *fieldtable.UnitCode, issues *diag.List) {
	word := strings.TrimSpace(*code.Place)
	*code.Place = ""
	if word == "" {
		return
	}
	own, ok := mapped(u.lists[code.List], word)
	if !ok {
		issues.Add(u.unmapped(code.List, word).WithPath(code.Field()))
	}
	*code.Place = own
}

// unmapped says that a word has no code, and which key of the map is nearly the same: in
// other letters, with another dash or blank.
func (u *Defaults) unmapped(list, word string) *diag.Issue {
	for _, key := range slices.Sorted(maps.Keys(u.lists[list])) {
		if plainWord(key) == plainWord(word) {
			return diag.Warn(CodeWordNear, "map", list, "near", key).WithValue(word)
		}
	}
	return diag.Warn(CodeWordUnmapped, "map", list).WithValue(word)
}

// plainWord is a word by its letters and digits alone, without case and accents.
func plainWord(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, sheet.Fold(word))
}

// mapped looks a word up. The word "*" stands for every word that is not named,
// the code "*" for the word itself.
func mapped(words map[string]string, word string) (string, bool) {
	if word == "" {
		return "", false
	}
	code, ok := words[word]
	if !ok {
		code, ok = words["*"]
	}
	if code == "*" {
		code = word
	}
	return code, ok
}

// DateToday is the value of dates.order for the day of the run.
const DateToday = "today"

// dateFields are the other values of dates.order.
var dateFields = map[string]func(*trade.Document) trade.Date{
	"issue-date":     func(d *trade.Document) trade.Date { return d.IssueDate },
	"issueDate":      func(d *trade.Document) trade.Date { return d.IssueDate },
	"orderDate":      func(d *trade.Document) trade.Date { return d.OrderDate },
	"taxPointDate":   func(d *trade.Document) trade.Date { return d.TaxPointDate },
	"accountingDate": func(d *trade.Document) trade.Date { return d.AccountingDate },
	"deliverFrom":    func(d *trade.Document) trade.Date { return d.DeliverFrom },
	"deliverUntil":   func(d *trade.Document) trade.Date { return d.DeliverUntil },
	"updatedAt":      func(d *trade.Document) trade.Date { return d.Source.UpdatedAt.Date() },
}

// DateFields are the values of dates.order but DateToday.
func DateFields() []string { return slices.Sorted(maps.Keys(dateFields)) }

// date sets the document's date as the unit wants it.
func (u *Defaults) date(doc *trade.Document, from string) {
	if from == DateToday {
		doc.IssueDate = u.today
		return
	}
	if field, ok := dateFields[from]; ok && !field(doc).IsZero() {
		doc.IssueDate = field(doc)
	}
}

// overlayRounding puts the rounding of a kind of document over the common one.
func overlayRounding(under, over config.TargetRounding) config.TargetRounding {
	lay := func(under, over config.CurrencyRounding) config.CurrencyRounding {
		if over.Document != "" {
			under.Document = over.Document
		}
		if over.VAT != "" {
			under.VAT = over.VAT
		}
		if over.CalculateVAT != nil {
			under.CalculateVAT = over.CalculateVAT
		}
		return under
	}
	result := config.TargetRounding{CurrencyRounding: lay(under.CurrencyRounding, over.CurrencyRounding), Currencies: maps.Clone(under.Currencies)}
	for currency, rounding := range over.Currencies {
		if result.Currencies == nil {
			result.Currencies = map[string]config.CurrencyRounding{}
		}
		result.Currencies[currency] = lay(under.Currencies[currency], rounding)
	}
	return result
}
