package profile

import (
	"errors"
	"slices"
	"strings"

	"github.com/expr-lang/expr/file"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// The codes of an expression that does not compile.
var (
	CodeProfileExpression  = diag.Usage.Code("profile-expression", "error")
	CodeProfileUnknownName = diag.Usage.Code("profile-unknown-name", "known")
	CodeProfileNameTaken   = diag.Usage.Code("profile-name-taken")
)

// Compile compiles the expressions of a profile, once.
func (p *Profile) Compile() diag.List {
	p.compiled.Do(func() {
		c := &compiler{p: p, language: expression.NewLanguage(), origins: map[string]expression.Reading{}}
		c.name("r", "instance")
		c.variables(p.vars)
		c.each(p.fields)
		if p.lines == nil {
			return
		}
		c.one(p.lines.from)
		c.name("it")
		c.variables(p.lines.vars)
		c.each(p.lines.fields)
	})
	return p.findings
}

// compiler is one run of compile.
type compiler struct {
	p        *Profile
	language *expression.Language
	// names are the variables that the next expression may use, origins what those
	// of the profile stand for.
	names   []string
	origins map[string]expression.Reading
}

// name makes names known to the expressions that follow.
func (c *compiler) name(names ...string) {
	c.names = append(c.names, names...)
	c.language.Know(names...)
}

// taken tells whether a variable may not have a name: another variable has it,
// or the language itself. "it" is the line's also where there is no line yet.
func (c *compiler) taken(name string) bool {
	return c.language.Knows(name) || name == "it" || name == "$env" || expression.IsFunction(name) || strings.Contains(name, ".")
}

// variables compiles rules that each may use the ones before. The language is
// told all their names at once, since each time takes as long as it knows names.
func (c *compiler) variables(rules []*rule) {
	names, own := []string{}, []*rule{}
	later := map[string]bool{}
	for _, v := range rules {
		if c.taken(v.key.text) || later[v.key.text] {
			c.p.findings.Add(diag.New(CodeProfileNameTaken).WithValue(v.key.text).WithPosition(v.key.at))
			continue
		}
		names, own, later[v.key.text] = append(names, v.key.text), append(own, v), true
	}
	c.language.Know(names...)
	c.language.Patch.Later = later
	for _, v := range own {
		c.one(v)
		c.names = append(c.names, v.key.text)
		c.origins[v.key.text] = v.origin
		delete(later, v.key.text)
	}
}

func (c *compiler) each(rules []*rule) {
	for _, f := range rules {
		c.one(f)
	}
}

func (c *compiler) one(r *rule) {
	if len(c.p.findings) >= canonical.MaxIssues {
		return // nobody reads more, and what was meant takes its time to find
	}
	compiled, err := c.language.Compile(r.text)
	if err != nil {
		c.p.findings.Add(c.explain(r, err))
		return
	}
	r.expr = compiled
	r.origin = c.origin(compiled.Reads)
	for _, u := range compiled.Uses {
		c.checkUse(r, u)
	}
}

// origin finds where the value of an expression comes from: the first thing it
// reads, through the variables.
func (c *compiler) origin(reads []expression.Reading) expression.Reading {
	for _, read := range reads {
		switch read.Variable {
		case "r", "it":
			return read
		case "instance":
			continue
		}
		if origin, ok := c.origins[read.Variable]; ok {
			return origin
		}
	}
	return expression.Reading{}
}

// explain makes an issue of an error of the expression library, at its place in
// the YAML file.
func (c *compiler) explain(r *rule, err error) *diag.Issue {
	message, at := expression.PlainError(err), r.at
	if inside, ok := errors.AsType[*file.Error](err); ok {
		at = r.inside(inside.Line, inside.Column)
	}
	if name, ok := strings.CutPrefix(message, "unknown name "); ok {
		return c.unknownName(name, append(expression.FunctionNames(), c.names...)).WithPosition(at)
	}
	return diag.New(CodeProfileExpression, "error", message).WithValue(r.text).WithPosition(at)
}

// inside gives the place of a line (from 1) and column (from 0) of the text.
func (s scalar) inside(line, column int) diag.Position {
	at := s.at
	switch {
	case s.block:
		at.Line, at.Column = at.Line+line, 0
	case line > 1:
		at.Line, at.Column = at.Line+line-1, 0
	default:
		at.Column += column
		if s.quoted {
			at.Column++
		}
	}
	return at
}

func (c *compiler) unknownName(name string, known []string) *diag.Issue {
	return diag.New(CodeProfileUnknownName, "known", diag.Meant(name, known)).WithValue(name)
}

// checkUse reports a map or lookup that the profile does not declare.
func (c *compiler) checkUse(r *rule, u expression.Use) {
	var known []string
	if u.Function == "lookup" {
		known = sortedKeys(c.p.maps)
	} else {
		known = sortedKeys(c.p.lookups)
	}
	if !slices.Contains(known, u.Name) {
		c.p.findings.Add(c.unknownName(u.Name, known).WithPosition(r.at))
	}
}
