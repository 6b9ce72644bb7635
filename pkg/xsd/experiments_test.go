package xsd_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// pack wraps the contents of an item's dataPack; declarations are all there.
func pack(items string) string {
	declarations := ""
	for _, prefix := range []string{"dat", "ord", "typ", "ftr", "lst", "inv"} {
		declarations += ` xmlns:` + prefix + `="` + house[prefix] + `"`
	}
	return `<dat:dataPack version="2.0" id="P" ico="12345679" application="test" note="" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		declarations + `>` + items + `</dat:dataPack>`
}

func item(content string) string {
	return pack(`<dat:dataPackItem version="2.0" id="D-1">` + content + `</dat:dataPackItem>`)
}

func order(parts string) string { return item(`<ord:order version="2.0">` + parts + `</ord:order>`) }

func header(fields string) string {
	return order(`<ord:orderHeader><ord:orderType>receivedOrder</ord:orderType>` + fields + `</ord:orderHeader>`)
}

func line(fields string) string {
	return order(`<ord:orderDetail><ord:orderItem>` + fields + `</ord:orderItem></ord:orderDetail>`)
}

func summary(fields string) string {
	return order(`<ord:orderSummary>` + fields + `</ord:orderSummary>`)
}

func text(tag, value string) string { return "<" + tag + ">" + value + "</" + tag + ">" }

// experiments are small documents about one question each, with the codes of
// what is wrong with them. They ask what the reference asked of libxml2.
var experiments = []struct {
	name  string
	doc   string
	codes []diag.Code
}{
	{"a header with nothing but its type", header(""), nil},
	{"no header", order(""), nil},
	{"an empty header", order("<ord:orderHeader/>"), nil},
	{"fields of the header in any order", order("<ord:orderHeader>" + text("ord:text", "x") + text("ord:date", "2026-01-02") + text("ord:orderType", "receivedOrder") + "</ord:orderHeader>"), nil},
	{"lines before the header", order("<ord:orderDetail><ord:orderItem/></ord:orderDetail><ord:orderHeader/>"), []diag.Code{xsd.CodeMisplacedElement}},
	{"a field twice", header(text("ord:text", "a") + text("ord:text", "b")), []diag.Code{xsd.CodeDuplicateElement}},
	{"an empty date", header("<ord:dateFrom/>"), []diag.Code{xsd.CodeEmpty}},
	{"an empty text", header("<ord:text/>"), nil},
	{"an empty reference", header("<ord:centre/>"), nil},
	{"an empty code", header("<ord:centre><typ:ids/></ord:centre>"), nil},
	{"an empty id", header("<ord:centre><typ:id/></ord:centre>"), []diag.Code{xsd.CodeEmpty}},
	{"an empty requested number", header("<ord:number><typ:numberRequested/></ord:number>"), []diag.Code{xsd.CodeEmpty}},
	{"a requested number of 32", header("<ord:number>" + text("typ:numberRequested", strings.Repeat("x", 32)) + "</ord:number>"), nil},
	{"a requested number of 33", header("<ord:number>" + text("typ:numberRequested", strings.Repeat("x", 33)) + "</ord:number>"), []diag.Code{xsd.CodeTooLong}},
	{"a code of 19", header("<ord:centre>" + text("typ:ids", strings.Repeat("ř", 19)) + "</ord:centre>"), nil},
	{"a code of 20", header("<ord:centre>" + text("typ:ids", strings.Repeat("ř", 20)) + "</ord:centre>"), []diag.Code{xsd.CodeTooLong}},
	{"a code padded by indentation", header("<ord:centre><typ:ids>\n            BRNO\n          </typ:ids></ord:centre>"), []diag.Code{xsd.CodeTooLong}},
	{"an enumeration padded by blanks", order("<ord:orderHeader><ord:orderType> receivedOrder </ord:orderType></ord:orderHeader>"), []diag.Code{xsd.CodeNotInList}},
	{"a date padded by blanks (libxml2 refuses it, the standard does not)", header("<ord:date> 2026-01-02 </ord:date>"), nil},
	{"a date as people write it", header("<ord:date>02.01.2026</ord:date>"), []diag.Code{xsd.CodeNotDate}},
	{"1 where POHODA wants true", header("<ord:isReserved>1</ord:isReserved>"), []diag.Code{xsd.CodeNotInList}},
	{"1 for a boolean of the standard", line("<ord:PDP>1</ord:PDP>"), nil},
	{"a quantity with a decimal comma", line("<ord:quantity>1,5</ord:quantity>"), []diag.Code{xsd.CodeNotNumber}},
	{"a price with a decimal comma", line("<ord:homeCurrency><typ:unitPrice>1,5</typ:unitPrice></ord:homeCurrency>"), []diag.Code{xsd.CodeNotNumber}},
	{"a price of twelve places", line("<ord:homeCurrency><typ:unitPrice>1.123456789012</typ:unitPrice></ord:homeCurrency>"), nil},
	{"a price below nought", line("<ord:homeCurrency><typ:unitPrice>-1</typ:unitPrice></ord:homeCurrency>"), nil},
	{"a price with a blank between thousands", line("<ord:homeCurrency><typ:unitPrice>1 500.00</typ:unitPrice></ord:homeCurrency>"), []diag.Code{xsd.CodeNotNumber}},
	{"a line's text of 90", line(text("ord:text", strings.Repeat("x", 90))), nil},
	{"a line's text of 91", line(text("ord:text", strings.Repeat("x", 91))), []diag.Code{xsd.CodeTooLong}},
	{"a line end in a line's text", line("<ord:text>a\nb</ord:text>"), nil},
	{"no lines in the detail", order("<ord:orderDetail/>"), []diag.Code{xsd.CodeMissingElement}},
	{"an empty line", line(""), nil},
	{"an unknown rate", line("<ord:rateVAT>second</ord:rateVAT>"), []diag.Code{xsd.CodeNotInList}},
	{"the third rate", line("<ord:rateVAT>third</ord:rateVAT>"), nil},
	{"a rate with its percentage", line(`<ord:rateVAT value="21">high</ord:rateVAT>`), nil},
	{"a percentage", line("<ord:percentVAT>21</ord:percentVAT>"), nil},
	{"an invoice's field in an order's line", line("<ord:guarantee>1</ord:guarantee>"), []diag.Code{xsd.CodeUnexpectedElement}},
	{"an invoice's field in an order's header", header("<ord:accounting/>"), []diag.Code{xsd.CodeUnexpectedElement}},
	{"the customer's number", header("<ord:numberOrder>PO-1</ord:numberOrder>"), nil},
	{"an order cannot be updated", order("<ord:actionType><ord:update/></ord:actionType>"), []diag.Code{xsd.CodeUnexpectedElement}},
	{"deletion without agenda", order("<ord:actionType><ord:delete><ftr:filter><ftr:id>1</ftr:id></ftr:filter></ord:delete></ord:actionType>"), []diag.Code{xsd.CodeMissingAttribute}},
	{"deletion with agenda", order(`<ord:actionType><ord:delete><ftr:filter agenda="prijate_objednavky"><ftr:id>1</ftr:id></ftr:filter></ord:delete></ord:actionType>`), nil},
	{"addition", order("<ord:actionType><ord:add/></ord:actionType>"), nil},
	{"a sum in home currency", summary("<ord:homeCurrency><typ:priceSum>1</typ:priceSum></ord:homeCurrency>"), []diag.Code{xsd.CodeUnexpectedElement}},
	{"rounding as a text", summary("<ord:homeCurrency><typ:round>1</typ:round></ord:homeCurrency>"), []diag.Code{xsd.CodeTextNotAllowed}},
	{"a foreign sum", summary("<ord:foreignCurrency><typ:currency><typ:ids>EUR</typ:ids></typ:currency><typ:amount>1</typ:amount><typ:priceSum>10</typ:priceSum></ord:foreignCurrency>"), nil},
	{"a foreign sum without currency", summary("<ord:foreignCurrency><typ:rate>25</typ:rate></ord:foreignCurrency>"), []diag.Code{xsd.CodeMissingElement}},
	{"an amount with decimals", summary("<ord:foreignCurrency><typ:currency/><typ:amount>1.0</typ:amount></ord:foreignCurrency>"), []diag.Code{xsd.CodeNotInteger}},
	{"address after delivery address", header("<ord:partnerIdentity><typ:shipToAddress/><typ:address/></ord:partnerIdentity>"), []diag.Code{xsd.CodeMisplacedElement}},
	{"extId after address", header("<ord:partnerIdentity><typ:address/><typ:extId><typ:ids>1</typ:ids><typ:exSystemName>crm</typ:exSystemName></typ:extId></ord:partnerIdentity>"), []diag.Code{xsd.CodeMisplacedElement}},
	{"a link to the address book", header(`<ord:partnerIdentity><typ:address linkToAddress="true"/></ord:partnerIdentity>`), nil},
	{"two delivery addresses", header("<ord:partnerIdentity><typ:shipToAddress/><typ:shipToAddress/></ord:partnerIdentity>"), nil},
	{"a customer's web address", header("<ord:partnerIdentity><typ:address><typ:www>x</typ:www></typ:address></ord:partnerIdentity>"), []diag.Code{xsd.CodeUnexpectedElement}},
	{"a delivery address with IČO", header("<ord:partnerIdentity><typ:shipToAddress><typ:ico>1</typ:ico></typ:shipToAddress></ord:partnerIdentity>"), []diag.Code{xsd.CodeUnexpectedElement}},
	{"extId without its system", header("<ord:extId><typ:ids>1</typ:ids></ord:extId>"), []diag.Code{xsd.CodeMissingElement}},
	{"a line's extId is plain", line("<ord:extId>1</ord:extId>"), nil},
	{"a line's extId with parts", line("<ord:extId><typ:ids>1</typ:ids></ord:extId>"), []diag.Code{xsd.CodeElementInValue}},
	{"stock without a card", line("<ord:stockItem><typ:store><typ:ids>S</typ:ids></typ:store></ord:stockItem>"), []diag.Code{xsd.CodeMissingElement}},
	{"stock", line("<ord:stockItem><typ:stockItem><typ:ids>S</typ:ids></typ:stockItem></ord:stockItem>"), nil},
	{"a parameter", header("<ord:parameters><typ:parameter><typ:name>VPrText</typ:name><typ:textValue>x</typ:textValue></typ:parameter></ord:parameters>"), nil},
	{"a parameter's name of 17", header("<ord:parameters><typ:parameter>" + text("typ:name", strings.Repeat("x", 17)) + "<typ:textValue>x</typ:textValue></typ:parameter></ord:parameters>"), []diag.Code{xsd.CodeTooLong}},
	{"a parameter's date with time", header("<ord:parameters><typ:parameter><typ:name>VPrDate</typ:name><typ:datetimeValue>2026-01-01T00:00:00</typ:datetimeValue></typ:parameter></ord:parameters>"), []diag.Code{xsd.CodeNotDate}},
	{"a payment form that is nil", header(`<ord:paymentType xsi:nil="true"/>`), nil},
	{"an unknown payment form", header("<ord:paymentType><typ:paymentType>online</typ:paymentType></ord:paymentType>"), []diag.Code{xsd.CodeNotInList}},
	{"a list of orders", item(`<lst:listOrderRequest version="2.0" orderType="receivedOrder" orderVersion="2.0"><lst:requestOrder/></lst:listOrderRequest>`), nil},
	{"a list of 10000", item(`<lst:listOrderRequest version="2.0" orderType="receivedOrder" orderVersion="2.0"><lst:limit><ftr:count>10000</ftr:count></lst:limit><lst:requestOrder/></lst:listOrderRequest>`), nil},
	{"a list of 10001", item(`<lst:listOrderRequest version="2.0" orderType="receivedOrder" orderVersion="2.0"><lst:limit><ftr:count>10001</ftr:count></lst:limit><lst:requestOrder/></lst:listOrderRequest>`), []diag.Code{xsd.CodeOutOfRange}},
	{"a limit behind the request begins another one", item(`<lst:listOrderRequest version="2.0" orderType="receivedOrder" orderVersion="2.0"><lst:requestOrder/><lst:limit><ftr:count>1</ftr:count></lst:limit></lst:listOrderRequest>`), []diag.Code{xsd.CodeMissingElement}},
	{"a list of neither orders", item(`<lst:listOrderRequest version="2.0" orderVersion="2.0"><lst:requestOrder/></lst:listOrderRequest>`), []diag.Code{xsd.CodeMissingAttribute}},
	{"a pack without note", strings.Replace(order(""), ` note=""`, "", 1), []diag.Code{xsd.CodeMissingAttribute}},
	{"a pack without IČO", strings.Replace(order(""), ` ico="12345679"`, "", 1), nil},
	{"a pack without application", strings.Replace(order(""), ` application="test"`, "", 1), []diag.Code{xsd.CodeMissingAttribute}},
	{"a pack's id of 65", strings.Replace(order(""), `id="P"`, `id="`+strings.Repeat("x", 65)+`"`, 1), []diag.Code{xsd.CodeTooLong}},
	{"a pack of another version", strings.Replace(order(""), `version="2.0"`, `version="2.1"`, 1), []diag.Code{xsd.CodeNotInList}},
	{"a hint where the schema is", strings.Replace(order(""), ` note=""`, ` note="" xsi:schemaLocation="a b"`, 1), nil},
	{"two documents in one item", item(`<ord:order version="2.0"/><ord:order version="2.0"/>`), []diag.Code{xsd.CodeDuplicateElement}},
	{"a pack without items", pack(""), []diag.Code{xsd.CodeMissingElement}},
	{"a namespace by default", item(`<order xmlns="` + house["ord"] + `" version="2.0"/>`), nil},
	{"a namespace with https", item(`<order xmlns="` + strings.Replace(house["ord"], "http:", "https:", 1) + `" version="2.0"/>`), []diag.Code{xsd.CodeWrongNamespace}},
}

func TestExperiments(t *testing.T) {
	schema := bundled(t, "data.xsd")
	for _, e := range experiments {
		var codes []diag.Code
		for _, f := range findings(t, schema, e.doc) {
			codes = append(codes, f.Code)
		}
		assert.Equal(t, e.codes, codes, e.name)
	}
}
