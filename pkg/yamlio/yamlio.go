// Package yamlio reads the YAML that people write for the tool: configurations
// and mapping profiles. The library's parser takes time and memory by the square
// of a file's depth and of its number of keys, so every file is bounded before
// the parser sees it; nothing else reads YAML.
package yamlio

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/scanner"
	"github.com/goccy/go-yaml/token"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of a file that is not parsed at all.
var (
	CodeTooLarge  = diag.Usage.Code("yaml-too-large", "limit")
	CodeTooDeep   = diag.Usage.Code("yaml-too-deep", "limit")
	CodeTooMany   = diag.Usage.Code("yaml-too-many-keys", "limit")
	CodeInvisible = diag.Usage.Code("yaml-invisible-character", "character")
	CodeTooBlank  = diag.Usage.Code("yaml-too-many-blanks", "limit")
)

// Limits of a file. A configuration needs a depth of 4 and some hundred keys; a
// map of a profile may have thousands. Parsing a file at all limits takes about
// a second.
const (
	maxSize   = 1 << 20
	maxDepth  = 64
	maxKeys   = 10_000
	maxTokens = 100_000
	// maxBlank are blank lines one after another: the library looks at all that is
	// above each of them in a text of several lines.
	maxBlank = 100
	// maxNodes is how deep the nodes of the tree may lie in each other, of which a
	// level has up to three.
	maxNodes = 3 * maxDepth
)

// ErrNotUTF8 is the error of a text in another encoding.
var ErrNotUTF8 = errors.New("not UTF-8")

// SyntaxError is the error of a text that is not YAML.
type SyntaxError struct {
	Reason string
	At     diag.Position
}

func (e *SyntaxError) Error() string { return e.Reason }

// ReadFile reads a file up to a byte more than Parse takes, however large it is
// and if it has no end.
func ReadFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxSize+1))
}

