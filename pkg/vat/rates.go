// Package vat knows the VAT rates of Czechia and Slovakia by day, POHODA's rate
// levels, the rates of buyers in the EU, and the arithmetic of a document: the only
// place where money is added.
package vat

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// The codes of what the table refuses.
var (
	CodeRateUnknown    = diag.Refused.Code("vat-rate-unknown", "country", "day", "rates")
	CodeRateUnproven   = diag.Refused.Code("vat-rate-unproven", "country", "day", "rates")
	CodeDateTooOld     = diag.Refused.Code("vat-date-too-old", "country", "day", "first")
	CodeCountryUnknown = diag.Refused.Code("vat-country-unknown", "country")
)

// Level is a rate level of POHODA: a value of rateVAT (type.xsd, vatRateEnum).
// A level means the percent that is valid on the day of the document; a history
// level goes with the percent itself (percentVAT).
type Level string

// The levels. Third and HistoryThird exist in the Slovak edition alone.
const (
	None         Level = "none"
	High         Level = "high"
	Low          Level = "low"
	Third        Level = "third"
	HistoryHigh  Level = "historyHigh"
	HistoryLow   Level = "historyLow"
	HistoryThird Level = "historyThird"
)

var history = map[Level]Level{High: HistoryHigh, Low: HistoryLow, Third: HistoryThird}

// History is the level for a rate that is no longer valid; none stays none.
func (l Level) History() Level { return cmp.Or(history[l], l) }

// IsHistory tells whether the level goes with a percent of its own.
func (l Level) IsHistory() bool { return l == HistoryHigh || l == HistoryLow || l == HistoryThird }

// Day is a calendar day as the number yyyymmdd.
type Day int

// DayOf gives a day.
func DayOf(year, month, day int) Day { return Day(year*10000 + month*100 + day) }

// String writes YYYY-MM-DD.
func (d Day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100) }

// Rate is a percent and its level.
type Rate struct {
	Level   Level
	Percent money.Decimal
}

// Period are the rates of a country in percent from a day on, until its next
// period begins; a level that is absent does not exist. One without any rate says
// that they are not known from that day on.
type Period struct {
	Country string
	From    Day
	High    money.Decimal
	Low     money.Decimal
	// Third counts in Slovakia alone.
	Third money.Decimal
	// Unproven is a rate of the time for which no level of POHODA is proven.
	Unproven money.Decimal
	// Reduced are further reduced rates of a buyer's country.
	Reduced []money.Decimal
	// Past rates are those by which old files are read; documents of their days are
	// not written.
	Past bool
	// buyers says that the rates are those of buyers alone: no unit is there.
	buyers bool
	// thirdRead says that Third was unproven.
	thirdRead bool
}

// Rates is a table of periods. Documents are written by the periods that are not
// Past, files are read by all.
type Rates []Period

// Default are the rates by law: those of units, and those of buyers in the other
// states of the EU.
var Default = slices.Concat(unitRates, euRates)

// Merge gives the table with further periods. One that begins on the day of
// another of its country takes its place, and that of Past ones from its day on.
func (r Rates) Merge(overrides Rates) Rates {
	merged := slices.Clone(r)
	for _, o := range overrides {
		merged = slices.DeleteFunc(merged, func(p Period) bool {
			return p.Country == o.Country && (p.From == o.From || p.Past && p.From > o.From)
		})
		merged = append(merged, o)
	}
	return merged
}

// ForReading gives the table by which the sums of a file are computed: all of its
// rates count, an unproven one as the third.
func (r Rates) ForReading() Rates {
	all := slices.Clone(r)
	for i := range all {
		p := &all[i]
		p.Past = false
		if p.Unproven.IsSet() {
			p.Third, p.Unproven = p.Unproven, money.Decimal{}
			p.thirdRead = true
		}
	}
	return all
}

// Level finds the level of a percent that is valid on a day. Nought is None
// everywhere and always. A rate that is not in the table is refused, never
// guessed.
func (r Rates) Level(country string, day Day, percent money.Decimal) (Level, *diag.Issue) {
	if percent.Sign() == 0 {
		return None, nil
	}
	p, issue := r.period(country, day)
	if issue != nil {
		return "", issue
	}
	for _, rate := range p.rates() {
		if rate.Percent.Cmp(percent) == 0 {
			return rate.Level, nil
		}
	}
	if p.Unproven.IsSet() && p.Unproven.Cmp(percent) == 0 {
		return "", r.refuse(CodeRateUnproven, country, day, percent)
	}
	return "", r.refuse(CodeRateUnknown, country, day, percent)
}

