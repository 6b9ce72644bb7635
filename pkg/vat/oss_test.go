package vat

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

func TestBuyer(t *testing.T) {
	for _, c := range []struct {
		country string
		day     Day
		percent string
		want    Level
		listed  bool
	}{
		{"DE", 20260302, "19", HistoryHigh, true},
		{"DE", 20260302, "7", HistoryLow, true},
		{"DE", 20260302, "0", None, true},
		{"FI", 20240831, "24", HistoryHigh, true},
		{"FI", 20240901, "25.5", HistoryHigh, true},
		{"EE", 20250630, "22", HistoryHigh, true},
		{"EE", 20250701, "24", HistoryHigh, true},
		{"RO", 20250731, "19", HistoryHigh, true},
		{"RO", 20250801, "21", HistoryHigh, true},
		{"RO", 20250801, "11", HistoryLow, true},
		{"EL", 20250801, "24", HistoryHigh, true},
		{"LU", 20230501, "16", HistoryHigh, true},
		{"SK", 20260302, "5", HistoryLow, true},
		{"SK", 20260302, "19", HistoryLow, true},
		{"CZ", 20220302, "10", HistoryLow, true},
		{"CZ", 20260302, "21", HistoryHigh, true},
		{"CH", 20260302, "8.1", HistoryLow, false},
		{"DE", 20210630, "19", HistoryHigh, false},
		{"CY", 20230615, "3", HistoryLow, false},
	} {
		level, listed, issue := Default.Buyer(c.country, c.day, num(c.percent))
		assert.Nil(t, issue, "%s %s %s", c.country, c.day, c.percent)
		assert.Equal(t, c.want, level, "%s %s %s", c.country, c.day, c.percent)
		assert.Equal(t, c.listed, listed, "%s %s %s", c.country, c.day, c.percent)
	}
	for _, c := range []struct {
		country string
		day     Day
		percent string
		hint    string
	}{
		{"DE", 20260302, "21", "19, 7, 0"},
		{"FI", 20240831, "25.5", "24, 14, 10, 0"},
		{"FI", 20240901, "24", "25.5, 14, 10, 0"},
		{"RO", 20250801, "19", "21, 11, 9, 0"},
		{"SK", 20260302, "20", "23, 19, 5, 0"},
		{"DE", 20260302, "-19", "19, 7, 0"},
		{"CH", 20260302, "-8", ""},
	} {
		_, _, issue := Default.Buyer(c.country, c.day, num(c.percent))
		require.NotNil(t, issue, "%s %s %s", c.country, c.day, c.percent)
		assert.Equal(t, CodeRateUnknown, issue.Code)
		assert.Equal(t, c.hint, issue.Args["rates"])
	}
}

// states are those of the EU.
var states = []string{
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
	"LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}

// TestEveryStateHasRates since the One Stop Shop, within what the EU's directive
// allows; the rows of a state come in the order of their days.
func TestEveryStateHasRates(t *testing.T) {
	for _, country := range states {
		assert.NotEmpty(t, Default.BuyerPercents(country, 20210701, HistoryHigh), country)
	}
	last := map[string]Day{}
	for _, p := range Default {
		assert.Contains(t, states, p.Country)
		assert.Greater(t, p.From, last[p.Country], p.Country)
		last[p.Country] = p.From
		if !p.High.IsSet() {
			continue
		}
		assert.GreaterOrEqual(t, p.High.Cmp(leastStandard), 0, "%s %s", p.Country, p.From)
		for _, rate := range p.buyer()[1:] {
			assert.Negative(t, rate.Percent.Cmp(p.High), "%s %s", p.Country, p.From)
		}
	}
}

// TestBuyersAreNoUnits: the rates of other countries are not those of a unit.
func TestBuyersAreNoUnits(t *testing.T) {
	_, issue := Default.Level("DE", 20260302, num("19"))
	require.NotNil(t, issue)
	assert.Equal(t, CodeCountryUnknown, issue.Code)
	_, known := Default.Percent("DE", 20260302, High)
	assert.False(t, known)
}

func TestOwnRatesOfBuyers(t *testing.T) {
	own := Default.Merge(Rates{{Country: "CH", From: 20240101, High: num("8.1"), Low: num("2.6")}})
	level, listed, issue := own.Buyer("CH", 20260302, num("8.1"))
	assert.Nil(t, issue)
	assert.True(t, listed)
	assert.Equal(t, HistoryHigh, level)
	_, _, issue = own.Buyer("CH", 20260302, num("7.7"))
	require.NotNil(t, issue)
	assert.Equal(t, "rates valid in CH on 2026-03-02: 8.1, 2.6, 0", diag.English.Hint(issue))
}
