package pack

import (
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/xmlio"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// The codes of holding a file against the schemas, beside those of pkg/xsd.
var (
	CodeNotCovered    = diag.Warning.Code("agenda-not-covered")
	CodeNotPohoda     = diag.Refused.Code("not-pohoda-xml")
	CodeNoSchemaKnown = diag.Refused.Code("no-schema-known")
	CodeItemTwice     = diag.Warning.Code("item-id-twice")
	CodeMisdeclared   = diag.Warning.Code("encoding-suspect", "encoding")
)

// Roots are the documents of the format and their schemas.
var Roots = map[string]string{"dat:dataPack": "data.xsd", "rsp:responsePack": "response.xsd"}

// typeAttribute says of which type an element is.
var typeAttribute = xmlio.Name{Space: "xsi", Local: "type"}

// eForm is the root of the other format that POHODA opens.
var eForm = xmlio.Name{Local: "eform"}

// Validator holds files against a set of schemas. It keeps what it compiled, and
// checks one file at a time.
type Validator struct {
	set     fs.FS
	names   *xmlio.Namespaces
	schemas map[string]*xsd.Schema
	// bundled says that the set has only the agendas that this tool knows.
	bundled bool
}

// NewValidator validates against the bundled schemas, or against a folder with
// STORMWARE's own.
func NewValidator(set fs.FS, bundled bool) *Validator {
	return &Validator{set: set, names: pohoda.Namespaces(), schemas: map[string]*xsd.Schema{}, bundled: bundled}
}

// Verdict is what was found out about a file.
type Verdict struct {
	// Valid is the schemas' verdict on all that is covered.
	Valid bool
	// Items counts the documents, Uncovered those of agendas that the schemas do
	// not have.
	Items, Uncovered int
}

// Validate reads a file to its end, in flat memory, and tells every finding. An
// error is a fault of reading the input itself.
func (v *Validator) Validate(r io.Reader, file string, tell func(*diag.Issue)) (Verdict, error) {
	s := xmlio.NewScanner(r, file, v.names)
	if _, err := s.Next(); err != nil {
		return v.broken(err, Verdict{}, tell)
	}
	if s.Name() == eForm {
		return v.unknown(s, tell)
	}
	set, ok := Roots[s.Name().String()]
	if !ok {
		tell(WrongRoot(s.Name()).WithPosition(s.Pos()))
		return Verdict{}, nil
	}
	schema, err := v.schemaFor(s.Name().String(), set)
	if err != nil {
		return Verdict{}, err
	}
	run := &validation{Validator: v, scanner: s, tell: tell, seen: map[xsd.Name]bool{},
		items: map[uint64]struct{}{}, seed: maphash.MakeSeed()}
	run.session = schema.NewSession(func(f xsd.Finding) {
		run.verdict.Valid = false
		tell(f.Issue())
	})
	run.session.Passed(run.uncovered)
	run.verdict.Valid = true
	if err := run.read(); err != nil {
		return v.broken(err, run.verdict, tell)
	}
	return run.verdict, nil
}

// broken tells a file that is not well-formed from one that cannot be read.
func (v *Validator) broken(err error, verdict Verdict, tell func(*diag.Issue)) (Verdict, error) {
	issue := diag.As(err)
	if issue.Code == diag.Unexpected {
		return verdict, err
	}
	tell(issue)
	verdict.Valid = false
	return verdict, nil
}

// schemaFor compiles the schema of a root, once.
func (v *Validator) schemaFor(root, file string) (*xsd.Schema, error) {
	if v.schemas[file] == nil {
		schema, err := CompileSchema(v.set, file)
		if err != nil {
			return nil, err
		}
		if v.bundled {
			var names []xsd.Name
			for _, name := range known[root] {
				names = append(names, xsd.ParseName(name))
			}
			schema.Know(names, xsd.ParsePath(items[root])...)
		}
		v.schemas[file] = schema
	}
	return v.schemas[file], nil
}

// unknown is for an eForm: nothing can be said of it but that it is well-formed.
func (v *Validator) unknown(s *xmlio.Scanner, tell func(*diag.Issue)) (Verdict, error) {
	tell(diag.New(CodeNoSchemaKnown).WithValue(s.Name().String()).WithPosition(s.Pos()))
	verdict := Verdict{Valid: true, Items: 1, Uncovered: 1}
	for {
		if _, err := s.Next(); errors.Is(err, io.EOF) {
			tellMisdeclared(s, tell)
			return verdict, nil
		} else if err != nil {
			return v.broken(err, verdict, tell)
		}
	}
}

// Misdeclared warns of a file that was read to its end and whose declaration
// names another encoding than it has; nil when there is no sign of it.
func Misdeclared(s *xmlio.Scanner) *diag.Issue {
	if !s.Misdeclared() {
		return nil
	}
	return diag.Warn(CodeMisdeclared, "encoding", s.Encoding().String()).WithPosition(diag.Position{File: s.Pos().File})
}

func tellMisdeclared(s *xmlio.Scanner, tell func(*diag.Issue)) {
	if issue := Misdeclared(s); issue != nil {
		tell(issue)
	}
}

// WrongRoot says that a file does not begin as the tool's own and POHODA's do: a
// pack in another namespace, a document without its pack, or something else
// altogether.
func WrongRoot(root xmlio.Name) *diag.Issue {
	for known := range Roots {
		if strings.HasSuffix(known, ":"+root.Local) {
			return diag.New(xsd.CodeWrongNamespace, "name", root.String(), "expected", known)
		}
	}
	if isFormat(root.Space) {
		return diag.New(CodeNotAPack).WithValue(root.Local)
	}
	return diag.New(CodeNotPohoda).WithValue(root.String())
}

// isFormat tells whether a namespace is one of the format's, or meant to be one:
// with https, of another version, or of stormware.sk.
func isFormat(space string) bool {
	_, house := pohoda.URIs()[space]
	return house || strings.Contains(strings.ToLower(space), "stormware.")
}

// validation is one file.
type validation struct {
	*Validator
	scanner *xmlio.Scanner
	session *xsd.Session
	tell    func(*diag.Issue)
	verdict Verdict
	depth   int
	attrs   []xsd.Attr
	// seen are the documents that were told to be uncovered.
	seen map[xsd.Name]bool
	// items are the hashes of the ids of the items.
	items map[uint64]struct{}
	seed  maphash.Seed
}

// read drives the schemas' machine over the file, from the root's start tag on.
func (v *validation) read() error {
	v.start()
	for {
		kind, err := v.scanner.Next()
		switch {
		case errors.Is(err, io.EOF):
			tellMisdeclared(v.scanner, v.tell)
			return nil
		case err != nil:
			return err
		case kind == xmlio.End:
			v.session.End()
			v.depth--
		case kind == xmlio.Text:
			v.session.Text(v.scanner.Text())
		default:
			v.start()
		}
	}
}

// start feeds a start tag to the machine.
func (v *validation) start() {
	if v.depth == 1 {
		v.verdict.Items++
		v.again(pohoda.Attribute(v.scanner.Attrs(), "id"))
	}
	v.attrs = v.attrs[:0]
	for _, a := range v.scanner.Attrs() {
		v.attrs = append(v.attrs, xsd.Attr{Name: xsd.Name(a.Name), Value: a.Value})
		if a.Name == typeAttribute {
			means, _ := v.scanner.Means(a.Value)
			v.attrs[len(v.attrs)-1].Means = xsd.Name(means)
		}
	}
	v.session.Start(xsd.Name(v.scanner.Name()), v.attrs, v.scanner.Pos())
	v.depth++
}

// again warns of an item of a dataPack whose id another one has. Of each id only
// its hash is kept, so that a large pack takes little memory.
func (v *validation) again(id string) {
	if v.scanner.Name().String() != "dat:dataPackItem" || id == "" {
		return
	}
	key := maphash.String(v.seed, id)
	if _, known := v.items[key]; known {
		v.tell(diag.Warn(CodeItemTwice).WithValue(id).WithPosition(v.scanner.Pos()))
	}
	v.items[key] = struct{}{}
}

// uncovered is for a document of an agenda that the bundled schemas do not have:
// it is neither valid nor invalid, which is told once for each kind.
func (v *validation) uncovered(name xsd.Name, at diag.Position) {
	v.verdict.Uncovered++
	if !v.seen[name] {
		v.seen[name] = true
		v.tell(diag.Warn(CodeNotCovered).WithValue(name.Local).WithPosition(at))
	}
}
