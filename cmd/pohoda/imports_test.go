package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/gopohoda/pohoda/"

// mayImport are the packages of ours that a package may import, outside its
// tests: the CRM side and the POHODA side meet in flow alone, and nothing looks up to it. A
// package that is not listed here has no place yet.
var mayImport = map[string][]string{
	"schemas":        {},
	"pkg/money":      {},
	"pkg/diag":       {},
	"pkg/charset":    {},
	"pkg/sheet":      {"pkg/charset", "pkg/money", "pkg/diag"},
	"pkg/vat":        {"pkg/money", "pkg/diag"},
	"pkg/trade":      {"pkg/money", "pkg/vat", "pkg/diag"},
	"pkg/check":      {"pkg/trade", "pkg/vat", "pkg/money", "pkg/diag"},
	"pkg/settlement": {"pkg/trade", "pkg/vat", "pkg/money", "pkg/diag"},
	"pkg/match":      {"pkg/trade", "pkg/money", "pkg/diag"},
	"pkg/unit":       {"pkg/trade", "pkg/check", "pkg/vat", "pkg/money", "pkg/sheet", "pkg/fieldtable", "pkg/config", "pkg/diag"},
	"pkg/xmlio":      {"pkg/charset", "pkg/diag"},
	"pkg/yamlio":     {"pkg/charset", "pkg/diag"},
	"pkg/xsd":        {"pkg/charset", "pkg/diag", "schemas"},
	"pkg/fieldtable": {"pkg/xmlio", "pkg/xsd", "pkg/money", "pkg/diag"},
	"pkg/outfile":    {"pkg/charset", "pkg/diag"},
	"pkg/listing":    {"pkg/money", "pkg/diag"},

	// The layers of the CRM side: each may use those above it in this list.
	"pkg/crm/canonical":  crmMay,
	"pkg/crm/expression": append([]string{"pkg/crm/canonical"}, crmMay...),
	"pkg/crm/profile":    append([]string{"pkg/crm/canonical", "pkg/crm/expression"}, crmMay...),
	"pkg/crm/table":      append([]string{"pkg/crm/canonical", "pkg/crm/expression", "pkg/crm/profile"}, crmMay...),
	"pkg/crm":            append([]string{"pkg/crm/canonical", "pkg/crm/expression", "pkg/crm/profile", "pkg/crm/table"}, crmMay...),

	"pkg/pohoda":          agendaMay,
	"pkg/pohoda/pack":     append([]string{"pkg/pohoda", "schemas"}, agendaMay...),
	"pkg/pohoda/receipts": append([]string{"pkg/pohoda", "pkg/pohoda/pack", "pkg/settlement"}, agendaMay...),
	"pkg/eform":           agendaMay,
	"pkg/ledger":          {"pkg/trade", "pkg/money", "pkg/diag"},
	"pkg/config":          {"pkg/yamlio", "pkg/charset", "pkg/diag", "pkg/money"},

	"pkg/flow": useCaseMay,
	// A use case imports no other one; what two of them need moves down.
	"pkg/flow/export":    append([]string{"pkg/flow"}, useCaseMay...),
	"pkg/flow/confirm":   append([]string{"pkg/flow"}, useCaseMay...),
	"pkg/flow/reconcile": append([]string{"pkg/flow"}, useCaseMay...),
	"pkg/flow/paid":      append([]string{"pkg/flow"}, useCaseMay...),
	"pkg/flow/view":      append([]string{"pkg/flow"}, useCaseMay...),
	// Beside the use cases the command wires what registers itself (profiles,
	// agendas, schemas) and names the codes and states of the ledger.
	"cmd/pohoda": {"pkg/flow", "pkg/flow/export", "pkg/flow/confirm", "pkg/flow/reconcile", "pkg/flow/paid", "pkg/flow/view",
		"pkg/config", "pkg/diag", "pkg/crm", "pkg/crm/canonical", "pkg/crm/expression", "pkg/crm/profile", "pkg/pohoda", "pkg/ledger", "pkg/trade", "pkg/outfile", "pkg/settlement", "pkg/check", "schemas"},
}

// crmMay is what the CRM side may import, agendaMay what a format's tables may, useCaseMay
// what lies below the use cases.
var (
	crmMay    = []string{"pkg/trade", "pkg/vat", "pkg/money", "pkg/sheet", "pkg/yamlio", "pkg/charset", "pkg/diag", "schemas"}
	agendaMay = []string{"pkg/trade", "pkg/vat", "pkg/money", "pkg/diag", "pkg/sheet", "pkg/xmlio", "pkg/xsd", "pkg/fieldtable"}

	useCaseMay = []string{"schemas", "pkg/money", "pkg/diag", "pkg/charset", "pkg/sheet", "pkg/vat", "pkg/trade", "pkg/check",
		"pkg/settlement", "pkg/match", "pkg/unit", "pkg/xmlio", "pkg/xsd", "pkg/fieldtable", "pkg/outfile", "pkg/listing", "pkg/crm", "pkg/crm/canonical", "pkg/crm/expression", "pkg/crm/profile", "pkg/pohoda",
		"pkg/pohoda/pack", "pkg/pohoda/receipts", "pkg/eform", "pkg/ledger", "pkg/config"}
)

