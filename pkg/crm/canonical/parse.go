package canonical

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of JSON that is not well-formed or not strict enough.
var (
	CodeJSONNotWellFormed = diag.Refused.Code("json-not-well-formed")
	CodeJSONCutOff        = diag.Refused.Code("json-cut-off")
	CodeJSONNotUTF8       = diag.Refused.Code("json-not-utf8")
	CodeJSONLoneSurrogate = diag.Refused.Code("json-lone-surrogate")
	CodeJSONDuplicateKey  = diag.Refused.Code("json-duplicate-key", "key")
	CodeJSONTooDeep       = diag.Refused.Code("json-too-deep", "limit")
	// CodeInvisibleDropped notes a key, code or cell out of which characters were
	// dropped that nobody sees.
	CodeInvisibleDropped = diag.Note.Code("invisible-dropped")
)

// maxDepth is how deep objects and arrays may lie in each other. Canonical
// records need 5, the CRMs' own shapes about 10.
const maxDepth = 64

// jsonText is a piece of JSON and the place where it begins.
type jsonText struct {
	text string
	at   diag.Position
}

// Position turns a byte offset into a position; columns count characters.
func (j jsonText) Position(offset int) diag.Position {
	before := j.text[:min(offset, len(j.text))]
	at := j.at
	if lines := strings.Count(before, "\n"); lines > 0 {
		at.Line += lines
		before = before[strings.LastIndexByte(before, '\n')+1:]
		at.Column = 1
	}
	at.Column += utf8.RuneCountInString(before)
	return at
}

// Parser makes trees out of JSON. It keeps its memory from one record to the
// next, so each worker has its own; the zero value is ready.
type Parser struct {
	Source jsonText
	// next is the offset of the first byte that is not read.
	next   int
	depth  int
	issues diag.List
	// levels hold the members and items by depth. At one depth an object ends
	// before the next begins, so what belongs together lies together.
	levels []level
}

type level struct {
	members []Member
	items   []Node
}

// Parse reads one value of JSON, which must be all of the bytes. Duplicate keys
// and too many levels are issues beside a tree, so that every finding of a
// record is reported; nil is no tree.
//
// The library checks the whole text first; the tree is then made without a look
// at faults. The library's own check for duplicate keys would double its time
// and stop at the first.
func (p *Parser) Parse(raw []byte, at diag.Position) (*Node, diag.List) {
	p.Source = jsonText{string(raw), at}
	p.next, p.depth, p.issues = 0, 0, nil
	for i := range p.levels {
		p.levels[i].members, p.levels[i].items = p.levels[i].members[:0], p.levels[i].items[:0]
	}
	if !jsontext.Value(raw).IsValid(jsontext.AllowDuplicateNames(true)) {
		return nil, diag.List{p.Source.explain(raw)}
	}
	root := p.value()
	return &root, p.issues
}

// value reads the next value.
func (p *Parser) value() (n Node) {
	p.skip()
	n.At = p.next
	switch p.Source.text[p.next] {
	case '{':
		n.Kind = ObjectNode
		n.Members = p.object()
	case '[':
		n.Kind = ArrayNode
		n.Items = p.array()
	case '"':
		n.Kind, n.Text = StringNode, p.string()
	case 't', 'f':
		n.Kind, n.Text = BoolNode, p.literal()
	case 'n':
		p.literal()
	default:
		n.Kind, n.Text = NumberNode, p.literal()
	}
	return n
}

// object reads an object from its brace on.
func (p *Parser) object() []Member {
	depth := p.deeper()
	from := len(p.levels[depth].members)
	seen := keySet{}
	for p.more('}') {
		at := p.next
		m := Member{Key: p.key(at), At: at}
		m.Value = p.value()
		here := &p.levels[depth] // now, since the levels may have moved
		if seen.has(m.Key, here.members[from:]) {
			p.duplicate(m.Key, at)
			continue
		}
		here.members = append(here.members, m)
	}
	p.depth--
	return slices.Clip(p.levels[depth].members[from:])
}

