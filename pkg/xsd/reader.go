package xsd

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// node is an element of a schema document.
type node struct {
	doc   *document
	at    int    // offset of the tag in the document's text
	tag   string // the name as it is written
	space string // namespace URI
	name  string
	// attrs are those without a prefix; others are no business of a schema.
	attrs []attribute
	// scope maps the prefixes known here to namespace URIs.
	scope map[string]string
	nodes []*node
	text  string
}

type attribute struct{ name, value string }

func (n *node) attr(name string) (string, bool) {
	for _, a := range n.attrs {
		if a.name == name {
			return a.value, true
		}
	}
	return "", false
}

func (n *node) value(name string) string {
	value, _ := n.attr(name)
	return value
}

func (n *node) position() diag.Position {
	return diag.Position{File: n.doc.file, Line: 1 + strings.Count(n.doc.text[:n.at], "\n")}
}

// reader reads the XML of a schema document: everything but a document type. It
// is here, and small, because schemas are read at every start of the tool.
type reader struct {
	doc  *document
	text string
	p    int
	open []*node
	// attrs is scratch.
	attrs []attribute
	err   error
}

// parse reads a schema document into nodes.
func parse(file, text string) (*document, error) {
	r := &reader{doc: &document{file: file, text: text}, text: text}
	for r.err == nil && r.p < len(text) {
		r.next()
	}
	if r.err == nil && (r.doc.root == nil || len(r.open) > 0) {
		r.fail("the document ends too early")
	}
	return r.doc, r.err
}

func (r *reader) fail(problem string) {
	at := &node{doc: r.doc, at: min(r.p, len(r.text))}
	r.err = diag.New(CodeSchemaUnreadable, "error", problem).WithPosition(at.position())
}

// next reads a text and the markup behind it.
func (r *reader) next() {
	text, _, found := strings.Cut(r.text[r.p:], "<")
	r.characters(r.unescape(text))
	r.p += len(text)
	rest := r.text[r.p:]
	switch {
	case !found:
	case strings.HasPrefix(rest, "<!--"):
		r.until(len("<!--"), "-->")
	case strings.HasPrefix(rest, "<?"):
		r.until(len("<?"), "?>")
	case strings.HasPrefix(rest, "<![CDATA["):
		r.characters(r.until(len("<![CDATA["), "]]>"))
	case strings.HasPrefix(rest, "<!"):
		r.fail("a document type is not allowed")
	case strings.HasPrefix(rest, "</"):
		r.end(strings.TrimRight(r.until(len("</"), ">"), blanks))
	default:
		r.start()
	}
}

// until skips n bytes and gives what stands before the mark, which is skipped
// as well.
func (r *reader) until(n int, mark string) string {
	text, _, found := strings.Cut(r.text[r.p+n:], mark)
	if !found {
		r.fail("there is no " + mark + " to the end")
		return ""
	}
	r.p += n + len(text) + len(mark)
	return text
}

// characters adds a text to the open element; what is no documentation is blank.
func (r *reader) characters(text string) {
	if strings.Trim(text, blanks) == "" {
		return
	}
	if len(r.open) == 0 {
		r.fail("text outside the document element")
		return
	}
	r.open[len(r.open)-1].text += text
}

const blanks = " \t\r\n"

func (r *reader) end(tag string) {
	if r.err != nil {
		return
	}
	last := len(r.open) - 1
	if last < 0 || r.open[last].tag != tag {
		r.fail("</" + tag + "> closes nothing")
		return
	}
	r.open = r.open[:last]
}

// start reads a start tag.
func (r *reader) start() {
	n := &node{doc: r.doc, at: r.p}
	r.p++
	n.tag = r.name()
	declared := false
	all := r.attrs[:0]
	for r.err == nil {
		r.skipBlanks()
		if rest := r.text[r.p:]; strings.HasPrefix(rest, ">") || strings.HasPrefix(rest, "/>") {
			break
		}
		a := r.attribute()
		declared = declared || strings.HasPrefix(a.name, "xmlns")
		all = append(all, a)
	}
	r.attrs = all
	if r.err == nil {
		r.place(n, all, declared)
	}
}

// place resolves the names of a start tag and hangs the element into the tree.
func (r *reader) place(n *node, all []attribute, declared bool) {
	parent := r.parent()
	switch {
	case parent == nil && r.doc.root != nil:
		r.fail("a second document element")
		return
	case parent == nil:
		r.doc.root = n
		n.scope = map[string]string{"": "", "xml": "http://www.w3.org/XML/1998/namespace"}
	default:
		parent.nodes = append(parent.nodes, n)
		n.scope = parent.scope
	}
	if declared {
		n.scope = declarations(n.scope, all)
	}
	prefix, local, qualified := strings.Cut(n.tag, ":")
	if !qualified {
		prefix, local = "", n.tag
	}
	var known bool
	n.name = local
	if n.space, known = n.scope[prefix]; !known {
		r.fail("undeclared prefix " + prefix)
		return
	}
	if len(all) > 0 {
		n.attrs = make([]attribute, 0, len(all))
	}
	for _, a := range all {
		if !strings.Contains(a.name, ":") && a.name != "xmlns" {
			n.attrs = append(n.attrs, a)
		}
	}
	if r.text[r.p] == '/' {
		r.p += len("/>")
		return
	}
	r.p += len(">")
	r.open = append(r.open, n)
}

