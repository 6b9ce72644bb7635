package flow

import (
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// BoundAgenda is an agenda with its schema: loaded when the first of its documents
// comes, so that the schemas of other agendas cost nothing.
type BoundAgenda struct {
	Codec  *pohoda.Codec
	Schema *xsd.Schema
}

// BindAgenda binds the tables of an agenda to the bundled schema.
func BindAgenda(a *pohoda.Agenda) (BoundAgenda, error) {
	schema, err := pack.Schema(a)
	if err != nil {
		return BoundAgenda{}, err
	}
	return BoundAgenda{a.Open(pack.Limits(schema)), schema}, nil
}
