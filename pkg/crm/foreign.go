package crm

import (
	"io"

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
	forced *profile
	*translators
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
		p, issues := findProfile(o.Profile)
		for _, issue := range issues.Of(diag.Error) {
			return nil, issue
		}
		f.forced = p
	}
	with, err := openWith(o.With)
	f.translators = &translators{with: with, instance: o.Instance}
	return f, err
}

// translate makes canonical trees of a tree of another shape; the profile is ""
// when no profile knows the shape. It is safe for concurrent use.
func (f *foreign) translate(n *node, where locator) (name string, records []translated) {
	p := f.forced
	if p == nil {
		p = recognise(n)
	}
	if p == nil {
		return "", nil
	}
	t := f.translator(p)
	defer f.release(t)
	for _, source := range recordsAt(n, p.roots) {
		if source.kind != objectNode {
			issue := diag.New(CodeNotARecord, "found", source.kind.String()).WithValue(visible(source.text)).WithPosition(where(source.at))
			records = append(records, translated{at: source.at, issues: diag.List{issue}})
			continue
		}
		if issue := f.otherShape(source); issue != nil {
			records = append(records, translated{at: source.at, issues: diag.List{issue.WithPosition(where(source.at))}})
			continue
		}
		records = append(records, t.record(source, where))
	}
	return p.Name, records
}

// otherShape refuses a record that is not of the shape of the profile that the
// options name, and is of another's: what its expressions would say of it helps
// nobody.
func (f *foreign) otherShape(record *node) *diag.Issue {
	if f.forced == nil || len(f.forced.shape.has) == 0 || f.forced.shape.fits(record) {
		return nil
	}
	other := recognise(record)
	if other == nil || other.Name == f.forced.Name {
		return nil
	}
	return diag.New(CodeProfileShape, "profile", f.forced.Name, "other", other.Name)
}

// openCSV opens a CSV file, given from its first byte.
func (f *foreign) openCSV(r io.Reader, file string) (*table, error) {
	p := f.forced
	if p == nil {
		p, _ = embeddedProfile("csv-orders")
		p.compile()
	}
	return openTable(r, file, f.options.Columns, f.translators, p)
}
