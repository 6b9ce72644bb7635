package pohoda

import (
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

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
