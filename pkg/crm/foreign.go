package crm

import (
	"io"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/crm/table"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// CodeProfileFormat is the code of a profile that reads another kind of file.
var CodeProfileFormat = diag.Usage.Code("profile-format", "format", "profile")

// CodeProfileShape is the code of a record whose shape another profile reads.
var CodeProfileShape = diag.Usage.Code("profile-shape", "other", "profile")

// foreign brings inputs of other shapes to canonical trees by mapping profiles.
type foreign struct {
	options Options
	// forced is the profile that the options name; nil lets shapes decide.
	forced *profile.Profile
	*profile.Translators
}

// otherFormat refuses a file that the profile which the options name does not
// read.
func (f *foreign) otherFormat(format, file string) error {
	if f.forced == nil || f.forced.Format == format {
		return nil
	}
	return diag.New(CodeProfileFormat, "profile", f.forced.Name, "format", f.forced.Format).WithPosition(diag.Position{File: file})
}

// newForeign reads the profile and the further files that the options name.
func newForeign(o Options) (*foreign, error) {
	f := &foreign{options: o}
	if o.Profile != "" {
		p, issues := profile.FindProfile(o.Profile)
		for _, issue := range issues.Of(diag.Error) {
			return nil, issue
		}
		f.forced = p
	}
	with, err := profile.OpenWith(o.With)
	f.Translators = &profile.Translators{With: with, Instance: o.Instance}
	return f, err
}

// translate makes canonical trees of a tree of another shape; the profile is ""
// when no profile knows the shape. It is safe for concurrent use.
func (f *foreign) translate(n *canonical.Node, where canonical.Locator) (name string, records []profile.Translated) {
	p := f.forced
	if p == nil {
		p = profile.Recognise(n)
	}
	if p == nil {
		return "", nil
	}
	t := f.Translator(p)
	defer f.Release(t)
	for _, source := range profile.RecordsAt(n, p.Roots) {
		if source.Kind != canonical.ObjectNode {
			issue := diag.New(CodeNotARecord, "found", source.Kind.String()).WithValue(canonical.Visible(source.Text)).WithPosition(where(source.At))
			records = append(records, profile.Translated{At: source.At, Issues: diag.List{issue}})
			continue
		}
		if issue := f.otherShape(source); issue != nil {
			records = append(records, profile.Translated{At: source.At, Issues: diag.List{issue.WithPosition(where(source.At))}})
			continue
		}
		records = append(records, t.Record(source, where))
	}
	return p.Name, records
}

// otherShape refuses a record that is not of the shape of the profile that the
// options name, and is of another's: what its expressions would say of it helps
// nobody.
func (f *foreign) otherShape(record *canonical.Node) *diag.Issue {
	if f.forced == nil || len(f.forced.Shape.Has) == 0 || f.forced.Shape.Fits(record) {
		return nil
	}
	other := profile.Recognise(record)
	if other == nil || other.Name == f.forced.Name {
		return nil
	}
	return diag.New(CodeProfileShape, "profile", f.forced.Name, "other", other.Name)
}

// openCSV opens a CSV file, given from its first byte.
func (f *foreign) openCSV(r io.Reader, file string) (*table.Table, error) {
	p := f.forced
	if p == nil {
		p, _ = profile.EmbeddedProfile("csv-orders")
		p.Compile()
	}
	return table.OpenTable(r, file, f.options.Columns, f.Translators, p)
}
