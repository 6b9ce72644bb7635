package profile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
)

// The codes of columns that are read in doubt or not at all.
var (
	CodePriceAssumed    = diag.Warning.Code("csv-price-assumed")
	CodeDiscountAssumed = diag.Warning.Code("csv-discount-assumed")
	CodeColumnAbsent    = diag.Warning.Code("csv-column-absent", "column", "name")
	CodeColumnUnclear   = diag.Refused.Code("csv-column-unclear", "as")
)

// CodeUnknownColumn is the code of an option that names a column which the
// profile does not know.
var CodeUnknownColumn = diag.Usage.Code("csv-unknown-column", "known")

// layout says what the columns of a CSV hold. The columns of the head say the
// same in each row of a record, those of the lines differ.
type layout struct {
	// Group is the column whose value rows of one record share; "" makes each row
	// a record.
	Group string
	// columns are in the order of the profile.
	columns []column
}

// column is a column by the name that expressions know.
type column struct {
	Name string
	// names are the headers by which it is found, compared folded.
	names []string
	// Is is the kind of its cells: text, code, number, date or bool.
	Is string
	// Line says that it belongs to a line and not to the head.
	Line bool
	// insteadOf are the columns of which this one stands for the first where the
	// file has none of them; assuming is what is then said once as a warning.
	insteadOf []string
	assuming  string
	// unclearBeside is the column beside which it may not stand for another.
	unclearBeside string
	// Absent is what the cells of a file without the column would say, which is
	// told once as a warning; "" is nothing.
	Absent string
	// outright says that the options name its header, which no other column then
	// takes.
	outright bool
}

var cellKinds = []string{"text", "code", "number", "date", "bool"}

// assumptions are what may be assumed of a column that stands for another.
var assumptions = map[string]diag.Code{"without-vat": CodePriceAssumed, "percent": CodeDiscountAssumed}

// csv reads the section of a profile.
func (l *loader) csv(name string, n ast.Node) {
	l.p.Table = &layout{}
	var group scalar
	l.read(l.mapping(name, n), section{
		"group": func(name string, n ast.Node) { group = l.text(name, n) },
		"head":  func(name string, n ast.Node) { l.columns(name, n, false) },
		"line":  func(name string, n ast.Node) { l.columns(name, n, true) },
	})
	l.p.Table.Group = group.text
	if group.text != "" && l.p.Table.find(group.text) == nil {
		l.issues.Add(diag.New(CodeProfileValue, "key", "group", "allowed", strings.Join(l.p.Table.known(), ", ")).
			WithValue(group.text).WithPosition(group.at))
	}
}

func (l *loader) columns(name string, n ast.Node, line bool) {
	for _, e := range l.mapping(name, n) {
		c := column{Name: e.text, Is: "text", Line: line}
		l.read(l.mapping(e.text, e.value), section{
			"names":          func(name string, n ast.Node) { c.names = l.texts(name, n) },
			"is":             func(name string, n ast.Node) { c.Is = l.oneOf(name, n, cellKinds) },
			"instead_of":     func(name string, n ast.Node) { c.insteadOf = l.texts(name, n) },
			"assuming":       func(name string, n ast.Node) { c.assuming = l.oneOf(name, n, sortedKeys(assumptions)) },
			"unclear_beside": func(name string, n ast.Node) { c.unclearBeside = l.text(name, n).text },
			"absent":         func(name string, n ast.Node) { c.Absent = l.text(name, n).text },
		})
		if c.names == nil {
			l.issues.Add(diag.New(CodeProfileMissingKey, "key", "names").WithPosition(e.at))
		}
		if c.insteadOf != nil && c.assuming == "" {
			l.issues.Add(diag.New(CodeProfileMissingKey, "key", "assuming").WithPosition(e.at))
		}
		l.p.Table.columns = append(l.p.Table.columns, c)
	}
}

func (l *layout) find(name string) *column {
	for i := range l.columns {
		if l.columns[i].Name == name {
			return &l.columns[i]
		}
	}
	return nil
}

