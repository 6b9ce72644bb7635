package money

import "strings"

// Currency is an ISO 4217 code in capitals, such as "CZK".
type Currency string

// Known tells whether the code is a currency of ISO 4217 in use. The list is
// what a CRM may well send; POHODA itself takes only the currencies listed in
// the accounting unit (agenda Cizí měny).
func (c Currency) Known() bool { _, ok := known[c]; return ok }

// Home is the home currency of an accounting unit by its country.
func Home(country string) Currency {
	if country == "SK" {
		return "EUR"
	}
	return "CZK"
}

var known = codes(`AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD
BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP
GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG`)

func codes(list string) map[Currency]struct{} {
	set := map[Currency]struct{}{}
	for code := range strings.FieldsSeq(list) {
		set[Currency(code)] = struct{}{}
	}
	return set
}
