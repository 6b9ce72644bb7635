package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// raising is a place in the source that makes an issue.
type raising struct {
	at       token.Position
	folder   string
	code     diag.Code // "" where it comes out of a table
	severity diag.Severity
	names    []string // of the arguments that it gives
	open     bool     // it gives others that are not seen
}

// maker is a function that makes an issue of a code that it is given.
type maker struct {
	code     int // which of its arguments is the code
	severity diag.Severity
	names    []string // of the arguments that it gives itself
	pairs    int      // from which of its arguments on they are names and values; 0: none
	open     bool     // it gives others that are not seen
}

// list is a list of names and values that a function gives back.
type list struct {
	names []string
	pairs int // as a maker's
}

// source is what the code of the program, outside its tests, says about codes.
type source struct {
	fset     *token.FileSet
	files    map[string][]*ast.File // by folder
	codes    map[string]diag.Code   // by folder and name of the variable
	plain    []token.Position       // codes that are declared, but not registered
	makers   map[string][]maker     // by folder and name of the function
	lists    map[string][]list      // by folder and name of the function
	later    map[string][]string    // names that are given after an issue is made, by folder
	raisings []raising
}

// readSource reads all packages. What a helper that is given a code makes of it is
// found by its name within its package, without types.
func readSource(t *testing.T) *source {
	s := &source{fset: token.NewFileSet(), files: map[string][]*ast.File{}, codes: map[string]diag.Code{}, lists: map[string][]list{}}
	s.makers = map[string][]maker{
		"pkg/diag.New":    {{0, diag.Error, nil, 1, false}},
		"pkg/diag.Warn":   {{0, diag.Warning, nil, 1, false}},
		"pkg/diag.Notice": {{0, diag.Note, nil, 1, false}},
		"pkg/xsd.findAt":  {{1, diag.Error, nil, 4, false}},
	}
	var names []string
	for _, pattern := range []string{"../../cmd/*/*.go", "../../pkg/*/*.go", "../../pkg/*/*/*.go", "../../pkg/*/*/*/*.go"} {
		some, err := filepath.Glob(pattern)
		require.NoError(t, err)
		names = append(names, some...)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(s.fset, name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		folder := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), "../../")
		s.files[folder] = append(s.files[folder], file)
		s.declarations(folder, file)
	}
	for known := -1; known != s.known(); { // helpers call helpers
		known, s.raisings = s.known(), nil
		s.later = map[string][]string{}
		for folder, files := range s.files {
			for _, file := range files {
				s.file(folder, file)
			}
		}
	}
	return s
}

func (s *source) known() (n int) {
	for _, all := range s.makers {
		n += len(all)
	}
	for _, all := range s.lists {
		n += len(all)
	}
	return n
}

// declarations finds the codes that a file registers, and those that it does not.
func (s *source) declarations(folder string, file *ast.File) {
	for _, decl := range file.Decls {
		general, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			value, ok := spec.(*ast.ValueSpec)
			if !ok || len(value.Values) != 1 {
				continue
			}
			if called := dotted(value.Type); called == "diag.Code" || folder == "pkg/diag" && called == "Code" {
				s.plain = append(s.plain, s.fset.Position(value.Pos()))
			}
			call, ok := value.Values[0].(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				continue
			}
			if method, ok := call.Fun.(*ast.SelectorExpr); ok && method.Sel.Name == "Code" {
				s.codes[folder+"."+value.Names[0].Name] = diag.Code(literal(call.Args[0]))
			}
		}
	}
}

func (s *source) file(folder string, file *ast.File) {
	r := &reader{source: s, folder: folder, imports: map[string]string{}}
	for _, spec := range file.Imports {
		if inside, ok := strings.CutPrefix(literal(spec.Path), module); ok {
			r.imports[path.Base(inside)] = inside
		}
	}
	for _, decl := range file.Decls {
		if function, ok := decl.(*ast.FuncDecl); !ok {
			r.function("", nil, decl)
		} else if function.Body != nil {
			r.function(function.Name.Name, function.Type.Params, function.Body)
		}
	}
}

// reader reads one file.
type reader struct {
	*source
	folder  string
	imports map[string]string
}

// scope is the function that is read: which of its parameters are codes, the last
// one, and what its variables may hold.
type scope struct {
	name     string
	params   map[string]int
	last     int
	lastName string
	held     map[string][]diag.Code
	lists    map[string][]string
}

func (r *reader) function(name string, params *ast.FieldList, body ast.Node) {
	in := scope{name: name, params: map[string]int{}, last: -1, held: map[string][]diag.Code{}, lists: map[string][]string{}}
	if params != nil {
		for _, field := range params.List {
			for _, param := range field.Names {
				in.last, in.lastName = in.last+1, param.Name
				if called := dotted(field.Type); called == "diag.Code" || r.folder == "pkg/diag" && called == "Code" {
					in.params[param.Name] = in.last
				}
			}
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			return r.assignment(in, n)
		case *ast.CallExpr:
			r.call(in, n)
		case *ast.ReturnStmt:
			if len(n.Results) == 1 && name != "" {
				r.addList(in, n.Results[0])
			}
		}
		return true
	})
}

