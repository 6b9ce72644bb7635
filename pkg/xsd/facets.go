package xsd

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// simpleType compiles the definition of a type of values.
func (c *compiler) simpleType(n *node) (*simple, error) {
	if err := n.check("simpleType", "name", "id"); err != nil {
		return nil, err
	}
	variety, err := n.only("restriction", "union")
	switch {
	case err != nil:
		return nil, err
	case variety == nil:
		return nil, n.unsupported("an empty simpleType")
	case variety.name == "union":
		return c.union(variety)
	}
	return c.restriction(variety)
}

// union compiles a union of types.
func (c *compiler) union(n *node) (*simple, error) {
	if err := n.check("union", "memberTypes", "id"); err != nil {
		return nil, err
	}
	members, err := c.unionTypes(n)
	if err != nil {
		return nil, err
	}
	u := &simple{}
	for _, t := range members {
		u.members = append(u.members, t.simple)
	}
	if len(u.members) == 0 {
		return nil, n.wrong("a union of nothing")
	}
	return u, nil
}

// unionTypes gives the members of a union, named and inside.
func (c *compiler) unionTypes(n *node) (members []*typ, err error) {
	inside, err := n.content("simpleType")
	if err != nil {
		return nil, err
	}
	for name := range strings.FieldsSeq(n.value("memberTypes")) {
		t, err := c.namedType(n, name)
		if err != nil {
			return nil, err
		}
		if t.simple == nil {
			return nil, n.wrong("a union with " + name)
		}
		members = append(members, t)
	}
	for _, child := range inside {
		t, err := c.typeAt(child)
		if err != nil {
			return nil, err
		}
		members = append(members, t)
	}
	return members, nil
}

// facetNames are the facets; each may also say that it is fixed, which concerns
// only schemas.
var facetNames = []string{
	"length", "minLength", "maxLength", "pattern", "enumeration", "whiteSpace", "totalDigits", "fractionDigits",
	"minInclusive", "maxInclusive", "minExclusive", "maxExclusive",
}

