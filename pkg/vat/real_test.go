package vat_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/vat"
)

// TestRealExport computes every document of a real export and compares it with
// what POHODA itself computed: the line, its VAT, the sums by rate, the rounding.
func TestRealExport(t *testing.T) {
	folder := oracle.Reference(t)
	raw, err := os.ReadFile(filepath.Join(folder, "pohoda", "samples", "vitex-connector__all-invoices-response.xml"))
	require.NoError(t, err)
	doc := etree.NewDocument()
	doc.ReadSettings.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) {
		return charmap.Windows1250.NewDecoder().Reader(r), nil
	}
	_, err = doc.ReadFrom(bytes.NewReader(raw))
	require.NoError(t, err)

	lines, documents := 0, 0
	for _, invoice := range doc.FindElements("//lst:invoice") {
		items := invoice.SelectElement("invoiceDetail")
		if items == nil {
			continue
		}
		var in []vat.Line
		for _, item := range items.ChildElements() {
			in = append(in, realLine(item))
		}
		policy := vat.Policy{
			Document: money.Rounding(textOf(invoice, "invoiceSummary/roundingDocument")),
			VAT:      vat.Rounding(textOf(invoice, "invoiceSummary/roundingVAT")),
		}
		got := vat.Compute(in, policy)
		for i, item := range items.ChildElements() {
			assert.True(t, number(item, "homeCurrency/price").Equal(got.Lines[i].Net), textOf(item, "text"))
			assert.True(t, number(item, "homeCurrency/priceVAT").Equal(got.Lines[i].VAT), textOf(item, "text"))
		}
		compareSummary(t, invoice, got)
		lines, documents = lines+len(in), documents+1
	}
	assert.Equal(t, 25, lines)
	assert.Equal(t, 9, documents)
}

func compareSummary(t *testing.T, invoice *etree.Element, got vat.Totals) {
	t.Helper()
	number := func(name string) money.Decimal { return number(invoice, "invoiceSummary/homeCurrency/"+name) }
	for _, rate := range got.ByRate {
		require.Equal(t, vat.High, rate.Level)
		assert.True(t, number("priceHigh").Equal(rate.Net))
		assert.True(t, number("priceHighVAT").Equal(rate.VAT))
		assert.True(t, number("priceHighSum").Equal(rate.Gross))
	}
	assert.True(t, number("round/priceRound").Equal(got.Rounding))
	if due := invoice.FindElement("invoiceHeader/liquidation/amountHome"); due != nil && invoice.FindElement("invoiceHeader/liquidation/date") == nil {
		assert.Equal(t, money.MustParse(due.Text()), got.Payable)
	}
}

func realLine(item *etree.Element) vat.Line {
	return vat.Line{
		UnitPrice: number(item, "homeCurrency/unitPrice"),
		Quantity:  number(item, "quantity"),
		Discount:  number(item, "discountPercentage"),
		Percent:   money.MustParse(item.SelectElement("rateVAT").SelectAttrValue("value", "")),
		Level:     vat.Level(textOf(item, "rateVAT")),
		Gross:     textOf(item, "payVAT") == "true",
		Deduction: item.Tag == "invoiceAdvancePaymentItem",
	}
}

func textOf(el *etree.Element, path string) string {
	if found := el.FindElement(path); found != nil {
		return found.Text()
	}
	return ""
}

func number(el *etree.Element, path string) money.Decimal { return money.MustParse(textOf(el, path)) }
