package crm_test

import (
	"errors"
	"fmt"
	"io"

	"github.com/gopohoda/pohoda/pkg/crm"
)

// The shape of a record says whose it is; its lines come as the canonical ones.
func ExampleOpen() {
	source, err := crm.Open("../../examples/raynet/deal.json", crm.Options{With: []string{"../../examples/raynet/company.json"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer source.Close()
	for {
		raw, err := source.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, result := range source.Decode(raw) {
			order := result.Record.Document()
			fmt.Println(order.Source.System, order.Number, order.Customer.Name, result.Issues.Refused())
			for _, line := range order.Lines {
				fmt.Println(line.Name, line.Quantity, line.UnitPrice, line.VATRate)
			}
		}
	}
	// Output:
	// raynet OP-26-123 Truhlárna Vzorová s.r.o. false
	// Židle kancelářská Lena 4 3490 21
	// Káva zrnková 1 kg 6 389 12
	// Montáž u zákazníka 1 1500 21
}