func (r *reader) parent() *node {
	if len(r.open) == 0 {
		return nil
	}
	return r.open[len(r.open)-1]
}

// declarations adds the namespace declarations of a tag to the outer scope.
func declarations(outer map[string]string, all []attribute) map[string]string {
	scope := make(map[string]string, len(outer)+len(all))
	maps.Copy(scope, outer)
	for _, a := range all {
		if prefix, ok := strings.CutPrefix(a.name, "xmlns:"); ok {
			scope[prefix] = a.value
		} else if a.name == "xmlns" {
			scope[""] = a.value
		}
	}
	return scope
}

// attribute reads name="value".
func (r *reader) attribute() attribute {
	name := r.name()
	r.skipBlanks()
	if !strings.HasPrefix(r.text[r.p:], "=") {
		r.fail("an attribute has no value")
		return attribute{}
	}
	r.p++
	r.skipBlanks()
	rest := r.text[r.p:]
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		r.fail("an attribute's value is not quoted")
		return attribute{}
	}
	value := r.until(1, rest[:1])
	if strings.ContainsAny(value, "\t\r\n") {
		value = lineEnds.Replace(value)
	}
	return attribute{name, r.unescape(value)}
}

// lineEnds are blanks inside a value.
var lineEnds = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ", "\r", " ")

// name reads up to a delimiter.
func (r *reader) name() string {
	rest := r.text[r.p:]
	n := 0
	for n < len(rest) && !delimiter[rest[n]] {
		n++
	}
	if n == 0 {
		r.fail("a name is expected")
	}
	r.p += n
	return rest[:n]
}

var delimiter = [256]bool{
	' ': true, '\t': true, '\r': true, '\n': true, '=': true, '/': true, '<': true, '>': true, '"': true, '\'': true,
}

// skipBlanks goes to the next character that is not blank.
func (r *reader) skipBlanks() {
	for r.p < len(r.text) && isBlank(r.text[r.p]) {
		r.p++
	}
}

// entities are the references that XML knows without a document type.
var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// unescape replaces the references of a text.
func (r *reader) unescape(text string) string {
	before, rest, found := strings.Cut(text, "&")
	if !found {
		return text
	}
	var out strings.Builder
	for found {
		out.WriteString(before)
		var reference string
		if reference, rest, found = strings.Cut(rest, ";"); !found {
			r.fail("an & without its ;")
			return ""
		}
		char, known := entities[reference]
		if !known {
			char, known = character(reference)
		}
		if !known {
			r.fail("unknown reference &" + reference + ";")
			return ""
		}
		out.WriteString(char)
		before, rest, found = strings.Cut(rest, "&")
	}
	return out.String() + before
}

// character reads "#10" and "#xA".
func character(reference string) (string, bool) {
	digits, ok := strings.CutPrefix(reference, "#")
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	code, err := strconv.ParseUint(digits, base, 21)
	return string(rune(code)), ok && err == nil
}

// Codes of a schema that cannot be used. The schemas that ship with the tool
// have none of these faults; a folder that the user names may.
var (
	CodeSchemaUnreadable  = diag.Usage.Code("schema-unreadable", "error")
	CodeSchemaUnsupported = diag.Usage.Code("schema-unsupported", "what")
	CodeSchemaUnknown     = diag.Usage.Code("schema-unknown-name", "name")
	CodeSchemaWrong       = diag.Usage.Code("schema-wrong", "what")
)

// unsupported tells of a construct that this package does not implement: it is
// refused, never passed over, since the verdicts would be wrong without it.
func (n *node) unsupported(what string) error {
	return diag.New(CodeSchemaUnsupported, "what", what).WithPosition(n.position())
}

// wrong tells of a contradiction inside the schema.
func (n *node) wrong(what string) error {
	return diag.New(CodeSchemaWrong, "what", what).WithPosition(n.position())
}

// unknown tells of a name that the schema does not define.
func (n *node) unknown(name string) error {
	return diag.New(CodeSchemaUnknown, "name", name).WithPosition(n.position())
}

// check accepts an element of this name with no other attributes than these.
func (n *node) check(name string, attrs ...string) error {
	if n.space != schemaURI || n.name != name {
		return n.unsupported(n.name)
	}
	for _, a := range n.attrs {
		if !slices.Contains(attrs, a.name) {
			return n.unsupported(n.name + "/@" + a.name)
		}
	}
	return nil
}

// content gives the children that mean something, all of the given names.
func (n *node) content(names ...string) ([]*node, error) {
	var content []*node
	for _, child := range n.nodes {
		if child.space == schemaURI && child.name == "annotation" {
			continue
		}
		if child.space != schemaURI || !slices.Contains(names, child.name) {
			return nil, child.unsupported(child.name + " in " + n.name)
		}
		content = append(content, child)
	}
	return content, nil
}

// only gives the single child that means something, nil when there is none.
func (n *node) only(names ...string) (*node, error) {
	content, err := n.content(names...)
	if err != nil || len(content) == 0 {
		return nil, err
	}
	if len(content) > 1 {
		return nil, content[1].unsupported(content[1].name + " beside " + content[0].name)
	}
	return content[0], nil
}

// documentation gives the text of the annotation.
func (n *node) documentation() string {
	text := ""
	for _, child := range n.nodes {
		if child.name != "annotation" {
			continue
		}
		for _, d := range child.nodes {
			if d.name == "documentation" && text == "" {
				text = d.text
			}
		}
	}
	return text
}
