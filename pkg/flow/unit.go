package flow

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// CodeUnitDiffers says that a file is of the accounting unit {value}, and not of
// {unit}.
var CodeUnitDiffers = diag.Refused.Code("answers-other-unit", "unit")

// OtherUnit refuses a file of another accounting unit than the one of the run, as far as
// both say which they are of: by the IČO, or the key that POHODA gave the unit.
func OtherUnit(u config.Unit, file, ico, key string) error {
	differ := func(own, theirs string) bool {
		return own != "" && theirs != "" && !strings.EqualFold(strings.TrimLeft(own, "0"), strings.TrimLeft(theirs, "0"))
	}
	ico, key = strings.TrimSpace(ico), strings.TrimSpace(key)
	switch {
	case differ(u.ICO, ico):
		return diag.New(CodeUnitDiffers, "unit", u.ICO).WithValue(ico).WithPosition(diag.Position{File: file})
	case differ(u.Key, key):
		return diag.New(CodeUnitDiffers, "unit", u.Key).WithValue(key).WithPosition(diag.Position{File: file})
	}
	return nil
}

// FileUnit is the accounting unit as the reader of a file takes it.
type FileUnit struct {
	*config.Config
	// origin says who named its country.
	Origin CountryOrigin
}

// CountryOrigin says who named the country by whose rates a file is read.
type CountryOrigin int

// The origins: configuration or flag; fields of the Slovak edition in the file; nobody.
const (
	CountrySet CountryOrigin = iota
	CountryRead
	CountryAssumed
)

// unitFile is an open file, and the unit by whose country it is read.
type unitFile struct {
	io.ReadCloser
	Unit FileUnit
}

// OpenUnit opens a file that POHODA or this tool has written, and settles of which country
// its unit is: of that decide rates and the currency of amounts that name none. Where the
// configuration does not say it, the whole file is asked first: it is of one unit, and what
// shows the country may stand in its last document.
func OpenUnit(c *config.Config, file string, stdin io.Reader) (*unitFile, error) {
	stream, err := OpenInput(file, stdin)
	if err != nil {
		return nil, err
	}
	if c.Origin("unit.country").Kind != config.FromDefault {
		return &unitFile{stream, FileUnit{c, CountrySet}}, nil
	}
	r, err := seekable(stream)
	if err != nil {
		return nil, err
	}
	slovak := isSlovak(file, r)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	if slovak {
		return &unitFile{r, slovakUnit(c)}, nil
	}
	return &unitFile{r, FileUnit{c, CountryAssumed}}, nil
}

// slovakUnit is the unit of a file that shows by its fields that it is Slovak.
func slovakUnit(c *config.Config) FileUnit {
	own := *c
	own.Unit.Country = "SK"
	return FileUnit{&own, CountryRead}
}

// isSlovak looks for a document that only a Slovak unit can have. What is wrong with
// the file is the business of those who read it then.
func isSlovak(file string, r io.Reader) bool {
	found := errors.New("found")
	scanner := xmlio.NewScanner(r, file, pohoda.Namespaces())
	if _, err := scanner.Next(); err != nil {
		return false
	}
	err := pack.Documents(scanner, func(f pack.Found) error {
		if pohoda.IsSlovak(f.Element) {
			return found
		}
		return nil
	}, func(*diag.Issue) {})
	return errors.Is(err, found)
}

// seekable gives an input that can be read twice: a file is one, a stream is kept in
// a temporary file until it is closed.
func seekable(r io.ReadCloser) (io.ReadSeekCloser, error) {
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return f, nil
		}
	}
	defer r.Close()
	kept, err := os.CreateTemp("", "pohoda-*.tmp")
	if err != nil {
		return nil, err
	}
	k := keptFile{kept}
	if _, err = io.Copy(kept, r); err == nil {
		_, err = kept.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, k.Close())
	}
	return k, nil
}

// keptFile goes when it is closed.
type keptFile struct{ *os.File }

func (k keptFile) Close() error {
	return errors.Join(k.File.Close(), os.Remove(k.Name()))
}
