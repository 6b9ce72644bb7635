package flow

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// ComesTo is what a record comes to, by its lines as an export would write them. Where they cannot be computed it is what the source
// states, and where the two contradict each other it is unknown, that is absent. read
// are the findings of reading the record.
func (p *Preparation) ComesTo(record *trade.Record, target pohoda.Target, read diag.List) money.Decimal {
	doc := record.Document
	stated, hasLines := doc.Totals.Payable.Or(doc.Totals.Gross), len(doc.Lines) > 0
	made := p.Prepare(record, target)
	contradicted := false
	for _, issue := range made.Found.Of(diag.Error) {
		contradicted = contradicted || issue.Code == check.CodeTotalDiffers
	}
	computed := hasLines && !unsettlesSums(read) && !unsettlesSums(made.Found)
	switch {
	case computed && (!contradicted || agree(stated, made.Totals.Payable)):
		return made.Totals.Payable
	case contradicted:
		return money.Decimal{}
	}
	return stated
}

// agree tells whether a stated sum is the computed one, to the hundredth.
func agree(stated, computed money.Decimal) bool {
	difference := vat.Minus(stated, computed)
	return difference.IsSet() && difference.Round(2).Sign() == 0
}

// unsettlesSums tells whether an error concerns what sums are computed from.
func unsettlesSums(found diag.List) bool {
	for _, issue := range found.Of(diag.Error) {
		field, rest, _ := strings.Cut(issue.Path, ".")
		field, _, _ = strings.Cut(field, "[")
		switch field {
		case "lines":
			if rest != "sku" && rest != "name" && issue.Code != check.CodeTotalDiffers {
				return true
			}
		case "vatMode", "oss", "currency", "exchangeRate", "issueDate", "taxPointDate", "pricesIncludeVat", "rounding", "references":
			return true
		}
	}
	return false
}
