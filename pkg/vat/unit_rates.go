package vat

import "github.com/gopohoda/pohoda/pkg/money"

// unitRates are the rates of the countries in which a unit may be. Each row names
// the act that began it, where that is known for sure, and the reference that gives
// it; [K] is professional knowledge for which no source was read. The days before
// 2015 (CZ) and 2011 (SK) are for reading alone.
var unitRates = Rates{
	// ADDENDA-3 18 [K]: act 588/1992, until 2004-04-30.
	{Country: "CZ", From: 20040101, High: percent(22), Low: percent(5), Past: true},
	// ADDENDA-3 18: act 235/2004.
	{Country: "CZ", From: 20040501, High: percent(19), Low: percent(5), Past: true},
	// ADDENDA-3 18: act 261/2007.
	{Country: "CZ", From: 20080101, High: percent(19), Low: percent(9), Past: true},
	// ADDENDA-3 18: act 362/2009.
	{Country: "CZ", From: 20100101, High: percent(20), Low: percent(10), Past: true},
	// ADDENDA-3 18: act 370/2011.
	{Country: "CZ", From: 20120101, High: percent(20), Low: percent(14), Past: true},
	// ADDENDA-3 18: act 500/2012.
	{Country: "CZ", From: 20130101, High: percent(21), Low: percent(15), Past: true},
	// ADDENDA-3 18, INPUTS 9: act 262/2014. The level of the 10 % is not proven.
	{Country: "CZ", From: 20150101, High: percent(21), Low: percent(15), Unproven: percent(10)},
	// ADDENDA-3 18, INPUTS 9: act 349/2023.
	{Country: "CZ", From: 20240101, High: percent(21), Low: percent(12)},
	// ADDENDA-3 18: one rate.
	{Country: "SK", From: 20040101, High: percent(19), Past: true},
	// ADDENDA-3 18.
	{Country: "SK", From: 20070101, High: percent(19), Low: percent(10), Past: true},
	// ADDENDA-3 18 [K], until 2010-12-31. The level of the 6 % is not proven.
	{Country: "SK", From: 20100501, High: percent(19), Low: percent(10), Unproven: percent(6), Past: true},
	// ADDENDA-3 18, INPUTS 9.
	{Country: "SK", From: 20110101, High: percent(20), Low: percent(10)},
	// ADDENDA-3 18, INPUTS 9.
	{Country: "SK", From: 20230101, High: percent(20), Low: percent(10), Third: percent(5)},
	// ADDENDA-3 18, INPUTS 9: act 278/2024.
	{Country: "SK", From: 20250101, High: percent(23), Low: percent(19), Third: percent(5)},
}

func percent(n int64) money.Decimal { return money.FromInt(n) }
