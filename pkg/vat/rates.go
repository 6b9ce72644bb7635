// Package vat knows the VAT rates of Czechia and Slovakia by day, POHODA's rate
// levels, and the arithmetic of a document: the only place where money is added.
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
const (
	CodeRateUnknown    diag.Code = "vat-rate-unknown"
	CodeRateUnproven   diag.Code = "vat-rate-unproven"
	CodeDateTooOld     diag.Code = "vat-date-too-old"
	CodeCountryUnknown diag.Code = "vat-country-unknown"
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
// period begins; a level that is absent does not exist.
type Period struct {
	Country string
	From    Day
	High    money.Decimal
	Low     money.Decimal
	// Third counts in Slovakia alone.
	Third money.Decimal
	// Unproven is a rate of the time for which no level of POHODA is proven.
	Unproven money.Decimal
}

// Rates is a table of periods.
type Rates []Period

// Default are the rates by law (reference INPUTS 9, ADDENDA).
var Default = Rates{
	{Country: "CZ", From: 20150101, High: percent(21), Low: percent(15), Unproven: percent(10)},
	{Country: "CZ", From: 20240101, High: percent(21), Low: percent(12)},
	{Country: "SK", From: 20110101, High: percent(20), Low: percent(10)},
	{Country: "SK", From: 20230101, High: percent(20), Low: percent(10), Third: percent(5)},
	{Country: "SK", From: 20250101, High: percent(23), Low: percent(19), Third: percent(5)},
}

func percent(n int64) money.Decimal { return money.FromInt(n) }

// Merge gives the table with further periods. One that begins on the day of
// another of its country takes its place.
func (r Rates) Merge(overrides Rates) Rates {
	merged := slices.Clone(r)
	for _, o := range overrides {
		merged = slices.DeleteFunc(merged, func(p Period) bool { return p.Country == o.Country && p.From == o.From })
		merged = append(merged, o)
	}
	return merged
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

// Percent is the percent of a level on a day; a history level has none.
func (r Rates) Percent(country string, day Day, level Level) (money.Decimal, bool) {
	if level == None {
		return money.Zero, true
	}
	for _, rate := range r.On(country, day) {
		if rate.Level == level {
			return rate.Percent, true
		}
	}
	return money.Decimal{}, false
}

// On lists the rates of a country on a day, the highest level first and none
// last; a day or country that the table lacks gives nothing.
func (r Rates) On(country string, day Day) []Rate {
	p, issue := r.period(country, day)
	if issue != nil {
		return nil
	}
	return slices.DeleteFunc(p.rates(), func(rate Rate) bool { return !rate.Percent.IsSet() })
}

// Valid names the rates of a country on a day for a person: "21, 12, 0".
func (r Rates) Valid(country string, day Day) string {
	var names []string
	for _, rate := range r.On(country, day) {
		names = append(names, rate.Percent.String())
	}
	return strings.Join(names, ", ")
}

func (p *Period) rates() []Rate {
	third := p.Third
	if p.Country != "SK" {
		third = money.Decimal{}
	}
	return []Rate{{High, p.High}, {Low, p.Low}, {Third, third}, {None, money.Zero}}
}

// period finds the period in which a day lies.
func (r Rates) period(country string, day Day) (*Period, *diag.Issue) {
	var found, first *Period
	for i := range r {
		p := &r[i]
		if p.Country != country {
			continue
		}
		if first == nil || p.From < first.From {
			first = p
		}
		if p.From <= day && (found == nil || p.From > found.From) {
			found = p
		}
	}
	switch {
	case first == nil:
		return nil, diag.New(CodeCountryUnknown, "country", country)
	case found == nil:
		return nil, diag.New(CodeDateTooOld, "country", country, "day", day.String(), "first", first.From.String())
	}
	return found, nil
}

func (r Rates) refuse(code diag.Code, country string, day Day, percent money.Decimal) *diag.Issue {
	return diag.New(code, "country", country, "day", day.String(), "rates", r.Valid(country, day)).Of(percent.String())
}
