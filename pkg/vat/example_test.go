package vat_test

import (
	"fmt"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// A rate belongs to a level on its day only.
func ExampleRates_Level() {
	fifteen := money.FromInt(15)
	level, _ := vat.Default.Level("CZ", vat.DayOf(2023, 12, 31), fifteen)
	_, issue := vat.Default.Level("CZ", vat.DayOf(2024, 1, 1), fifteen)
	fmt.Println(level, issue.Code)
	fmt.Println(vat.Default.Valid("CZ", vat.DayOf(2024, 1, 1)))
	// Output:
	// low vat-rate-unknown
	// 21, 12, 0
}

func ExampleCompute() {
	totals := vat.Compute([]vat.Line{
		{UnitPrice: money.FromInt(3490), Quantity: money.FromInt(4), Discount: money.FromInt(10), Percent: money.FromInt(21), Level: vat.High},
		{UnitPrice: money.FromInt(389), Quantity: money.FromInt(6), Percent: money.FromInt(12), Level: vat.Low},
	}, vat.Policy{Document: money.MathToOne})
	fmt.Println(totals.Net, totals.VAT, totals.Gross)
	fmt.Println(totals.Rounding, totals.Payable)
	// Output:
	// 14898 2918.52 17816.52
	// 0.48 17817
}
