package flow

import (
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// CodeWordUnmapped says that the unit has no code for a word of the source.
var CodeWordUnmapped = diag.Warning.Code("word-unmapped", "map")

// unitDefaults fills what the house decides and the record does not say, and puts the
// source's own words into the unit's codes. After it, a document holds codes of
// POHODA only: a word that has none is not sent, since POHODA refuses a code
// that it does not know (reference FORMAT, section 11.4, 108).
type unitDefaults struct {
	config *config.Config
	today  trade.Date
}

// fill changes the document in place.
func (h *unitDefaults) fill(doc *trade.Document, direction trade.Direction) diag.List {
	var issues diag.List
	maps, defaults := h.config.Maps, h.config.Defaults
	doc.Direction = direction
	if doc.Currency == "" {
		doc.Currency = money.Home(h.config.Unit.Country)
	}
	h.payment(&doc.Payment, &issues)
	for _, field := range []struct {
		path  string
		place *string
		words map[string]string
		house string
	}{
		{"centre", &doc.Centre, maps.Centre, defaults.Centre},
		{"activity", &doc.Activity, maps.Activity, defaults.Activity},
		{"project.number", &doc.Project.Number, maps.Contract, defaults.Contract},
		{"priceLevel", &doc.PriceLevel, maps.PriceLevel, defaults.PriceLevel},
		{"carrier", &doc.Carrier, maps.Carrier, defaults.Carrier},
	} {
		translate(field.place, field.words, field.path, &issues)
		*field.place = either(*field.place, field.house)
	}
	doc.NumberSeries = either(doc.NumberSeries, defaults.Series)
	if !doc.Reserve.IsSet() && defaults.Reserve != nil {
		doc.Reserve = trade.FlagOf(*defaults.Reserve)
	}
	if len(doc.Labels) == 0 {
		doc.Labels = defaults.Labels
	}
	for i := range doc.Lines {
		h.line(&doc.Lines[i], i, &issues)
	}
	h.date(doc)
	h.rounding(doc, &issues)
	return issues
}

func (h *unitDefaults) line(line *trade.Line, i int, issues *diag.List) {
	maps := h.config.Maps
	at := "lines[" + strconv.Itoa(i) + "]."
	translate(&line.Centre, maps.Centre, at+"centre", issues)
	translate(&line.Activity, maps.Activity, at+"activity", issues)
	translate(&line.Project, maps.Contract, at+"project", issues)
	translate(&line.Store, maps.Store, at+"store", issues)
	line.Store = either(line.Store, h.config.Defaults.Store)
}

// payment finds the unit's form of payment: by the source's own name, by the
// method that means the same in every source, or the house's default.
func (h *unitDefaults) payment(p *trade.PaymentInfo, issues *diag.List) {
	name := strings.TrimSpace(p.MethodName)
	p.MethodName = ""
	for _, word := range []string{name, string(p.Method)} {
		if code, ok := mapped(h.config.Maps.Payment, word); ok && p.MethodName == "" {
			p.MethodName = code
		}
	}
	// The other methods have a name in POHODA.
	if p.MethodName != "" || p.Method != "" && p.Method != "online" {
		return
	}
	switch {
	case name != "":
		issues.Add(diag.Warn(CodeWordUnmapped, "map", "payment").WithPath("payment.methodName").WithValue(name))
	case p.Method != "":
		issues.Add(diag.Warn(CodeWordUnmapped, "map", "payment").WithPath("payment.method").WithValue(string(p.Method)))
	}
	if p.Method == "" {
		p.MethodName = h.config.Defaults.Payment
	}
}

// translate puts a source's word into the unit's code, or takes it away.
func translate(place *string, words map[string]string, path string, issues *diag.List) {
	word := strings.TrimSpace(*place)
	*place = ""
	if word == "" {
		return
	}
	code, ok := mapped(words, word)
	if !ok {
		name := path[strings.LastIndexByte(path, '.')+1:]
		issues.Add(diag.Warn(CodeWordUnmapped, "map", mapNames[name]).WithPath(path).WithValue(word))
	}
	*place = code
}

// mapNames are the names of the maps in the configuration, by the last part of
// the canonical path.
var mapNames = map[string]string{
	"centre": "centre", "activity": "activity", "number": "contract", "project": "contract",
	"priceLevel": "price_level", "carrier": "carrier", "store": "store",
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

// date sets the document's date as the house wants it.
func (h *unitDefaults) date(doc *trade.Document) {
	if h.config.Dates.Order == DateToday {
		doc.IssueDate = h.today
		return
	}
	if field, ok := dateFields[h.config.Dates.Order]; ok && !field(doc).IsZero() {
		doc.IssueDate = field(doc)
	}
}

func either(value, otherwise string) string {
	if value != "" {
		return value
	}
	return otherwise
}
