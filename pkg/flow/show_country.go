package flow

import (
	"errors"
	"io"
	"os"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// CountryOrigin says who named the country by whose rates a file is read.
type CountryOrigin int

// The origins: configuration or flag; fields of the Slovak edition in the file; nobody.
const (
	CountrySet CountryOrigin = iota
	CountryRead
	CountryAssumed
)

// countryOf settles by which country's rates a file is read. Where the configuration
// does not say it, the whole file is asked first: it is of one unit, and what shows
// the country may stand in its last document.
func countryOf(c *config.Config, file string, r io.ReadSeeker) (string, CountryOrigin, error) {
	if c.Origin("unit.country").Kind != config.FromDefault {
		return c.Unit.Country, CountrySet, nil
	}
	slovak := isSlovak(file, r)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return "", CountryAssumed, err
	}
	if slovak {
		return "SK", CountryRead, nil
	}
	return c.Unit.Country, CountryAssumed, nil
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
