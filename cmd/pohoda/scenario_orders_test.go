package main

import (
	"fmt"
	"testing"
)

// The scenarios that concern orders. NP: figures that rest on a rule which no export of
// POHODA has shown; they are what the tool predicts, and `pohoda help vat` lists them.

// TestScenarioSlovakThreeRates is scenario 4 as an order. NP: VAT out of a gross line.
func TestScenarioSlovakThreeRates(t *testing.T) {
	const order = `"currency": "EUR", "pricesIncludeVat": true, "lines": [
		{"name": "a", "quantity": 3, "unitPrice": "12.99", "vatRate": 23}, {"name": "b", "quantity": 2, "unitPrice": "4.59", "vatRate": 19},
		{"name": "c", "quantity": 4, "unitPrice": "0.89", "vatRate": 5}, {"name": "shipping", "unitPrice": "3.90", "vatRate": 23},
		{"name": "bag", "unitPrice": "1.15", "vatRate": 23}]`
	playScenes(t, []scene{
		{
			name: "three rates", unit: slovakUnit, order: order, elements: []string{"high", "low", "third", "high", "high"},
			lines: []string{"31.68 7.29 38.97", "7.71 1.47 9.18", "3.39 0.17 3.56", "3.17 0.73 3.90", "0.93 0.22 1.15"},
			rates: []string{"23: 35.78 8.24 44.02", "19: 7.71 1.47 9.18", "5: 3.39 0.17 3.56"}, sums: "46.88 9.88 56.76", due: "56.76",
		},
		// NP: the split of noneEveryRate. What is to be paid does not depend on it.
		{name: "VAT of each rate", unit: slovakUnit + "rounding: {vat: noneEveryRate}\n", order: order, summary: "noneEveryRate", due: "56.76"},
		{
			name: "the methods are Czech", unit: slovakUnit, order: order + `, "rounding": {"method": "VATOriginalMethod"}`,
			codes: []string{"vat-method-slovak"}, sums: "46.88 9.88 56.76", due: "56.76",
		},
		{name: "before the rates", unit: slovakUnit, order: order + `, "issueDate": "2024-12-31"`, refused: true, codes: []string{"vat-rate-unknown"}},
	})
}

// TestScenarioEuroOfACzechUnit is scenario 5 as an order: firm are the sums in euros,
// amounts in crowns are written nowhere (NP).
func TestScenarioEuroOfACzechUnit(t *testing.T) {
	const (
		lines = `"currency": "EUR", "lines": [
			{"name": "a", "quantity": 2, "unitPrice": "149.90", "vatRate": 21}, {"name": "b", "quantity": 5, "unitPrice": "3.33", "vatRate": 12}]`
		house = czechUnit + "rounding: {document: math2one}\n"
	)
	sums := scene{
		unit: house, elements: []string{"high", "low"}, lines: []string{"299.80 62.96 362.76", "16.65 2.00 18.65"},
		rates: []string{"21: 299.80 62.96 362.76", "12: 16.65 2.00 18.65"}, sums: "316.45 64.96 381.41", due: "381.41",
	}
	with := func(name, order, summary string, codes ...string) scene {
		s := sums
		s.name, s.order, s.summary, s.codes = name, order, summary, codes
		return s
	}
	playScenes(t, []scene{
		with("rate of the day", lines+`, "exchangeRate": {"rate": "24.735", "amount": 1}`, "none EUR 24.735 1"),
		with("no rate", lines, "none EUR", "exchange-rate-missing"),
		with("rate per hundred", lines+`, "exchangeRate": {"rate": "24.735", "amount": 100}`, "none EUR 24.735 100", "exchange-rate-far"),
		{
			name: "rate of crowns", unit: house, refused: true, codes: []string{"exchange-rate-home"},
			order: `"exchangeRate": {"rate": "24.735"}, "lines": [{"name": "a", "unitPrice": 1, "vatRate": 21}]`,
		},
		{
			name: "euros of a Slovak unit", unit: slovakUnit, refused: true, codes: []string{"exchange-rate-home"},
			order: `"currency": "EUR", "exchangeRate": {"rate": "24.735"}, "lines": [{"name": "a", "unitPrice": 1, "vatRate": 23}]`,
		},
	})
}

