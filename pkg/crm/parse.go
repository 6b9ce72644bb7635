package crm

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of JSON that is not well-formed or not strict enough.
const (
	CodeJSONNotWellFormed diag.Code = "json-not-well-formed"
	CodeJSONCutOff        diag.Code = "json-cut-off"
	CodeJSONNotUTF8       diag.Code = "json-not-utf8"
	CodeJSONLoneSurrogate diag.Code = "json-lone-surrogate"
	CodeJSONDuplicateKey  diag.Code = "json-duplicate-key"
	CodeJSONTooDeep       diag.Code = "json-too-deep"
)

// maxDepth is how deep objects and arrays may lie in each other. Canonical
// records need 5, the CRMs' own shapes about 10.
const maxDepth = 64

// jsonText is a piece of JSON and the place where it begins.
type jsonText struct {
	text string
	at   diag.Position
}

// position turns a byte offset into a position; columns count characters.
func (j jsonText) position(offset int) diag.Position {
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

// parser makes trees out of JSON. It keeps its memory from one record to the
// next, so each worker has its own; the zero value is ready.
type parser struct {
	source  jsonText
	decoder jsontext.Decoder
	depth   int
	issues  diag.List
	// open are the members and items of the objects and arrays that are not
	// closed yet, innermost last; closed ones lie in the slabs.
	openMembers []member
	openItems   []node
	memberSlab  []member
	itemSlab    []node
}

// parse reads one value of JSON, which must be all of the bytes. With an issue
// of severity error there may still be a tree: duplicate keys let reading go
// on, so that every finding of a record is reported; nil is no tree.
func (p *parser) parse(raw []byte, at diag.Position) (*node, diag.List) {
	p.source = jsonText{string(raw), at}
	p.depth, p.issues = 0, nil
	p.openMembers, p.openItems = p.openMembers[:0], p.openItems[:0]
	p.memberSlab, p.itemSlab = p.memberSlab[:0], p.itemSlab[:0]
	// Duplicate keys are found below: the decoder's own check costs half as much
	// again as all the rest and stops at the first.
	p.decoder.Reset(bytes.NewBuffer(raw), jsontext.AllowDuplicateNames(true))

	var root node
	err := p.value(&root)
	if err == nil {
		if _, err = p.decoder.ReadToken(); err == io.EOF {
			return &root, p.issues
		}
		if err == nil {
			err = p.unexpected(p.start(int(p.decoder.InputOffset()) - 1))
		}
	}
	return nil, append(p.issues, p.explain(err))
}

// value reads the next value into n.
func (p *parser) value(n *node) error {
	n.at = p.start(int(p.decoder.InputOffset()))
	token, err := p.decoder.ReadToken()
	if err != nil {
		return err
	}
	switch token.Kind() {
	case '{':
		n.kind = objectNode
		return p.nested(n, p.object)
	case '[':
		n.kind = arrayNode
		return p.nested(n, p.array)
	case '"':
		n.kind, n.text = stringNode, p.textOf(token, n.at)
	case '0':
		n.kind, n.text = numberNode, p.source.text[n.at:p.decoder.InputOffset()]
	case 't', 'f':
		n.kind, n.text = boolNode, p.source.text[n.at:p.decoder.InputOffset()]
	}
	return nil
}

func (p *parser) nested(n *node, read func(*node) error) error {
	if p.depth++; p.depth > maxDepth {
		return tooDeep(p.source.position(n.at))
	}
	defer func() { p.depth-- }()
	return read(n)
}

func tooDeep(at diag.Position) *diag.Issue {
	return diag.New(CodeJSONTooDeep, "limit", strconv.Itoa(maxDepth)).Located(at)
}

// object reads the members of an object up to its end.
func (p *parser) object(n *node) error {
	base := len(p.openMembers)
	seen := keySet{}
	for p.decoder.PeekKind() != '}' {
		var m member
		m.at = p.start(int(p.decoder.InputOffset()))
		token, err := p.decoder.ReadToken()
		if err != nil {
			return err
		}
		m.key = p.textOf(token, m.at)
		if err := p.value(&m.value); err != nil {
			return err
		}
		if seen.has(m.key, p.openMembers[base:]) {
			p.issues.Add(diag.New(CodeJSONDuplicateKey, "key", m.key).Of(m.key).Located(p.source.position(m.at)))
			continue
		}
		p.openMembers = append(p.openMembers, m)
	}
	n.members, p.memberSlab = keep(p.memberSlab, p.openMembers[base:])
	p.openMembers = p.openMembers[:base]
	_, err := p.decoder.ReadToken()
	return err
}

// array reads the items of an array up to its end.
func (p *parser) array(n *node) error {
	base := len(p.openItems)
	for p.decoder.PeekKind() != ']' {
		var item node
		if err := p.value(&item); err != nil {
			return err
		}
		p.openItems = append(p.openItems, item)
	}
	n.items, p.itemSlab = keep(p.itemSlab, p.openItems[base:])
	p.openItems = p.openItems[:base]
	_, err := p.decoder.ReadToken()
	return err
}

// keep copies values to the end of a slab, or of a new and larger one when it
// is full; what lies in the old slab stays where it is.
func keep[T any](slab, values []T) (kept, rest []T) {
	if cap(slab)-len(slab) < len(values) {
		slab = make([]T, 0, max(128, 2*cap(slab), len(values)))
	}
	from := len(slab)
	slab = append(slab, values...)
	return slab[from:len(slab):len(slab)], slab
}

// start is the offset of the next token: the first byte from there that is no
// blank and no separator.
func (p *parser) start(from int) int {
	text := p.source.text
	for from < len(text) && strings.IndexByte(" \t\r\n:,", text[from]) >= 0 {
		from++
	}
	return from
}

// textOf is the value of the string token that begins at an offset. Without
// escapes it is a part of the record's own text, which saves a copy a string.
func (p *parser) textOf(token jsontext.Token, at int) string {
	raw := p.source.text[at:p.decoder.InputOffset()]
	if strings.IndexByte(raw, '\\') >= 0 {
		return token.String()
	}
	return raw[1 : len(raw)-1]
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
func (s *keySet) has(key string, members []member) bool {
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
		if members[i].key == key {
			return true
		}
	}
	return false
}

func (s *keySet) indexed(key string, members []member) bool {
	if s.index == nil {
		s.index = make(map[string]struct{}, 2*manyKeys)
		for i := range members {
			s.index[members[i].key] = struct{}{}
		}
	}
	_, twice := s.index[key]
	s.index[key] = struct{}{}
	return twice
}

// explain makes an issue of an error of the decoder.
func (p *parser) explain(err error) *diag.Issue {
	var issue *diag.Issue
	if errors.As(err, &issue) {
		return issue
	}
	text := p.source.text
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return diag.New(CodeJSONCutOff).Located(p.source.position(len(text)))
	}
	offset := int(p.decoder.InputOffset())
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		offset = min(int(syntax.ByteOffset), len(text))
	}
	if char, size := utf8.DecodeRuneInString(text[offset:]); char == utf8.RuneError && size == 1 {
		return diag.New(CodeJSONNotUTF8).Located(p.source.position(offset))
	}
	if escape := surrogate(text[offset:]); escape != "" {
		return diag.New(CodeJSONLoneSurrogate).Of(escape).Located(p.source.position(offset))
	}
	return p.unexpected(offset)
}

// surrogate gives the escape of half a character at the beginning of a text.
func surrogate(text string) string {
	if len(text) >= 6 && text[0] == '\\' && text[1] == 'u' && strings.IndexByte("dD", text[2]) >= 0 &&
		strings.IndexByte("89abAB"+"cdefCDEF", text[3]) >= 0 {
		return text[:6]
	}
	return ""
}

func (p *parser) unexpected(offset int) *diag.Issue {
	char, _ := utf8.DecodeRuneInString(p.source.text[offset:])
	return diag.New(CodeJSONNotWellFormed).Of(string(char)).Located(p.source.position(offset))
}
