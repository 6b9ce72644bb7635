package flow

import (
	"io"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// format is a kind of file in which documents travel.
type format struct {
	// single says that a file holds one document; indent is how deep it stands.
	single bool
	indent int
	// encoder makes an encoder for one goroutine.
	encoder func() encoder
	// head and tail surround the documents; the first one names the source.
	head func(first *outcome) []byte
	tail func() []byte
	// identify reads what documents a file holds: their ids, as one digest.
	identify func(r io.Reader, file string) (string, error)
}

// encoder writes a record as an element of the format and names it in the outcome.
type encoder func(r *trade.Record, a *pohoda.Agenda, t pohoda.Target, o *outcome) (*etree.Element, diag.List)
