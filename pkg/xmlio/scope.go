package xmlio

import (
	"maps"
	"strings"
)

// scope knows the names that a document uses and what its prefixes mean at the
// current place.
type scope struct {
	names map[string]*qname
	// recent holds names by a cheap hash, to spare most look-ups in the map.
	recent   [recents]*qname
	prefixes map[string]*prefix
	shadows  []shadow
	// size is about how many bytes the names take.
	size int
}

// qname is a name as the file writes it, made and checked once.
type qname struct {
	raw    string
	prefix *prefix
	local  string
	// declares is the prefix that an attribute of this name declares, else nil.
	declares *prefix
	// last is the attribute's last value: most repeat ("2.0").
	last string
}

// prefix is a prefix of the file, "" the default namespace of elements.
type prefix struct {
	name  string
	space string
	bound bool
}

// shadow is what a prefix meant outside the element that declares it anew.
type shadow struct {
	prefix *prefix
	space  string
	bound  bool
}

// forgetful is how much memory names may take before they are made anew.
const forgetful = 1 << 20

func newScope() scope {
	return scope{
		names:    map[string]*qname{},
		prefixes: map[string]*prefix{"": {bound: true}, "xml": {name: "xml", space: "xml", bound: true}},
	}
}

// tidy forgets the names when a hostile document has brought too many; it must
// not be called in the middle of a tag.
func (sc *scope) tidy() {
	if sc.size < forgetful {
		return
	}
	sc.size = 0
	clear(sc.names)
	clear(sc.recent[:])
	maps.DeleteFunc(sc.prefixes, func(_ string, p *prefix) bool { return !p.bound })
}

// lookup gives the name, nil if it is none: QName of Namespaces in XML.
func (sc *scope) lookup(raw []byte) *qname {
	slot := &sc.recent[recentOf(raw)]
	if *slot == nil || (*slot).raw != string(raw) {
		*slot = sc.find(raw)
	}
	return *slot
}

const recents = 256

func recentOf(raw []byte) uint {
	n := len(raw)
	return (uint(raw[n-1]) + uint(raw[n/2])<<2 + uint(raw[0])<<4 + uint(n)<<3) % recents
}

// find is lookup without the short cut.
func (sc *scope) find(raw []byte) *qname {
	if q := sc.names[string(raw)]; q != nil {
		return q
	}
	name := string(raw)
	before, local, colon := strings.Cut(name, ":")
	if !colon {
		before, local = "", name
	}
	if !ncName(local) || colon && !ncName(before) {
		return nil
	}
	q := &qname{raw: name, prefix: sc.prefix(before), local: local}
	switch {
	case before == "xmlns":
		q.declares = sc.prefix(local)
	case name == "xmlns":
		q.declares = sc.prefix("")
	}
	sc.names[name] = q
	sc.size += 2*len(name) + 200
	return q
}

func (sc *scope) prefix(name string) *prefix {
	p := sc.prefixes[name]
	if p == nil {
		p = &prefix{name: name}
		sc.prefixes[name] = p
	}
	return p
}

// Means gives what a name inside the element that has just started means, such as
// the value of xsi:type: a name without a prefix is in the default namespace. It
// tells whether it is a name and its prefix is declared.
func (sc *scope) Means(text string) (Name, bool) {
	before, local, colon := strings.Cut(strings.Trim(text, " \t\r\n"), ":")
	if !colon {
		before, local = "", before
	}
	p := sc.prefixes[before]
	if p == nil || !p.bound || !ncName(local) || colon && before == "" {
		return Name{}, false
	}
	return Name{p.space, local}, true
}

// declare lets a prefix mean a namespace until restore.
func (sc *scope) declare(p *prefix, space string) {
	sc.shadows = append(sc.shadows, shadow{p, p.space, p.bound})
	p.space, p.bound = space, true
}

// restore takes back all declarations but the first n.
func (sc *scope) restore(n int) {
	for len(sc.shadows) > n {
		last := sc.shadows[len(sc.shadows)-1]
		last.prefix.space, last.prefix.bound = last.space, last.bound
		sc.shadows = sc.shadows[:len(sc.shadows)-1]
	}
}

// declarable tells whether Namespaces in XML lets a prefix be bound to a URI.
func declarable(p *prefix, uri string) bool {
	switch {
	case p.name == "xml" || uri == uriXML:
		return p.name == "xml" && uri == uriXML
	case p.name == "xmlns" || uri == uriXMLNS:
		return false
	}
	return uri != "" || p.name == ""
}

// value gives a string of the bytes, the last one of this name if it is equal.
func (q *qname) value(b []byte) string {
	if q.last == string(b) {
		return q.last
	}
	value := string(b)
	if len(value) < 100 {
		q.last = value
	}
	return value
}
