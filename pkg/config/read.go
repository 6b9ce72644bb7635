package config

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/yamlio"
)

// reader fills a configuration from the tree of a YAML file, collecting
// everything that is wrong.
type reader struct {
	config *Config
	env    map[string]string
	issues diag.List
}

func (r *reader) read(content []byte) {
	file, err := yamlio.Parse(content, r.config.file, parser.AllowDuplicateMapKey())
	if err != nil {
		r.unparsed(err)
		return
	}
	for i, doc := range file.Docs {
		switch {
		case i > 0:
			r.report(diag.New(CodeUnsupported).WithValue("---"), "", doc.Start)
		case doc.Body != nil:
			r.value(doc.Body, field{value: reflect.ValueOf(r.config).Elem()})
		}
	}
}

// unparsed reports why there is no tree.
func (r *reader) unparsed(err error) {
	if syntax, ok := errors.AsType[*yamlio.SyntaxError](err); ok {
		r.issues.Add(diag.New(CodeSyntax, "reason", syntax.Reason).WithPosition(syntax.At))
		return
	}
	if errors.Is(err, yamlio.ErrNotUTF8) {
		err = diag.New(CodeNotUTF8).WithPosition(r.position(nil))
	}
	r.issues.Add(diag.As(err))
}

// maxMeant is for how many unknown keys the one that was meant is looked for: that
// takes its time, and a file of nonsense may have thousands.
const maxMeant = 100

func (r *reader) report(issue *diag.Issue, key string, at *token.Token) {
	r.issues.Add(issue.WithPath(key).WithPosition(r.position(at)))
}

func (r *reader) position(at *token.Token) diag.Position { return yamlio.Position(at, r.config.file) }

// value reads what stands at a key. Nothing ("key:" alone) leaves it as it is.
func (r *reader) value(node ast.Node, f field) {
	switch node.(type) {
	case *ast.NullNode:
		return
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		r.report(diag.New(CodeUnsupported).WithValue(node.GetToken().Value), f.key, node.GetToken())
		return
	}
	switch {
	case isMapping(f.value):
		r.mapping(node, f)
	case f.value.Kind() == reflect.Map:
		r.freeMapping(node, f)
	case f.value.Kind() == reflect.Slice:
		r.list(node, f)
	default:
		r.single(node, f)
	}
}

// mapping reads the known keys of a struct.
func (r *reader) mapping(node ast.Node, f field) {
	known, missing := map[string]field{}, map[string]bool{}
	var order []string
	var rest []field
	for _, child := range fields(f.value, "") {
		if child.tag.Get("others") != "" {
			rest = append(rest, child)
			continue
		}
		known[child.key] = child
		order = append(order, child.key)
		if child.tag.Get("required") != "" {
			missing[child.key] = true
		}
	}
	r.pairs(node, f.key, func(name string, at *token.Token, value ast.Node) {
		child, ok := known[name]
		if n := slices.IndexFunc(rest, func(rest field) bool { return takes(rest, name, value) }); !ok && n >= 0 {
			r.element(value, field{f.key, rest[n].value, rest[n].tag}, name)
			return
		}
		if !ok {
			meant := name
			if len(r.issues) >= maxMeant {
				meant = ""
			}
			r.report(diag.New(CodeUnknownKey, "known", diag.Meant(meant, order)).WithValue(name), f.key, at)
			return
		}
		delete(missing, name)
		child.key = join(f.key, name)
		r.value(value, child)
	})
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		r.report(diag.New(CodeMissingKey).WithValue(name), f.key, node.GetToken())
	}
}

// freeMapping reads a mapping whose keys are the user's own words.
func (r *reader) freeMapping(node ast.Node, f field) {
	f.value.Set(reflect.MakeMap(f.value.Type()))
	r.pairs(node, f.key, func(name string, _ *token.Token, value ast.Node) {
		r.element(value, f, name)
	})
}

// element reads one value of a mapping with the user's own words.
func (r *reader) element(node ast.Node, f field, name string) {
	if f.value.IsNil() {
		f.value.Set(reflect.MakeMap(f.value.Type()))
	}
	element := reflect.New(f.value.Type().Elem()).Elem()
	r.value(node, field{join(f.key, name), element, f.tag})
	f.value.SetMapIndex(reflect.ValueOf(name), element)
}

