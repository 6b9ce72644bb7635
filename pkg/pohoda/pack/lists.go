package pack

import (
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// Lists gives the agendas of which a pack holds a list that POHODA gave without an error,
// with records or without: one that holds none says that there are none.
func Lists(r io.Reader, file string) (listed []*pohoda.Agenda, err error) {
	s := xmlio.NewScanner(r, file, pohoda.Namespaces())
	for {
		kind, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			return listed, nil
		case err != nil:
			return nil, err
		case kind == xmlio.Start && pohoda.Attribute(s.Attrs(), "state") != "error":
			if a := listOf(s.Name()); a != nil {
				listed = append(listed, a)
			}
		}
	}
}
