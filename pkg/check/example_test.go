package check_test

import (
	"fmt"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// A rate that was not in force on the day of the order is found before it is written.
func ExampleCheck() {
	day, err := trade.ParseDate("2026-03-02")
	if err != nil {
		fmt.Println(err)
		return
	}
	order := &trade.Document{Head: trade.Head{Kind: trade.Deal}, Direction: trade.Received, Number: "OP-26-123", IssueDate: day, Currency: "CZK",
		Customer: &trade.Party{Name: "Truhlárna Vzorová s.r.o."},
		Lines:    []trade.Line{{Name: "Židle", UnitPrice: money.FromInt(3490), Quantity: money.FromInt(4), VATRate: money.FromInt(15)}},
	}
	settings := check.Settings{Country: "CZ", VATPayer: true, Rates: vat.Default}
	_, found := check.Check(order, settings)
	for _, issue := range found {
		fmt.Println(issue.Severity, issue.Code, issue.Path)
	}

	order.Lines[0].VATRate = money.FromInt(21)
	totals, found := check.Check(order, settings)
	fmt.Println(found.Refused(), totals.Payable)
	// Output:
	// warning address-missing customer.address
	// error vat-rate-unknown lines[0].vatRate
	// false 16891.6
}
