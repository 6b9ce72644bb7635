// Package diag is how the tool tells a person what is wrong: every error that a
// user sees is an Issue with a stable code, the place, the offending value and
// a hint what to do. The words stand in one catalogue a language, by code.
package diag

import (
	"errors"
	"strconv"
	"strings"
)

// Severity says what an issue means for the record that it concerns.
type Severity string

// An error refuses the record, a warning lets it pass, a note only informs.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Code names a kind of issue: a stable kebab-case word, part of the contract
// with scripts. Each has an entry in every catalogue.
type Code string

// Position is a place in a file; Line and Column count from 1, 0 is unknown.
// Columns count characters.
type Position struct {
	File   string
	Line   int
	Column int
}

// String gives "file:line:column" as far as it is known.
func (p Position) String() string {
	parts := []string{}
	if p.File != "" {
		parts = append(parts, p.File)
	}
	if p.Line > 0 {
		parts = append(parts, strconv.Itoa(p.Line))
		if p.Column > 0 {
			parts = append(parts, strconv.Itoa(p.Column))
		}
	}
	return strings.Join(parts, ":")
}

// Args are the values that fill the {names} of a message.
type Args map[string]string

// Issue is one finding. It is an error value, so that a function can return it
// as such; a *Issue travels, a List collects.
type Issue struct {
	Severity Severity
	Code     Code
	// Record names the document concerned as its user knows it ("OP-26-123").
	Record string
	// Path is the canonical path inside the record ("lines[1].vatRate") or the
	// element path inside an XML document.
	Path string
	// Value is the offending value as it was found.
	Value string
	// Args fill the message and the hint; {value} and {path} are always known.
	Args Args
	// Advice names the phrase that takes the place of the code's hint, "" for the hint.
	Advice string
	At     Position
}

// New makes an error; the pairs are names and values of the message.
func New(code Code, pairs ...string) *Issue { return newIssue(Error, code, pairs) }

// Warn makes a warning.
func Warn(code Code, pairs ...string) *Issue { return newIssue(Warning, code, pairs) }

// Notice makes a note.
func Notice(code Code, pairs ...string) *Issue { return newIssue(Note, code, pairs) }

func newIssue(severity Severity, code Code, pairs []string) *Issue {
	issue := &Issue{Severity: severity, Code: code}
	if len(pairs) > 0 {
		issue.Args = Args{}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		issue.Args[pairs[i]] = pairs[i+1]
	}
	return issue
}

// WithPath sets the path, Of the offending value, On the record, Located the
// position; each gives the issue back, so that they chain.
func (i *Issue) WithPath(path string) *Issue { i.Path = path; return i }

// WithValue sets the offending value.
func (i *Issue) WithValue(value string) *Issue { i.Value = value; return i }

// WithRecord sets the record.
func (i *Issue) WithRecord(record string) *Issue { i.Record = record; return i }

// WithPosition sets the position.
func (i *Issue) WithPosition(at Position) *Issue { i.At = at; return i }

// Error gives the message in English without the hint, so that an Issue is an
// error; printers use Text.
func (i *Issue) Error() string { return English.Line(i) }

// As finds the issue inside an error, or makes one of code unexpected.
func As(err error) *Issue {
	if issue, ok := errors.AsType[*Issue](err); ok {
		return issue
	}
	return New(Unexpected, "error", err.Error())
}

// Unexpected is the code of a failure that nobody foresaw: the tool's own.
var Unexpected = Failed.Code("unexpected", "error")

// List is what a check found, in the order of finding.
type List []*Issue

// Add appends an issue; nil is no issue.
func (l *List) Add(issues ...*Issue) {
	for _, issue := range issues {
		if issue != nil {
			*l = append(*l, issue)
		}
	}
}

// Refused tells whether one of the issues is an error.
func (l List) Refused() bool {
	for _, issue := range l {
		if issue.Severity == Error {
			return true
		}
	}
	return false
}

// Of gives the issues of one severity.
func (l List) Of(severity Severity) List {
	var some List
	for _, issue := range l {
		if issue.Severity == severity {
			some = append(some, issue)
		}
	}
	return some
}

// On sets the record and fills the file into positions that lack one.
func (l List) On(record, file string) {
	for _, issue := range l {
		if issue.Record == "" {
			issue.Record = record
		}
		if issue.At.File == "" {
			issue.At.File = file
		}
	}
}
