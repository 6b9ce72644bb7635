package pohoda

import (
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// levelSums are the sums by rate level in the home currency, as POHODA gives them.
type levelSums struct {
	none, low, high, third trade.Amounts
	// lowRate, highRate and thirdRate are the percents; older files lack them.
	lowRate, highRate, thirdRate money.Decimal
	rounding                     money.Decimal
}

// homeSums is typ:typeCurrencyHome. POHODA computes the sums from the lines
// when they are left out, so they are only read.
var homeSums = fieldtable.Table[*levelSums]{
	decimal("typ:priceNone", "Částka 0 %", "totals.byRate[].net", func(s *levelSums) *money.Decimal { return &s.none.Net }),
	decimal("typ:priceLow", "Částka snížená", "totals.byRate[].net", func(s *levelSums) *money.Decimal { return &s.low.Net }),
	decimal("typ:priceLowVAT", "DPH snížená", "totals.byRate[].vat", func(s *levelSums) *money.Decimal { return &s.low.VAT }),
	decimal("typ:priceLowVAT/@rate", "Sazba DPH %", "totals.byRate[].vatRate", func(s *levelSums) *money.Decimal { return &s.lowRate }),
	decimal("typ:priceLowSum", "Celkem snížená", "totals.byRate[].gross", func(s *levelSums) *money.Decimal { return &s.low.Gross }),
	decimal("typ:priceHigh", "Částka základní", "totals.byRate[].net", func(s *levelSums) *money.Decimal { return &s.high.Net }),
	decimal("typ:priceHighVAT", "DPH základní", "totals.byRate[].vat", func(s *levelSums) *money.Decimal { return &s.high.VAT }),
	decimal("typ:priceHighVAT/@rate", "Sazba DPH %", "totals.byRate[].vatRate", func(s *levelSums) *money.Decimal { return &s.highRate }),
	decimal("typ:priceHighSum", "Celkem základní", "totals.byRate[].gross", func(s *levelSums) *money.Decimal { return &s.high.Gross }),
	decimal("typ:price3", "Částka 2. snížená", "totals.byRate[].net", func(s *levelSums) *money.Decimal { return &s.third.Net }),
	decimal("typ:price3VAT", "DPH 2. snížená", "totals.byRate[].vat", func(s *levelSums) *money.Decimal { return &s.third.VAT }),
	decimal("typ:price3VAT/@rate", "Sazba DPH %", "totals.byRate[].vatRate", func(s *levelSums) *money.Decimal { return &s.thirdRate }),
	decimal("typ:price3Sum", "Celkem 2. snížená", "totals.byRate[].gross", func(s *levelSums) *money.Decimal { return &s.third.Gross }),
	decimal("typ:round/typ:priceRound", "Zaokrouhlení", "totals.rounding", func(s *levelSums) *money.Decimal { return &s.rounding }),
	fieldtable.Unmapped[*levelSums]("typ:round/typ:rateVATround", "", "VAT of the rounding amount is POHODA's own"),
	fieldtable.Unmapped[*levelSums]("typ:round/typ:priceRoundSum", "", "VAT of the rounding amount is POHODA's own"),
	fieldtable.Unmapped[*levelSums]("typ:round/typ:priceRoundSumVAT", "", "VAT of the rounding amount is POHODA's own"),
}

// foreignSum is typ:typeCurrencyForeign: its presence makes the document one in
// a foreign currency, and the home amounts are then ignored on import.
var foreignSum = fieldtable.Table[*trade.Document]{
	word("typ:currency/typ:ids", "Cizí měna", "currency", func(d *trade.Document) *money.Currency { return &d.Currency }),
	decimal("typ:rate", "Kurz", "exchangeRate.rate", func(d *trade.Document) *money.Decimal { return &d.ExchangeRate.Rate }),
	fieldtable.Rule("typ:amount", "Množství", "exchangeRate.amount", writeRateAmount,
		fieldtable.Into(fieldtable.Decimal, func(d *trade.Document) *money.Decimal { return &d.ExchangeRate.Amount })).
		WithNote("a whole number: units of the foreign currency for which the rate holds"),
	decimal("typ:priceSum", "CM celkem", "totals.gross", func(d *trade.Document) *money.Decimal { return &d.Totals.Gross }).
		Only(fieldtable.ReadOnly),
	fieldtable.Unmapped[*trade.Document]("typ:round", "", "POHODA gives it, the total holds it"),
}

// writeRateAmount writes the amount beside every rate: 1 where none is given.
func writeRateAmount(d *trade.Document) (string, bool) {
	return d.ExchangeRate.Amount.Or(money.FromInt(1)).String(), d.ExchangeRate.Rate.IsSet()
}

// isForeign tells whether a document is in a currency other than the unit's.
func isForeign(doc *trade.Document, unit Unit) bool {
	return doc.Currency != "" && doc.Currency != money.Home(unit.Country)
}

// byRate turns POHODA's sums by level into sums by percent. A level is taken for its
// percent of the day unless the sums themselves deny it: they may be those of a
// historic rate. checked is false where VAT is not what the percent gives (reverse
// charge).
func (s *levelSums) byRate(rates vat.Rates, country string, day vat.Day, checked bool) []trade.RateSum {
	var sums []trade.RateSum
	for _, level := range []struct {
		level vat.Level
		sum   trade.Amounts
		rate  money.Decimal
	}{
		{vat.High, s.high, s.highRate}, {vat.Low, s.low, s.lowRate}, {vat.Third, s.third, s.thirdRate},
		{vat.None, s.none, money.Zero},
	} {
		sum := level.sum
		if sum.Net.Sign() == 0 && sum.Gross.Sign() == 0 {
			continue
		}
		if level.level == vat.None {
			sum.VAT, sum.Gross = money.Zero, sum.Net
		}
		if !sum.Gross.IsSet() && sum.VAT.IsSet() {
			sum.Gross = vat.Plus(sum.Net.Or(money.Zero), sum.VAT)
		}
		if !level.rate.IsSet() {
			level.rate, _ = rates.Percent(country, day, level.level)
			if checked && !agrees(&sum, level.rate) {
				level.rate = money.Decimal{}
			}
		}
		sums = append(sums, trade.RateSum{VATRate: level.rate, Amounts: sum})
	}
	return sums
}

// agrees tells whether sums may be those of a rate: rounding and the coefficient move
// VAT by less than half a percent of the base, or by a crown.
func agrees(sum *trade.Amounts, rate money.Decimal) bool {
	if !rate.IsSet() || !sum.Net.IsSet() || sum.VAT.Sign() == 0 {
		return true
	}
	off := sum.VAT.Sub(sum.Net.Percent(rate)).Abs()
	return off.Cmp(money.FromInt(1)) <= 0 || off.Cmp(sum.Net.Abs().Percent(halfPercent)) <= 0
}

var halfPercent = money.MustParse("0.5")

// totals adds the sums of the rates. A sum that the file does not give, for one
// of the rates, is unknown; sums that are all nought are nought.
func (s *levelSums) totals(byRate []trade.RateSum) trade.Amounts {
	var all trade.Amounts
	if *s == (levelSums{}) {
		return all
	}
	all = trade.Amounts{Net: money.Zero, VAT: money.Zero, Gross: money.Zero}
	for _, sum := range byRate {
		all.Net, all.VAT, all.Gross = vat.Plus(all.Net, sum.Net), vat.Plus(all.VAT, sum.VAT), vat.Plus(all.Gross, sum.Gross)
	}
	return all
}