// restriction compiles the restriction of another type by facets.
func (c *compiler) restriction(n *node) (*simple, error) {
	if err := n.check("restriction", "base", "id"); err != nil {
		return nil, err
	}
	base, facets, err := c.restricted(n)
	if err != nil {
		return nil, err
	}
	if base.members != nil && len(facets) > 0 {
		return nil, n.unsupported("a restriction of a union")
	}
	t := *base
	t.patterns = slices.Clone(base.patterns)
	var values, patterns []string
	for _, facet := range facets {
		if err := facet.check(facet.name, "value", "fixed", "id"); err != nil {
			return nil, err
		}
		switch facet.name {
		case "enumeration":
			values = append(values, facet.value("value"))
		case "pattern":
			patterns = append(patterns, facet.value("value"))
		default:
			err = t.setFacet(facet)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := t.setValues(values, n); err != nil {
		return nil, err
	}
	return &t, t.addPattern(patterns, n)
}

// addPattern adds the alternatives of one restriction, if there are any.
func (t *simple) addPattern(alternatives []string, n *node) error {
	if alternatives == nil {
		return nil
	}
	p, err := newPattern(alternatives)
	if err != nil {
		return n.unsupported("the pattern " + strings.Join(alternatives, "|"))
	}
	t.patterns = append(t.patterns, p)
	return nil
}

// restricted finds the base, named or inside, and the facets.
func (c *compiler) restricted(n *node) (*simple, []*node, error) {
	facets, err := n.content(append([]string{"simpleType"}, facetNames...)...)
	if err != nil {
		return nil, nil, err
	}
	var t *typ
	if name, named := n.attr("base"); named {
		t, err = c.namedType(n, name)
	} else if len(facets) > 0 && facets[0].name == "simpleType" {
		t, err = c.typeAt(facets[0])
		facets = facets[1:]
	}
	if err != nil {
		return nil, nil, err
	}
	if t == nil || t.simple == nil {
		return nil, nil, n.wrong("a restriction of what is no simple type")
	}
	return t.simple, facets, nil
}

// setValues replaces the enumeration.
func (t *simple) setValues(values []string, n *node) error {
	if values == nil {
		return nil
	}
	for i, value := range values {
		if t.check([]byte(value)) != "" {
			return n.wrong("the value \"" + value + "\" is not one of the type that is restricted")
		}
		values[i] = string(t.space.normalize([]byte(value)))
	}
	if t.lexical != nil && t.order == unordered {
		return n.unsupported("an enumeration of xs:" + t.builtin)
	}
	t.enumeration = values
	return nil
}

// setFacet sets a facet that has one value.
func (t *simple) setFacet(n *node) error {
	value := strings.Trim(n.value("value"), blanks)
	switch n.name {
	case "whiteSpace":
		space, known := whiteSpaces[value]
		if !known || space < t.space {
			return n.wrong("whiteSpace " + value)
		}
		t.space = space
		return nil
	case "minInclusive", "minExclusive", "maxInclusive", "maxExclusive":
		if t.order == unordered {
			return n.unsupported(n.name + " of xs:" + t.builtin)
		}
		if !t.lexical([]byte(value)) {
			return n.wrong(n.name + " " + value)
		}
		limit := newBound(t.order, value, strings.HasSuffix(n.name, "Exclusive"))
		if strings.HasPrefix(n.name, "min") {
			t.low = limit
		} else {
			t.high = limit
		}
		return nil
	}
	return t.setCount(n, value)
}

// setCount sets a facet whose value is a number of characters, octets or digits.
func (t *simple) setCount(n *node, value string) error {
	count, err := strconv.Atoi(value)
	if err != nil || count < 0 {
		return n.wrong(n.name + " " + value)
	}
	digits := strings.HasSuffix(n.name, "Digits")
	if digits && t.order != decimalOrder || !digits && t.size == nil {
		return n.unsupported(n.name + " of xs:" + t.builtin)
	}
	switch n.name {
	case "length":
		t.length = count
	case "minLength":
		t.minLength = count
	case "maxLength":
		t.maxLength = count
	case "totalDigits":
		t.totalDigits = count
	case "fractionDigits":
		t.fractionDigits = count
	}
	return nil
}

// pattern is the facet of one restriction: alternatives of which one matches
// the whole value.
type pattern struct {
	text string // as the schema writes it, alternatives joined by |
	re   *regexp.Regexp
}

func newPattern(alternatives []string) (*pattern, error) {
	text := strings.Join(alternatives, "|")
	translated, err := translate(text)
	if err != nil {
		return nil, err
	}
	re, err := regexp.Compile(`\A(?:` + translated + `)\z`)
	return &pattern{text, re}, err
}

func (p *pattern) matches(v []byte) bool { return p.re.Match(v) }

// escapes are those of XSD's regular expressions that Go writes otherwise,
// outside and inside a character class.
var escapes = map[byte]string{'s': ` \t\n\r`, 'd': `\p{Nd}`, 'D': `\P{Nd}`}

// plainEscapes mean the same in both.
const plainEscapes = `nrt\|.?*+(){}-[]^`

var errPattern = errors.New("a pattern with more than this tool knows")

// translate writes a regular expression of XSD as one of Go: ^ and $ are plain
// characters there, a dot takes all but line ends, and \d any decimal digit.
func translate(text string) (string, error) {
	if strings.Contains(text, "(?") {
		return "", errPattern
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch b := text[i]; b {
		case '^', '$':
			out.WriteString(`\` + string(b))
		case '.':
			out.WriteString(`[^\n\r]`)
		case '\\':
			escaped, err := escape(text[i+1:])
			if err != nil {
				return "", err
			}
			i++
			if text[i] == 's' {
				escaped = "[" + escaped + "]"
			}
			out.WriteString(escaped)
		case '[':
			class, n, err := translateClass(text[i+1:])
			if err != nil {
				return "", err
			}
			out.WriteString("[" + class + "]")
			i += n
		default:
			out.WriteByte(b)
		}
	}
	return out.String(), nil
}

// translateClass writes what stands between the brackets; n is its length with
// the closing one. Subtraction of classes is not known.
func translateClass(text string) (class string, n int, err error) {
	var out strings.Builder
	if strings.HasPrefix(text, "^") {
		out.WriteByte('^')
		n++
	}
	for ; n < len(text); n++ {
		switch b := text[n]; b {
		case ']':
			return out.String(), n + 1, nil
		case '[':
			return "", 0, errPattern
		case '\\':
			escaped, err := escape(text[n+1:])
			if err != nil {
				return "", 0, err
			}
			n++
			out.WriteString(escaped)
		default:
			out.WriteByte(b)
		}
	}
	return "", 0, errPattern
}

// escape translates the escape behind a backslash.
func escape(text string) (string, error) {
	if text == "" {
		return "", errPattern
	}
	if known, ok := escapes[text[0]]; ok {
		return known, nil
	}
	if strings.IndexByte(plainEscapes, text[0]) < 0 {
		return "", errPattern
	}
	return `\` + text[:1], nil
}
