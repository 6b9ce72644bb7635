package unit

import (
	"cmp"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The codes of a rounding that does not hold for a document.
var (
	CodeFiveCentsNone = diag.Note.Code("rounding-five-cents", "currency", "day", "method")
	// CodeCashPart: of the total only {rest} are paid in cash.
	CodeCashPart       = diag.Note.Code("rounding-cash-part", "cash", "rest", "total")
	CodeVATRoundingOut = diag.Warning.Code("rounding-vat-country", "country")
	// CodeMethodSlovak: a Slovak unit does not know the method {value}.
	CodeMethodSlovak = diag.Warning.Code("vat-method-slovak")
)

// roundingFor is how the unit rounds documents in a currency. Its common roundings
// are for the home currency: whole crowns are no whole euros. Where they do not
// hold, none is written, since POHODA takes an absent one from its global setting
// (reference ADDENDA-3, 16). A method of computing VAT holds in every currency, a
// step to which VAT is rounded is an amount of the home one.
func roundingFor(all config.TargetRounding, currency, home money.Currency) trade.Rounding {
	rule := trade.Rounding{Document: all.Document, VAT: vat.Rounding(all.VAT), CalculateVAT: flagOf(all.CalculateVAT)}
	if currency != home {
		rule.CalculateVAT = trade.Unset
		if rule.Document != "" {
			rule.Document = money.RoundNone
		}
		if rule.VAT.IsStep() {
			rule.VAT = vat.RoundNone
		}
	}
	own := all.Currencies[string(currency)]
	return overlay(rule, trade.Rounding{Document: own.Document, VAT: vat.Rounding(own.VAT), CalculateVAT: flagOf(own.CalculateVAT)})
}

// overlay puts what is set over what is not.
func overlay(under, over trade.Rounding) trade.Rounding {
	if over.Document != "" {
		under.Document = over.Document
	}
	if over.VAT != "" {
		under.VAT = over.VAT
	}
	if over.CalculateVAT.IsSet() {
		under.CalculateVAT = over.CalculateVAT
	}
	if over.Method != "" {
		under.Method = over.Method
	}
	return under
}

func flagOf(b *bool) trade.Flag {
	if b == nil {
		return trade.Unset
	}
	return trade.FlagOf(*b)
}

// fiveCents is the day from which Slovak cash is rounded to five cents (act 457/2021).
var fiveCents = vat.DayOf(2022, 7, 1)

// rounding fills how the document is rounded, and takes back what its unit does not
// have: five cents are for cash, and the Slovak edition rounds no VAT to a step.
func (u *Defaults) rounding(doc *trade.Document, own config.TargetRounding, issues *diag.List) {
	unit := u.config.Unit
	home := money.Home(unit.Country)
	doc.Rounding = overlay(roundingFor(own, doc.Currency, home), doc.Rounding)
	if unit.Country != "SK" {
		return
	}
	r := &doc.Rounding
	if r.Document == money.MathToFiveCent {
		if issue := u.notFiveCents(doc, home); issue != nil {
			issues.Add(issue.WithPath("rounding.document").WithValue(string(r.Document)))
			r.Document = money.RoundNone
		}
	}
	if r.VAT != "" && !r.VAT.IsSlovak() {
		issues.Add(diag.Warn(CodeVATRoundingOut, "country", unit.Country).WithPath("rounding.vat").WithValue(string(r.VAT)))
		r.VAT = vat.RoundNone
	}
	if r.Method == vat.OriginalMethod {
		issues.Add(diag.Warn(CodeMethodSlovak).WithPath("rounding.method").WithValue(string(r.Method)))
	}
	r.Method = ""
}

// notFiveCents says why a Slovak document is not rounded to five cents: they are for
// what is paid with coins, in euros, since there are none below. A way of payment that
// is not known is not cash.
func (u *Defaults) notFiveCents(doc *trade.Document, home money.Currency) *diag.Issue {
	cash := doc.Payment.Method == "cash" && (doc.VATDay() == 0 || doc.VATDay() >= fiveCents)
	if doc.Currency != home || !cash {
		return diag.Notice(CodeFiveCentsNone, "currency", string(doc.Currency),
			"method", cmp.Or(string(doc.Payment.Method), "?"), "day", doc.IssueDate.String())
	}
	sums, _ := check.Compute(doc, u.checks)
	rest, part := cashPart(doc, sums.Gross)
	if !part {
		return nil
	}
	return diag.Notice(CodeCashPart, "total", sums.Gross.Fixed(2), "rest", rest.Fixed(2), "cash", money.MathToFiveCent.Apply(rest).Fixed(2))
}

// cashPart is what is left of a total that is paid in part already, and whether that
// is a part: how the other one was paid is not known, so only the rest is cash.
func cashPart(doc *trade.Document, gross money.Decimal) (rest money.Decimal, part bool) {
	rest = doc.Payment.AmountDue
	if doc.Payment.PaidAmount.IsSet() {
		rest = vat.Minus(gross, doc.Payment.PaidAmount)
	}
	// A total that is paid, or not paid, may be so with its rounding.
	most := money.MathToFiveCent.Apply(gross).Sub(gross).Abs()
	return rest, rest.Cmp(most) > 0 && rest.Cmp(gross.Sub(most)) < 0
}
