package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/outfile"
)

// The exit codes; they are part of the contract with scripts.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitRefused     = 3
	exitInvalid     = 4
	exitUnreachable = 5
	exitLocked      = 6
	exitInterrupted = 130
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
		codes[i] = exitOf(issue.Code)
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
const codeInterrupted diag.Code = "interrupted"

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
	return exitOf(issue.Code), diag.List{issue}
}

// exitOfLedger is for the codes of the ledger: what is about a record is about
// the input, the rest about the ledger itself.
func exitOfLedger(code diag.Code) int {
	switch code {
	case ledger.CodeLocked, ledger.CodeLockLost, ledger.CodeBusy:
		return exitLocked
	case ledger.CodeUnreachable:
		return exitUnreachable
	case ledger.CodeUnusable, ledger.CodeMissing, ledger.CodeCorrupt, ledger.CodeDamaged, ledger.CodeForeign, ledger.CodeNewer, ledger.CodeReadOnly, ledger.CodeFull:
		return exitUsage
	}
	return exitRefused
}

// exitOf gives the exit code for an issue that ended a command, by the family
// of its code: what is not about the tool or its use is about the input. A
// target, a condition and a column's name that end a command are those of its
// flags.
func exitOf(code diag.Code) int {
	if code == crm.CodeUnknownColumn {
		return exitUsage
	}
	family, _, _ := strings.Cut(string(code), "-")
	switch family {
	case "unexpected":
		return exitFailed
	case "usage", "config", "yaml", "profile", "file", "cannot", "schema", "target", "where":
		return exitUsage
	case "interrupted":
		return exitInterrupted
	case "ledger":
		return exitOfLedger(code)
	}
	return exitRefused
}
