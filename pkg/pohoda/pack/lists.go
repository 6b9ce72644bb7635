package pack

import (
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// HoldsList tells whether a pack holds a list of the agenda that POHODA gave without
// an error, with documents or without: one that holds none says that there are
// none.
func HoldsList(a *pohoda.Agenda, r io.Reader, file string) (bool, error) {
	s := xmlio.NewScanner(r, file, pohoda.Namespaces())
	for {
		kind, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			return false, nil
		case err != nil:
			return false, err
		case kind == xmlio.Start && s.Name() == (xmlio.Name{Space: "lst", Local: a.List}) && pohoda.Attribute(s.Attrs(), "state") != "error":
			return true, nil
		}
	}
}
