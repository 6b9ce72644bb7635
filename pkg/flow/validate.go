package flow

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
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

// Run validates one file after another.
func (v *Validate) Run(files []string) ([]FileVerdict, error) {
	var set fs.FS = schemas.XSD
	if v.Schemas != "" {
		set = os.DirFS(v.Schemas)
	}
	validator := pohoda.NewValidator(set, v.Schemas == "")
	var verdicts []FileVerdict
	for _, file := range files {
		verdict, err := v.one(validator, file)
		if err != nil {
			return verdicts, err
		}
		verdicts = append(verdicts, verdict)
	}
	return verdicts, nil
}

func (v *Validate) one(validator *pohoda.Validator, file string) (FileVerdict, error) {
	r, err := openInput(file, v.Stdin)
	if err != nil {
		return FileVerdict{}, err
	}
	defer r.Close()
	verdict, err := validator.Validate(r, file, v.Tell)
	if err != nil {
		return FileVerdict{}, unreadable(file, err)
	}
	return FileVerdict{file, verdict.Valid, verdict.Items, verdict.Uncovered}, nil
}

// openInput opens a file, or the standard input for "-".
func openInput(file string, stdin io.Reader) (io.ReadCloser, error) {
	if file == "-" {
		return io.NopCloser(stdin), nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, unreadable(file, err)
	}
	return f, nil
}

func unreadable(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return diag.New(crm.CodeFileNotFound).Of(file)
	}
	var issue *diag.Issue
	if errors.As(err, &issue) {
		return issue
	}
	return diag.New(crm.CodeFileNotReadable, "error", err.Error()).Of(file)
}
