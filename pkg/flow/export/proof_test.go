package export

import (
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
)

// No input leads to a document that the schema refuses; should one, it is
// refused as a fault of the tool, and the place in the document is named.
func TestOwnFaultIsReported(t *testing.T) {
	schema, err := pack.Schema(pohoda.Orders)
	require.NoError(t, err)
	document := func(kind string) *etree.Element {
		order := etree.NewElement("ord:order")
		order.CreateAttr("version", "2.0")
		header := order.CreateElement("ord:orderHeader")
		header.CreateElement("ord:orderType").SetText(kind)
		header.CreateElement("ord:date").SetText("2026-03-16")
		return order
	}
	proof := newSchemaCheck(schema)
	assert.Empty(t, proof.findings(document("receivedOrder")))
	found := proof.findings(document("receivedOrders"))
	require.Len(t, found, 1)
	assert.Equal(t, CodeOwnFault, found[0].Code)
	assert.Equal(t, diag.Error, found[0].Severity)
	assert.Equal(t, "ord:order/ord:orderHeader/ord:orderType", found[0].Path)
	assert.Contains(t, diag.English.Message(found[0]), "receivedOrders")
	assert.Empty(t, proof.findings(document("issuedOrder")), "what was found is forgotten")

	c := collector{out: &fileSink{}, export: &Export{Tell: func(*diag.Issue) {}}, counts: &Report{}, said: once{flow.NewSeen()}, known: flow.NewSeen()}
	require.NoError(t, c.collect(batchResult{results: []recordResult{{verdict: refused, issues: found}}}))
	assert.True(t, c.counts.OwnFault, "the exit code is that of the tool's own faults")
}
