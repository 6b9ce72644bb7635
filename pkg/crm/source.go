// Package crm is the side of CRMs and e-shops: sources, which read their records from JSON
// and CSV and bring other shapes to the canonical one.
//
// Whatever the input, a record passes through one tree and one strict binding to the types
// of package trade (crm/canonical), so that every kind of input has the same rules, findings
// and places. Shapes are brought to that tree by mapping profiles (crm/profile), whose
// expressions are a language of their own (crm/expression); rows of a table become trees
// before (crm/table).
package crm

import (
	"errors"
	"io"
	"slices"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
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

// input is one open file of records: it splits itself into them one after
// another, and decodes them, which is pure and safe for concurrent use.
type input interface {
	Next() (canonical.Raw, error)
	Decode(canonical.Raw) []canonical.Result
}

// Source yields the records of a file, a folder or the standard input. Next is
// for one goroutine, Decode for any number of them.
type Source struct {
	options Options
	foreign *foreign
	// waiting are the files to read yet; open is the current one.
	waiting []string
	open    input
	close   func() error
	// findings are those of the files opened so far.
	findings diag.List
}

// Open opens a source: a file of JSON, NDJSON or CSV, a folder of such files
// (read in the order of their names, without the folders in it; those that hold
// what records refer to serve like Options.With), or "-" for the standard input. Errors are issues: file-not-found, file-not-readable,
// folder-without-records, wrong-input-kind and those of the options.
func Open(from string, o Options) (*Source, error) {
	foreign, err := newForeign(o)
	if err != nil {
		return nil, err
	}
	files, err := canonical.Files(from)
	if err != nil {
		return nil, err
	}
	if len(files) > 1 {
		records, with := foreign.sortFolder(files)
		if files = records; len(records) == 0 {
			return nil, diag.New(canonical.CodeFolderWithoutRecords).WithValue(from)
		}
		if err := foreign.With.Add(with); err != nil {
			return nil, err
		}
	}
	s := &Source{options: o, foreign: foreign, waiting: files}
	return s, s.advance()
}

// Next gives the next record as it stands, io.EOF after the last. What keeps a
// file from being read to its end comes as a record that Decode refuses; only a
// fault of reading itself (a disk, a pipe) is an error here.
func (s *Source) Next() (canonical.Raw, error) {
	for {
		if s.open == nil {
			if len(s.waiting) == 0 {
				return canonical.Raw{}, io.EOF
			}
			if err := s.advance(); err != nil {
				return canonical.Raw{Broken: diag.As(err)}, nil
			}
		}
		raw, err := s.open.Next()
		if err == nil {
			raw.By = s.open
			return raw, nil
		}
		if !errors.Is(err, io.EOF) {
			return canonical.Raw{}, err
		}
		if err := s.Close(); err != nil {
			return canonical.Raw{}, err
		}
	}
}

// Decode reads a record. Mostly it is one; an answer of a CRM's interface may
// list several, each then with a Raw of its own.
func (s *Source) Decode(raw canonical.Raw) []canonical.Result {
	if raw.Broken != nil {
		return []canonical.Result{{Record: trade.Record{Origin: trade.Origin{At: raw.Broken.At}}, Issues: diag.List{raw.Broken}}}
	}
	results := raw.By.Decode(raw)
	for i := range results {
		canonical.NameInstance(&results[i].Record, s.options.Instance)
	}
	return results
}

// Findings are what concerns the files and none of their records alone: columns
// of a CSV that are read in doubt or not at all, files of Options.With that no
// record needed. They are known when the last record is decoded.
func (s *Source) Findings() diag.List {
	return append(slices.Clip(s.findings), s.foreign.With.Unused()...)
}

// Close closes the file that is open.
func (s *Source) Close() error {
	if s.open == nil {
		return nil
	}
	s.open = nil
	return s.close()
}

// States gives the words for states that a record of the source may have even where
// none has one today: those that the profiles by which records were read so far know
// for a state, in their maps, defaults and expressions, and those of the further
// records in which they look states up.
func (s *Source) States() []string { return s.foreign.States() }
