package vat

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/money"
)

// euRates are the rates of the other states of the EU since the One Stop Shop
// (2021-07-01). A row holds until the next of its country. The source of a row is
// ADDENDA-3 20 of the reference where it says so; [K] is professional knowledge of
// the law of the state, for which no source was read. What is not sure is left out by
// a row without rates. Rates of nought need no row.
var euRates = Rates{
	euRate("AT", 20210701, "20 13 10 5"),             // [K] 5 % was for the pandemic
	euRate("AT", 20220101, "20 13 10"),               // [K]
	euRate("AT", 20260701, ""),                       // a lower rate of food was announced
	euRate("BE", 20210701, "21 12 6"),                // [K]
	euRate("BG", 20210701, "20 9"),                   // [K]
	euRate("CY", 20210701, "19 9 5"),                 // [K]
	euRate("CY", 20230101, ""),                       // 3 % began in this year
	euRate("CY", 20240101, "19 9 5 3"),               // [K]
	euRate("DE", 20210701, "19 7"),                   // [K], SCENARIOS 7
	euRate("DK", 20210701, "25"),                     // [K]
	euRate("EE", 20210701, "20 9"),                   // [K]
	euRate("EE", 20220801, "20 9 5"),                 // [K] 5 % for the press
	euRate("EE", 20240101, "22 9 5"),                 // [K]
	euRate("EE", 20250101, "22 13 9"),                // [K] 13 % for accommodation
	euRate("EE", 20250701, "24 13 9"),                // ADDENDA-3 20; the reduced ones [K]
	euRate("ES", 20210701, "21 10 4"),                // [K]
	euRate("ES", 20220701, "21 10 5 4"),              // [K] 5 % for energy, then for food
	euRate("ES", 20241001, "21 10 7.5 5 4 2"),        // [K] food on its way back
	euRate("ES", 20250101, "21 10 4"),                // [K]
	euRate("FI", 20210701, "24 14 10"),               // [K]
	euRate("FI", 20240901, "25.5 14 10"),             // ADDENDA-3 20; the reduced ones [K]
	euRate("FI", 20260101, "25.5 13.5 10"),           // [K]
	euRate("FR", 20210701, "20 13 10 5.5 2.1 0.9"),   // [K] 13 and 0.9 in Corsica
	euRate("GR", 20210701, "24 17 13 9 6 4"),         // [K] 17, 9 and 4 on the islands
	euRate("HR", 20210701, "25 13 5"),                // [K]
	euRate("HU", 20210701, "27 18 5"),                // [K]
	euRate("IE", 20210701, "23 13.5 9 4.8"),          // [K]
	euRate("IT", 20210701, "22 10 5 4"),              // [K]
	euRate("LT", 20210701, "21 9 5"),                 // [K]
	euRate("LT", 20260101, "21 12 5"),                // [K]
	euRate("LU", 20210701, "17 14 8 3"),              // [K]
	euRate("LU", 20230101, "16 13 7 3"),              // [K] for the year 2023
	euRate("LU", 20240101, "17 14 8 3"),              // [K]
	euRate("LV", 20210701, "21 12 5"),                // [K]
	euRate("MT", 20210701, "18 7 5"),                 // [K]
	euRate("MT", 20240101, "18 12 7 5"),              // [K]
	euRate("NL", 20210701, "21 9"),                   // [K]
	euRate("PL", 20210701, "23 8 7 5 4"),             // [K] 7 and 4 for farmers and taxis
	euRate("PT", 20210701, "23 22 16 13 12 9 6 5 4"), // [K] Madeira 22, 12, 5, 4, the Azores 16, 9, 4
	euRate("RO", 20210701, "19 9 5"),                 // [K]
	euRate("RO", 20250801, "21 11 9"),                // ADDENDA-3 20; 9 [K] for dwellings sold before
	euRate("SE", 20210701, "25 12 6"),                // [K]
	euRate("SI", 20210701, "22 9.5 5"),               // [K]
}

// euRate is a row: the standard rate and the reduced ones.
func euRate(country string, from Day, percents string) Period {
	p := Period{Country: country, From: from, buyers: true}
	for i, text := range strings.Fields(percents) {
		if rate := money.MustParse(text); i == 0 {
			p.High = rate
		} else {
			p.Reduced = append(p.Reduced, rate)
		}
	}
	return p
}
