package diag

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// Colours of a terminal (ECMA-48, select graphic rendition).
const (
	colourError   = "\x1b[31m"
	colourWarning = "\x1b[33m"
	colourHint    = "\x1b[2m"
	colourOff     = "\x1b[0m"
)

// Text prints issues for a person: "where: message", and under it the indented
// hint when there is one. What does not refuse anything says so in front of its
// message.
func Text(w io.Writer, l *Language, issues List, colour bool) error {
	var b strings.Builder
	for _, issue := range issues {
		paint(&b, colour, severityColour(issue.Severity), l.severityLine(issue))
		if hint := l.Hint(issue); hint != "" {
			paint(&b, colour, colourHint, "  "+l.Phrase("hint")+": "+hint)
		}
	}
	if b.Len() == 0 {
		return nil // a stream that takes no more fails at an empty write, too
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// severityLine is Line with "warning: " or "note: " before the message.
func (l *Language) severityLine(issue *Issue) string {
	if issue.Severity == Error {
		return l.Line(issue)
	}
	message := l.Phrase(string(issue.Severity)) + ": " + l.Message(issue)
	if where := l.Where(issue); where != "" {
		return where + ": " + message
	}
	return message
}

func severityColour(s Severity) string {
	switch s {
	case Error:
		return colourError
	case Warning:
		return colourWarning
	}
	return ""
}

// paint writes one line.
func paint(b *strings.Builder, colour bool, code, line string) {
	colour = colour && code != ""
	if colour {
		b.WriteString(code)
	}
	b.WriteString(Visible(line))
	if colour {
		b.WriteString(colourOff)
	}
	b.WriteByte('\n')
}

// Report is what a command did, in the form that --json prints; its keys are
// part of the contract with scripts.
type Report struct {
	Command  string      `json:"command"`
	Written  int         `json:"written"`
	Skipped  int         `json:"skipped"`
	Rejected []Rejection `json:"rejected"`
	Warnings []Finding   `json:"warnings"`
	Code     int         `json:"code"`
}

// Rejection is one refused record with everything that was found in it. An
// error that concerns no record stands under the record "".
type Rejection struct {
	Record string    `json:"record"`
	Issues []Finding `json:"issues"`
}

// Finding is an Issue in the words of one language.
type Finding struct {
	Severity Severity `json:"severity"`
	Code     Code     `json:"code"`
	Record   string   `json:"record,omitempty"`
	Path     string   `json:"path,omitempty"`
	Value    string   `json:"value,omitempty"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint,omitempty"`
	File     string   `json:"file,omitempty"`
	Line     int      `json:"line,omitempty"`
	Column   int      `json:"column,omitempty"`
}

// Finding puts an issue into words.
func (l *Language) Finding(i *Issue) Finding {
	return Finding{
		Severity: i.Severity, Code: i.Code, Record: i.Record, Path: i.Path, Value: Mask(i.Value),
		Message: l.Message(i), Hint: l.Hint(i),
		File: i.At.File, Line: i.At.Line, Column: i.At.Column,
	}
}

// Sort puts issues into a report: what belongs to a refused record goes there
// with all that was found in it, the rest are warnings. Records keep the order
// in which they first appear.
func (r *Report) Sort(l *Language, issues List) {
	type key struct{ record, file string }
	of := func(i *Issue) key {
		if i.Record == "" {
			return key{}
		}
		return key{i.Record, i.At.File}
	}
	place := map[key]int{}
	r.Rejected, r.Warnings = []Rejection{}, []Finding{}
	for _, issue := range issues {
		if _, known := place[of(issue)]; issue.Severity == Error && !known {
			place[of(issue)] = len(r.Rejected)
			r.Rejected = append(r.Rejected, Rejection{Record: issue.Record})
		}
	}
	for _, issue := range issues {
		at, refused := place[of(issue)]
		if refused && (issue.Record != "" || issue.Severity == Error) {
			r.Rejected[at].Issues = append(r.Rejected[at].Issues, l.Finding(issue))
			continue
		}
		r.Warnings = append(r.Warnings, l.Finding(issue))
	}
}

// JSON writes a report, or an object that holds one, on one line. What would steer
// a terminal is written as escapes, which say the same to a program.
func JSON(w io.Writer, report any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(report); err != nil {
		return err
	}
	_, err := w.Write(VisibleJSON(b.Bytes()))
	return err
}
