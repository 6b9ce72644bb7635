// Package pohoda speaks POHODA's XML of version 2: one file an agenda, both
// ways, by field tables; the shared typ: tables; the pack that carries documents
// and the identity by which POHODA recognises what it has already taken.
//
// Nothing here was tried on a running POHODA: what the schemas do not prove is
// marked at its place.
package pohoda

import "github.com/gopohoda/pohoda/pkg/xmlio"

// uri is where every namespace of the format begins; "https" is another
// namespace and is refused by the schemas (reference FORMAT, section 0).
const uri = "http://www.stormware.cz/schema/version_2/"

// prefixes are the customary prefixes and their schema files (reference FORMAT,
// section 1.5), also of agendas that the tool does not speak: names of elements
// stand in these prefixes everywhere in the tool. Those of its own agendas stand
// with them.
var prefixes = map[string]string{
	"dat": "data.xsd", "rsp": "response.xsd", "rdc": "documentresponse.xsd", "typ": "type.xsd",
	"ftr": "filter.xsd", "lst": "list.xsd", "lStk": "list_stock.xsd", "lAdb": "list_addBook.xsd",
	"lCen": "list_centre.xsd", "lAcv": "list_activity.xsd", "lCon": "list_contract.xsd",
	"acu": "accountingunit.xsd", "ofr": "offer.xsd", "enq": "enquiry.xsd", "con": "contract.xsd",
	"adb": "addressbook.xsd", "stk": "stock.xsd", "sto": "store.xsd", "str": "storage.xsd",
	"grs": "groupStocks.xsd", "ctg": "category.xsd", "prm": "parameter.xsd", "ipm": "intParam.xsd",
	"idp": "individualPrice.xsd", "acp": "actionPrice.xsd", "dis": "discount.xsd", "sup": "supplier.xsd",
	"vch": "voucher.xsd", "bnk": "bank.xsd", "bka": "bankAccount.xsd", "pro": "prodejka.xsd",
	"pri": "prijemka.xsd", "vyd": "vydejka.xsd", "pre": "prevodka.xsd", "vyr": "vyroba.xsd", "int": "intDoc.xsd",
	"bal": "balance.xsd", "mov": "movement.xsd", "req": "productRequirement.xsd", "srv": "service.xsd",
	"ilt": "inventoryLists.xsd", "nms": "numericalSeries.xsd", "gdp": "GDPR.xsd", "cen": "centre.xsd",
	"acv": "activity.xsd", "csh": "cashRegister.xsd", "pay": "payment.xsd", "prn": "print.xsd",
	"lck": "lock.xsd", "isd": "isdoc.xsd", "sEET": "sendEET.xsd", "mKasa": "mKasa.xsd", "act": "accountancy.xsd",
	"est": "establishment.xsd", "afp": "accountingFormOfPayment.xsd", "vat": "classificationVAT.xsd",
	"rgn": "registrationNumber.xsd", "asv": "accountingSalesVouchers.xsd", "arch": "archive.xsd",
	"rec": "recyclingContrib.xsd", "rul": "rulesPairing.xsd", "lwl": "liquidationWithoutLink.xsd",
	"lqd": "automaticLiquidation.xsd", "apf": "advancePartFulfilment.xsd", "uag": "userAgenda.xsd",
	"gps": "GPSR.xsd", "abs": "absence.xsd", "wge": "wageElements.xsd", "wld": "workLoad.xsd",
}

// Namespaces are the customary prefixes of the format.
func Namespaces() *xmlio.Namespaces { return xmlio.NewNamespaces(URIs()) }

// URIs gives the namespace of each customary prefix.
func URIs() map[string]string {
	all := map[string]string{}
	for prefix, file := range prefixes {
		all[prefix] = uri + file
	}
	for _, a := range Agendas() {
		all[a.Prefix] = uri + a.Schema
	}
	return all
}

// Attribute is the value of an attribute without a namespace, "" where there is none.
func Attribute(attrs []xmlio.Attr, name string) string {
	for _, a := range attrs {
		if a.Name == (xmlio.Name{Local: name}) {
			return a.Value
		}
	}
	return ""
}
