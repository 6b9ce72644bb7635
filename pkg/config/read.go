package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// reader fills a configuration from the tree of a YAML file, collecting
// everything that is wrong.
type reader struct {
	config *Config
	env    map[string]string
	issues diag.List
}

func (r *reader) read(content []byte) {
	if !utf8.Valid(content) {
		r.report(diag.New(CodeNotUTF8), "", nil)
		return
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	file, err := parser.ParseBytes(content, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntax(err)
		return
	}
	for i, doc := range file.Docs {
		switch {
		case i > 0:
			r.report(diag.New(CodeUnsupported).Of("---"), "", doc.Start)
		case doc.Body != nil:
			r.value(doc.Body, field{value: reflect.ValueOf(r.config).Elem()})
		}
	}
}

func (r *reader) syntax(err error) {
	reason, at := err.Error(), (*token.Token)(nil)
	if syntax := (*yaml.SyntaxError)(nil); errors.As(err, &syntax) {
		reason, at = syntax.Message, syntax.Token
	}
	r.report(diag.New(CodeSyntax, "reason", reason), "", at)
}

func (r *reader) report(issue *diag.Issue, key string, at *token.Token) {
	r.issues.Add(issue.In(key).Located(r.position(at)))
}

func (r *reader) position(at *token.Token) diag.Position {
	position := diag.Position{File: r.config.file}
	if at != nil && at.Position != nil {
		position.Line, position.Column = at.Position.Line, at.Position.Column
	}
	return position
}

// value reads what stands at a key. Nothing ("key:" alone) leaves it as it is.
func (r *reader) value(node ast.Node, f field) {
	switch node.(type) {
	case *ast.NullNode:
		return
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		r.report(diag.New(CodeUnsupported).Of(node.GetToken().Value), f.key, node.GetToken())
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
	for _, child := range fields(f.value, "") {
		known[child.key] = child
		order = append(order, child.key)
		if child.tag.Get("required") != "" {
			missing[child.key] = true
		}
	}
	r.pairs(node, f.key, func(name string, at *token.Token, value ast.Node) {
		child, ok := known[name]
		if !ok {
			r.report(diag.New(CodeUnknownKey, "known", diag.Meant(name, order)).Of(name), f.key, at)
			return
		}
		delete(missing, name)
		child.key = join(f.key, name)
		r.value(value, child)
	})
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		r.report(diag.New(CodeMissingKey).Of(name), f.key, node.GetToken())
	}
}

// freeMapping reads a mapping whose keys are the user's own words.
func (r *reader) freeMapping(node ast.Node, f field) {
	f.value.Set(reflect.MakeMap(f.value.Type()))
	r.pairs(node, f.key, func(name string, _ *token.Token, value ast.Node) {
		element := reflect.New(f.value.Type().Elem()).Elem()
		r.value(value, field{join(f.key, name), element, f.tag})
		f.value.SetMapIndex(reflect.ValueOf(name), element)
	})
}

func (r *reader) pairs(node ast.Node, key string, each func(string, *token.Token, ast.Node)) {
	mapping, ok := node.(ast.MapNode)
	if !ok {
		r.report(diag.New(CodeWantMapping).Of(short(node)), key, node.GetToken())
		return
	}
	seen := map[string]bool{}
	for iter := mapping.MapRange(); iter.Next(); {
		scalar, plain := iter.Key().(ast.ScalarNode)
		at := iter.Key().GetToken()
		switch {
		case !plain || iter.Key().IsMergeKey():
			r.report(diag.New(CodeUnsupported).Of(at.Value), key, at)
			continue
		case seen[text(scalar)]:
			r.report(diag.New(CodeDuplicateKey).Of(text(scalar)), key, at)
			continue
		}
		seen[text(scalar)] = true
		each(text(scalar), at, iter.Value())
	}
}

func (r *reader) list(node ast.Node, f field) {
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		r.report(diag.New(CodeWantList).Of(short(node)), f.key, node.GetToken())
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
		r.report(diag.New(CodeWantValue).Of(short(node)), f.key, node.GetToken())
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
	if kind == "" || named || elsewhere || text == "" || text == "-" || filepath.IsAbs(text) {
		return text
	}
	return filepath.Join(filepath.Dir(r.config.file), text)
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
