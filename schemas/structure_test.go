package schemas_test

import (
	"maps"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/schemas"
)

// TestStructureEqualsOfficial compares, for every path from every global element and type of the bundled schemas, what
// may stand there: content models, occurrences, limits, enumerations, defaults. Mutants seldom meet a wrong limit; this
// does. Types that only the bundled schemas name are met where they are used.
func TestStructureEqualsOfficial(t *testing.T) {
	official := structure{set: loadSet(t, os.DirFS(officialSet(t)))}
	bundled := structure{set: loadSet(t, schemas.XSD)}
	official.known, bundled.known = bundled.set, bundled.set
	paths := 0
	for name, c := range bundled.set {
		counterpart, ok := official.set[name]
		if c.kind() == "element" {
			require.True(t, ok, "%s is unknown to the official schemas", name)
		}
		if ok {
			want, got := official.flatten(name, counterpart), bundled.flatten(name, c)
			for _, at := range slices.Sorted(maps.Keys(want)) {
				assert.Equal(t, want[at], got[at], at)
			}
			assert.Len(t, got, len(want), name)
			paths += len(got)
		}
	}
	t.Logf("%d paths compared", paths)
}

// structure flattens schemas to one line for each path.
type structure struct {
	set   set
	known set // references to elements that are not in here are left out: agendas not bundled
}

func (s structure) flatten(name string, c component) map[string]string {
	lines := map[string]string{}
	switch c.kind() {
	case "element":
		s.element(lines, name, c)
	case "complexType":
		s.complex(lines, name, c)
	case "simpleType":
		lines[name] = s.simpleType(c)
	}
	return lines
}

func (s structure) element(lines map[string]string, at string, c component) {
	line := "default=" + c.attr("default") + " fixed=" + c.attr("fixed") + " nillable=" + c.attr("nillable")
	definition, isSimple := s.definition(c)
	if isSimple {
		lines[at] = line + " " + s.simple(c)
		return
	}
	lines[at] = line
	s.complex(lines, at, definition)
}

// definition finds the complex type of an element or attribute; the simple ones are read by simple.
func (s structure) definition(c component) (component, bool) {
	if inline := c.all("complexType"); len(inline) == 1 {
		return inline[0], false
	}
	named, ok := s.set["complexType "+c.ref("type")]
	return named, !ok
}

func (s structure) complex(lines map[string]string, at string, c component) {
	body := c
	var model []string
	for _, content := range c.all("simpleContent", "complexContent") {
		body = content.all("extension")[0]
		if base, ok := s.set["complexType "+body.ref("base")]; ok {
			s.complex(lines, at, base) // leaves the base's content where its own goes
			model = append(model, lines[at+" content"])
		} else {
			model = append(model, s.simpleNamed(body.ref("base")))
		}
	}
	for _, a := range body.all("attribute") {
		lines[at+" @"+a.attr("name")] = "use=" + strings.Replace(a.attr("use"), "optional", "", 1) +
			" default=" + a.attr("default") + " " + s.simple(a)
	}
	for _, p := range body.all("sequence", "choice", "all", "group") {
		model = append(model, s.particle(lines, at, p))
	}
	lines[at+" mixed"] = c.attr("mixed")
	lines[at+" content"] = strings.Join(model, " ")
}

// particle gives a content model on one line, and adds the elements in it to lines.
func (s structure) particle(lines map[string]string, at string, p component) string {
	switch p.kind() {
	case "element":
		if name := p.ref("ref"); name != "" {
			if _, ok := s.known["element "+name]; !ok {
				return ""
			}
			return name + occurs(p)
		}
		if _, seen := lines[at+"/"+p.attr("name")]; !seen {
			s.element(lines, at+"/"+p.attr("name"), p)
		}
		return p.attr("name") + occurs(p)
	case "group":
		if name := p.ref("ref"); name != "" {
			content := s.set["group "+name].all("sequence", "choice", "all")[0]
			if occurs(content) == "" {
				content.Attrs = p.Attrs // its occurrence is the reference's
			}
			return s.particle(lines, at, content)
		}
	}
	var parts []string
	for _, c := range p.all("element", "sequence", "choice", "all", "group") {
		if part := s.particle(lines, at, c); part != "" {
			parts = append(parts, part)
		}
	}
	return compose(p, parts)
}

// compose joins the parts of a compositor; ways to write that mean the same come out the same.
func compose(p component, parts []string) string {
	kind, times := p.kind(), occurs(p)
	if kind == "all" {
		sort.Strings(parts)
	}
	if strings.HasSuffix(times, "unbounded}") && (kind == "choice" || len(parts) == 1) {
		for i, part := range parts {
			// Repeated at will, a part means the same whether it may repeat itself or not.
			bare, own, repeats := strings.Cut(part, "{")
			if !repeats || strings.Contains(part, "(") {
				continue
			}
			parts[i] = bare
			if strings.HasPrefix(own, "0,") {
				times = "{0,unbounded}"
			}
		}
	}
	joined := strings.Join(parts, " ")
	if len(parts) == 1 && kind != "all" && !strings.ContainsAny(joined, "({") {
		return joined + times
	}
	if times == "" && (kind == "sequence" || len(parts) == 1 && kind == "choice") {
		return joined
	}
	return kind + "(" + joined + ")" + times
}

func occurs(p component) string {
	least, most := p.attr("minOccurs"), p.attr("maxOccurs")
	if least == "" {
		least = "1"
	}
	if most == "" {
		most = "1"
	}
	if least == "1" && most == "1" {
		return ""
	}
	return "{" + least + "," + most + "}"
}

// simple gives the rules of a simple type, named or written in place, on one line.
func (s structure) simple(c component) string {
	if inline := c.all("simpleType"); len(inline) == 1 {
		return s.simpleType(inline[0])
	}
	return s.simpleNamed(c.ref("type"))
}

func (s structure) simpleNamed(name string) string {
	if c, ok := s.set["simpleType "+name]; ok {
		return s.simpleType(c)
	}
	return name
}

func (s structure) simpleType(c component) string {
	if unions := c.all("union"); len(unions) > 0 {
		u := unions[0]
		var members []string
		for m := range strings.FieldsSeq(u.attr("memberTypes")) {
			members = append(members, s.simpleNamed(u.resolve(m)))
		}
		for _, m := range u.all("simpleType") {
			members = append(members, s.simpleType(m))
		}
		return "union(" + strings.Join(members, " | ") + ")"
	}
	r := c.all("restriction")[0]
	var facets []string
	for _, f := range r.all("enumeration", "pattern", "length", "minLength", "maxLength", "minInclusive", "maxInclusive",
		"minExclusive", "maxExclusive", "totalDigits", "fractionDigits", "whiteSpace") {
		facets = append(facets, f.kind()+"="+f.attr("value"))
	}
	sort.Strings(facets)
	return strings.TrimSpace(s.simpleNamed(r.ref("base")) + " " + strings.Join(facets, " "))
}
