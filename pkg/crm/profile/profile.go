// Package profile is mapping profiles: YAML that says how records of one shape become
// canonical ones. A profile is loaded and checked, compiled once, and translates record by
// record; further records that its own refer to come from files of --with.
package profile

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/yamlio"
)

// CodeProfileNotFound is the code of a profile that is neither embedded nor a
// file.
var CodeProfileNotFound = diag.Usage.Code("profile-not-found", "known")

//go:embed profiles/*.yaml
var embedded embed.FS

// EmbeddedNames are the profiles that ship with the tool: their files, by name. No record
// has the shapes of two of them, so that the order in which they are tried says nothing.
var EmbeddedNames = embeddedNames()

func embeddedNames() (names []string) {
	files, err := fs.Glob(embedded, "profiles/*.yaml")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		names = append(names, strings.TrimSuffix(path.Base(file), ".yaml"))
	}
	return names
}

// Info describes a mapping profile.
type Info struct {
	Name   string
	Title  string
	System string
	Kind   trade.Kind
	// Format is json or csv.
	Format string
	// File is where a user's own profile lies; "" for an embedded one.
	File string
}

// Profile brings records of one shape to the canonical one. It translates and
// never filters: every record and every line of the source has its counterpart.
type Profile struct {
	Info
	// Roots are the places of the records in the envelope of an interface, tried
	// in turn; where none is there, the value itself is the record.
	Roots [][]string
	// Shape is how a record of this profile is recognised.
	Shape    shape
	lookups  map[string]*lookup
	maps     map[string]*valueMap
	defaults []constant
	vars     []*rule
	fields   []*rule
	// lines is nil for kinds without lines.
	lines *lineRules
	Table *layout

	compiled sync.Once
	findings diag.List
}

// shape are the keys by which a record or a header is recognised.
type shape struct{ Has, lacks []string }

// rule makes one field or variable.
type rule struct {
	// key is the canonical path, such as "customer.address.city", or the name of
	// the variable.
	key  scalar
	path []string
	// scalar is the expression.
	scalar
	expr *expression.Expression
	// toText says that the field takes text, so that a number of the source is
	// written as one.
	toText bool
	// origin is where the value comes from, to show a finding at its source; its
	// variable is r, it, or "" when the record does not hold the value.
	origin expression.Reading
}

// lineRules make the lines of a document.
type lineRules struct {
	from   *rule
	vars   []*rule
	fields []*rule
}

// constant is what a field has when its rule gives nothing.
type constant struct {
	key   scalar
	path  []string
	value canonical.Node
}

// valueMap translates words of the source.
type valueMap struct {
	name string
	// miss is what a word outside the map means: error, warning or none.
	miss   string
	values map[string]string
}

// lookup is a kind of further records that come from files of --with.
type lookup struct {
	name  string
	title string
	roots [][]string
	// key is what record() and records() find it by. id is its own name among
	// several of one key; "" where it has none.
	key, id string
	shape   shape
	// required makes a record that is not there an error.
	required bool
}

// Profiles lists the embedded profiles.
func Profiles() []Info {
	var all []Info
	for _, name := range EmbeddedNames {
		if p, _ := EmbeddedProfile(name); p != nil {
			all = append(all, p.Info)
		}
	}
	return all
}

// Show gives the text of an embedded profile, to start an own one from.
func Show(name string) ([]byte, error) {
	text, err := fs.ReadFile(embedded, "profiles/"+name+".yaml")
	if err != nil {
		return nil, profileNotFound(name)
	}
	return text, nil
}

func profileNotFound(name string) *diag.Issue {
	return diag.New(CodeProfileNotFound, "known", diag.Meant(name, EmbeddedNames)).WithValue(name)
}

// loads reads each embedded profile once, when it is first asked for.
var loads = func() map[string]func() (*Profile, diag.List) {
	all := map[string]func() (*Profile, diag.List){}
	for _, name := range EmbeddedNames {
		all[name] = sync.OnceValues(func() (*Profile, diag.List) {
			text, _ := fs.ReadFile(embedded, "profiles/"+name+".yaml")
			return ReadProfile(text, "profiles/"+name+".yaml")
		})
	}
	return all
}()

// EmbeddedProfile gives an embedded profile; its expressions are compiled when
// it is used.
func EmbeddedProfile(name string) (*Profile, diag.List) {
	load, ok := loads[name]
	if !ok {
		return nil, nil
	}
	return load()
}

// FindProfile gives an embedded profile by its name or a user's own by the path
// of its file, ready for use.
func FindProfile(name string) (*Profile, diag.List) {
	p, issues := EmbeddedProfile(name)
	if p == nil && issues == nil {
		text, err := yamlio.ReadFile(name)
		if err != nil {
			return nil, diag.List{missingProfile(name, err)}
		}
		if p, issues = ReadProfile(text, name); p != nil {
			p.File = name
		}
	}
	if issues.Refused() {
		return nil, issues
	}
	if issues = p.Compile(); issues.Refused() {
		return nil, issues
	}
	return p, nil
}

// missingProfile tells a misspelt name from a file that cannot be read.
func missingProfile(name string, err error) *diag.Issue {
	isPath := strings.ContainsAny(name, `/\`) || slices.Contains([]string{".yaml", ".yml"}, canonical.Ending(name))
	if isPath {
		return canonical.Unreadable(name, err)
	}
	return profileNotFound(name)
}
