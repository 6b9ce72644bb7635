package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

const (
	// CodeTotalsUnknown says that a document has lines which cannot be computed.
	CodeTotalsUnknown diag.Code = "totals-unknown"
	// CodeCountryAssumed says that rates did not fit a country which nobody named.
	CodeCountryAssumed diag.Code = "country-assumed"
)

// rateFaults are the findings that say that a line's rate is none of the country.
var rateFaults = []diag.Code{
	trade.CodeVATLevelUnknown, trade.CodeVATRateMissing,
	vat.CodeRateUnknown, vat.CodeRateUnproven, vat.CodeDateTooOld, vat.CodeCountryUnknown,
}

// total computes the sums of a document, and warns of rates that are none of the
// country and of lines that cannot be computed.
func (s *shower) total(shown *Shown, read diag.List) {
	doc := shown.Document
	totals, found := trade.Compute(doc, checks(s.config))
	shown.Totals = totals
	var faults diag.List
	for _, issue := range found {
		if slices.Contains(rateFaults, issue.Code) {
			issue.Severity = diag.Warning
			faults.Add(issue)
		}
	}
	shown.Unknown = unknownLines(doc, append(slices.Clone(read), faults...))
	s.tellOnce(shown.name(), faults)
	if shown.Unknown != nil {
		s.issues.Add(diag.Warn(CodeTotalsUnknown, "lines", shown.unknownLines()).On(shown.name()))
	}
}

// tellOnce tells what is wrong with rates once for each rate: a file of another
// country has it on every line.
func (s *shower) tellOnce(record string, faults diag.List) {
	for _, issue := range faults {
		key := string(issue.Code) + " " + issue.Value
		if s.told[key] {
			continue
		}
		s.told[key] = true
		s.issues.Add(issue.On(record))
	}
	if len(faults) > 0 && s.countryAssumed() && !s.told[string(CodeCountryAssumed)] {
		s.told[string(CodeCountryAssumed)] = true
		s.issues.Add(diag.Tell(CodeCountryAssumed, "country", s.config.Unit.Country))
	}
}

// summands are the fields of a line without which it cannot be computed.
var summands = []string{"quantity", "unitPrice", "discountPercent", "vatRate", "vatCode", "pricesIncludeVat"}

// unknownLines gives the lines whose sums are not known, from 0.
func unknownLines(doc *trade.Document, issues diag.List) []int {
	var lines []int
	for i := range doc.Lines {
		if doc.VATDay() == 0 && !doc.Lines[i].VATRate.IsSet() && doc.Lines[i].VATCode != "" {
			lines = append(lines, i)
		}
	}
	for _, issue := range issues {
		switch issue.Code {
		case trade.CodeVATLevelUnknown, trade.CodeVATRateMissing, fieldtable.CodeUnreadable, pohoda.CodePricesMixed:
			if i, ok := lineOf(issue.Path); ok && i < len(doc.Lines) {
				lines = append(lines, i)
			}
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// lineOf finds the line to which the path of a summand belongs.
func lineOf(path string) (int, bool) {
	rest, ok := strings.CutPrefix(path, "lines[")
	number, field, closed := strings.Cut(rest, "].")
	i, err := strconv.Atoi(number)
	return i, ok && closed && err == nil && slices.Contains(summands, field)
}

// unknownLines names the lines for a person.
func (s *Shown) unknownLines() string {
	var names []string
	for _, i := range s.Unknown {
		if len(names) == 10 {
			names = append(names, "…")
			break
		}
		names = append(names, strconv.Itoa(i+1))
	}
	return strings.Join(names, ", ")
}

// claimed gives the sums in the form of a record, those of the file where it has
// any.
func (s *Shown) claimed() trade.Totals {
	totals := s.Document.Totals
	if s.Unknown != nil || totals.Net.IsSet() || totals.Gross.IsSet() || totals.Payable.IsSet() {
		return totals
	}
	totals.Amounts = trade.Amounts{Net: s.Totals.Net, VAT: s.Totals.VAT, Gross: s.Totals.Gross}
	totals.Payable = s.Totals.Payable
	if s.Totals.Rounding.Sign() != 0 {
		totals.Rounding = s.Totals.Rounding
	}
	for _, rate := range s.Totals.ByRate {
		totals.ByRate = append(totals.ByRate, trade.RateSum{
			VATRate: rate.Percent, Amounts: trade.Amounts{Net: rate.Net, VAT: rate.VAT, Gross: rate.Gross},
		})
	}
	return totals
}

// sums are the computed sums; those of a document without lines, such as an
// invoice of which POHODA keeps the sums alone, are its own.
func (s *Shown) sums() vat.Totals {
	own := s.Document.Totals
	if len(s.Document.Lines) > 0 || !own.Gross.IsSet() {
		return s.Totals
	}
	sums := vat.Totals{Net: own.Net, VAT: own.VAT, Gross: own.Gross, Rounding: own.Rounding, Payable: own.Payable.Or(own.Gross)}
	sums.Deducted = vat.Minus(sums.Payable, sums.Gross, sums.Rounding.Or(money.Zero))
	for _, rate := range own.ByRate {
		sums.ByRate = append(sums.ByRate, vat.Amounts{Percent: rate.VATRate, Net: rate.Net, VAT: rate.VAT, Gross: rate.Gross})
	}
	return sums
}
