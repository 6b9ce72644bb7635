package vat

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
)

func TestLevel(t *testing.T) {
	for _, c := range []struct {
		country string
		day     Day
		percent string
		want    Level
		code    diag.Code
	}{
		{"CZ", 20150101, "21", High, ""},
		{"CZ", 20231231, "15", Low, ""},
		{"CZ", 20231231, "12", "", CodeRateUnknown},
		{"CZ", 20231231, "10", "", CodeRateUnproven},
		{"CZ", 20240101, "12.00", Low, ""},
		{"CZ", 20240101, "15", "", CodeRateUnknown},
		{"CZ", 20240101, "10", "", CodeRateUnknown},
		{"CZ", 20260302, "20", "", CodeRateUnknown},
		{"CZ", 20260302, "-21", "", CodeRateUnknown},
		{"CZ", 20260302, "0", None, ""},
		{"CZ", 20141231, "21", "", CodeDateTooOld},
		{"CZ", 20141231, "0", None, ""},
		{"SK", 20101231, "20", "", CodeDateTooOld},
		{"SK", 20110101, "20", High, ""},
		{"SK", 20221231, "10", Low, ""},
		{"SK", 20221231, "5", "", CodeRateUnknown},
		{"SK", 20230101, "5", Third, ""},
		{"SK", 20250101, "23", High, ""},
		{"SK", 20250101, "19", Low, ""},
		{"SK", 20250101, "5", Third, ""},
		{"SK", 20250101, "20", "", CodeRateUnknown},
		{"PL", 20250101, "23", "", CodeCountryUnknown},
	} {
		level, issue := Default.Level(c.country, c.day, money.MustParse(c.percent))
		assert.Equal(t, c.want, level, "%s %s %s", c.country, c.day, c.percent)
		if c.code == "" {
			assert.Nil(t, issue)
			continue
		}
		require.NotNil(t, issue, "%s %s %s", c.country, c.day, c.percent)
		assert.Equal(t, c.code, issue.Code)
	}
}

func TestRefusalNamesTheValidRates(t *testing.T) {
	_, issue := Default.Level("CZ", 20260302, money.MustParse("20"))
	require.NotNil(t, issue)
	assert.Equal(t, `VAT rate "20" is not valid in CZ on 2026-03-02`, issue.Error())
	assert.Equal(t, "rates valid in CZ on 2026-03-02: 21, 12, 0", diag.English.Hint(issue))
}

func TestPast(t *testing.T) {
	for _, c := range []struct {
		country string
		day     Day
		percent string
		want    Level
		code    diag.Code
	}{
		{"CZ", 20260302, "15", HistoryLow, ""},
		{"CZ", 20260302, "21", HistoryHigh, ""},
		{"CZ", 20260302, "0", None, ""},
		{"CZ", 20260302, "10", "", CodeRateUnproven},
		{"CZ", 20260302, "20", "", CodeRateUnknown},
		{"CZ", 20100101, "20", "", CodeDateTooOld},
		{"SK", 20260302, "20", HistoryHigh, ""},
		{"SK", 20260302, "10", HistoryLow, ""},
		{"SK", 20260302, "5", HistoryThird, ""},
		{"SK", 20220302, "5", "", CodeRateUnknown},
	} {
		level, issue := Default.Past(c.country, c.day, money.MustParse(c.percent))
		assert.Equal(t, c.want, level, "%s %s %s", c.country, c.day, c.percent)
		if c.code != "" && assert.NotNil(t, issue, "%s %s %s", c.country, c.day, c.percent) {
			assert.Equal(t, c.code, issue.Code)
		}
	}
}

func TestPercentAndLevelAgree(t *testing.T) {
	for _, p := range unitRates.ForReading() {
		rates := Default.ForReading().On(p.Country, p.From)
		assert.Equal(t, None, rates[len(rates)-1].Level)
		for _, rate := range rates {
			level, issue := Default.ForReading().Level(p.Country, p.From, rate.Percent)
			assert.Nil(t, issue)
			assert.Equal(t, rate.Level, level)
			percent, ok := Default.Percent(p.Country, p.From, level)
			assert.True(t, ok)
			assert.Equal(t, rate.Percent, percent)
		}
	}
	_, ok := Default.Percent("CZ", 20260302, Third)
	assert.False(t, ok, "the third level is Slovakia's")
}

