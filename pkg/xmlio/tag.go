package xmlio

import "strconv"

// rawAttr is an attribute or a namespace declaration; at is where it begins in
// the token.
type rawAttr struct {
	name  *qname
	value string
	at    int
	// meant is the name with its namespace; a declaration is in "xmlns".
	meant Name
}

// startTag reads <name attributes> and opens the element.
func (s *Scanner) startTag(b []byte) (Kind, int, error) {
	name, i, err := s.qname(b, 1)
	if err != nil {
		return nothing, 0, err
	}
	s.found = s.found[:0]
	for {
		j := run(b, i, isBlank)
		switch {
		case b[j] == '>':
			return Start, j + 1, s.opened(name)
		case b[j] == '/' && b[j+1] == '>':
			s.empty = true
			return Start, j + 2, s.opened(name)
		case b[j] == '/':
			return nothing, 0, s.unexpected(b, j+1, ">")
		case j == i:
			return nothing, 0, s.unexpected(b, j, ">")
		}
		if i, err = s.attribute(b, j); err != nil {
			return nothing, 0, err
		}
	}
}

// attribute reads name="value" at b[i] and gives the index behind it.
func (s *Scanner) attribute(b []byte, i int) (int, error) {
	if len(s.found) == maxAttributes {
		return 0, s.fail(CodeTooManyAttributes, i, nil, limit(maxAttributes)...)
	}
	name, j, err := s.qname(b, i)
	if err != nil {
		return 0, err
	}
	if j = run(b, j, isBlank); b[j] != '=' {
		return 0, s.unexpected(b, j, "=")
	}
	if j = run(b, j+1, isBlank); b[j] != '"' && b[j] != '\'' {
		return 0, s.unexpected(b, j, `"`)
	}
	text, end, err := s.quoted(b, j)
	if err != nil {
		return 0, err
	}
	s.found = append(s.found, rawAttr{name: name, value: name.value(text), at: i})
	return end, nil
}

// quoted reads the value whose quotation mark stands at b[i], normalised as XML
// 1.0 section 3.3.3 says: a line end or tab is a space.
func (s *Scanner) quoted(b []byte, i int) (value []byte, end int, err error) {
	j := run(b, i+1, isValue)
	if b[j] == b[i] {
		return b[i+1 : j], j + 1, nil
	}
	out := append(s.value[:0], b[i+1:j]...)
	for b[j] != b[i] {
		if out, j, err = s.specialValue(b, j, out); err != nil {
			return nil, 0, err
		}
		from := j
		j = run(b, j, isValue)
		out = append(out, b[from:j]...)
	}
	s.value = out
	return out, j + 1, nil
}

// specialValue appends what the byte b[i], which is not isValue, means in a value.
func (s *Scanner) specialValue(b []byte, i int, out []byte) ([]byte, int, error) {
	switch b[i] {
	case '<':
		return nil, 0, s.fail(CodeUnescaped, i, b[i:i+1], "instead", "&lt;")
	case '&':
		return s.reference(b, i, out)
	case '\t', '\n':
		return append(out, ' '), i + 1, nil
	case '\r':
		return append(out, ' '), afterCR(b, i), nil
	}
	return s.literal(b, i, out)
}

// opened declares, resolves and checks the names of a start tag.
func (s *Scanner) opened(name *qname) error {
	if len(s.open) == 0 && s.rooted {
		return s.fail(CodeOutsideRoot, 0, []byte("<"+name.raw))
	}
	if len(s.open) == maxDepth {
		return s.fail(CodeTooDeep, 0, nil, limit(maxDepth)...)
	}
	s.place()
	shadowed := len(s.shadows)
	for _, a := range s.found {
		if a.name.declares == nil {
			continue
		}
		if !declarable(a.name.declares, a.value) || len(a.value) > maxName {
			return s.fail(CodeNamespace, a.at, []byte(a.value), "prefix", a.name.declares.name)
		}
		s.declare(a.name.declares, s.ns.space(a.value))
	}
	if !name.prefix.bound {
		return s.undeclared(name, 1)
	}
	if err := s.resolve(); err != nil {
		return err
	}
	s.name = Name{name.prefix.space, name.local}
	s.open = append(s.open, element{name.raw, s.name, s.where.Line, shadowed})
	return nil
}

