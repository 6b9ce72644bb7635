package profile

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/yamlio"
)

// The codes of a profile that cannot be used.
var (
	CodeProfileYAML       = diag.Usage.Code("profile-yaml", "error")
	CodeProfileUnknownKey = diag.Usage.Code("profile-unknown-key", "known")
	CodeProfileMissingKey = diag.Usage.Code("profile-missing-key", "key")
	CodeProfileWrongType  = diag.Usage.Code("profile-wrong-type", "expected", "key")
	CodeProfileValue      = diag.Usage.Code("profile-value", "allowed", "key")
)

// scalar is a text of the YAML file and where it stands.
type scalar struct {
	text string
	at   diag.Position
	// block says that the text begins on the line below (YAML's | and >), quoted
	// that a quotation mark stands in front of it.
	block, quoted bool
}

// entry is a key of a YAML mapping and its value.
type entry struct {
	scalar
	value ast.Node
}

// yamlReader walks a YAML file and collects what is wrong with it.
type yamlReader struct {
	file   string
	issues diag.List
}

// root reads the file, which must be one mapping.
func (y *yamlReader) root(text []byte) []entry {
	start := diag.Position{File: y.file, Line: 1, Column: 1}
	parsed, err := yamlio.Parse(text, y.file)
	if err != nil {
		y.issues.Add(y.unparsed(err))
		return nil
	}
	if len(parsed.Docs) != 1 || parsed.Docs[0].Body == nil {
		y.issues.Add(diag.New(CodeProfileWrongType, "key", "(profile)", "expected", "mapping").WithPosition(start))
		return nil
	}
	return y.mapping("(profile)", parsed.Docs[0].Body)
}

// unparsed makes an issue of the reason why there is no tree.
func (y *yamlReader) unparsed(err error) *diag.Issue {
	if syntax, ok := errors.AsType[*yamlio.SyntaxError](err); ok {
		return diag.New(CodeProfileYAML, "error", syntax.Reason).WithPosition(syntax.At)
	}
	if errors.Is(err, yamlio.ErrNotUTF8) {
		return diag.New(CodeProfileYAML, "error", err.Error()).WithPosition(diag.Position{File: y.file})
	}
	return diag.As(err)
}

func (y *yamlReader) position(t *token.Token) diag.Position { return yamlio.Position(t, y.file) }

// mapping gives the keys of a mapping; nothing at all is an empty one.
func (y *yamlReader) mapping(name string, n ast.Node) []entry {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		y.wrongType(name, "mapping", n)
		return nil
	}
	var entries []entry
	for _, v := range m.Values {
		key := scalar{text: v.Key.GetToken().Value, at: y.position(v.Key.GetToken())}
		entries = append(entries, entry{key, v.Value})
	}
	return entries
}

// wrongType reports a node of another type; nothing at all is not reported.
func (y *yamlReader) wrongType(name, expected string, n ast.Node) {
	if _, isNull := n.(*ast.NullNode); isNull {
		return
	}
	y.issues.Add(diag.New(CodeProfileWrongType, "key", name, "expected", expected).WithPosition(y.position(n.GetToken())))
}

// text gives a scalar as it is written, whatever YAML takes it for.
func (y *yamlReader) text(name string, n ast.Node) scalar {
	switch v := n.(type) {
	case *ast.LiteralNode:
		return scalar{text: v.Value.Value, at: y.position(v.GetToken()), block: true}
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		t := n.GetToken()
		quoted := t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
		return scalar{text: t.Value, at: y.position(t), quoted: quoted}
	}
	y.wrongType(name, "scalar", n)
	return scalar{at: y.position(n.GetToken())}
}

// texts gives a list of texts; a single text is a list of one.
func (y *yamlReader) texts(name string, n ast.Node) []string {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		if _, isMap := n.(*ast.MappingNode); isMap {
			y.wrongType(name, "sequence", n)
			return nil
		}
		return []string{y.text(name, n).text}
	}
	var texts []string
	for _, item := range list.Values {
		texts = append(texts, y.text(name, item).text)
	}
	return texts
}

// truth gives true or false.
func (y *yamlReader) truth(name string, n ast.Node) bool {
	value, ok := n.(*ast.BoolNode)
	if !ok {
		y.wrongType(name, "true, false", n)
		return false
	}
	return value.Value
}

// oneOf gives a text that must be one of a list.
func (y *yamlReader) oneOf(name string, n ast.Node, allowed []string) string {
	text := y.text(name, n)
	for _, one := range allowed {
		if text.text == one {
			return one
		}
	}
	y.issues.Add(diag.New(CodeProfileValue, "key", name, "allowed", strings.Join(allowed, ", ")).WithValue(text.text).WithPosition(text.at))
	return ""
}

// section hands each key of a mapping to its reader; an unknown key is an error
// with those that were probably meant.
type section map[string]func(name string, n ast.Node)

func (y *yamlReader) read(entries []entry, readers section) {
	for _, e := range entries {
		if read, ok := readers[e.text]; ok {
			read(e.text, e.value)
			continue
		}
		if len(y.issues) < canonical.MaxIssues { // what was meant takes its time to find
			y.issues.Add(diag.New(CodeProfileUnknownKey, "known", nearestOf(e.text, readers)).WithValue(e.text).WithPosition(e.at))
		}
	}
}
