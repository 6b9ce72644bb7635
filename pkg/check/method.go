package check

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/vat"
)

// method is how POHODA will take the VAT out of the gross prices of a document: as
// the document says, else by its day. Slovak units have one method.
func (t *taxer) method() vat.Method {
	if stated := t.doc.Rounding.Method; stated != "" && t.set.Country == "CZ" {
		return stated
	}
	return vat.MethodOn(t.set.Country, t.day)
}

// byCoefficient tells whether the claimed sums of gross prices are those of the
// coefficient on the days on which either method was right, and gives them. They say
// nothing against an order or an offer, for which POHODA computes by the new method; a
// document that the customer holds already is to be computed as it was.
func (c *checker) byCoefficient() (vat.Totals, bool) {
	doc := c.doc
	free := doc.Rounding.Method == "" && doc.PricesIncludeVAT.IsYes() && vat.EitherMethod(c.set.Country, doc.VATDay())
	if !free || c.claimsFit(vat.NewMethod) || !c.claimsFit(vat.OriginalMethod) {
		return vat.Totals{}, false
	}
	sums, _ := Compute(doc, c.set)
	if !doc.Kind.IsPlan() {
		original := *doc
		original.Rounding.Method = vat.OriginalMethod
		sums, _ = Compute(&original, c.set)
	}
	return sums, true
}

// claimsFit tells whether nothing that the source claims differs from what a method
// gives.
func (c *checker) claimsFit(method vat.Method) bool {
	doc := *c.doc
	doc.Rounding.Method = method
	trial := &checker{doc: &doc, set: c.set, unsure: c.unsure}
	trial.checkStatedTotals()
	for _, issue := range trial.issues {
		if strings.HasPrefix(string(issue.Code), "total-") {
			return false
		}
	}
	return true
}
