package pohoda

import (
	"cmp"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// The rules of a document's head that all agendas share, by the rows that name
// them, and what is done after all rows were read.

// whole hands a part of a document the document itself.
func whole[C any](c C) (C, bool) { return c, true }

// nothing is the list of a row that is only read.
func nothing[C, D any](C) []D { return nil }

// documentSource is the record in its own system; POHODA wants both its parts.
func documentSource(o *documentOf) (*trade.Source, bool) {
	s := &o.doc.Source
	return s, fieldtable.OneLine(s.ID) != "" && fieldtable.OneLine(s.System) != ""
}

func writeTitle(o *documentOf) (string, bool) {
	if o.doc.Text != "" {
		return fieldtable.Text.Format(o.doc.Text)
	}
	return fieldtable.Text.Format(o.doc.Title)
}

// partnerFor is the other side of a document, never nil, so that its rows need not ask.
func partnerFor(doc *trade.Document) *trade.Party {
	if _, party := doc.Partner(); party != nil {
		return party
	}
	return &trade.Party{}
}

func documentPartner(o *documentOf) (partnerOf, bool) {
	p := partnerOf{party: o.partner, shipTo: o.doc.ShipTo, set: o.set}
	if p.shipTo == nil && len(o.partner.ShipTo) > 0 {
		p.shipTo = &o.partner.ShipTo[0]
	}
	return p, true
}

// paymentTypes are POHODA's kinds of payment (type.xsd, paymentType). An online
// payment has none: the unit's own form is named by maps.payment.
var paymentTypes = map[trade.PaymentMethod]string{
	"bank-transfer":    "draft",
	"cash":             "cash",
	"cash-on-delivery": "delivery",
	"card":             "creditcard",
	"advance":          "advance",
	"offset":           "compensation",
	"cheque":           "cheque",
	"postal":           "postal",
	"encashment":       "encashment",
}

// writePaymentType names the kind of payment where no form of the unit is named.
func writePaymentType(o *documentOf) (string, bool) {
	kind, ok := paymentTypes[o.doc.Payment.Method]
	return kind, ok && o.doc.Payment.MethodName == ""
}

func readPaymentType(o *documentOf, s string) *diag.Issue {
	for method, kind := range paymentTypes {
		if kind == strings.TrimSpace(s) {
			o.doc.Payment.Method = method
			return nil
		}
	}
	return fieldtable.Unreadable(s)
}

// writeMethod says how VAT is taken out of gross prices where the record does, and where
// the sums rest on another method than that of the day.
func writeMethod(o *documentOf) (string, bool) {
	country := o.set.Unit.Country
	method := o.totals.Method
	differs := o.doc.Rounding.Method != "" || method != "" && method != vat.MethodOn(country, o.doc.VATDay())
	return string(cmp.Or(o.doc.Rounding.Method, method)), differs && country == "CZ"
}

// finishLines finds the rates of the lines, and says where a level was read that is not
// proven. reverse tells that the VAT of some is reverse charged.
func (o *documentOf) finishLines(r *fieldtable.Reader, day vat.Day) (reverse bool) {
	third := o.sums.third.Net.Sign() != 0 && !o.sums.thirdRate.IsSet()
	for i := range o.doc.Lines {
		line := &o.doc.Lines[i]
		third = third || line.VATCode == levelCodes[vat.Third] && !line.VATRate.IsSet()
		reverse = reverse || line.ReverseCharge.IsYes()
		finishLine(line, o.set, day)
	}
	if country := o.set.Unit.Country; third && o.set.Rates.IsUnproven(country, day, vat.Third) {
		percent, _ := o.set.Rates.Percent(country, day, vat.Third)
		r.Issues.Add(diag.Notice(CodeThirdRead, "country", country, "day", day.String(), "percent", percent.String()))
	}
	return reverse
}

// CodeThirdRead says that the third level was read as a percent that is not proven.
var CodeThirdRead = diag.Note.Code("vat-third-read", "country", "day", "percent")

// pages are the attachments that have an address.
func pages(all []trade.Attachment) []*trade.Attachment {
	var some []*trade.Attachment
	for i := range all {
		if all[i].URL != "" {
			some = append(some, &all[i])
		}
	}
	return some
}

// finish fills what the elements say together, after all of them were read.
func (o *documentOf) finish(r *fieldtable.Reader) {
	doc := o.doc
	o.gatherLinks(r)
	if doc.ShipTo.IsZero() {
		doc.ShipTo = nil
	}
	if !o.partner.Unnamed() {
		if role, _ := doc.Partner(); role == trade.SupplierRole {
			doc.Supplier = o.partner
		} else {
			doc.Customer = o.partner
		}
	}
	if doc.Currency == "" && !o.foreign {
		doc.Currency = money.Home(o.set.Unit.Country)
	}
	if doc.OSS.Country != "" {
		doc.VATMode = trade.OneStopShop
	}
	day := doc.VATDay()
	reverse := o.finishLines(r, day)
	// In a foreign currency the sums by rate are still those of the home one.
	if !o.foreign {
		totals := &doc.Totals
		totals.ByRate = o.sums.byRate(o.set.Rates, o.set.Unit.Country, day, !reverse)
		totals.Amounts = o.sums.totals(totals.ByRate)
		totals.Rounding = o.sums.rounding
		totals.Payable = vat.Plus(totals.Gross, totals.Rounding).Or(totals.Payable)
	}
}

// slovakFields are elements that the Slovak edition alone fills (type.xsd,
// invoice.xsd; reference ADDENDA-3 18).
var slovakFields = []string{"icDph", "classificationKVDPH", "numberKVDPH", "CodePDP"}

// thirdLevel are elements of the third rate level. Czech files have them as well, of
// the years in which there was a Czech rate of 10 %.
var thirdLevel = []string{"price3", "price3VAT", "price3Sum"}

// IsSlovak tells whether a document shows by fields of the Slovak edition that its
// unit is Slovak.
func IsSlovak(document *etree.Element) bool {
	third := !vat.Default.IsUnproven("CZ", dayOf(document), vat.Third)
	return anyElement(document, func(el *etree.Element) bool {
		text := strings.TrimSpace(el.Text())
		switch {
		case slices.Contains(slovakFields, el.Tag):
			return text != "" || len(el.ChildElements()) > 0
		case !third:
			return false
		case slices.Contains(thirdLevel, el.Tag):
			return strings.Trim(text, "0.") != ""
		}
		return el.Tag == "rateVAT" && (text == string(vat.Third) || text == string(vat.HistoryThird))
	})
}

// dayOf is the day whose rates a document has: the tax date, else its own.
func dayOf(document *etree.Element) vat.Day {
	var days [2]vat.Day
	anyElement(document, func(el *etree.Element) bool {
		for i, tag := range []string{"dateTax", "date"} {
			if d, issue := dateCodec.Parse(el.Text()); el.Tag == tag && days[i] == 0 && issue == nil {
				days[i] = (&trade.Document{IssueDate: d}).VATDay()
			}
		}
		return false
	})
	if days[0] != 0 {
		return days[0]
	}
	return days[1]
}

func anyElement(el *etree.Element, is func(*etree.Element) bool) bool {
	if is(el) {
		return true
	}
	for _, child := range el.ChildElements() {
		if anyElement(child, is) {
			return true
		}
	}
	return false
}
