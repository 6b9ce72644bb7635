package pohoda_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// TestRegistry prints the whole registry, so that a change of it is seen.
func TestRegistry(t *testing.T) {
	var out bytes.Buffer
	for _, a := range pohoda.Agendas() {
		fmt.Fprintf(&out, "%s: %s\n  %s (%s), in lists as %s\n", a.Name, a.Title, a.Tag(), a.Schema, a.List)
		for _, target := range a.Targets {
			fmt.Fprintf(&out, "  --as %-14s %s, %s; from %s, by itself from %s\n",
				target.Name, target.Direction, target.Type, list(append(slices.Clone(target.Default), target.Also...)), list(target.Default))
		}
	}
	compare(t, filepath.Join(goldens, "registry.txt"), out.Bytes())
}

func list(kinds []trade.Kind) string {
	if len(kinds) == 0 {
		return "none"
	}
	words := make([]string, len(kinds))
	for i, kind := range kinds {
		words[i] = string(kind)
	}
	return strings.Join(words, " ")
}

// TestEveryFolderHasAnAgenda is the other half of TestGoldens.
func TestEveryFolderHasAnAgenda(t *testing.T) {
	folders, err := os.ReadDir(goldens)
	require.NoError(t, err)
	for _, folder := range folders {
		known := pohoda.Find(folder.Name()) != nil || folder.Name() == "eform"
		assert.True(t, known || !folder.IsDir(), "no agenda %s", folder.Name())
	}
}

func TestTargetFor(t *testing.T) {
	for _, test := range []struct {
		kind      trade.Kind
		direction trade.Direction
		as        string
		target    string
		code      diag.Code
	}{
		{trade.Deal, "", "", "order", ""},
		{trade.Order, trade.Received, "", "order", ""},
		{trade.Order, trade.Issued, "", "issued-order", ""},
		{trade.Order, trade.Issued, "order", "order", ""},
		{trade.Order, "", "issued-order", "issued-order", ""},
		{trade.Offer, "", "order", "order", ""},
		{trade.Product, "", "", "", pohoda.CodeNoAgenda},
		{trade.Product, "", "order", "", pohoda.CodeWrongTarget},
		{trade.Deal, "", "ordre", "", pohoda.CodeUnknownTarget},
	} {
		agenda, target, issue := pohoda.TargetFor(test.kind, test.direction, test.as)
		assert.Equal(t, test.target, target.Name, "%s as %q", test.kind, test.as)
		if test.code != "" {
			require.NotNil(t, issue, "%s as %q", test.kind, test.as)
			assert.Equal(t, test.code, issue.Code)
			continue
		}
		assert.Nil(t, issue)
		assert.NotNil(t, agenda)
	}
}
