package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

var (
	// CodeTotalsUnknown says that a document has lines which cannot be computed.
	CodeTotalsUnknown = diag.Warning.Code("totals-unknown", "lines")
	// CodeCountryAssumed says that rates did not fit a country which nobody named.
	CodeCountryAssumed = diag.Note.Code("country-assumed", "country")
)

// rateFaults are the findings that say that a line's rate is none of the country.
var rateFaults = []diag.Code{
	check.CodeVATLevelUnknown, check.CodeVATLevelSlovak, check.CodeVATRateMissing,
	vat.CodeRateUnknown, vat.CodeRateUnproven, vat.CodeDateTooOld, vat.CodeCountryUnknown,
}

// total computes the sums of a document and compares them with those that its file
// states. It warns of lines that cannot be computed, and of rates that are none of
// the country, where the file does not state what would follow from them.
func (s *shower) total(shown *Shown, read diag.List) {
	doc := shown.Document
	totals, found := check.Compute(doc, s.checks)
	var faults diag.List
	for _, issue := range found {
		if slices.Contains(rateFaults, issue.Code) {
			issue.Severity = diag.Warning
			faults.Add(issue)
		}
	}
	shown.Unknown = unknownLines(doc, append(slices.Clone(read), faults...))
	shown.Totals = totals
	if shown.Unknown == nil {
		shown.Totals = s.closest(doc, totals)
	}
	shown.Figures = figuresOf(doc, &shown.Totals, shown.Unknown)
	faults = slices.DeleteFunc(faults, func(issue *diag.Issue) bool {
		i, _, ok := diag.LineOf(issue.Path)
		return ok && i < len(doc.Lines) && isWhole(doc.Lines[i].Totals)
	})
	s.tellOnce(shown.name(), faults)
	if shown.Unknown != nil && !shown.Figures.Totals.Gross.IsSet() {
		s.issues.Add(diag.Warn(CodeTotalsUnknown, "lines", shown.UnknownLines()).WithRecord(shown.name()))
	}
	for _, issue := range deviations(doc, &shown.Totals, shown.Unknown) {
		s.issues.Add(issue.WithRecord(shown.name()))
	}
}

// closest are the sums by the coefficient on the days on which either method was
// right, where they and not the others are those that the file states.
func (s *shower) closest(doc *trade.Document, totals vat.Totals) vat.Totals {
	if doc.Rounding.Method != "" || !vat.EitherMethod(s.checks.Country, doc.VATDay()) || deviations(doc, &totals, nil) == nil {
		return totals
	}
	original := *doc
	original.Rounding.Method = vat.OriginalMethod
	other, _ := check.Compute(&original, s.checks)
	if deviations(doc, &other, nil) == nil {
		return other
	}
	return totals
}

// tellOnce tells what is wrong with rates once for each rate: a file of another
// country has it on every line. That its country was assumed is said once.
func (s *shower) tellOnce(record string, faults diag.List) {
	for _, issue := range faults {
		key := string(issue.Code) + " " + issue.Value
		if s.told[key] {
			continue
		}
		s.told[key] = true
		s.issues.Add(issue.WithRecord(record))
	}
	inDoubt := len(faults) > 0 || s.told[string(pohoda.CodeThirdRead)]
	if inDoubt && s.origin == CountryAssumed && !s.told[string(CodeCountryAssumed)] {
		s.told[string(CodeCountryAssumed)] = true
		s.issues.Add(diag.Notice(CodeCountryAssumed, "country", s.config.Unit.Country))
	}
}

// summands are the fields of a line without which it cannot be computed.
var summands = []string{"quantity", "unitPrice", "discountPercent", "vatRate", "vatCode", "pricesIncludeVat"}

// UnknownLines gives the lines whose sums are not known, from 0.
func unknownLines(doc *trade.Document, issues diag.List) []int {
	var lines []int
	for i := range doc.Lines {
		// A level of which no percent is known is not nought: one of history that
		// comes without its own, one of a day that the table lacks.
		if !doc.Lines[i].VATRate.IsSet() && doc.Lines[i].VATCode != "" {
			lines = append(lines, i)
		}
	}
	for _, issue := range issues {
		switch issue.Code {
		case check.CodeVATLevelUnknown, check.CodeVATRateMissing, fieldtable.CodeUnreadable, fieldtable.CodePricesMixed:
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

// UnknownLines names the lines for a person.
func (s *Shown) UnknownLines() string {
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