// key reads a key, without the characters that nobody sees.
func (p *Parser) key(at int) string {
	key := p.string()
	if !charset.HasInvisible(key) {
		return key
	}
	key = charset.WithoutInvisible(key)
	if len(p.issues) < MaxIssues {
		p.issues.Add(diag.Notice(CodeInvisibleDropped).WithValue(Visible(key)).WithPosition(p.Source.Position(at)))
	}
	return key
}

func (p *Parser) duplicate(key string, at int) {
	if len(p.issues) < MaxIssues {
		p.issues.Add(diag.New(CodeJSONDuplicateKey, "key", Visible(key)).WithPath(p.Source.path(at)).WithPosition(p.Source.Position(at)))
	}
}

// array reads an array from its bracket on.
func (p *Parser) array() []Node {
	depth := p.deeper()
	from := len(p.levels[depth].items)
	for p.more(']') {
		item := p.value()
		here := &p.levels[depth]
		here.items = append(here.items, item)
	}
	p.depth--
	return slices.Clip(p.levels[depth].items[from:])
}

// deeper enters an object or array and gives the depth of what is in it.
func (p *Parser) deeper() int {
	p.next++
	if p.depth++; p.depth == maxDepth+1 {
		p.issues.Add(tooDeep().WithPosition(p.Source.Position(p.next - 1)))
	}
	if p.depth > len(p.levels) {
		p.levels = append(p.levels, level{})
	}
	return p.depth - 1
}

func tooDeep() *diag.Issue { return diag.New(CodeJSONTooDeep, "limit", strconv.Itoa(maxDepth)) }

// more goes on to the next member or item, or past the end.
func (p *Parser) more(end byte) bool {
	p.skip()
	if p.Source.text[p.next] == end {
		p.next++
		return false
	}
	return true
}

// skip passes blanks and separators.
func (p *Parser) skip() {
	for {
		switch p.Source.text[p.next] {
		case ' ', '\t', '\r', '\n', ':', ',':
			p.next++
		default:
			return
		}
	}
}

// literal reads a number, true, false or null.
func (p *Parser) literal() string {
	from := p.next
	for p.next < len(p.Source.text) && strings.IndexByte(",]} \t\r\n", p.Source.text[p.next]) < 0 {
		p.next++
	}
	return p.Source.text[from:p.next]
}

// string reads a string. Without escapes it is a part of the record's own text,
// which saves a copy a string.
func (p *Parser) string() string {
	from := p.next
	text := p.Source.text
	escaped := false
	end := from + 1
	for text[end] != '"' {
		if text[end] == '\\' {
			escaped = true
			end++
		}
		end++
	}
	p.next = end + 1
	if !escaped {
		return text[from+1 : end]
	}
	// The text is valid, so there is nothing that could fail.
	plain, _ := jsontext.AppendUnquote(nil, text[from:p.next])
	return string(plain)
}

// keySet finds keys that an object has twice.
type keySet struct {
	// bloom has a bit for each key seen; only a bit seen before needs a look.
	bloom uint64
	// index takes over in objects so large that looking would be slow.
	index map[string]struct{}
}

const manyKeys = 64

// has tells whether the key is among the members, and notes it.
func (s *keySet) has(key string, members []Member) bool {
	if len(members) >= manyKeys {
		return s.indexed(key, members)
	}
	hash := len(key)
	if hash > 0 {
		hash = hash*31 ^ int(key[0])*7 ^ int(key[hash-1])*3 ^ int(key[hash/2])
	}
	bit := uint64(1) << (hash & 63)
	if s.bloom&bit == 0 {
		s.bloom |= bit
		return false
	}
	for i := range members {
		if members[i].Key == key {
			return true
		}
	}
	return false
}

func (s *keySet) indexed(key string, members []Member) bool {
	if s.index == nil {
		s.index = make(map[string]struct{}, 2*manyKeys)
		for i := range members {
			s.index[members[i].Key] = struct{}{}
		}
	}
	_, twice := s.index[key]
	s.index[key] = struct{}{}
	return twice
}
