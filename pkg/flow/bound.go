package flow

import (
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/xsd"
)

// bound is an agenda with its schema: loaded when the first of its documents
// comes, so that the schemas of other agendas cost nothing.
type bound struct {
	codec  *pohoda.Codec
	schema *xsd.Schema
}

func bind(a *pohoda.Agenda) (bound, error) {
	schema, err := pohoda.Schema(a)
	if err != nil {
		return bound{}, err
	}
	return bound{a.Open(pohoda.Limits(schema)), schema}, nil
}