// assignment sees what code a variable gets, what an issue gets later, and
// functions that have a name; it tells whether there is more to see in it.
func (r *reader) assignment(in scope, n *ast.AssignStmt) bool {
	for i, left := range n.Lhs {
		if index, ok := left.(*ast.IndexExpr); ok && strings.HasSuffix(dotted(index.X), ".Args") {
			r.later[r.folder] = append(r.later[r.folder], r.text(index.Index))
		}
		if len(n.Rhs) != len(n.Lhs) {
			continue
		}
		switch right := n.Rhs[i].(type) {
		case *ast.FuncLit:
			if len(n.Lhs) == 1 {
				r.function(dotted(left), right.Type.Params, right.Body)
				return false
			}
		case *ast.CompositeLit:
			for _, element := range right.Elts {
				if pair, ok := element.(*ast.KeyValueExpr); ok && strings.HasSuffix(dotted(left), ".Args") {
					r.later[r.folder] = append(r.later[r.folder], r.text(pair.Key))
				}
			}
			in.lists[dotted(left)], _, _ = r.spread(in, right)
		default:
			if code, ok := r.codes[r.name(right)]; ok {
				in.held[dotted(left)] = append(in.held[dotted(left)], code)
			}
		}
	}
	return true
}

// call sees whether a call makes an issue, or would make one of the code that the
// function around it is given.
func (r *reader) call(in scope, call *ast.CallExpr) {
	for _, m := range r.makers[r.name(call.Fun)] {
		if m.code >= len(call.Args) {
			continue
		}
		given, passed, known := r.given(in, call, m.pairs)
		names, pairs := slices.Concat(m.names, given), 0
		if passed {
			pairs = in.last
		}
		slices.Sort(names)
		code := call.Args[m.code]
		if n, ok := in.params[dotted(code)]; ok && in.name != "" {
			r.addMaker(r.folder+"."+in.name, maker{n, m.severity, names, pairs, !known || m.open})
			continue
		}
		codes := in.held[dotted(code)]
		if known, ok := r.codes[r.name(code)]; ok || codes == nil {
			codes = []diag.Code{known}
		}
		if plain := literal(code); plain != "?" {
			codes = []diag.Code{diag.Code(plain)}
		}
		for _, code := range codes {
			r.raisings = append(r.raisings, raising{r.fset.Position(call.Pos()), r.folder, code, m.severity, names, !known || m.open})
		}
	}
}

// given are the names among the arguments of a call from the n-th on, of which the
// last may be a list; passed: that list is what the function around it is given.
func (r *reader) given(in scope, call *ast.CallExpr, n int) (names []string, passed, known bool) {
	if n == 0 || n >= len(call.Args) {
		return nil, false, true
	}
	arguments, known := call.Args[n:], true
	if call.Ellipsis != token.NoPos {
		last := len(arguments) - 1
		names, passed, known = r.spread(in, arguments[last])
		arguments = arguments[:last]
	}
	for i := 0; i < len(arguments); i += 2 {
		names = append(names, r.text(arguments[i]))
	}
	return names, passed, known
}

// spread are the names in a list of names and values.
func (r *reader) spread(in scope, e ast.Expr) (names []string, passed, known bool) {
	switch e := e.(type) {
	case *ast.Ident:
		names, known = in.lists[e.Name]
		return slices.Clone(names), e.Name == in.lastName, known || e.Name == in.lastName
	case *ast.CompositeLit:
		kind, ok := e.Type.(*ast.ArrayType)
		if !ok || dotted(kind.Elt) != "string" {
			return nil, false, false
		}
		for i := 0; i < len(e.Elts); i += 2 {
			names = append(names, r.text(e.Elts[i]))
		}
		return names, false, true
	case *ast.CallExpr:
		if dotted(e.Fun) == "append" {
			names, passed, known = r.spread(in, e.Args[0])
			more, _, _ := r.given(in, e, 1)
			return append(names, more...), passed, known
		}
		lists := r.lists[r.name(e.Fun)]
		if len(lists) != 1 {
			return nil, false, false
		}
		more, passed, known := r.given(in, e, lists[0].pairs)
		return slices.Concat(lists[0].names, more), passed, known
	}
	return nil, false, false
}

func (r *reader) addList(in scope, returned ast.Expr) {
	names, passed, known := r.spread(in, returned)
	if !known {
		return
	}
	l := list{names: names}
	if passed {
		l.pairs = in.last
	}
	name := r.folder + "." + in.name
	same := func(o list) bool { return o.pairs == l.pairs && slices.Equal(o.names, l.names) }
	if !slices.ContainsFunc(r.lists[name], same) {
		r.lists[name] = append(r.lists[name], l)
	}
}

func (s *source) addMaker(name string, m maker) {
	same := func(o maker) bool {
		return o.code == m.code && o.severity == m.severity && o.pairs == m.pairs && o.open == m.open && slices.Equal(o.names, m.names)
	}
	if !slices.ContainsFunc(s.makers[name], same) {
		s.makers[name] = append(s.makers[name], m)
	}
}

// name is what an expression names, with the folder: a thing of this package or of
// another one; a method has its own name alone.
func (r *reader) name(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return r.folder + "." + e.Name
	case *ast.SelectorExpr:
		if elsewhere := r.imports[dotted(e.X)]; elsewhere != "" {
			return elsewhere + "." + e.Sel.Name
		}
		return r.folder + "." + e.Sel.Name
	}
	return ""
}

// text is the name of an argument.
func (r *reader) text(e ast.Expr) string {
	if r.name(e) == "pkg/diag.Places" {
		return diag.Places
	}
	return literal(e)
}

// dotted is an expression of names and dots, "" for another.
func dotted(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return dotted(e.X) + "." + e.Sel.Name
	}
	return ""
}

// literal is the text of a literal, "?" for anything else.
func literal(e ast.Expr) string {
	if basic, ok := e.(*ast.BasicLit); ok {
		if s, err := strconv.Unquote(basic.Value); err == nil {
			return s
		}
	}
	return "?"
}