// resolve fills Attrs with what was found.
func (s *Scanner) resolve() error {
	for i := range s.found {
		a := &s.found[i]
		p := a.name.prefix
		switch {
		case a.name.declares != nil:
			a.meant = Name{"xmlns", a.name.declares.name}
			continue
		case !p.bound:
			return s.undeclared(a.name, a.at)
		case p.name == "":
			a.meant = Name{"", a.name.local}
		default:
			a.meant = Name{p.space, a.name.local}
		}
		s.attrs = append(s.attrs, Attr{a.meant, a.value})
	}
	return s.unique()
}

// few is how many attributes are compared each with each.
const few = 8

// unique refuses two attributes of one name, also by two prefixes.
func (s *Scanner) unique() error {
	if len(s.found) > few {
		return s.uniqueOfMany()
	}
	for i := range s.found {
		for j := range i {
			if s.found[i].meant == s.found[j].meant {
				return s.duplicate(s.found[i])
			}
		}
	}
	return nil
}

func (s *Scanner) uniqueOfMany() error {
	seen := make(map[Name]bool, len(s.found))
	for _, a := range s.found {
		if seen[a.meant] {
			return s.duplicate(a)
		}
		seen[a.meant] = true
	}
	return nil
}

func (s *Scanner) duplicate(a rawAttr) error {
	return s.fail(CodeDuplicateAttribute, a.at, []byte(a.name.raw))
}

func (s *Scanner) undeclared(name *qname, i int) error {
	return s.fail(CodeUndeclaredPrefix, i, []byte(name.raw), "prefix", name.prefix.name)
}

// endTag reads </name> and closes the element.
func (s *Scanner) endTag(b []byte) (Kind, int, error) {
	i := run(b, 2, isNameByte)
	j := run(b, i, isBlank)
	if b[j] != '>' {
		return nothing, 0, s.unexpected(b, j, ">")
	}
	if len(s.open) == 0 {
		return nothing, 0, s.fail(CodeOutsideRoot, 0, b[:j+1])
	}
	last := s.open[len(s.open)-1]
	if string(b[2:i]) != last.tag {
		return nothing, 0, s.fail(CodeEndTag, 0, b[:j+1],
			"open", "<"+last.tag+">", "line", strconv.Itoa(last.line))
	}
	s.close()
	return End, j + 1, nil
}

// close ends the innermost element.
func (s *Scanner) close() {
	last := len(s.open) - 1
	s.name = s.open[last].name
	s.restore(s.open[last].shadowed)
	s.open = s.open[:last]
	s.rooted = true
}

// qname reads the name at b[i] and gives the index behind it.
func (s *Scanner) qname(b []byte, i int) (*qname, int, error) {
	j := run(b, i, isNameByte)
	switch {
	case j == len(b)-1:
		return nil, 0, errShort
	case j == i:
		return nil, 0, s.noName(b, i)
	case j-i > maxName:
		return nil, 0, s.fail(CodeTooLong, i, nil, limit(maxName)...)
	}
	q := s.lookup(b[i:j])
	if q == nil {
		return nil, 0, s.fail(CodeName, i, b[i:j])
	}
	return q, j, nil
}

// noName tells what is wrong where a name should begin: behind < or in a tag.
func (s *Scanner) noName(b []byte, i int) error {
	if i > 1 || b[1] < ' ' && class[b[1]]&isBlank == 0 {
		return s.unexpected(b, i, ">")
	}
	return s.fail(CodeUnescaped, 0, b[:1], "instead", "&lt;")
}
