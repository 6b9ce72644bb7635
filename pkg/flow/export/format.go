package export

import (
	"io"

	"github.com/beevik/etree"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/pohoda"
)

// format is a kind of file in which documents travel: dataPack or eForm.
type format interface {
	// shape says whether a file holds one document, and how deep it stands.
	shape() (single bool, indent int)
	// encoder makes an encoder for one goroutine.
	encoder() encoder
	// head and tail surround the documents; the first one names the source.
	head(first *recordResult) []byte
	tail() []byte
	// unit is the accounting unit as the files name it, "" when they do not.
	unit() string
	// identify reads which documents a file holds: their ids, as one digest.
	identify(r io.Reader, file string) (string, error)
}

// encoder writes a record as elements of the format, one of them the document,
// and names them in the outcome.
type encoder func(made *flow.Prepared, a *pohoda.Agenda, t pohoda.Target, o *recordResult) ([]*etree.Element, diag.List)