// TestScenarioReverseCharge is scenario 6: firm by law are the lines, VAT 210.00 and
// 26210.00 to be paid. NP: where the base of line a stands in the sums by rate.
func TestScenarioReverseCharge(t *testing.T) {
	const order = `"vatMode": "reverse-charge", "lines": [{"name": "a", "quantity": 2, "unitPrice": "12500.00", "vatRate": 21},
		{"name": "b", "unitPrice": "1000.00", "vatRate": 21, "reverseCharge": false}]`
	lines := []string{"25000.00 0.00 25000.00", "1000.00 210.00 1210.00"}
	playScenes(t, []scene{
		{
			name: "one line without it", unit: czechUnit, order: order, elements: []string{"high PDP true", "high PDP false"},
			lines: lines, sums: "26000.00 210.00 26210.00", due: "26210.00",
		},
		{
			name: "code of the supply", unit: czechUnit, codes: []string{"reverse-charge-code-unsent"}, elements: []string{"high PDP true"}, due: "100.00",
			order: `"vatMode": "reverse-charge", "lines": [{"name": "a", "unitPrice": 100, "vatRate": 21, "reverseChargeCode": "4"}]`,
		},
		{name: "prices with VAT", unit: czechUnit, order: order + `, "pricesIncludeVat": true`, refused: true, codes: []string{"reverse-charge-gross-mixed"}},
		{name: "issued order", unit: czechUnit, order: order, as: "issued-order", refused: true, codes: []string{"reverse-charge-unsayable"}},
		{
			name: "issued order by its classification", unit: czechUnit + "rules: {issued_order: {vat_class: '\"PN\"'}}\n", order: order, as: "issued-order",
			codes: []string{"reverse-charge-by-class"}, elements: []string{"none", "high"}, lines: lines, sums: "26000.00 210.00 26210.00", due: "26210.00",
		},
	})
}

// TestScenarioOneStopShop is scenario 7: lines and 96.60 EUR are predicted. NP: the level
// of a foreign percent, which is told, and the sums of POHODA for it.
func TestScenarioOneStopShop(t *testing.T) {
	order := func(rate int, evidence string) string {
		return fmt.Sprintf(`"vatMode": "oss", "oss": {"country": "DE", "kind": "goods"%s}, "currency": "EUR", "exchangeRate": {"rate": "24.735"},
			"pricesIncludeVat": true, "lines": [{"name": "goods", "quantity": 3, "unitPrice": "29.90", "vatRate": 19},
			{"name": "shipping", "unitPrice": "6.90", "vatRate": %d}]`, evidence, rate)
	}
	const evidence = `, "evidence": ["A"]`
	playScenes(t, []scene{
		{
			name: "Germany", unit: czechUnit, order: order(19, evidence), codes: []string{"field-unsaid", "vat-oss-unproven"}, summary: "EUR 24.735 1",
			elements: []string{"historyHigh 19", "historyHigh 19"}, lines: []string{"75.38 14.32 89.70", "5.80 1.10 6.90"},
			sums: "81.18 15.42 96.60", due: "96.60",
		},
		{
			name: "reduced rate", unit: czechUnit, order: order(7, evidence), codes: []string{"field-unsaid", "vat-oss-unproven"}, summary: "EUR 24.735 1",
			elements: []string{"historyHigh 19", "historyLow 7"}, due: "96.60",
		},
		{
			name: "no evidence", unit: czechUnit, order: order(19, ""), codes: []string{"field-unsaid", "oss-evidence-missing", "vat-oss-unproven"},
			summary: "EUR 24.735 1", due: "96.60",
		},
		{name: "Czech rate", unit: czechUnit, order: order(21, evidence), refused: true, codes: []string{"vat-oss-unproven", "vat-rate-unknown"}},
	})
}

// TestScenarioPerPiece is scenario 10 on an order. NP: VAT out of a gross line.
func TestScenarioPerPiece(t *testing.T) {
	order := func(quantity int, price, net, tax, gross string) string {
		return fmt.Sprintf(`"pricesIncludeVat": true, "lines": [{"name": "a", "quantity": %d, "unitPrice": %q, "vatRate": 21}],
			"totals": {"net": %q, "vat": %q, "gross": %q}`, quantity, price, net, tax, gross)
	}
	told, differs := []string{"total-per-piece"}, []string{"total-differs"}
	playScenes(t, []scene{
		{name: "two hundredths", unit: czechUnit, order: order(10, "3.70", "30.60", "6.40", "37.00"), codes: told, sums: "30.58 6.42 37.00", due: "37.00"},
		{name: "half a crown", unit: czechUnit, order: order(100, "1.99", "164.00", "35.00", "199.00"), codes: told, sums: "164.46 34.54 199.00", due: "199.00"},
		{name: "beyond the bound", unit: czechUnit, order: order(10, "3.70", "30.50", "6.50", "37.00"), codes: differs, refused: true},
		{name: "another total", unit: czechUnit, order: order(10, "3.70", "30.60", "6.42", "37.02"), codes: differs, refused: true},
		{name: "what POHODA computes", unit: czechUnit, order: order(10, "3.70", "30.58", "6.42", "37.00"), sums: "30.58 6.42 37.00", due: "37.00"},
	})
}
