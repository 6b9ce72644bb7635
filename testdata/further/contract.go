package pohoda

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Contracts are the agenda Zakázky: con:contract (contract.xsd). Here they prove that an
// agenda without documents is one file; the tool does not have them.
var Contracts = register(&Agenda{
	Name:    "contract",
	Title:   "Zakázky",
	Prefix:  "con",
	Element: "contract",
	Schema:  "contract.xsd",
	List:    List{"lCon:listContract", "lCon:contract", "list_contract.xsd"},
	Targets: []Target{{
		Name: "contract", Title: diag.Words{English: "contract", Czech: "zakázka"}, Default: kinds(trade.Contract), Kind: trade.Contract,
	}},
	Verbs: Add,
	Rows:  contractTable.Infos,
	open: openTable(contractTable,
		func(w Work) contractOf { return contractOf{w.Record.Of.(*trade.ContractRecord), w.Set} },
		func(s *Settings) contractOf {
			return contractOf{&trade.ContractRecord{Head: trade.Head{Kind: trade.Contract}, Customer: &trade.Party{}}, s}
		},
		func(c contractOf) trade.Subject { return c.of }),
})

type contractOf struct {
	of  *trade.ContractRecord
	set *Settings
}

var contractTable = fieldtable.Table[contractOf]{
	constant[contractOf]("@version", "2.0", "the version of the format"),
	fieldtable.Nest("con:contractDesc", "", "", contractDesc, whole[contractOf]),
}

// contractDesc is out of the schema's order, which is the schema's business.
var contractDesc = fieldtable.Table[contractOf]{
	memo("con:note", "Poznámka", "note", func(c contractOf) *string { return &c.of.Note }),
	text("con:text", "Název", "title", func(c contractOf) *string { return &c.of.Title }).Required(),
	recordID("con:id", "ID", "pohoda.id", func(c contractOf) *int64 { return &c.of.Pohoda.ID }).Only(fieldtable.ReadOnly),
	code("con:number/typ:numberRequested", "Číslo", "number", func(c contractOf) *string { return &c.of.Number }),
	date("con:datePlanStart", "Plánované zahájení", "plannedStart", func(c contractOf) *trade.Date { return &c.of.PlannedStart }),
	fieldtable.Nest("con:partnerIdentity", "Odběratel", "", partner.Without("typ:shipToAddress"), func(c contractOf) (partnerOf, bool) {
		if c.of.Customer == nil {
			return partnerOf{party: &trade.Party{}, set: c.set}, false
		}
		return partnerOf{party: c.of.Customer, set: c.set}, true
	}),
}
