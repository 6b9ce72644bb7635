package crm

import (
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// foreign brings inputs of other shapes to canonical trees.
type foreign struct{}

func newForeign(Options) (*foreign, error) { return &foreign{}, nil }

// translate makes canonical trees of a tree of another shape; the profile is ""
// when no profile knows the shape. It is safe for concurrent use.
func (f *foreign) translate(*node, locator) (profile string, records []*node, issues diag.List) {
	return "", nil, nil
}

// openCSV opens a CSV file, given from its first byte.
func (f *foreign) openCSV(io.Reader, string) (input, error) {
	return nil, errors.New("no CSV yet")
}
