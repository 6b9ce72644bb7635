package crm

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/yamlio"
)

// CodeProfileNotFound is the code of a profile that is neither embedded nor a
// file.
var CodeProfileNotFound = diag.Usage.Code("profile-not-found", "known")

//go:embed profiles/*.yaml
var embedded embed.FS

// embeddedNames are the profiles that ship with the tool, in the order in which
// a shape is tried on them.
var embeddedNames = []string{
	"raynet-deal", "raynet-offer", "raynet-sales-order", "woocommerce-order", "shoptet-order", "eway-cart",
	"pipedrive-deal", "hubspot-deal", "csv-orders",
}

// ProfileInfo describes a mapping profile.
type ProfileInfo struct {
	Name   string
	Title  string
	System string
	Kind   trade.Kind
	// Format is json or csv.
	Format string
	// File is where a user's own profile lies; "" for an embedded one.
	File string
}

// profile brings records of one shape to the canonical one. It translates and
// never filters: every record and every line of the source has its counterpart.
type profile struct {
	ProfileInfo
	// roots are the places of the records in the envelope of an interface, tried
	// in turn; where none is there, the value itself is the record.
	roots [][]string
	// shape is how a record of this profile is recognised.
	shape    shape
	lookups  map[string]*lookup
	maps     map[string]*valueMap
	defaults []constant
	vars     []*rule
	fields   []*rule
	// lines is nil for kinds without lines.
	lines *lineRules
	table *layout

	compiled sync.Once
	findings diag.List
}

// shape are the keys by which a record or a header is recognised.
type shape struct{ has, lacks []string }

// rule makes one field or variable.
type rule struct {
	// key is the canonical path, such as "customer.address.city", or the name of
	// the variable.
	key  scalar
	path []string
	// scalar is the expression.
	scalar
	expr *expression
	// toText says that the field takes text, so that a number of the source is
	// written as one.
	toText bool
	// origin is where the value comes from, to show a finding at its source; its
	// variable is r, it, or "" when the record does not hold the value.
	origin reading
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
	value node
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
func Profiles() []ProfileInfo {
	var all []ProfileInfo
	for _, name := range embeddedNames {
		if p, _ := embeddedProfile(name); p != nil {
			all = append(all, p.ProfileInfo)
		}
	}
	return all
}

// ShowProfile gives the text of an embedded profile, to start an own one from.
func ShowProfile(name string) ([]byte, error) {
	text, err := fs.ReadFile(embedded, "profiles/"+name+".yaml")
	if err != nil {
		return nil, profileNotFound(name)
	}
	return text, nil
}

func profileNotFound(name string) *diag.Issue {
	return diag.New(CodeProfileNotFound, "known", diag.Meant(name, embeddedNames)).WithValue(name)
}

// loads reads each embedded profile once, when it is first asked for.
var loads = func() map[string]func() (*profile, diag.List) {
	all := map[string]func() (*profile, diag.List){}
	for _, name := range embeddedNames {
		all[name] = sync.OnceValues(func() (*profile, diag.List) {
			text, _ := fs.ReadFile(embedded, "profiles/"+name+".yaml")
			return readProfile(text, "profiles/"+name+".yaml")
		})
	}
	return all
}()

// embeddedProfile gives an embedded profile; its expressions are compiled when
// it is used.
func embeddedProfile(name string) (*profile, diag.List) {
	load, ok := loads[name]
	if !ok {
		return nil, nil
	}
	return load()
}

// findProfile gives an embedded profile by its name or a user's own by the path
// of its file, ready for use.
func findProfile(name string) (*profile, diag.List) {
	p, issues := embeddedProfile(name)
	if p == nil && issues == nil {
		text, err := yamlio.ReadFile(name)
		if err != nil {
			return nil, diag.List{missingProfile(name, err)}
		}
		if p, issues = readProfile(text, name); p != nil {
			p.File = name
		}
	}
	if issues.Refused() {
		return nil, issues
	}
	if issues = p.compile(); issues.Refused() {
		return nil, issues
	}
	return p, nil
}

// missingProfile tells a misspelt name from a file that cannot be read.
func missingProfile(name string, err error) *diag.Issue {
	isPath := strings.ContainsAny(name, `/\`) || slices.Contains([]string{".yaml", ".yml"}, ending(name))
	if isPath {
		return Unreadable(name, err)
	}
	return profileNotFound(name)
}
