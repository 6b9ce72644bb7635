package pohoda_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/pohoda/pohodatest"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/xsd"
	"github.com/gopohoda/pohoda/schemas"
)

// eachTable runs a test over the field table of every agenda.
func eachTable(t *testing.T, test func(t *testing.T, a *pohoda.Agenda, root *xsd.Decl, rows []fieldtable.Info)) {
	for _, a := range pohoda.Agendas() {
		t.Run(a.Name, func(t *testing.T) {
			schema, err := pack.Schema(a)
			require.NoError(t, err)
			root, ok := schema.Element(xsd.ParseName(a.Tag()))
			require.True(t, ok)
			test(t, a, root, a.Rows())
		})
	}
}

// TestRowsStandInTheSchema: the schema orders the rows, so it has to know each.
func TestRowsStandInTheSchema(t *testing.T) {
	eachTable(t, func(t *testing.T, a *pohoda.Agenda, _ *xsd.Decl, rows []fieldtable.Info) {
		schema, err := pack.Schema(a)
		require.NoError(t, err)
		for _, row := range rows {
			assert.NotNil(t, schema.Places(xsd.ParsePath(a.Tag()+"/"+row.Path)...), "%s is not in the schema", row.Path)
		}
	})
}

// TestEveryElementHasARow: each element of the agenda's own types is mapped, or
// its row says why not.
func TestEveryElementHasARow(t *testing.T) {
	eachTable(t, func(t *testing.T, a *pohoda.Agenda, root *xsd.Decl, rows []fieldtable.Info) {
		var walk func(decl *xsd.Decl, path string)
		walk = func(decl *xsd.Decl, path string) {
			for _, child := range decl.Children() {
				at := strings.TrimPrefix(path+"/"+child.Name.String(), "/")
				within := func(row fieldtable.Info) bool { return row.Path == at || strings.HasPrefix(row.Path, at+"/") }
				if assert.True(t, slices.ContainsFunc(rows, within), "%s has no row", at) && child.Type.Space == a.Prefix &&
					!slices.ContainsFunc(rows, func(row fieldtable.Info) bool { return row.Path == at }) {
					walk(child, at)
				}
			}
		}
		walk(root, "")
	})
}

func TestRowsExplainThemselves(t *testing.T) {
	eachTable(t, func(t *testing.T, _ *pohoda.Agenda, _ *xsd.Decl, rows []fieldtable.Info) {
		seen := map[string]bool{}
		for _, row := range rows {
			assert.False(t, seen[row.Path], "%s has two rows", row.Path)
			seen[row.Path] = true
			switch {
			case row.Direction == fieldtable.None:
				assert.NotEmpty(t, row.Note, "%s does not say why it is left out", row.Path)
				assert.Empty(t, row.Field, row.Path)
			case row.Field != "":
				assert.NotEmpty(t, row.Label, "%s (%s) has no name on the screen", row.Path, row.Field)
			default:
				assert.NotEmpty(t, row.Note, "%s has neither a field nor a note", row.Path)
			}
		}
	})
}

// TestGoldensShowEveryRow: every row that is written stands in a golden file, and
// of an agenda that is only read every row that is read. What agendas share the goldens
// of one show for all.
func TestGoldensShowEveryRow(t *testing.T) {
	shared := map[string]bool{}
	for _, a := range pohoda.Agendas() {
		for path := range shownRows(t, a) {
			shared[common(a, path)] = true
		}
	}
	eachTable(t, func(t *testing.T, a *pohoda.Agenda, _ *xsd.Decl, rows []fieldtable.Info) {
		shown, direction := shownRows(t, a), fieldtable.WriteOnly
		if !pohodatest.IsWritten(a) {
			direction = fieldtable.ReadOnly
		}
		for _, row := range rows {
			if row.Direction == fieldtable.Both || row.Direction == direction {
				assert.True(t, shown[row.Path] || shared[common(a, row.Path)], "%s is in no golden", row.Path)
			}
		}
	})
}

