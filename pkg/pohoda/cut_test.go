package pohoda_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestOnlyWordsAreCut writes a document none of whose texts fits: what names
// nothing may lose its end, half of anything else would name something else.
func TestOnlyWordsAreCut(t *testing.T) {
	schema, err := pohoda.Schema(pohoda.Orders)
	require.NoError(t, err)
	real := pohoda.Limits(schema)
	codec := pohoda.Orders.Open(func(path string) fieldtable.Limit {
		limit := real(path)
		limit.Length = min(limit.Length, 1)
		limit.Fault = nil
		return limit
	})
	words := []string{
		"title", "note", "internalNote", "parameters[].value", "attachments[].name",
		"customer.name", "customer.division", "customer.person", "customer.address.city", "customer.address.street",
		"shipTo.company", "shipTo.division", "shipTo.person", "shipTo.address.city", "shipTo.address.street",
		"lines[].name", "lines[].unit", "lines[].description", "lines[].parameters[].value",
	}
	set := czech
	set.Fit.Cut = true
	document := filled()
	totals, _ := compute(document, &set)
	_, issues := codec.Encode(&trade.Record{Kind: trade.Order, Document: document}, &totals, targetOf(pohoda.Orders, document), &set)
	refused := 0
	for _, issue := range issues {
		field := indices.ReplaceAllString(issue.Path, "[]")
		if issue.Code == fieldtable.CodeCut {
			assert.Contains(t, words, field)
			continue
		}
		assert.Equal(t, fieldtable.CodeNeverCut, issue.Code, field)
		refused++
	}
	assert.Greater(t, refused, 20)
}

var indices = regexp.MustCompile(`\[\d+\]`)