// Parse checks a text and parses it; file names it in positions. The error is an
// issue of the codes above, ErrNotUTF8, or a *SyntaxError.
func Parse(text []byte, file string, options ...parser.Option) (*ast.File, error) {
	start := diag.Position{File: file, Line: 1, Column: 1}
	if len(text) > maxSize {
		return nil, diag.New(CodeTooLarge, "limit", strconv.Itoa(maxSize>>20)).WithPosition(start)
	}
	if !utf8.Valid(text) {
		return nil, ErrNotUTF8
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if line := tooBlank(text); line > 0 {
		return nil, diag.New(CodeTooBlank, "limit", strconv.Itoa(maxBlank)).WithPosition(diag.Position{File: file, Line: line, Column: 1})
	}
	tokens, issue := tokenize(string(text), file)
	if issue != nil {
		return nil, issue
	}
	parsed, err := parser.Parse(tokens, 0, options...)
	if err != nil {
		return nil, syntax(err, file)
	}
	for _, doc := range parsed.Docs {
		deep := &depths{}
		if ast.Walk(deep.at(0), doc); deep.beyond != nil {
			return nil, diag.New(CodeTooDeep, "limit", strconv.Itoa(maxDepth)).WithPosition(Position(deep.beyond, file))
		}
	}
	return parsed, nil
}

// tooBlank gives the line of the first blank line that is one too many; 0 is none.
func tooBlank(text []byte) int {
	line, blank := 1, 0
	for i, c := range text {
		switch {
		case c == '\n' || c == '\r' && !bytes.HasPrefix(text[i+1:], []byte("\n")):
			line++
			if blank++; blank > maxBlank+1 { // the first break ends a line of text
				return line - 1
			}
		case c != ' ' && c != '\t' && c != '\r':
			blank = 0
		}
	}
	return 0
}

// depths finds a node of the tree that lies too deep: the library hangs what follows
// on a tag or an anchor that has no value of its own, which no token tells.
type depths struct{ beyond *token.Token }

func (d *depths) at(depth int) ast.Visitor { return nodeDepth{d, depth} }

type nodeDepth struct {
	all   *depths
	depth int
}

// Visit is called for each node before those in it.
func (n nodeDepth) Visit(node ast.Node) ast.Visitor {
	if n.depth > maxNodes && n.all.beyond == nil {
		n.all.beyond = node.GetToken()
	}
	if n.all.beyond != nil {
		return nil
	}
	return n.all.at(n.depth + 1)
}

// tokenize gives the tokens of a text, and stops where they go beyond the limits.
func tokenize(text, file string) (tokens token.Tokens, issue *diag.Issue) {
	var s scanner.Scanner
	s.Init(text)
	m := measure{file: file}
	for {
		next, err := s.Scan()
		if errors.Is(err, io.EOF) { // any other fault is a token, too
			return tokens, nil
		}
		for _, t := range next {
			if issue := m.see(t); issue != nil {
				return nil, issue
			}
		}
		tokens.Add(next...)
	}
}

func syntax(err error, file string) *SyntaxError {
	if at, ok := errors.AsType[yaml.Error](err); ok {
		return &SyntaxError{at.GetMessage(), Position(at.GetToken(), file)}
	}
	reason, _, _ := strings.Cut(err.Error(), "\n")
	return &SyntaxError{reason, diag.Position{File: file}}
}

// Position is the place of a token.
func Position(t *token.Token, file string) diag.Position {
	at := diag.Position{File: file}
	if t != nil && t.Position != nil {
		at.Line, at.Column = t.Position.Line, t.Position.Column
	}
	return at
}

// measure follows the tokens of a file and finds what goes beyond the limits. It
// may count a level too many, never one too few.
type measure struct {
	file string
	// blocks are the columns of the block collections that are open, flows counts
	// the brackets.
	blocks []int
	flows  int
	// chain counts what hangs on one another without a bracket or an indent:
	// anchors, tags, keys of keys.
	chain int
	// hung counts the tags without a value of their own on the line: the library
	// hangs on them all that follows.
	hung   int
	keys   int
	tokens int
	last   *token.Token
}

func (m *measure) see(t *token.Token) *diag.Issue {
	defer func() { m.last = t }()
	m.tokens++
	switch t.Type {
	case token.CommentType:
		return nil
	case token.SequenceStartType, token.MappingStartType:
		m.flows++
		m.chain = 0
	case token.SequenceEndType, token.MappingEndType:
		m.flows = max(0, m.flows-1)
		m.chain = 0
	case token.CollectEntryType:
		m.chain = 0
	case token.AnchorType, token.TagType, token.AliasType:
		m.chain++
	case token.SequenceEntryType, token.MappingKeyType:
		if m.last != nil && m.last.Type == token.TagType {
			m.hung++
		}
		m.block(t)
	case token.MappingValueType:
		m.keys++
		m.block(m.last)
	case token.DocumentHeaderType, token.DocumentEndType:
		m.blocks, m.flows, m.chain, m.hung = nil, 0, 0, 0
	}
	switch {
	case charset.HasInvisible(t.Origin):
		return m.refuse(t, CodeInvisible, "character", invisible(t.Origin))
	case len(m.blocks)+m.flows+m.chain+m.hung > maxDepth:
		return m.refuse(t, CodeTooDeep, "limit", strconv.Itoa(maxDepth))
	case m.keys > maxKeys || m.tokens > maxTokens:
		return m.refuse(t, CodeTooMany, "limit", strconv.Itoa(maxKeys))
	}
	return nil
}

// block notes an entry of a block collection, which ends those that are indented
// more. Inside brackets there is no indent.
func (m *measure) block(t *token.Token) {
	if m.flows > 0 || t == nil {
		m.chain++
		return
	}
	m.chain = 0
	column := t.Position.Column
	for len(m.blocks) > 0 && m.blocks[len(m.blocks)-1] > column {
		m.blocks = m.blocks[:len(m.blocks)-1]
	}
	if len(m.blocks) == 0 || m.blocks[len(m.blocks)-1] < column {
		m.blocks = append(m.blocks, column)
	}
}

func (m *measure) refuse(t *token.Token, code diag.Code, pairs ...string) *diag.Issue {
	return diag.New(code, pairs...).WithPosition(Position(t, m.file))
}

// invisible names the first invisible character of a text: U+200B.
func invisible(text string) string {
	at := strings.IndexFunc(text, charset.Invisible)
	r, _ := utf8.DecodeRuneInString(text[at:])
	return "U+" + strings.ToUpper(strconv.FormatInt(int64(r), 16))
}
