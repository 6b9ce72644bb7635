package check

import (
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The codes of levels that are not those of the unit's own rates.
var (
	// CodeVATLevelSlovak: the level exists in Slovak units only.
	CodeVATLevelSlovak = diag.Refused.Code("vat-level-slovak")
	// CodeVATOSSLevel: the buyer's rates are not known, {level} is the record's word or
	// follows from the percent.
	CodeVATOSSLevel = diag.Warning.Code("vat-oss-level", "country", "day", "level")
	// CodeVATOSSCode: the level is one of the unit's own rates.
	CodeVATOSSCode = diag.Refused.Code("vat-oss-code")
	// CodeVATOSSUnproven: how POHODA takes the levels of foreign rates is not proven.
	CodeVATOSSUnproven = diag.Note.Code("vat-oss-unproven")
	// CodeVATRateOfBuyer: a rate is none of the unit's country, but one of the buyer's,
	// {other}.
	CodeVATRateOfBuyer = diag.Refused.Code("vat-rate-of-buyer", "country", "day", "other")
	// CodeVATRateOfOther: a rate is none of the unit's country, but one of the other country
	// whose units POHODA is for, {other}.
	CodeVATRateOfOther = diag.Refused.Code("vat-rate-of-other", "country", "day", "other")
	// CodeOSSCountryMissing: the document does not name the buyer's country.
	CodeOSSCountryMissing = diag.Refused.Code("oss-country-missing")
	// CodeOSSEvidenceMissing: nothing proves where the buyer is.
	CodeOSSEvidenceMissing = diag.Note.Code("oss-evidence-missing")
)

// isForeign tells the levels that the unit does not have: the third ones exist in
// Slovak units alone (type.xsd, vatRateEnum).
func (t *taxer) isForeign(level vat.Level) bool {
	third := level == vat.Third || level == vat.HistoryThird
	if !third || t.set.Country == "SK" {
		return false
	}
	_, read := t.set.Rates.Written(t.set.Country, t.day, vat.Third)
	return !read
}

// isSold tells a line that is sold under the One Stop Shop, by a rate of the buyer's
// country.
func (t *taxer) isSold(line *trade.Line) bool {
	return t.doc.VATMode == trade.OneStopShop && line.VATCode != "none"
}

// oss finds the level of a line that is sold under the One Stop Shop. POHODA takes
// the rate as a history level with the percent (vat.Rates.Buyer). A level that the
// record states must be that of the percent, where the table knows it.
func (t *taxer) oss(line *trade.Line) (vat.Level, money.Decimal, *diag.Issue) {
	country, rate, stated := string(t.doc.OSS.Country), line.VATRate, levels[line.VATCode]
	inCode := func(code diag.Code, pairs ...string) (vat.Level, money.Decimal, *diag.Issue) {
		return "", rate, diag.New(code, pairs...).WithPath("vatCode").WithValue(string(line.VATCode))
	}
	switch {
	case country == "":
		return "", rate, nil // Compute says so, once
	case t.isForeign(stated):
		return inCode(CodeVATLevelSlovak)
	case stated != "" && !stated.IsHistory():
		return inCode(CodeVATOSSCode)
	}
	level, listed, issue := t.set.Rates.Buyer(country, t.day, rate)
	if issue != nil {
		return "", rate, issue
	}
	t.sold = t.sold || level != vat.None
	switch third := stated == vat.HistoryThird && level == vat.HistoryLow; {
	case third, !listed && stated != "":
		level = stated
	case stated != "" && stated != level:
		return inCode(CodeVATCodeContradicts, "percent", t.set.Rates.BuyerPercents(country, t.day, stated), "rate", rate.String())
	}
	if !listed {
		issue = diag.Warn(CodeVATOSSLevel, "country", country, "day", t.day.String(), "level", string(level)).WithValue(rate.String())
	}
	return level, rate, issue
}

// ossNotes says what is wrong with a sale under the One Stop Shop as a whole, and what
// of it is not proven.
func (t *taxer) ossNotes() {
	switch {
	case t.doc.VATMode != trade.OneStopShop || t.set.untaxes(t.doc):
		return
	case t.doc.OSS.Country == "":
		t.issues.Add(diag.New(CodeOSSCountryMissing).WithPath("oss.country"))
		return
	}
	if t.sold {
		t.issues.Add(diag.Notice(CodeVATOSSUnproven))
	}
	if len(t.doc.OSS.Evidence) == 0 {
		t.issues.Add(diag.Notice(CodeOSSEvidenceMissing).WithPath("oss.evidence"))
	}
}
