package flow

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// OpenInput opens a file, or the standard input for "-".
func OpenInput(file string, stdin io.Reader) (io.ReadCloser, error) {
	if file == "-" {
		return io.NopCloser(stdin), nil
	}
	return os.Open(file)
}

// ReadError words what kept a file from being read; an issue says it already.
func ReadError(file string, err error) *diag.Issue {
	var issue *diag.Issue
	switch {
	case errors.As(err, &issue):
		return issue
	case errors.Is(err, fs.ErrNotExist):
		return diag.New(crm.CodeFileNotFound).WithValue(file)
	}
	return diag.New(crm.CodeFileNotReadable, "error", err.Error()).WithValue(file)
}

var CodeStdinTwice = diag.Usage.Code("usage-stdin-twice")
