package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// CodeStatedDiffers says that a sum in a file is not what its prices and rates give.
var CodeStatedDiffers = diag.Warning.Code("stated-differs", "computed", "difference")

// Figures are the sums of a document as they are shown, in text and in JSON: those
// that its file states, and computed ones where it states none. What is absent is not
// known.
type Figures struct {
	// Lines are in the order of the document.
	Lines  []trade.Amounts
	Totals trade.Totals
	// Deducted are the advances, a negative number.
	Deducted money.Decimal
	// Stated says that the file states the total.
	Stated bool
}

// figuresOf puts the stated sums of a document and the computed ones together. Those
// of a line that is unknown, and of a document with such a line, are not computed.
func figuresOf(doc *trade.Document, computed *vat.Totals, unknown []int) Figures {
	f := Figures{
		Lines: make([]trade.Amounts, len(doc.Lines)), Totals: doc.Totals,
		Stated: doc.Totals.Amounts != trade.Amounts{} || doc.Totals.Payable.IsSet(),
	}
	for i := range doc.Lines {
		f.Lines[i] = filledIn(doc.Lines[i].Totals, &computed.Lines[i], !slices.Contains(unknown, i))
	}
	whole := vat.Amounts{Net: computed.Net, VAT: computed.VAT, Gross: computed.Gross}
	computable := unknown == nil && len(doc.Lines) > 0
	f.Totals.Amounts = filledIn(doc.Totals.Amounts, &whole, computable)
	if computable && differing(doc.Totals.Amounts, &whole) == "" {
		f.compute(computed)
	}
	f.finish(doc.Rounding.Document)
	return f
}

// compute adds what a file does not state to sums that the computed ones do not deny.
func (f *Figures) compute(computed *vat.Totals) {
	t := &f.Totals
	if !t.Payable.IsSet() {
		t.Payable = computed.Payable
		if computed.Rounding.Sign() != 0 {
			t.Rounding = computed.Rounding
		}
	}
	if len(t.ByRate) > 0 {
		return
	}
	for i := range computed.ByRate {
		rate := &computed.ByRate[i]
		t.ByRate = append(t.ByRate, trade.RateSum{
			VATRate: rate.Percent, Amounts: trade.Amounts{Net: rate.Net, VAT: rate.VAT, Gross: rate.Gross},
		})
	}
}

// finish finds what is to be paid by a stated total where the file does not say it,
// and what was deducted.
func (f *Figures) finish(rounding money.Rounding) {
	t := &f.Totals
	if !t.Payable.IsSet() && t.Gross.IsSet() {
		t.Payable = vat.Plus(t.Gross, t.Rounding.Or(money.Zero))
		if !t.Rounding.IsSet() {
			t.Payable = rounding.Apply(t.Gross)
			if rounded := vat.Minus(t.Payable, t.Gross); rounded.Sign() != 0 {
				t.Rounding = rounded
			}
		}
	}
	f.Deducted = vat.Minus(t.Payable, t.Gross, t.Rounding.Or(money.Zero))
}

func isWhole(a trade.Amounts) bool { return a.Net.IsSet() && a.VAT.IsSet() && a.Gross.IsSet() }

// filledIn completes sums that a file states in part: two of them give the third, and
// the computed ones give the rest while they do not deny what is stated.
func filledIn(stated trade.Amounts, computed *vat.Amounts, known bool) trade.Amounts {
	stated.Gross = stated.Gross.Or(vat.Plus(stated.Net, stated.VAT))
	stated.Net = stated.Net.Or(vat.Minus(stated.Gross, stated.VAT))
	stated.VAT = stated.VAT.Or(vat.Minus(stated.Gross, stated.Net))
	if !known || differing(stated, computed) != "" {
		return stated
	}
	return trade.Amounts{
		Net: stated.Net.Or(computed.Net), VAT: stated.VAT.Or(computed.VAT), Gross: stated.Gross.Or(computed.Gross),
	}
}

// differing names the first of the stated sums that is not the computed one, "" for
// none. Less than half a hundredth is no difference.
func differing(stated trade.Amounts, computed *vat.Amounts) string {
	for _, sum := range []struct {
		field          string
		stated, actual money.Decimal
	}{{"gross", stated.Gross, computed.Gross}, {"net", stated.Net, computed.Net}, {"vat", stated.VAT, computed.VAT}} {
		if sum.stated.IsSet() && sum.stated.Sub(sum.actual).Abs().Cmp(halfHundredth) >= 0 {
			return sum.field
		}
	}
	return ""
}

var halfHundredth = money.MustParse("0.005")

// deviations compares what a file states for its lines and for the whole with what is
// computed, where that is known.
func deviations(doc *trade.Document, computed *vat.Totals, unknown []int) diag.List {
	var found diag.List
	compare := func(path string, stated trade.Amounts, actual *vat.Amounts) {
		field := differing(stated, actual)
		if field == "" {
			return
		}
		amounts := map[string][2]money.Decimal{
			"gross": {stated.Gross, actual.Gross}, "net": {stated.Net, actual.Net}, "vat": {stated.VAT, actual.VAT},
		}[field]
		found.Add(diag.Warn(CodeStatedDiffers, "computed", amounts[1].Fixed(2), "difference", amounts[0].Sub(amounts[1]).Fixed(2)).
			WithPath(path + field).WithValue(amounts[0].Fixed(2)))
	}
	for i := range doc.Lines {
		if !slices.Contains(unknown, i) {
			compare("lines["+strconv.Itoa(i)+"].totals.", doc.Lines[i].Totals, &computed.Lines[i])
		}
	}
	if unknown == nil && len(doc.Lines) > 0 {
		compare("totals.", doc.Totals.Amounts, &vat.Amounts{Net: computed.Net, VAT: computed.VAT, Gross: computed.Gross})
	}
	return found
}

var (
	// CodeTotalsUnknown says that a document has lines which cannot be computed.
	CodeTotalsUnknown = diag.Warning.Code("totals-unknown", "lines")
	// CodeCountryAssumed says that rates did not fit a country which nobody named.
	CodeCountryAssumed = diag.Note.Code("country-assumed", "country")
)

// rateFaults are the findings that say that a line's rate is none of the country.
var rateFaults = []diag.Code{
	check.CodeVATLevelUnknown, check.CodeVATLevelSlovak, check.CodeVATRateMissing,
	vat.CodeRateUnknown, check.CodeVATRateOfBuyer, check.CodeVATRateOfOther, vat.CodeRateUnproven, vat.CodeDateTooOld, vat.CodeCountryUnknown,
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
