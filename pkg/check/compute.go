package check

import (
	"cmp"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The codes of what is wrong with the VAT of a line.
var (
	CodeVATRateMissing     = diag.Refused.Code("vat-rate-missing", "country", "day", "rates")
	CodeVATLevelUnknown    = diag.Refused.Code("vat-level-unknown", "country", "day", "rates")
	CodeVATCodeContradicts = diag.Refused.Code("vat-code-contradicts", "percent", "rate")
	CodeVATHistoryUnasked  = diag.Refused.Code("vat-history-unasked")
	CodeVATOfNonPayer      = diag.Warning.Code("vat-of-non-payer", "mode")
	CodeVATModeContradicts = diag.Warning.Code("vat-mode-contradicts", "mode")
)

// Compute finds the VAT level of each line and gives the sums that POHODA will
// compute. The Lines of the result are those of the document; a line whose level
// cannot be found has none, and is computed with the percent that it states. The
// issues are those of VAT; a document without a date has no levels, and Check
// says why.
func Compute(doc *trade.Document, settings Settings) (vat.Totals, diag.List) {
	t := &taxer{doc: doc, set: settings.withDefaults(), day: doc.VATDay()}
	lines := make([]vat.Line, len(doc.Lines), len(doc.Lines)+len(doc.Advances))
	for i := range doc.Lines {
		lines[i] = t.line(i, &doc.Lines[i])
	}
	if doc.Kind == trade.Invoice {
		for i := range doc.Advances {
			amount := doc.Advances[i].Gross.Or(vat.Plus(doc.Advances[i].Net.Or(money.Zero), doc.Advances[i].VAT.Or(money.Zero)))
			lines = append(lines, vat.Line{UnitPrice: amount.Abs().Neg(), Deduction: true})
		}
	}
	totals := vat.Compute(lines, vat.Policy{
		Document: doc.Rounding.Document, VAT: doc.Rounding.VAT, Method: t.method(),
	})
	totals.Lines = totals.Lines[:len(doc.Lines)]
	t.ossNotes()
	return totals, t.issues
}

// taxer finds the VAT of the lines of one document.
type taxer struct {
	doc    *trade.Document
	set    Settings
	day    vat.Day
	issues diag.List
	// warned says that a warning which concerns all lines was given.
	warned bool
	// sold says that a rate of the buyer's country is written.
	sold bool
}

// levels are POHODA's values for those of the record.
var levels = map[trade.VATCode]vat.Level{
	"none": vat.None, "high": vat.High, "low": vat.Low, "third": vat.Third,
	"history-high": vat.HistoryHigh, "history-low": vat.HistoryLow, "history-third": vat.HistoryThird,
}

func (t *taxer) line(i int, line *trade.Line) vat.Line {
	level, percent, issue := t.level(line)
	reverse := t.set.ReverseCharged(t.doc, line)
	if reverse && t.set.Reverse == ReverseByClass {
		reverse, level, percent, issue = false, vat.None, money.Zero, nil
	}
	if issue != nil {
		t.issues.Add(issue.WithPath(linePath(i, cmp.Or(issue.Path, "vatRate"))))
	}
	return vat.Line{
		UnitPrice: line.UnitPrice, Quantity: line.Quantity, Discount: line.DiscountPercent,
		Percent: percent, Level: level,
		Gross:     t.doc.PricesIncludeVAT.IsYes(),
		Reverse:   reverse,
		Deduction: t.doc.Kind == trade.Invoice && line.Kind == trade.AdvanceLine,
	}
}

// level finds at which level and percent a line is taxed.
func (t *taxer) level(line *trade.Line) (vat.Level, money.Decimal, *diag.Issue) {
	switch {
	case t.set.untaxes(t.doc):
		return vat.None, money.Zero, t.once(line.VATRate, CodeVATOfNonPayer)
	case t.day == 0:
		return "", line.VATRate, nil
	case line.VATCode != "" && !t.isSold(line):
		return t.stated(line)
	case !line.VATRate.IsSet():
		if t.untaxed() || line.Kind == trade.RoundingLine || line.Kind == trade.TextLine && line.UnitPrice.Sign() == 0 {
			return vat.None, money.Zero, nil
		}
		return "", line.VATRate, diag.New(CodeVATRateMissing, t.known()...)
	case t.doc.VATMode == trade.OneStopShop:
		return t.oss(line)
	}
	level, issue := t.valid(line.VATRate)
	if issue == nil && t.untaxed() {
		issue = t.once(line.VATRate, CodeVATModeContradicts)
	}
	return level, line.VATRate, issue
}

// untaxed tells regimes in which a line without a rate has none.
func (t *taxer) untaxed() bool {
	return t.doc.VATMode == trade.IntraEU || t.doc.VATMode == trade.ExportOutside || t.doc.VATMode == trade.Exempt
}

// once warns of a rate that the regime contradicts, on the first such line.
func (t *taxer) once(rate money.Decimal, code diag.Code) *diag.Issue {
	if t.warned || rate.Sign() == 0 {
		return nil
	}
	t.warned = true
	return diag.Warn(code, "mode", string(t.doc.VATMode)).WithValue(rate.String())
}

// valid finds the level of a rate that is valid on the day, or was when the
// document that this one corrects was issued.
func (t *taxer) valid(rate money.Decimal) (vat.Level, *diag.Issue) {
	level, issue := t.set.Rates.Level(t.set.Country, t.day, rate)
	if issue == nil {
		return level, nil
	}
	corrected := t.corrected()
	switch {
	case corrected == nil:
		return "", t.whose(rate, issue)
	case corrected.Date.IsZero():
		return t.set.Rates.Past(t.set.Country, t.day, rate)
	}
	level, issue = t.set.Rates.Level(t.set.Country, corrected.Date.VATDay(), rate)
	return level.History(), issue
}

// whose names the country that has a rate which the unit's has not: the buyer's, or the
// other one whose units POHODA is for.
func (t *taxer) whose(rate money.Decimal, unknown *diag.Issue) *diag.Issue {
	if unknown.Code != vat.CodeRateUnknown {
		return unknown
	}
	code, country := CodeVATRateOfBuyer, ""
	if _, partner := t.doc.Partner(); partner != nil {
		country = string(partner.Address.Country)
	}
	other := map[string]string{"CZ": "SK", "SK": "CZ"}[t.set.Country]
	if country == "" || country == t.set.Country || country == other {
		code, country = CodeVATRateOfOther, other
	}
	if country == "" {
		return unknown
	}
	if _, listed, issue := t.set.Rates.Buyer(country, t.day, rate); !listed || issue != nil {
		return unknown
	}
	return diag.New(code, "country", t.set.Country, "day", t.day.String(), "other", country).WithValue(rate.String())
}

// stated takes the level that the record states outright.
func (t *taxer) stated(line *trade.Line) (vat.Level, money.Decimal, *diag.Issue) {
	level, rate := levels[line.VATCode], line.VATRate
	refuse := func(code diag.Code, pairs ...string) *diag.Issue {
		return diag.New(code, pairs...).WithPath("vatCode").WithValue(string(line.VATCode))
	}
	if t.isForeign(level) {
		return "", rate, refuse(CodeVATLevelSlovak)
	}
	if level.IsHistory() {
		switch {
		case t.corrected() == nil:
			return level, rate, refuse(CodeVATHistoryUnasked)
		case !rate.IsSet():
			return level, rate, diag.New(CodeVATRateMissing, t.known()...)
		}
		return level, rate, nil
	}
	percent, ok := t.set.Rates.Written(t.set.Country, t.day, level)
	if !ok {
		return "", rate, refuse(CodeVATLevelUnknown, t.known()...)
	}
	if rate.IsSet() && rate.Cmp(percent) != 0 {
		return level, rate, refuse(CodeVATCodeContradicts, "percent", percent.String(), "rate", rate.String())
	}
	return level, percent, nil
}

// corrected is the older document that this one corrects, if it does.
func (t *taxer) corrected() *trade.Reference {
	for i := range t.doc.References {
		if t.doc.References[i].Kind == trade.CorrectedInvoice {
			return &t.doc.References[i]
		}
	}
	return nil
}

// known are the arguments of a hint that names the valid rates.
func (t *taxer) known() []string {
	if t.doc.VATMode == trade.OneStopShop && t.doc.OSS.Country != "" {
		country := string(t.doc.OSS.Country)
		return []string{"country", country, "day", t.day.String(), "rates", t.set.Rates.BuyerPercents(country, t.day, "")}
	}
	return []string{"country", t.set.Country, "day", t.day.String(), "rates", t.set.Rates.Valid(t.set.Country, t.day)}
}
