package crm

import (
	"io"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Options say how a source is read.
type Options struct {
	// Profile is the name of a mapping profile or the path of one; "" lets the
	// shape of each record decide.
	Profile string
	// With are files and folders that hold what records refer to.
	With []string
	// Stdin is read when the source is "-".
	Stdin io.Reader
	// Instance names the account or shop where an input does not say it.
	Instance string
	// Columns say outright which column of a CSV holds what.
	Columns map[string]string
}

// Raw is one record in its input's own form.
type Raw struct {
	// At is where the record begins.
	At diag.Position
	// Bytes are the record's own; a CSV record has its rows.
	Bytes []byte

	input input
}

// Result is a record and what was found in it. A record with an issue of
// severity error is refused; it then holds only what could be read.
type Result struct {
	Record trade.Record
	Issues diag.List
}

// input is one open file of records: it splits itself into them one after
// another, and decodes them, which is pure and safe for concurrent use.
type input interface {
	next() (Raw, error)
	decode(Raw) []Result
}