func (l *layout) known() (names []string) {
	for _, c := range l.columns {
		names = append(names, c.Name)
	}
	return names
}

// Outright puts the headers that the options name in the place of the profile's
// own.
func (l *layout) Outright(headers map[string]string) (*layout, *diag.Issue) {
	if len(headers) == 0 {
		return l, nil
	}
	own := &layout{l.Group, slices.Clone(l.columns)}
	for _, name := range sortedKeys(headers) {
		c := own.find(name)
		if c == nil {
			return nil, diag.New(CodeUnknownColumn, "known", diag.Meant(name, l.known())).WithValue(name)
		}
		c.names, c.insteadOf, c.outright = []string{headers[name]}, nil, true
	}
	return own, nil
}

// csvProfile reads a CSV when no profile is named.
const csvProfile = "csv-orders"

// CheckColumns finds the first name in Options.Columns that the profile does not
// know. A profile that is none of a CSV, or not there, has nothing to say.
func CheckColumns(profile string, columns map[string]string) *diag.Issue {
	p, _ := FindProfile(cmp.Or(profile, csvProfile))
	if p == nil || p.Table == nil {
		return nil
	}
	_, issue := p.Table.Outright(columns)
	return issue
}

// Require gives the headers without which a file cannot be read: those of the
// shape, and those that the options name.
func (l *layout) Require(s shape, headers map[string]string) (all [][]string) {
	for _, name := range s.Has {
		if c := l.find(name); c != nil {
			all = append(all, c.names)
		}
	}
	for _, name := range sortedKeys(headers) {
		if !slices.Contains(s.Has, name) {
			all = append(all, []string{headers[name]})
		}
	}
	return all
}

// Place is a column of the layout and where it stands in a file.
type Place struct {
	column
	Index  int
	Header string
}

// Absent gives the columns that the file lacks and whose cells are assumed.
func (l *layout) Absent(found []Place, at diag.Position) (absent []Place, issues diag.List) {
	for _, c := range l.columns {
		if c.Absent == "" || slices.ContainsFunc(found, func(p Place) bool { return p.Name == c.Name }) {
			continue
		}
		absent = append(absent, Place{column: c, Index: -1, Header: c.names[0]})
		issues.Add(diag.Warn(CodeColumnAbsent, "column", c.names[0], "name", c.Name).WithValue(c.Absent).WithPosition(at))
	}
	return absent, issues
}

// Places finds the columns in a file, and warns of those that stand for another.
func (l *layout) Places(r *sheet.Reader, at diag.Position) (found []Place, issues diag.List, err error) {
	have, taken := map[string]bool{}, map[int]bool{}
	for _, c := range outrightFirst(l.columns) {
		index, err := r.Index(c.names...)
		if err != nil {
			return nil, nil, err
		}
		if index < 0 || taken[index] || slices.ContainsFunc(c.insteadOf, func(name string) bool { return have[name] }) {
			continue
		}
		have[c.Name], taken[index] = true, c.outright
		found = append(found, Place{c, index, r.Columns()[index]})
	}
	for i := range found {
		p := &found[i]
		if p.insteadOf == nil {
			continue
		}
		if have[p.unclearBeside] {
			return nil, nil, diag.New(CodeColumnUnclear, "as", p.insteadOf[0]).WithValue(p.Header).WithPosition(at)
		}
		issues.Add(diag.Warn(assumptions[p.assuming]).WithValue(p.Header).WithPosition(at))
		p.Name = p.insteadOf[0]
	}
	return found, issues, nil
}

// outrightFirst puts the columns that the options name before the others.
func outrightFirst(columns []column) []column {
	sorted := slices.Clone(columns)
	slices.SortStableFunc(sorted, func(a, b column) int {
		switch {
		case a.outright == b.outright:
			return 0
		case a.outright:
			return -1
		}
		return 1
	})
	return sorted
}
