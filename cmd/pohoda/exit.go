package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
)

// The exit codes of pkg/diag, for what a command chooses itself.
const (
	exitDone        = int(diag.Done)
	exitFailed      = int(diag.Failed)
	exitUsage       = int(diag.Usage)
	exitRefused     = int(diag.Refused)
	exitInvalid     = int(diag.Invalid)
	exitUnreachable = int(diag.Unreachable)
	exitLocked      = int(diag.Locked)
	exitInterrupted = int(diag.Interrupted)
)

// exits says what each code means.
var exits = []struct {
	code    int
	meaning string
}{
	{exitDone, "done"},
	{exitFailed, "unexpected failure of the tool (please report)"},
	{exitUsage, "wrong usage or configuration"},
	{exitRefused, "input refused, in whole or in part"},
	{exitInvalid, "a validated file is not valid or not well-formed, or POHODA refused documents"},
	{exitUnreachable, "could not reach or log in to a source, a CRM or mServer"},
	{exitLocked, "locked: another run works on the same accounting unit"},
	{exitInterrupted, "interrupted"},
}

// byWeight are the exit codes in the order in which one stands for several.
var byWeight = [...]int{exitUsage, exitFailed, exitInterrupted, exitLocked, exitUnreachable, exitInvalid, exitRefused, exitDone}

// gravest is the exit code of a run that ends for several reasons, whichever comes first.
func gravest(codes ...int) int {
	for _, code := range byWeight {
		if slices.Contains(codes, code) {
			return code
		}
	}
	return exitDone
}

// exitOfAll is the exit code of several issues that ended a command.
func exitOfAll(issues diag.List) int {
	codes := make([]int, len(issues))
	for i, issue := range issues {
		codes[i] = int(issue.Code.Exit())
	}
	return gravest(codes...)
}

// failure ends a command with a code of its own choice; its issues are printed
// as errors are.
type failure struct {
	code   int
	issues diag.List
}

func (f *failure) Error() string {
	texts := []string{fmt.Sprintf("exit %d", f.code)}
	for _, issue := range f.issues {
		texts = append(texts, issue.Error())
	}
	return strings.Join(texts, "; ")
}

// codeInterrupted is what a run says that was stopped by its user.
var codeInterrupted = diag.Interrupted.Code("interrupted")

// ending turns the error of a command into its exit code and the issues to
// print.
func ending(err error) (int, diag.List) {
	var chosen *failure
	var unread flow.Unread
	switch {
	case err == nil:
		return exitDone, nil
	case errors.As(err, &chosen):
		return chosen.code, chosen.issues
	case errors.As(err, &unread):
		return exitOfAll(diag.List(unread)), diag.List(unread)
	case errors.Is(err, context.Canceled):
		return exitInterrupted, diag.List{diag.New(codeInterrupted)}
	}
	issue := diag.As(err)
	// What is left of the file system is a stream that could not be written:
	// inputs and files are opened, and explained, where they belong.
	if broken := (*fs.PathError)(nil); issue.Code == diag.Unexpected && errors.As(err, &broken) {
		issue = diag.New(outfile.CodeCannotWrite, "target", broken.Path, "error", broken.Err.Error())
	}
	return int(issue.Code.Exit()), diag.List{issue}
}
