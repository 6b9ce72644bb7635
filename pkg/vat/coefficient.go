package vat

import "github.com/gopohoda/pohoda/pkg/money"

// Method is how VAT is taken out of a gross price: a value of POHODA's
// typeCalculateVATInclusivePrice (type.xsd), an element of Czech units alone. The
// zero value computes as NewMethod.
type Method string

// The methods. NewMethod is gross × rate / (100 + rate); OriginalMethod is gross ×
// the coefficient rate / (100 + rate) rounded to four places, of the Czech VAT Act
// until the amendment of 2019 (act 80/2019).
const (
	NewMethod      Method = "VATNewMethod"
	OriginalMethod Method = "VATOriginalMethod"
)

// Values lists the values that a reader takes.
func (Method) Values() []string { return []string{string(NewMethod), string(OriginalMethod)} }

// The days of the change in Czechia (reference ADDENDA-3 19): the new method from the
// first on, the coefficient beside it until the second.
const (
	newMethodFrom    Day = 20190401
	coefficientUntil Day = 20190930
)

// MethodOn is the method by which POHODA takes VAT out of a gross price of a day
// where the document does not say which: in Slovak units always the new one.
func MethodOn(country string, day Day) Method {
	if country == "CZ" && day != 0 && day < newMethodFrom {
		return OriginalMethod
	}
	return NewMethod
}

// EitherMethod tells the days on which sellers were free to use the coefficient
// still.
func EitherMethod(country string, day Day) bool {
	return country == "CZ" && day >= newMethodFrom && day <= coefficientUntil
}

// tax is the VAT of a price without VAT, or in one with it, before rounding.
func (m Method) tax(price, percent money.Decimal, gross bool) money.Decimal {
	if gross {
		return m.taxIn(price, percent)
	}
	return price.Percent(percent)
}

// taxIn is the VAT in a gross price before rounding. Eight places are far finer than
// the distance of any such quotient from a half.
func (m Method) taxIn(gross, percent money.Decimal) money.Decimal {
	whole := hundred.Add(percent)
	if m == OriginalMethod {
		return gross.Mul(percent.Div(whole, 4))
	}
	return gross.Mul(percent).Div(whole, 8)
}
