package eform

import "github.com/gopohoda/pohoda/pkg/trade"

// placeless are the fields that an order of POHODA holds and the format does
// not. The ids by which POHODA finds a record again are not among them: nobody
// would miss them in a file that is opened by hand.
var placeless = []struct {
	field string
	given func(o *orderOf) bool
}{
	{"externalNumber", func(o *orderOf) bool { return o.doc.ExternalNumber != "" }},
	{"numberSeries", func(o *orderOf) bool { return o.doc.NumberSeries != "" }},
	{"deliverFrom", func(o *orderOf) bool { return !o.doc.DeliverFrom.IsZero() }},
	{"deliverUntil", func(o *orderOf) bool { return !o.doc.DeliverUntil.IsZero() }},
	{"customer.mobile", func(o *orderOf) bool { return o.customer.Mobile != "" }},
	{"customer.vatId", func(o *orderOf) bool {
		return o.customer.VATID != "" && o.customer.VATID != o.customer.TaxNumber(o.set.Country)
	}},
	{"customer.vatPayer", func(o *orderOf) bool { return o.customer.VATPayer.IsSet() }},
	{"customer.address.country", func(o *orderOf) bool { return o.isAbroad(o.customer.Address) }},
	{"shipTo.address.country", func(o *orderOf) bool { return o.shipTo != nil && o.isAbroad(o.shipTo.Address) }},
	{"shipTo.phone", func(o *orderOf) bool { return o.shipTo != nil && o.shipTo.Phone != "" }},
	{"shipTo.email", func(o *orderOf) bool { return o.shipTo != nil && o.shipTo.Email != "" }},
	{"shipTo.pickupPoint", func(o *orderOf) bool { return o.shipTo != nil && o.shipTo.PickupPoint != "" }},
	{"owner", func(o *orderOf) bool { return o.doc.Owner.Name != "" }},
	{"payment.methodName", func(o *orderOf) bool { return o.doc.Payment.MethodName != "" }},
	{"payment.variableSymbol", func(o *orderOf) bool { return o.doc.Payment.VariableSymbol != "" }},
	{"payment.constantSymbol", func(o *orderOf) bool { return o.doc.Payment.ConstantSymbol != "" }},
	{"payment.specificSymbol", func(o *orderOf) bool { return o.doc.Payment.SpecificSymbol != "" }},
	{"payment.termsDays", func(o *orderOf) bool { return o.doc.Payment.TermsDays.IsSet() }},
	{"payment.account", func(o *orderOf) bool { return o.doc.Payment.Account != trade.BankAccount{} }},
	{"dueDate", func(o *orderOf) bool { return !o.doc.DueDate.IsZero() }},
	{"centre", func(o *orderOf) bool { return o.doc.Centre != "" }},
	{"activity", func(o *orderOf) bool { return o.doc.Activity != "" }},
	{"project.number", func(o *orderOf) bool { return o.doc.Project.Number != "" }},
	{"priceLevel", func(o *orderOf) bool { return o.doc.PriceLevel != "" }},
	{"carrier", func(o *orderOf) bool { return o.doc.Carrier != "" }},
	{"reserve", func(o *orderOf) bool { return o.doc.Reserve.IsSet() }},
	{"permanent", func(o *orderOf) bool { return o.doc.Permanent.IsSet() }},
	{"oss", func(o *orderOf) bool { return o.doc.OSS.Country != "" || o.doc.OSS.Evidence != nil }},
	{"internalNote", func(o *orderOf) bool { return o.doc.InternalNote != "" }},
	{"labels", func(o *orderOf) bool { return o.doc.Labels != nil }},
	{"parameters", func(o *orderOf) bool { return o.doc.Parameters != nil }},
	{"attachments", func(o *orderOf) bool { return o.doc.Attachments != nil }},
	{"rounding", func(o *orderOf) bool { return o.doc.Rounding != trade.Rounding{} }},
	{"lines[].unit", ofLine(func(l *trade.Line) bool { return l.Unit != "" })},
	{"lines[].description", ofLine(func(l *trade.Line) bool { return l.Description != "" })},
	{"lines[].note", ofLine(func(l *trade.Line) bool { return l.Note != "" })},
	{"lines[].store", ofLine(func(l *trade.Line) bool { return l.Store != "" && l.Linked() })},
	{"lines[].sku", ofLine(func(l *trade.Line) bool { return l.SKU != "" && !l.Linked() })},
	{"lines[].deliveredQuantity", ofLine(func(l *trade.Line) bool { return l.DeliveredQuantity.IsSet() })},
	{"lines[].project", ofLine(func(l *trade.Line) bool { return l.Project != "" })},
	{"lines[].centre", ofLine(func(l *trade.Line) bool { return l.Centre != "" })},
	{"lines[].activity", ofLine(func(l *trade.Line) bool { return l.Activity != "" })},
	{"lines[].ossService", ofLine(func(l *trade.Line) bool { return l.OSSService != "" })},
	{"lines[].parameters", ofLine(func(l *trade.Line) bool { return l.Parameters != nil })},
}

func ofLine(given func(*trade.Line) bool) func(*orderOf) bool {
	return func(o *orderOf) bool {
		for i := range o.doc.Lines {
			if given(&o.doc.Lines[i]) {
				return true
			}
		}
		return false
	}
}

func (o *orderOf) isAbroad(a trade.Address) bool {
	return a.Country != "" && string(a.Country) != o.set.Country
}

// leftOut lists the fields of an order that the format has no place for.
func leftOut(o *orderOf) []string {
	var lost []string
	for _, p := range placeless {
		if p.given(o) {
			lost = append(lost, p.field)
		}
	}
	return lost
}
