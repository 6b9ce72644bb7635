package flow

import (
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// Rates is the table of VAT rates with the unit's own periods.
func Rates(c *config.Config) vat.Rates {
	var own vat.Rates
	for _, r := range c.VAT.Rates {
		own = append(own, vat.Period{Country: r.Country, From: vat.Day(r.From), High: r.High, Low: r.Low, Third: r.Third})
	}
	return vat.Default.Merge(own)
}

// Settings says how documents are written for the unit and read from it.
func Settings(c *config.Config, encoding charset.Encoding) *pohoda.Settings {
	return &pohoda.Settings{
		Unit: pohoda.Unit{
			ICO: c.Unit.ICO, Country: c.Unit.Country, VATPayer: c.Unit.VATPayer,
			Key: c.Unit.Key, Period: c.Unit.Period,
		},
		Rates:       Rates(c),
		OrderNote:   c.OrderNote,
		LinkPartner: c.Partner.Link == config.ByNumber,
		Fit:         fit(c, encoding),
	}
}

// CheckSettings says for which unit documents are checked, and how hard.
func CheckSettings(c *config.Config) check.Settings {
	return check.Settings{
		Country: c.Unit.Country, VATPayer: c.Unit.VATPayer, Rates: Rates(c),
		ICO: check.Strictness(c.Checks.ICO), Totals: check.Strictness(c.Checks.Totals),
	}
}

// rules are the unit's rules for codes, compiled: the common one under "", those of
// a target under its name.
type rules struct {
	vatClass map[string]expression.Rule
}

// compileRules compiles the rules; what is wrong with one is said at its key.
func compileRules(c *config.Config, report func(key string, issue *diag.Issue)) rules {
	r := rules{vatClass: map[string]expression.Rule{}}
	add := func(target, key, text string) {
		if text == "" {
			return
		}
		rule, issue := expression.CompileRule(text)
		if issue != nil {
			report(key, issue)
			return
		}
		r.vatClass[target] = rule
	}
	add("", "rules.vat_class", c.Rules.VATClass)
	for name, rule := range c.Rules.Targets {
		add(strings.ReplaceAll(name, "_", "-"), "rules."+name+".vat_class", rule.VATClass)
	}
	return r
}

// class is the VAT classification of a record that becomes a target, "" for none.
func (r rules) class(record *trade.Record, target string) (string, *diag.Issue) {
	rule, ok := r.vatClass[target]
	if !ok {
		rule, ok = r.vatClass[""]
	}
	if !ok {
		return "", nil
	}
	return rule(record)
}

// fit says what happens to texts that do not fit.
func fit(c *config.Config, encoding charset.Encoding) fieldtable.Fit {
	f := fieldtable.Fit{Cut: c.Texts == config.Cut, Lacks: encoding.Lacks, Encoding: encoding.String(), Garbled: charset.Garbled, Markup: plainText}
	switch c.Encoding.Unmappable {
	case config.Refuse:
		f.Liken = encoding.Liken
	case config.Translit:
		f.Replace = encoding.Transliterate
	case config.CharRef:
		// The writer puts a reference (&#N;) for what the encoding lacks.
		f.Replace = func(text string) (string, []rune) { return text, nil }
	}
	return f
}

// plainText is what a text with marks of HTML says, "" for any other text.
func plainText(text string) string {
	if !expression.HasMarkup(text) {
		return ""
	}
	return expression.PlainText(text)
}

// BoundAgenda is an agenda with its schema: loaded when the first of its documents
// comes, so that the schemas of other agendas cost nothing.
type BoundAgenda struct {
	Codec  *pohoda.Codec
	Schema *xsd.Schema
}

// BoundAgendas binds each agenda when it is asked for the first time; it is safe for
// concurrent use.
type BoundAgendas map[*pohoda.Agenda]func() (BoundAgenda, error)

// NewBoundAgendas makes it for the agendas that there are.
func NewBoundAgendas() BoundAgendas {
	all := BoundAgendas{}
	for _, a := range pohoda.Agendas() {
		all[a] = sync.OnceValues(func() (BoundAgenda, error) { return BindAgenda(a) })
	}
	return all
}

// Of is the agenda, bound.
func (b BoundAgendas) Of(a *pohoda.Agenda) (BoundAgenda, error) { return b[a]() }

// BindAgenda binds the tables of an agenda to the bundled schema.
func BindAgenda(a *pohoda.Agenda) (BoundAgenda, error) {
	schema, err := pack.Schema(a)
	if err != nil {
		return BoundAgenda{}, err
	}
	return BoundAgenda{a.Open(pack.Limits(schema)), schema}, nil
}
