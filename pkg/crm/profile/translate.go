package profile

import (
	"strconv"

	"github.com/expr-lang/expr/vm"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of a record that a profile cannot bring to the canonical one.
var (
	CodeMapMiss     = diag.Refused.Code("map-miss", "known", "map", "profile")
	CodeLinesAbsent = diag.Refused.Code("lines-absent", "key")
)

// Translated is a canonical tree and what was found in making it; at is the
// place of the record in the source.
type Translated struct {
	At     int
	Node   *canonical.Node
	Issues diag.List
}

// translator brings records to the canonical tree by one profile. It keeps its
// memory from one record to the next, so each worker has its own.
type translator struct {
	profile  *Profile
	with     *withFiles
	instance string
	machine  vm.VM
	// env are the variables of expressions by name.
	env map[string]any
}

// run is the translation of one record. Functions reach it as a hidden first
// argument.
type run struct {
	*translator
	source *canonical.Node
	where  canonical.Locator
	issues diag.List
	// said are the lookups that the record was told are missing.
	said map[string]bool
	// path and at are the field that is being made and its place in the source.
	path string
	at   int
	// listed is the place of the list of lines, where a line is shown whose own
	// place is not known.
	listed int
	expression.StepBudget
}

// Record makes the canonical tree of a record. A field whose expression fails
// is left out and reported, and the others are made all the same.
func (t *translator) Record(source *canonical.Node, where canonical.Locator) Translated {
	r := &run{translator: t, source: source, where: where, said: map[string]bool{}}
	clear(t.env)
	t.env["r"], t.env["instance"], t.env[expression.RunName] = expression.ValueOf(source), t.instance, r
	out := canonical.Object(source.At, len(t.profile.fields)/2)
	canonical.SetPath(&out, []string{"kind"}, canonical.TextNode(string(t.profile.Kind), source.At))
	canonical.SetPath(&out, []string{"source", "system"}, canonical.TextNode(t.profile.System, source.At))
	if t.instance != "" {
		canonical.SetPath(&out, []string{"source", "instance"}, canonical.TextNode(t.instance, source.At))
	}
	r.variables(t.profile.vars, source, "")
	r.fields(&out, t.profile.fields, source, "")
	if t.profile.lines != nil {
		r.lines(&out, source)
	}
	for _, d := range t.profile.defaults {
		value := d.value
		value.At = source.At
		canonical.SetDefault(&out, d.path, value)
	}
	return Translated{source.At, &out, r.issues}
}

// variables evaluates the profile's own names, each over the ones before.
func (r *run) variables(rules []*rule, source *canonical.Node, prefix string) {
	for _, v := range rules {
		r.env[v.key.text], _ = r.value(v, source, prefix)
	}
}

// fields makes fields of the record, or of the line at prefix.
func (r *run) fields(out *canonical.Node, rules []*rule, source *canonical.Node, prefix string) {
	for _, f := range rules {
		made, ok := r.copied(f, source)
		if !ok {
			made, ok = r.made(f, source, prefix)
		}
		if !ok || made.Kind == canonical.NullNode {
			continue
		}
		if f.toText && made.Kind == canonical.NumberNode {
			made.Kind = canonical.StringNode
		}
		canonical.SetPath(out, f.path, made)
	}
}

// copied gives the value of a rule that only names a single value of the
// source, without running its expression: most rules are such. It takes nothing
// of a line that is not proven to be a node of the source (nil): what the
// expression makes of the line's value then stands alone.
func (r *run) copied(rule *rule, source *canonical.Node) (canonical.Node, bool) {
	if !rule.expr.Pure || rule.origin.Indexed {
		return canonical.Node{}, false
	}
	n := source
	switch rule.expr.Reads[0].Variable {
	case "r":
		n = r.source
	case "it":
	default:
		return canonical.Node{}, false
	}
	if n != nil {
		n = n.Below(rule.origin.Keys)
	}
	if n == nil || !n.Scalar() || n.Kind == canonical.StringNode && expression.Blank(n.Text) {
		return canonical.Node{}, false
	}
	return *n, true
}

// made evaluates a rule to a tree; a failure is reported.
func (r *run) made(rule *rule, source *canonical.Node, prefix string) (canonical.Node, bool) {
	value, ok := r.value(rule, source, prefix)
	if !ok {
		return canonical.Node{}, false
	}
	made, err := expression.NodeOf(value, r.at)
	if err != nil {
		r.Report(diag.As(err))
	}
	return made, err == nil
}

// value evaluates a rule; a failure is reported.
func (r *run) value(rule *rule, source *canonical.Node, prefix string) (any, bool) {
	r.path = prefix + rule.key.text
	r.at = r.originOf(rule, source)
	r.Begin()
	value, issue := rule.expr.Evaluate(&r.machine, r.env)
	if issue != nil {
		r.Report(issue)
		return nil, false
	}
	return value, true
}

// originOf finds the place in the source of the value that a rule makes.
func (r *run) originOf(rule *rule, line *canonical.Node) int {
	n := r.source
	if rule.origin.Variable == "it" {
		if n = line; n == nil {
			return r.listed
		}
	}
	for _, key := range rule.origin.Keys {
		inner := n.Get(key)
		if inner == nil {
			break
		}
		n = inner
	}
	return n.At
}

// Report adds a finding at the field that is being made. Of more than maxIssues
// it is only told that there are more, as grave as the gravest of them.
func (r *run) Report(issue *diag.Issue) {
	issue = issue.WithPath(r.path).WithPosition(r.where(r.at))
	switch n := len(r.issues); {
	case n < canonical.MaxIssues:
		r.issues.Add(issue)
	case n == canonical.MaxIssues:
		further := diag.New(canonical.CodeFurtherIssues).WithPosition(issue.At)
		further.Severity = issue.Severity
		r.issues.Add(further)
	case issue.Severity == diag.Error:
		r.issues[canonical.MaxIssues].Severity = diag.Error
	}
}

// lines makes the lines of a document.
func (r *run) lines(out *canonical.Node, source *canonical.Node) {
	rules := r.profile.lines
	value, ok := r.value(rules.from, source, "")
	if !ok {
		return
	}
	items, ok := value.([]any)
	if !ok {
		// An interface's list of records leaves their lines out; a list without a
		// line is another finding.
		r.Report(diag.New(CodeLinesAbsent, "key", rules.from.text))
		return
	}
	nodes := r.lineNodes(rules.from, items)
	r.listed = r.at
	list := canonical.Node{Kind: canonical.ArrayNode, At: r.listed, Items: make([]canonical.Node, 0, len(items))}
	for i, item := range items {
		list.Items = append(list.Items, r.line("lines["+strconv.Itoa(i)+"]", item, nodes[i]))
	}
	canonical.SetPath(out, []string{"lines"}, list)
}

// line makes a line at a path out of a value and the node that it is, nil where
// it is none; one that is no object is reported.
func (r *run) line(path string, item any, source *canonical.Node) canonical.Node {
	rules := r.profile.lines
	at := r.listed
	if source != nil {
		at = source.At
	}
	line := canonical.Object(at, len(rules.fields))
	if _, ok := item.(map[string]any); !ok {
		r.path, r.at = path, at
		r.Report(diag.New(expression.CodeExpressionType, "expected", canonical.ObjectNode.String(), "found", expression.TypeName(item)))
		return line
	}
	r.env["it"] = item
	r.variables(rules.vars, source, path+".")
	r.fields(&line, rules.fields, source, path+".")
	return line
}

// Lookup translates a word by one of the profile's maps.
func (r *run) Lookup(name, word string) (any, error) {
	m := r.profile.maps[name]
	if value, ok := m.values[word]; ok {
		return value, nil
	}
	issue := diag.New(CodeMapMiss, "map", name, "profile", r.profile.Name, "known", nearestOf(word, m.values)).WithValue(canonical.Visible(word))
	switch m.miss {
	case "error":
		return nil, issue
	case "warning":
		issue.Severity = diag.Warning
		r.Report(issue)
	}
	return nil, nil
}
