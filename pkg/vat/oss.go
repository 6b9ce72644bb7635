package vat

import (
	"cmp"
	"slices"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

// leastStandard is the lowest standard rate that a state of the EU may have
// (directive 2006/112, article 97).
var leastStandard = money.FromInt(15)

// aliases are the codes by which the EU's own papers call a country.
var aliases = map[string]string{"EL": "GR"}

// Buyer finds the history level of a rate of the buyer's country for a sale under
// the One Stop Shop: the standard rate is high, every reduced one low (reference
// ADDENDA-3 20; that POHODA takes them so is not proven). A percent that is none of
// the country's on that day is refused. listed denies that the table knows the
// country and the day; then the level is what the EU's lowest standard rate makes
// of the percent.
func (r Rates) Buyer(country string, day Day, percent money.Decimal) (level Level, listed bool, issue *diag.Issue) {
	country = cmp.Or(aliases[country], country)
	p := r.find(country, day, selling)
	switch {
	case percent.Sign() == 0:
		return None, true, nil
	case p == nil && percent.Cmp(leastStandard) >= 0:
		return HistoryHigh, false, nil
	case p == nil && percent.Sign() > 0:
		return HistoryLow, false, nil
	case p == nil:
		return "", false, diag.New(CodeRateUnknown, "country", country, "day", day.String(), "rates", "").WithValue(percent.String())
	}
	rates := p.buyer()
	for _, rate := range rates {
		if rate.Percent.Cmp(percent) == 0 {
			return rate.Level, true, nil
		}
	}
	return "", true, diag.New(CodeRateUnknown, "country", country, "day", day.String(), "rates", names(rates)).WithValue(percent.String())
}

// BuyerPercents names the percents that a level, or any with "", has for buyers in a
// country on a day: "19, 7, 0"; "" where the table does not know them.
func (r Rates) BuyerPercents(country string, day Day, level Level) string {
	p := r.find(cmp.Or(aliases[country], country), day, selling)
	if p == nil {
		return ""
	}
	if level == HistoryThird {
		level = HistoryLow
	}
	return names(slices.DeleteFunc(p.buyer(), func(rate Rate) bool { return level != "" && rate.Level != level }))
}

// buyer lists the rates for buyers in the country, the standard one first.
func (p *Period) buyer() []Rate {
	rates := []Rate{{HistoryHigh, p.High}}
	for _, reduced := range append([]money.Decimal{p.Low, p.Third, p.Unproven}, p.Reduced...) {
		rates = append(rates, Rate{HistoryLow, reduced})
	}
	rates = append(rates, Rate{None, money.Zero})
	return slices.DeleteFunc(rates, func(rate Rate) bool { return !rate.Percent.IsSet() })
}