// shownRows are the paths in the goldens of an agenda: of what it writes, or of what it
// reads where it writes nothing.
func shownRows(t *testing.T, a *pohoda.Agenda) map[string]bool {
	pattern := "*.xml"
	if !pohodatest.IsWritten(a) {
		pattern = "export/*.xml"
	}
	files, err := filepath.Glob(filepath.Join(pohodatest.Goldens, a.Name, pattern))
	require.NoError(t, err)
	shown := map[string]bool{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, d := range pohodatest.DocumentsOf(t, content) {
			paths(d.El, "", func(path string) { shown[path] = true })
		}
	}
	return shown
}

// common is a path below the agenda's first element, as all agendas have it that share the
// row.
func common(a *pohoda.Agenda, path string) string {
	_, rest, _ := strings.Cut(path, "/")
	return strings.ReplaceAll(strings.ReplaceAll(rest, a.Prefix+":", ""), a.Element, "")
}

// paths visits the path of every element and attribute below an element.
func paths(el *etree.Element, at string, visit func(path string)) {
	for _, attr := range el.Attr {
		visit(at + "@" + attr.FullKey())
	}
	for _, child := range el.ChildElements() {
		visit(at + child.FullTag())
		paths(child, at+child.FullTag()+"/", visit)
	}
}

// TestRegistry prints the whole registry, so that a change of it is seen.
func TestRegistry(t *testing.T) {
	var out bytes.Buffer
	for _, a := range pohoda.Agendas() {
		fmt.Fprintf(&out, "%s: %s\n  %s (%s), in lists as %s\n", a.Name, a.Title, a.Tag(), a.Schema, a.List.Tag)
		for _, target := range a.Targets {
			fmt.Fprintf(&out, "  --as %-14s %s, %s; from %s, by itself from %s\n",
				target.Name, target.Direction, target.Type, list(append(slices.Clone(target.Default), target.Also...)), list(target.Default))
		}
	}
	pohodatest.Compare(t, filepath.Join(pohodatest.Goldens, "registry.txt"), out.Bytes())
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
	folders, err := os.ReadDir(pohodatest.Goldens)
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
		subject, _ := trade.New(test.kind)
		if doc, ok := subject.(*trade.Document); ok {
			doc.Direction = test.direction
		}
		agenda, target, issue := pohoda.TargetFor(&trade.Record{Of: subject}, test.as)
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

var indices = regexp.MustCompile(`\[\d+\]`)

// TestAgendasStandInTheSchemas: an agenda is more than its own schema; what carries it,
// answers for it, lists it and asks for lists has to know it as well.
func TestAgendasStandInTheSchemas(t *testing.T) {
	for _, a := range pohoda.Agendas() {
		_, name, _ := strings.Cut(a.List.Tag, ":")
		_, record, _ := strings.Cut(a.List.Record, ":")
		list := strings.TrimPrefix(name, "list")
		for file, words := range map[string][]string{
			"data.xsd":     {`ref="` + a.Tag() + `"`, `ref="` + a.List.Tag + `Request"`},
			"response.xsd": {`ref="` + a.Tag() + `Response"`, `ref="` + a.List.Tag + `"`},
			a.List.Schema:  {`name="` + name + `"`, `name="` + name + `Request"`, `name="` + record + `"`, `name="request` + list + `"`},
			"filter.xsd":   {`name="request` + list + `Type"`},
		} {
			text, err := fs.ReadFile(schemas.XSD, file)
			require.NoError(t, err)
			for _, word := range words {
				assert.Contains(t, string(text), word, "agenda %s is missing in schemas/%s", a.Name, file)
			}
		}
	}
}

// TestVerbs: what an agenda is said to do it can.
func TestVerbs(t *testing.T) {
	for _, a := range pohoda.Agendas() {
		assert.Equal(t, pohodatest.IsWritten(a), a.Verbs&pohoda.Add != 0, "%s: records become something in it, or they do not", a.Name)
		for _, target := range a.Targets {
			deletion := a.Delete(target, 7)
			assert.Equal(t, a.Verbs&pohoda.Delete != 0, deletion != nil, target.Name)
			if deletion == nil {
				continue
			}
			schema, err := pack.Schema(a)
			require.NoError(t, err)
			schema.NewSession(func(f xsd.Finding) { t.Errorf("%s: %v", target.Name, f) }).Tree(deletion)
			assert.Equal(t, "7", deletion.FindElement("actionType/delete/filter/id").Text())
		}
	}
}
