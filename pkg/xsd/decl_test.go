package xsd_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/xsd"
)

func lookup(t *testing.T, schema *xsd.Schema, path string) *xsd.Decl {
	d, ok := schema.Lookup(xsd.ParsePath(path)...)
	require.True(t, ok, path)
	return d
}

func TestLookup(t *testing.T) {
	schema := bundled(t, "data.xsd")

	text := lookup(t, schema, "ord:order/ord:orderHeader/ord:text")
	assert.Equal(t, "typ:string240", text.Type.String())
	assert.Equal(t, "string", text.Builtin)
	assert.Equal(t, 240, text.MaxLength)
	assert.Equal(t, 0, text.MinOccurs)
	assert.False(t, text.Ordered)

	number := lookup(t, schema, "ord:order/ord:orderHeader/ord:number/typ:numberRequested")
	assert.Equal(t, []int{1, 32}, []int{number.MinLength, number.MaxLength})

	rate := lookup(t, schema, "ord:order/ord:orderDetail/ord:orderItem/ord:rateVAT")
	assert.Equal(t, []string{"none", "high", "low", "third", "historyHigh", "historyLow", "historyThird"}, rate.Enumeration)
	assert.Equal(t, "none", rate.Default)

	rounding := lookup(t, schema, "ord:order/ord:orderSummary/ord:roundingVAT")
	assert.Contains(t, rounding.Enumeration, "none", "the values of a union's types")

	assert.True(t, lookup(t, schema, "ord:order/ord:orderHeader/ord:paymentType").Nillable)
	assert.Equal(t, "-999 … 999", lookup(t, schema, "ord:order/ord:orderDetail/ord:orderItem/ord:discountPercentage").Range)
	assert.Equal(t, "≥ 1", lookup(t, schema, "ord:order/ord:orderHeader/ord:id").Range)
	assert.Equal(t, "date", lookup(t, schema, "ord:order/ord:orderHeader/ord:date").Builtin)

	ico := lookup(t, schema, "dat:dataPack/@ico")
	assert.True(t, ico.Attribute)
	assert.Equal(t, []int{0, 15}, []int{ico.MinOccurs, ico.MaxLength})
	assert.Equal(t, 1, lookup(t, schema, "dat:dataPack/@note").MinOccurs)

	items := lookup(t, schema, "dat:dataPack/dat:dataPackItem")
	assert.Equal(t, xsd.Unbounded, items.MaxOccurs)
	assert.True(t, items.Ordered)
	assert.Empty(t, items.Builtin)
}

func TestLookupOfWhatIsNotThere(t *testing.T) {
	schema := bundled(t, "data.xsd")
	for _, path := range []string{
		"", "ord:orders", "ord:order/ord:header", "order", "ord:order/ord:orderHeader/ord:text/ord:more",
		"dat:dataPack/@text", "dat:dataPack/@ico/x", "dat:dataPack/@ico/@x", "dat:dataPack/ico",
	} {
		_, ok := schema.Lookup(xsd.ParsePath(path)...)
		assert.False(t, ok, path)
	}
	_, ok := schema.Lookup()
	assert.False(t, ok)
}

func TestOrderOfChildren(t *testing.T) {
	schema := bundled(t, "data.xsd")
	var parts []string
	for i, child := range lookup(t, schema, "ord:order").Children() {
		parts = append(parts, child.Name.Local)
		assert.Equal(t, i, child.Place)
		assert.True(t, child.Ordered)
	}
	assert.Equal(t, []string{"links", "actionType", "orderHeader", "orderDetail", "orderSummary", "linkedDocuments", "attachments", "print"}, parts)

	links := lookup(t, schema, "ord:order/ord:links").Children()
	require.NotEmpty(t, links)
	assert.False(t, links[0].Ordered, "a choice that is repeated has no order")

	var attributes []string
	for _, a := range lookup(t, schema, "dat:dataPack").Attributes() {
		attributes = append(attributes, a.Name.String())
	}
	assert.Equal(t, []string{"version", "id", "ico", "key", "period", "application", "programVersion", "note"}, attributes)
	assert.NotEmpty(t, lookup(t, schema, "dat:dataPack/@id").Doc())
	assert.NotEmpty(t, lookup(t, schema, "ord:order/ord:orderHeader/ord:centre/typ:ids").Doc(), "the type's, where the element has none")
}