func TestMerge(t *testing.T) {
	merged := Default.Merge(Rates{
		{Country: "CZ", From: 20240101, High: percent(22), Low: percent(13)},
		{Country: "SK", From: 20270101, High: percent(24), Low: percent(20)},
	})
	assert.Equal(t, "22, 13, 0", merged.Valid("CZ", 20260302))
	assert.Equal(t, "21, 15, 0", merged.Valid("CZ", 20231231))
	assert.Equal(t, "23, 19, 5, 0", merged.Valid("SK", 20261231))
	assert.Equal(t, "24, 20, 0", merged.Valid("SK", 20270101))
	assert.Equal(t, "21, 12, 0", Default.Valid("CZ", 20260302), "the built-in table stays")
}

// TestReading: files are read by rates of days that are not written, and by a rate
// whose level is not proven.
func TestReading(t *testing.T) {
	for _, c := range []struct {
		country string
		day     Day
		want    string
		proven  bool
	}{
		{"CZ", 20031231, "", true},
		{"CZ", 20040101, "22, 5, 0", true},
		{"CZ", 20040430, "22, 5, 0", true},
		{"CZ", 20040501, "19, 5, 0", true},
		{"CZ", 20071231, "19, 5, 0", true},
		{"CZ", 20080101, "19, 9, 0", true},
		{"CZ", 20091231, "19, 9, 0", true},
		{"CZ", 20100510, "20, 10, 0", true},
		{"CZ", 20120101, "20, 14, 0", true},
		{"CZ", 20130101, "21, 15, 0", true},
		{"CZ", 20141231, "21, 15, 0", true},
		{"CZ", 20150101, "21, 15, 10, 0", false},
		{"CZ", 20231231, "21, 15, 10, 0", false},
		{"CZ", 20240101, "21, 12, 0", true},
		{"SK", 20040101, "19, 0", true},
		{"SK", 20070101, "19, 10, 0", true},
		{"SK", 20100430, "19, 10, 0", true},
		{"SK", 20100501, "19, 10, 6, 0", false},
		{"SK", 20101231, "19, 10, 6, 0", false},
		{"SK", 20110101, "20, 10, 0", true},
		{"SK", 20230101, "20, 10, 5, 0", true},
		{"SK", 20250101, "23, 19, 5, 0", true},
	} {
		all := Default.ForReading()
		assert.Equal(t, c.want, all.Valid(c.country, c.day), "%s %s", c.country, c.day)
		assert.Equal(t, c.proven, !Default.IsUnproven(c.country, c.day, Third), "%s %s", c.country, c.day)
		for _, level := range []Level{None, High, Low, Third} {
			percent, ok := Default.Percent(c.country, c.day, level)
			again, on := all.Written(c.country, c.day, level)
			if c.want == "" && level == None {
				continue // nought is known on all days
			}
			assert.Equal(t, on, ok, "%s %s %s", c.country, c.day, level)
			assert.Equal(t, again, percent, "%s %s %s", c.country, c.day, level)
		}
	}
	assert.Empty(t, Default.Valid("CZ", 20141231), "no such document is written")
	assert.Equal(t, "21, 15, 0", Default.Valid("CZ", 20231231))
}

// TestOwnPastRates: a unit that writes documents of old days has rates of its own.
func TestOwnPastRates(t *testing.T) {
	own := Default.Merge(Rates{{Country: "CZ", From: 20130101, High: percent(21), Low: percent(15)}})
	assert.Equal(t, "21, 15, 0", own.Valid("CZ", 20141231))
	assert.Empty(t, own.Valid("CZ", 20121231))
	early := Default.Merge(Rates{{Country: "CZ", From: 20100601, High: percent(20), Low: percent(10)}})
	assert.Equal(t, "20, 10, 0", early.ForReading().Valid("CZ", 20141231), "the house's own beat the built-in ones")
}
