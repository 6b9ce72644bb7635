package pack

import (
	"errors"
	"io"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/xmlio"
)

// CodeNotAPack says that a file of the format is no pack.
var CodeNotAPack = diag.Refused.Code("not-a-pack")

// Items reads a dataPack to its end and tells the ids of its items, without
// their contents. Of the pack it tells the id and what names the accounting unit.
func Items(r io.Reader, file string, tell func(pack Pack, item string)) error {
	s := xmlio.NewScanner(r, file, pohoda.Namespaces())
	pack, depth := Pack{}, 0
	for {
		kind, err := s.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case kind == xmlio.End:
			depth--
		case kind == xmlio.Start && depth == 0:
			if s.Name().String() != "dat:dataPack" {
				return diag.New(CodeNotAPack).WithValue(s.Name().String()).WithPosition(s.Pos())
			}
			pack.ID = pohoda.Attribute(s.Attrs(), "id")
			pack.Unit.ICO, pack.Unit.Key = pohoda.Attribute(s.Attrs(), "ico"), pohoda.Attribute(s.Attrs(), "key")
			depth++
		case kind == xmlio.Start:
			if s.Name().String() == "dat:dataPackItem" {
				tell(pack, pohoda.Attribute(s.Attrs(), "id"))
			}
			if err := s.Skip(); err != nil {
				return err
			}
		}
	}
}
