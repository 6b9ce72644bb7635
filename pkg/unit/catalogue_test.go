package unit

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

func TestPair(t *testing.T) {
	products := map[string][]card{
		"KNOWN": {{kind: trade.CardType}}, "SET": {{kind: trade.PackageType}}, "COMPONENTS": {{kind: trade.SetType}},
		"TWICE": {{kind: trade.CardType}, {kind: trade.CardType}}, "STORES": {{trade.CardType, "A"}, {trade.CardType, "B"}},
		"ONE-STORE": {{trade.CardType, "A"}}, "MIXED": {{trade.CardType, "A"}, {trade.PackageType, "B"}},
	}
	for _, c := range []struct {
		name     string
		config   config.Lines
		products map[string][]card
		line     trade.Line
		code     diag.Code
		severity diag.Severity
		link     trade.StockLink
		wait     bool
	}{
		{name: "known", products: products, line: trade.Line{SKU: "KNOWN"}},
		{name: "no code", products: products, line: trade.Line{}},
		{name: "a text line", products: products, line: trade.Line{SKU: "X", StockLink: trade.LinkNever}, link: trade.LinkNever},
		{name: "unknown, without a word of the house", products: products, line: trade.Line{SKU: "X"},
			code: CodeUnpaired, severity: diag.Warning, link: trade.LinkNever},
		{name: "unknown becomes text", config: config.Lines{Unpaired: config.AsText}, products: products, line: trade.Line{SKU: "X"},
			code: CodeUnpaired, severity: diag.Warning, link: trade.LinkNever},
		{name: "unknown waits", config: config.Lines{Unpaired: config.Hold}, products: products, line: trade.Line{SKU: "X"},
			code: CodeUnpairedHeld, severity: diag.Warning, wait: true},
		{name: "unknown is refused", config: config.Lines{Unpaired: config.Fail}, products: products, line: trade.Line{SKU: "X"},
			code: CodeUnpairedFailed, severity: diag.Error},
		{name: "unknown that must be linked", config: config.Lines{Unpaired: config.AsText}, products: products,
			line: trade.Line{SKU: "X", StockLink: trade.LinkRequired}, code: CodeUnpairedFailed, severity: diag.Error, link: trade.LinkRequired},
		{name: "codes are exact", products: products, line: trade.Line{SKU: "known"},
			code: CodeUnpaired, severity: diag.Warning, link: trade.LinkNever},
		{name: "a set", products: products, line: trade.Line{SKU: "SET"}, code: CodeSetInDocument, severity: diag.Error},
		{name: "a card with components", products: products, line: trade.Line{SKU: "COMPONENTS"}},
		{name: "twice becomes text", products: products, line: trade.Line{SKU: "TWICE"},
			code: CodeCardTwice, severity: diag.Warning, link: trade.LinkNever},
		{name: "twice waits", config: config.Lines{Unpaired: config.Hold}, products: products, line: trade.Line{SKU: "TWICE"},
			code: CodeCardTwiceHeld, severity: diag.Warning, wait: true},
		{name: "twice is refused", config: config.Lines{Unpaired: config.Fail}, products: products, line: trade.Line{SKU: "TWICE"},
			code: CodeCardTwiceFailed, severity: diag.Error},
		{name: "twice where it must be linked", products: products, line: trade.Line{SKU: "TWICE", StockLink: trade.LinkRequired},
			code: CodeCardTwiceFailed, severity: diag.Error, link: trade.LinkRequired},
		{name: "in two stores", products: products, line: trade.Line{SKU: "STORES"},
			code: CodeCardTwice, severity: diag.Warning, link: trade.LinkNever},
		{name: "in two stores, of which one is named", products: products, line: trade.Line{SKU: "STORES", Store: "B"}},
		{name: "in two stores, none of them named", products: products, line: trade.Line{SKU: "STORES", Store: "C"},
			code: CodeCardTwice, severity: diag.Warning, link: trade.LinkNever},
		{name: "in one store, another is named", products: products, line: trade.Line{SKU: "ONE-STORE", Store: "C"}},
		{name: "a set in one of two stores", products: products, line: trade.Line{SKU: "MIXED"}, code: CodeSetInDocument, severity: diag.Error},
		{name: "no set in the store that is named", products: products, line: trade.Line{SKU: "MIXED", Store: "A"}},
		{name: "no catalogue", line: trade.Line{SKU: "X"}, code: CodeUnchecked, severity: diag.Warning},
		{name: "an empty catalogue", products: map[string][]card{}, line: trade.Line{SKU: "X"},
			code: CodeUnpaired, severity: diag.Warning, link: trade.LinkNever},
		{name: "never linked", config: config.Lines{Link: config.Never, Unpaired: config.Fail}, products: products,
			line: trade.Line{SKU: "X"}, link: trade.LinkNever},
		{name: "never linked but where it must be", config: config.Lines{Link: config.Never}, products: products,
			line: trade.Line{SKU: "KNOWN", StockLink: trade.LinkRequired}, link: trade.LinkRequired},
	} {
		t.Run(c.name, func(t *testing.T) {
			cat := &Catalogue{products: c.products, config: c.config}
			c.line.Name = "Židle"
			doc := &trade.Document{Lines: []trade.Line{{Name: "Doprava"}, c.line}}
			issues, wait := cat.Pair(doc)
			assert.Equal(t, c.wait, wait)
			assert.Equal(t, c.link, doc.Lines[1].StockLink)
			assert.Equal(t, c.line.SKU, doc.Lines[1].SKU, "the code stays")
			if c.code == "" {
				assert.Empty(t, issues)
				return
			}
			require.Len(t, issues, 1)
			assert.Equal(t, c.code, issues[0].Code)
			assert.Equal(t, c.severity, issues[0].Severity)
			if c.code != CodeUnchecked {
				assert.Equal(t, "lines[1].sku", issues[0].Path)
				assert.Equal(t, c.line.SKU, issues[0].Value)
			}
		})
	}
}

func TestUncheckedIsSaidOnceADocument(t *testing.T) {
	issues, wait := (&Catalogue{}).Pair(&trade.Document{Lines: []trade.Line{{SKU: "A"}, {SKU: "B"}}})
	assert.Len(t, issues, 1)
	assert.False(t, wait)
}
