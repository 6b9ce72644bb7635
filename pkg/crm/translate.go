package crm

import (
	"strconv"

	"github.com/expr-lang/expr/vm"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of a record that a profile cannot bring to the canonical one.
var (
	CodeMapMiss     = diag.Refused.Code("map-miss", "known", "map", "profile")
	CodeLinesAbsent = diag.Refused.Code("lines-absent", "key")
)

// translated is a canonical tree and what was found in making it; at is the
// place of the record in the source.
type translated struct {
	at     int
	node   *node
	issues diag.List
}

// translator brings records to the canonical tree by one profile. It keeps its
// memory from one record to the next, so each worker has its own.
type translator struct {
	profile  *profile
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
	source *node
	where  locator
	issues diag.List
	// said are the lookups that the record was told are missing.
	said map[string]bool
	// path and at are the field that is being made and its place in the source.
	path string
	at   int
	// listed is the place of the list of lines, where a line is shown whose own
	// place is not known.
	listed int
	stepBudget
}

// record makes the canonical tree of a record. A field whose expression fails
// is left out and reported, and the others are made all the same.
func (t *translator) record(source *node, where locator) translated {
	r := &run{translator: t, source: source, where: where, said: map[string]bool{}}
	clear(t.env)
	t.env["r"], t.env["instance"], t.env[runName] = valueOf(source), t.instance, r
	out := object(source.at, len(t.profile.fields)/2)
	setPath(&out, []string{"kind"}, textNode(string(t.profile.Kind), source.at))
	setPath(&out, []string{"source", "system"}, textNode(t.profile.System, source.at))
	if t.instance != "" {
		setPath(&out, []string{"source", "instance"}, textNode(t.instance, source.at))
	}
	r.variables(t.profile.vars, source, "")
	r.fields(&out, t.profile.fields, source, "")
	if t.profile.lines != nil {
		r.lines(&out, source)
	}
	for _, d := range t.profile.defaults {
		value := d.value
		value.at = source.at
		setDefault(&out, d.path, value)
	}
	return translated{source.at, &out, r.issues}
}

// variables evaluates the profile's own names, each over the ones before.
func (r *run) variables(rules []*rule, source *node, prefix string) {
	for _, v := range rules {
		r.env[v.key.text], _ = r.value(v, source, prefix)
	}
}

// fields makes fields of the record, or of the line at prefix.
func (r *run) fields(out *node, rules []*rule, source *node, prefix string) {
	for _, f := range rules {
		made, ok := r.copied(f, source)
		if !ok {
			made, ok = r.made(f, source, prefix)
		}
		if !ok || made.kind == nullNode {
			continue
		}
		if f.toText && made.kind == numberNode {
			made.kind = stringNode
		}
		setPath(out, f.path, made)
	}
}

// copied gives the value of a rule that only names a single value of the
// source, without running its expression: most rules are such. It takes nothing
// of a line that is not proven to be a node of the source (nil): what the
// expression makes of the line's value then stands alone.
func (r *run) copied(rule *rule, source *node) (node, bool) {
	if !rule.expr.pure || rule.origin.indexed {
		return node{}, false
	}
	n := source
	switch rule.expr.reads[0].variable {
	case "r":
		n = r.source
	case "it":
	default:
		return node{}, false
	}
	if n != nil {
		n = n.below(rule.origin.keys)
	}
	if n == nil || !n.scalar() || n.kind == stringNode && blank(n.text) {
		return node{}, false
	}
	return *n, true
}

// made evaluates a rule to a tree; a failure is reported.
func (r *run) made(rule *rule, source *node, prefix string) (node, bool) {
	value, ok := r.value(rule, source, prefix)
	if !ok {
		return node{}, false
	}
	made, err := nodeOf(value, r.at)
	if err != nil {
		r.report(diag.As(err))
	}
	return made, err == nil
}

// value evaluates a rule; a failure is reported.
func (r *run) value(rule *rule, source *node, prefix string) (any, bool) {
	r.path = prefix + rule.key.text
	r.at = r.originOf(rule, source)
	r.begin()
	value, issue := rule.expr.evaluate(&r.machine, r.env)
	if issue != nil {
		r.report(issue)
		return nil, false
	}
	return value, true
}

// originOf finds the place in the source of the value that a rule makes.
func (r *run) originOf(rule *rule, line *node) int {
	n := r.source
	if rule.origin.variable == "it" {
		if n = line; n == nil {
			return r.listed
		}
	}
	for _, key := range rule.origin.keys {
		inner := n.get(key)
		if inner == nil {
			break
		}
		n = inner
	}
	return n.at
}

// report adds a finding at the field that is being made. Of more than maxIssues
// it is only told that there are more, as grave as the gravest of them.
func (r *run) report(issue *diag.Issue) {
	issue = issue.WithPath(r.path).WithPosition(r.where(r.at))
	switch n := len(r.issues); {
	case n < maxIssues:
		r.issues.Add(issue)
	case n == maxIssues:
		further := diag.New(CodeFurtherIssues).WithPosition(issue.At)
		further.Severity = issue.Severity
		r.issues.Add(further)
	case issue.Severity == diag.Error:
		r.issues[maxIssues].Severity = diag.Error
	}
}

// lines makes the lines of a document.
func (r *run) lines(out *node, source *node) {
	rules := r.profile.lines
	value, ok := r.value(rules.from, source, "")
	if !ok {
		return
	}
	items, ok := value.([]any)
	if !ok {
		// An interface's list of records leaves their lines out; a list without a
		// line is another finding.
		r.report(diag.New(CodeLinesAbsent, "key", rules.from.text))
		return
	}
	nodes := r.lineNodes(rules.from, items)
	r.listed = r.at
	list := node{kind: arrayNode, at: r.listed, items: make([]node, 0, len(items))}
	for i, item := range items {
		list.items = append(list.items, r.line("lines["+strconv.Itoa(i)+"]", item, nodes[i]))
	}
	setPath(out, []string{"lines"}, list)
}

// line makes a line at a path out of a value and the node that it is, nil where
// it is none; one that is no object is reported.
func (r *run) line(path string, item any, source *node) node {
	rules := r.profile.lines
	at := r.listed
	if source != nil {
		at = source.at
	}
	line := object(at, len(rules.fields))
	if _, ok := item.(map[string]any); !ok {
		r.path, r.at = path, at
		r.report(diag.New(CodeExpressionType, "expected", objectNode.String(), "found", typeName(item)))
		return line
	}
	r.env["it"] = item
	r.variables(rules.vars, source, path+".")
	r.fields(&line, rules.fields, source, path+".")
	return line
}

// lookup translates a word by one of the profile's maps.
func (r *run) lookup(name, word string) (any, error) {
	m := r.profile.maps[name]
	if value, ok := m.values[word]; ok {
		return value, nil
	}
	issue := diag.New(CodeMapMiss, "map", name, "profile", r.profile.Name, "known", nearestOf(word, m.values)).WithValue(visible(word))
	switch m.miss {
	case "error":
		return nil, issue
	case "warning":
		issue.Severity = diag.Warning
		r.report(issue)
	}
	return nil, nil
}
