package check

import (
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// The codes of what is wrong with a party.
var (
	CodeCustomerMissing  = diag.Refused.Code("customer-missing")
	CodeCustomerNameless = diag.Refused.Code("customer-nameless", "id")
	CodeSupplierMissing  = diag.Refused.Code("supplier-missing")
	CodeSupplierNameless = diag.Refused.Code("supplier-nameless", "id")
	CodeAddressMissing   = diag.Warning.Code("address-missing", "name")
	CodeCountryUnknown   = diag.Warning.Code("country-unknown")
	CodeICOChecksum      = diag.Refused.Code("ico-checksum")
	CodeICOShape         = diag.Refused.Code("ico-shape")
	CodeTaxIDShape       = diag.Warning.Code("tax-id-shape")
	CodeVATIDShape       = diag.Warning.Code("vat-id-shape")
)

// absentParty are the codes for a partner that is not there at all, and for one
// of which nothing but an id is known.
var absentParty = map[trade.Role][2]diag.Code{
	trade.CustomerRole: {CodeCustomerMissing, CodeCustomerNameless},
	trade.SupplierRole: {CodeSupplierMissing, CodeSupplierNameless},
}

// partner checks the party on the other side of the document.
func (c *checker) partner() {
	role, party := c.doc.Partner()
	path := string(role)
	switch {
	case party.Unnamed() && (party == nil || party.ID == ""):
		c.add(diag.New(absentParty[role][0]).WithPath(path))
		return
	case party.Unnamed():
		c.add(diag.New(absentParty[role][1], "id", party.ID).WithPath(path).WithValue(party.ID))
		return
	}
	if party.PohodaID == 0 && party.Address.Street == "" && party.Address.City == "" {
		c.add(diag.Warn(CodeAddressMissing, "name", party.DisplayName()).WithPath(path + ".address"))
	}
	c.country(path, party.Address.Country)
	if c.doc.ShipTo != nil {
		c.country("shipTo", c.doc.ShipTo.Address.Country)
	}
	home := string(party.Address.Country)
	if home == "" {
		home = c.set.Country
	}
	c.ico(path, party.RegistrationID, home)
	if !taxIDPlausible(party.TaxID, home) {
		c.add(diag.Warn(CodeTaxIDShape).WithPath(path + ".taxId").WithValue(party.TaxID))
	}
	if !vatIDPlausible(party.VATID) {
		c.add(diag.Warn(CodeVATIDShape).WithPath(path + ".vatId").WithValue(party.VATID))
	}
}

func (c *checker) country(path string, country trade.Country) {
	if country != "" && !country.Known() {
		c.add(diag.Warn(CodeCountryUnknown).WithPath(path + ".address.country").WithValue(string(country)))
	}
}

// ico checks a Czech or Slovak IČO: eight digits, in Czechia with a check digit.
// Not every real Slovak one passes it (reference INPUTS 9). What is longer than
// an IČO is refused in any case, since nobody can tell what was meant.
func (c *checker) ico(path, ico, country string) {
	if ico == "" || country != "CZ" && country != "SK" {
		return
	}
	mode := c.set.ICO
	if country == "SK" {
		mode = Warn
	}
	code := CodeICOShape
	switch {
	case len(ico) > 8:
		mode = Refuse
	case mode == Off:
		return
	case isDigits(ico, 8, 8):
		if country == "SK" || ValidICO(ico) {
			return
		}
		code = CodeICOChecksum
	}
	c.add(mode.issue(code).WithPath(path + ".registrationId").WithValue(ico))
}

// ValidICO tells whether a Czech IČO has eight digits and the right check digit:
// with the weights 8 to 2 and a = sum mod 11 it is (11 − a) mod 10.
func ValidICO(ico string) bool {
	if !isDigits(ico, 8, 8) {
		return false
	}
	sum := 0
	for i := range 7 {
		sum += (8 - i) * int(ico[i]-'0')
	}
	return int(ico[7]-'0') == (11-sum%11)%10
}

// taxIDPlausible looks at a DIČ: CZ and 8 to 10 digits, in Slovakia 10 digits
// without a prefix; a foreign number is a VAT number.
func taxIDPlausible(id, country string) bool {
	if hasPrefix(id) {
		return vatIDPlausible(id)
	}
	return id == "" || country != "CZ" && country != "SK" || country == "SK" && isDigits(id, 10, 10)
}

// vatIDPlausible looks at a VAT number: the Slovak IČ DPH is SK and 10 digits
// that 11 divides, others are two letters and 2 to 13 letters or digits.
func vatIDPlausible(id string) bool {
	if id == "" {
		return true
	}
	if !hasPrefix(id) {
		return false
	}
	switch number := id[2:]; id[:2] {
	case "CZ":
		return isDigits(number, 8, 10)
	case "SK":
		n, err := strconv.ParseInt(number, 10, 64)
		return isDigits(number, 10, 10) && err == nil && n%11 == 0
	default:
		strange := func(r rune) bool { return (r < '0' || r > '9') && (r < 'A' || r > 'Z') }
		return len(number) >= 2 && len(number) <= 13 && !strings.ContainsFunc(number, strange)
	}
}

func hasPrefix(id string) bool {
	letter := func(b byte) bool { return b >= 'A' && b <= 'Z' }
	return len(id) >= 2 && letter(id[0]) && letter(id[1])
}

func isDigits(s string, least, most int) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) >= least && len(s) <= most
}