// takes tells whether a key that its struct does not name is one of the others: a
// currency, or what may be the name of a kind of document. Where such a kind has keys
// of its own, a single value is that of a key that was misspelt.
func takes(rest field, name string, value ast.Node) bool {
	switch rest.tag.Get("others") {
	case "currency":
		return money.Currency(name).Known()
	case "target":
		_, keys := value.(ast.MapNode)
		return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") == "" &&
			(keys || rest.value.Type().Elem().Kind() != reflect.Struct)
	}
	return false
}

func (r *reader) pairs(node ast.Node, key string, each func(string, *token.Token, ast.Node)) {
	mapping, ok := node.(ast.MapNode)
	if !ok {
		r.report(diag.New(CodeWantMapping).WithValue(short(node)), key, node.GetToken())
		return
	}
	seen := map[string]bool{}
	for iter := mapping.MapRange(); iter.Next(); {
		scalar, plain := iter.Key().(ast.ScalarNode)
		at := iter.Key().GetToken()
		switch {
		case !plain || iter.Key().IsMergeKey():
			r.report(diag.New(CodeUnsupported).WithValue(at.Value), key, at)
			continue
		case seen[text(scalar)]:
			r.report(diag.New(CodeDuplicateKey).WithValue(text(scalar)), key, at)
			continue
		}
		seen[text(scalar)] = true
		each(text(scalar), at, iter.Value())
	}
}

func (r *reader) list(node ast.Node, f field) {
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		r.report(diag.New(CodeWantList).WithValue(short(node)), f.key, node.GetToken())
		return
	}
	f.value.Set(reflect.MakeSlice(f.value.Type(), len(sequence.Values), len(sequence.Values)))
	for i, value := range sequence.Values {
		r.value(value, field{fmt.Sprintf("%s[%d]", f.key, i), f.value.Index(i), f.tag})
	}
}

// single reads a scalar by its text as it is written, so that an IČO without
// quotation marks keeps its leading zeros.
func (r *reader) single(node ast.Node, f field) {
	scalar, ok := node.(ast.ScalarNode)
	if !ok {
		value := short(node)
		if f.tag.Get("path") == "ledger" {
			value = "…" // it may hold a password at any place
		}
		r.report(diag.New(CodeWantValue).WithValue(value), f.key, node.GetToken())
		return
	}
	value, issue := substitute(text(scalar), r.env)
	if issue == nil {
		issue = set(f.value, f.tag, r.resolve(value, f.tag))
	}
	if issue != nil {
		r.report(issue, f.key, node.GetToken())
		return
	}
	r.config.origins[f.key] = Origin{Kind: FromFile, At: r.position(node.GetToken())}
}

// resolve makes a path count from the folder of the configuration file, so that
// the file means the same wherever the tool is started.
func (r *reader) resolve(text string, tag reflect.StructTag) string {
	kind := tag.Get("path")
	named := kind == "profile" && !strings.HasSuffix(text, ".yaml") && !strings.HasSuffix(text, ".yml")
	elsewhere := kind == "ledger" && (Ledger(text).IsURL() || Ledger(text).isMisspelt() || Ledger(text) == NoLedger)
	if kind == "" || named || elsewhere || text == "" || text == "-" {
		return text
	}
	return pathFrom(filepath.Dir(r.config.file), text)
}

// pathFrom makes a path count from a folder. On Windows one that begins at the
// root counts from the folder's drive, and one that names a drive from nothing.
func pathFrom(folder, path string) string {
	switch {
	case filepath.IsAbs(path), filepath.VolumeName(path) != "":
		return path
	case os.IsPathSeparator(path[0]):
		return filepath.VolumeName(folder) + path
	}
	return filepath.Join(folder, path)
}

func text(node ast.ScalarNode) string {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	}
	return node.GetToken().Value
}

// short words a node for a message.
func short(node ast.Node) string {
	line, _, _ := strings.Cut(strings.TrimSpace(node.String()), "\n")
	return line
}
