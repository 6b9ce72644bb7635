package view

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
	"github.com/gopohoda/pohoda/schemas"
)

// Validate holds files against the schemas.
type Validate struct {
	// Schemas is a folder with STORMWARE's own schemas; "" takes the bundled ones.
	Schemas string
	Stdin   io.Reader
	// Tell gets every finding as it is found.
	Tell func(*diag.Issue)
}

// FileVerdict is the verdict on a file.
type FileVerdict struct {
	File string `json:"file"`
	// Valid is false for a file with a finding against it.
	Valid bool `json:"valid"`
	// Documents counts the items; Uncovered those whose agenda the schemas do
	// not have, which are neither valid nor invalid.
	Documents int `json:"documents"`
	Uncovered int `json:"uncovered"`
}

// Run validates one file after another. A file that cannot be read is told at
// the end and does not hide the others; an error is one of the schemas.
func (v *Validate) Run(files []string) (verdicts []FileVerdict, unread diag.List, err error) {
	var set fs.FS = schemas.XSD
	if v.Schemas != "" {
		set = os.DirFS(v.Schemas)
	}
	validator := pack.NewValidator(set, v.Schemas == "")
	verdicts = []FileVerdict{}
	for _, file := range files {
		verdict, err := v.one(validator, file)
		switch issue := (*diag.Issue)(nil); {
		case err == nil:
			verdicts = append(verdicts, FileVerdict{file, verdict.Valid, verdict.Items, verdict.Uncovered})
		case errors.As(err, &issue):
			issue.At.File = filepath.Join(v.Schemas, issue.At.File)
			return verdicts, unread, issue
		default:
			unread.Add(flow.ReadError(file, err))
		}
	}
	return verdicts, unread, nil
}

func (v *Validate) one(validator *pack.Validator, file string) (pack.Verdict, error) {
	r, err := flow.OpenInput(file, v.Stdin)
	if err != nil {
		return pack.Verdict{}, err
	}
	defer r.Close()
	return validator.Validate(r, file, v.Tell)
}