// Past finds the history level of a percent that was valid on a day or before
// it, the nearest time first: for a document that corrects an older one of
// which the day is not known.
func (r Rates) Past(country string, day Day, percent money.Decimal) (Level, *diag.Issue) {
	level, refusal := r.Level(country, day, percent)
	for on, issue := day, refusal; issue != nil; {
		p, tooOld := r.period(country, on)
		switch {
		case tooOld != nil:
			return "", refusal
		case issue.Code == CodeRateUnproven:
			return "", r.refuse(CodeRateUnproven, country, day, percent)
		}
		on = p.From - 1
		level, issue = r.Level(country, on, percent)
	}
	return level.History(), nil
}

// Percent is what a level of a file means on its day; a history level has no
// percent, and a day or level that the table lacks is not known. The third level of
// a time that has an unproven rate is taken for that.
func (r Rates) Percent(country string, day Day, level Level) (money.Decimal, bool) {
	if level == None {
		return money.Zero, true
	}
	p := r.find(country, day, reading)
	if p == nil {
		return money.Decimal{}, false
	}
	if level == Third && p.Unproven.IsSet() {
		return p.Unproven, true
	}
	for _, rate := range p.rates() {
		if rate.Level == level {
			return rate.Percent, rate.Percent.IsSet()
		}
	}
	return money.Decimal{}, false
}

// IsUnproven tells a level of a file for which the percent is not proven: Czech 10 %
// (reference ADDENDA-3 18, a third party's word) and Slovak 6 %.
func (r Rates) IsUnproven(country string, day Day, level Level) bool {
	p := r.find(country, day, reading)
	return level == Third && p != nil && p.Unproven.IsSet()
}

// Written is the percent of a level in a document of a day that is to be written.
func (r Rates) Written(country string, day Day, level Level) (money.Decimal, bool) {
	for _, rate := range r.On(country, day) {
		if rate.Level == level {
			return rate.Percent, true
		}
	}
	return money.Decimal{}, false
}

// On lists the rates of a country that are written on a day, the highest level
// first and none last; a day or country that the table lacks gives nothing.
func (r Rates) On(country string, day Day) []Rate {
	p, issue := r.period(country, day)
	if issue != nil {
		return nil
	}
	return slices.DeleteFunc(p.rates(), func(rate Rate) bool { return !rate.Percent.IsSet() })
}

// Valid names the rates of a country on a day for a person: "21, 12, 0".
func (r Rates) Valid(country string, day Day) string { return names(r.On(country, day)) }

func names(rates []Rate) string {
	var texts []string
	for _, rate := range rates {
		texts = append(texts, rate.Percent.String())
	}
	return strings.Join(texts, ", ")
}

func (p *Period) rates() []Rate {
	third := p.Third
	if p.Country != "SK" && !p.thirdRead {
		third = money.Decimal{}
	}
	return []Rate{{High, p.High}, {Low, p.Low}, {Third, third}, {None, money.Zero}}
}

// period finds the period by whose rates a document of a day is written.
func (r Rates) period(country string, day Day) (*Period, *diag.Issue) {
	found := r.find(country, day, writing)
	if found != nil {
		return found, nil
	}
	var first *Period
	for i := range r {
		if p := &r[i]; p.Country == country && writing(p) && (first == nil || p.From < first.From) {
			first = p
		}
	}
	if first == nil {
		return nil, diag.New(CodeCountryUnknown, "country", country)
	}
	return nil, diag.New(CodeDateTooOld, "country", country, "day", day.String(), "first", first.From.String())
}

// find gives the period in which a day lies, nil for none of which the rates are
// known.
func (r Rates) find(country string, day Day, counts func(*Period) bool) *Period {
	var found *Period
	for i := range r {
		p := &r[i]
		if p.Country == country && p.From <= day && counts(p) && (found == nil || p.From > found.From) {
			found = p
		}
	}
	if found == nil || !found.High.IsSet() {
		return nil
	}
	return found
}

// writing, reading and selling are the uses of the table: the periods that count when
// a document is written, when one is read, and for buyers in other countries.
func writing(p *Period) bool { return !p.Past && !p.buyers }
func reading(p *Period) bool { return !p.buyers }
func selling(p *Period) bool { return !p.Past }

func (r Rates) refuse(code diag.Code, country string, day Day, percent money.Decimal) *diag.Issue {
	return diag.New(code, "country", country, "day", day.String(), "rates", r.Valid(country, day)).WithValue(percent.String())
}
