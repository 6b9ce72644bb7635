package pack_test

import (
	"bytes"
	"fmt"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// An order is written into a pack and read out of it again.
func Example() {
	day, err := trade.ParseDate("2026-03-02")
	if err != nil {
		fmt.Println(err)
		return
	}
	record := &trade.Record{Of: &trade.Document{Head: trade.Head{Kind: trade.Deal,
		Source: trade.Source{System: "raynet", ID: "123"}}, Direction: trade.Received, Number: "OP-26-123", IssueDate: day, Currency: "CZK",

		Customer: &trade.Party{Name: "Truhlárna Vzorová s.r.o."},
		Lines:    []trade.Line{{Name: "Židle", UnitPrice: money.FromInt(3490), Quantity: money.FromInt(4), VATRate: money.FromInt(21)}},
	}}
	settings := &pohoda.Settings{Unit: pohoda.Unit{ICO: "12345679", Country: "CZ", VATPayer: true}, Rates: vat.Default}

	agenda, target, issue := pohoda.TargetFor(record, "")
	if issue != nil {
		fmt.Println(issue.Code)
		return
	}
	schema, err := pack.Schema(agenda)
	if err != nil {
		fmt.Println(err)
		return
	}
	codec := agenda.Open(pack.Limits(schema))
	totals, _ := check.Check(record.Document(), check.Settings{Country: "CZ", VATPayer: true, Rates: vat.Default})
	el, _ := codec.Encode(pohoda.Work{Record: record, Totals: &totals, Target: target, Set: settings})

	envelope := pack.Pack{Unit: settings.Unit, ID: pack.ID(record.Document().Source), Application: "example"}.Envelope(agenda)
	envelope.Encoding = charset.UTF8
	file := xmlio.AppendElement(envelope.Head(), pack.Item(pack.ItemID(record.Of.Header(), target, 0), el), 1)
	file = append(file, envelope.Tail()...)

	scanner := xmlio.NewScanner(bytes.NewReader(file), "order.xml", pohoda.Namespaces())
	if _, err := scanner.Next(); err != nil {
		fmt.Println(err)
		return
	}
	err = pack.Documents(scanner, func(found pack.Found) error {
		again := codec.Decode(found.Element, settings).Record
		order := again.Document()
		fmt.Println(found.Agenda.Name, order.Number, order.IssueDate, order.Customer.Name)
		for _, line := range order.Lines {
			fmt.Println(line.Name, line.Quantity, line.UnitPrice)
		}
		return nil
	}, func(issue *diag.Issue) { fmt.Println(issue.Code) })
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// order OP-26-123 2026-03-02 Truhlárna Vzorová s.r.o.
	// Židle 4 3490
}