// testHelpers are packages that only tests use; they may import anything.
var testHelpers = []string{"schemas/schematest", "pkg/oracle", "pkg/flow/decisiontest", "pkg/flow/flowtest", "pkg/outfile/outfiletest", "pkg/pohoda/pohodatest"}

type listed struct {
	ImportPath, Dir string
	GoFiles         []string
	Imports         []string
}

// ours lists the module's packages, whatever system they are built for.
func ours(t *testing.T) []listed {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "./...")
	list.Dir = filepath.Join("..", "..")
	out, err := list.Output()
	require.NoError(t, err)
	var packages []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := decoder.Decode(&p); err == io.EOF {
			return packages
		}
		require.NoError(t, err)
		packages = append(packages, p)
	}
}

func TestImports(t *testing.T) {
	for _, p := range ours(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if slices.Contains(testHelpers, name) {
			continue
		}
		allowed, known := mayImport[name]
		assert.True(t, known, "%s has no place in the table of imports", name)
		for _, path := range p.Imports {
			if other, own := strings.CutPrefix(path, module); own {
				assert.Contains(t, allowed, other, "%s must not import it", name)
			}
		}
	}
}

// processOnly are the things of a process that are handed in everywhere but in
// the command.
var processOnly = map[string][]string{
	"time": {"Now", "Since", "Until"},
	"os":   {"Getenv", "LookupEnv", "Environ", "Exit", "Stdin", "Stdout", "Stderr", "UserHomeDir", "UserConfigDir"},
	"fmt":  {"Print", "Printf", "Println"},
	"log":  {"Print", "Printf", "Println", "Fatal", "Fatalf", "Fatalln"},
}

func TestOnlyTheCommandTouchesTheProcess(t *testing.T) {
	for _, p := range ours(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if name == "cmd/pohoda" || slices.Contains(testHelpers, name) {
			continue
		}
		for _, file := range p.GoFiles {
			set := token.NewFileSet()
			tree, err := parser.ParseFile(set, filepath.Join(p.Dir, file), nil, 0)
			require.NoError(t, err)
			for _, use := range processUses(tree) {
				t.Errorf("%s/%s:%d: %s.%s belongs in cmd/pohoda", name, file, set.Position(use.Pos()).Line, use.X, use.Sel)
			}
		}
	}
}

// processUses finds selectors such as os.Exit; a package under another name is
// found by its import.
func processUses(file *ast.File) []*ast.SelectorExpr {
	packages := map[string]string{}
	for _, spec := range file.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		name := path
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if _, watched := processOnly[path]; watched {
			packages[name] = path
		}
	}
	var found []*ast.SelectorExpr
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := selector.X.(*ast.Ident); ok && slices.Contains(processOnly[packages[id.Name]], selector.Sel.Name) {
			found = append(found, selector)
		}
		return true
	})
	return found
}

func TestProcessUses(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", `package x
		import ("os"; clock "time")
		func f() { os.Exit(1); _ = clock.Now(); _ = os.ErrExist }`, 0)
	require.NoError(t, err)
	assert.Len(t, processUses(file), 2)
}

// mostFiles is how many .go files, tests included, a reader of a package can hold.
const mostFiles = 25

// The command is exempt: it has one file a command.
func TestPackagesAreSmall(t *testing.T) {
	for _, p := range ours(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if name == "cmd/pohoda" {
			continue
		}
		files, err := filepath.Glob(filepath.Join(p.Dir, "*.go"))
		require.NoError(t, err)
		assert.LessOrEqual(t, len(files), mostFiles, "%s: join files that belong together, or make a package", name)
	}
}

// TestNothingAsksForTheNameOfAnAgenda: what an agenda or a target is says its own file;
// a comparison with its name elsewhere is a rule that a further agenda would break.
func TestNothingAsksForTheNameOfAnAgenda(t *testing.T) {
	names := map[string]bool{}
	for _, a := range pohoda.Agendas() {
		names[strconv.Quote(a.Name)] = true
		for _, target := range a.Targets {
			names[strconv.Quote(target.Name)] = true
		}
	}
	require.NotEmpty(t, names)
	for _, p := range ours(t) {
		if slices.Contains(testHelpers, strings.TrimPrefix(p.ImportPath, module)) {
			continue
		}
		for _, file := range p.GoFiles {
			set := token.NewFileSet()
			tree, err := parser.ParseFile(set, filepath.Join(p.Dir, file), nil, 0)
			require.NoError(t, err)
			for _, asked := range comparedWith(tree, names) {
				t.Errorf("%s: compared with the name %s", set.Position(asked.Pos()), asked.Value)
			}
		}
	}
}

// comparedWith finds the texts with which a file compares something.
func comparedWith(file *ast.File, texts map[string]bool) (found []*ast.BasicLit) {
	add := func(all ...ast.Expr) {
		for _, e := range all {
			if lit, ok := e.(*ast.BasicLit); ok && texts[lit.Value] {
				found = append(found, lit)
			}
		}
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				add(n.X, n.Y)
			}
		case *ast.CaseClause:
			add(n.List...)
		}
		return true
	})
	return found
}
