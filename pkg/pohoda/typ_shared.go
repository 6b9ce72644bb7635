package pohoda

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Shared structures of type.xsd that every document has.

// externalID is typ:extIdType: both parts are required, so that POHODA can be
// asked for the record again by the source's own id.
var externalID = fieldtable.Table[*trade.Source]{
	code("typ:ids", "Externí ID", "id", func(s *trade.Source) *string { return &s.ID }),
	fieldtable.Rule("typ:exSystemName", "Externí systém", "system, instance", WriteSystem, readSystem).NeverCut(),
	code("typ:exSystemText", "Externí systém: odkaz", "url", func(s *trade.Source) *string { return &s.URL }),
}

// WriteSystem writes the system and the account in it as one word.
func WriteSystem(s *trade.Source) (string, bool) {
	name := s.System
	if s.Instance != "" {
		name += ":" + s.Instance
	}
	return fieldtable.Text.Format(name)
}

func readSystem(s *trade.Source, text string) *diag.Issue {
	s.System, s.Instance, _ = strings.Cut(strings.TrimSpace(text), ":")
	return nil
}

// label is one of POHODA's labels ("Štítek"); it must exist in the unit.
var label = fieldtable.Table[*string]{
	fieldtable.Unmapped[*string]("@actionType", "", "labels are only added"),
	unitCode("label", "typ:ids", "Štítek", "", func(s *string) *string { return s }),
}

// parameter is a user's field; which element holds the value says its type
// (type.xsd, parameterDocType).
var parameter = fieldtable.Table[*trade.Parameter]{
	code("typ:name", "Volitelný parametr", "name", func(p *trade.Parameter) *string { return &p.Name }),
	parameterValue("typ:textValue", "text"),
	parameterValue("typ:memoValue", "memo"),
	parameterValue("typ:currencyValue", "currency"),
	parameterValue("typ:booleanValue", "boolean"),
	parameterValue("typ:numberValue", "number"),
	parameterValue("typ:datetimeValue", "date"),
	parameterValue("typ:listValueRef/typ:ids", "list").NeverCut(),
	parameterValue("typ:integerValue", "integer"),
	code("typ:list/typ:ids", "Seznam", "list", func(p *trade.Parameter) *string { return &p.List }),
}

func parameterValue(path string, of trade.ParameterType) fieldtable.Row[*trade.Parameter] {
	tidy := fieldtable.OneLine
	if of == "memo" {
		tidy = func(s string) string { s, _ = fieldtable.Memo.Format(s); return s }
	}
	return fieldtable.Rule(path, "Hodnota ("+string(of)+")", "value",
		func(p *trade.Parameter) (string, bool) {
			return tidy(p.Value), p.Type == of || p.Type == "" && of == "text"
		},
		func(p *trade.Parameter, s string) *diag.Issue {
			p.Type, p.Value = of, tidy(s)
			return nil
		})
}

// urlAttachment is a page that belongs to a document; the contents of files
// cannot be sent by XML (type.xsd, attachmentsType).
var urlAttachment = fieldtable.Table[*trade.Attachment]{
	text("typ:name", "Přílohy: název", "name", func(a *trade.Attachment) *string { return &a.Name }),
	code("typ:url", "Přílohy: adresa", "url", func(a *trade.Attachment) *string { return &a.URL }),
}

// evidence is a piece of evidence of the customer's country (One Stop Shop).
var evidence = fieldtable.Table[*string]{
	code(".", "Důkazní prostředky", "", func(s *string) *string { return s }),
}

// paymentAccount is the partner's account on an invoice (type.xsd,
// paymentAccount of invoiceHeaderType).
var paymentAccount = fieldtable.Table[*trade.BankAccount]{
	code("typ:accountNo", "Účet partnera", "number", func(a *trade.BankAccount) *string { return &a.Number }),
	code("typ:bankCode", "Kód banky partnera", "bankCode", func(a *trade.BankAccount) *string { return &a.BankCode }),
}

// each gives pointers to the elements of a list.
func each[T any](list []T) []*T {
	pointers := make([]*T, len(list))
	for i := range list {
		pointers[i] = &list[i]
	}
	return pointers
}

// more adds an empty element to a list and points to it.
func more[T any](list *[]T) *T {
	var empty T
	*list = append(*list, empty)
	return &(*list)[len(*list)-1]
}
