package flow

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// OpenInput opens a file, or the standard input for "-".
func OpenInput(file string, stdin io.Reader) (io.ReadCloser, error) {
	if file == "-" {
		return io.NopCloser(stdin), nil
	}
	return os.Open(file)
}

// Unread are the files that could not be read, each with its reason, where nothing can be
// said without them.
type Unread diag.List

func (u Unread) Error() string {
	texts := make([]string, len(u))
	for i, issue := range u {
		texts[i] = issue.Error()
	}
	return strings.Join(texts, "; ")
}

// Unwrap gives the issues.
func (u Unread) Unwrap() []error {
	all := make([]error, len(u))
	for i, issue := range u {
		all[i] = issue
	}
	return all
}

// ReadError words what kept a file from being read; an issue says it already.
func ReadError(file string, err error) *diag.Issue {
	if issue, ok := errors.AsType[*diag.Issue](err); ok {
		return issue
	}
	return canonical.Unreadable(file, err)
}

// CodeStdinTwice says that two things were to be read from standard input.
var CodeStdinTwice = diag.Usage.Code("usage-stdin-twice")
