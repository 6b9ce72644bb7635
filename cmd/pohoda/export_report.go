package main

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
)

// exportReport is what export prints with --json.
type exportReport struct {
	diag.Report
	// Path is the file that was written, absent for a stream.
	Path string `json:"path,omitempty"`
	// Transferred counts the records that the ledger knows as transferred, Changed
	// those of them that have changed since.
	Transferred int `json:"transferred,omitempty"`
	Changed     int `json:"changed,omitempty"`
	// DryRun says that Written counts what would be written.
	DryRun bool `json:"dryRun,omitempty"`
}

// printExport says on a terminal what was written, a line a document, and what
// has to be done next. In a pipe nobody reads it.
func printExport(env *Env, report *flow.Report) {
	l, w := env.Lang(), env.Stderr
	if report.Transferred > 0 {
		defer fmt.Fprintln(w, l.Phrase("export-transferred", "n", strconv.Itoa(report.Transferred), "changed", strconv.Itoa(report.Changed)))
	}
	if report.Written == 0 {
		return
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, line := range report.Documents {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", l.RecordName(line.Record), line.Customer,
			l.Phrase("export-lines", "n", strconv.Itoa(line.Lines), "linked", strconv.Itoa(line.Linked)),
			line.Total.Fixed(2)+" "+string(line.Currency))
	}
	// A terminal that is gone is no reason to fail.
	_ = table.Flush()
	if report.More > 0 {
		fmt.Fprintln(w, l.Phrase("export-more", "n", strconv.Itoa(report.More)))
	}
	nextStep(w, l, report)
}

// nextStep says what the accountant has to do with the file.
func nextStep(w io.Writer, l *diag.Language, report *flow.Report) {
	count := strconv.Itoa(report.Written)
	switch {
	case report.DryRun && report.Path == "":
		fmt.Fprintln(w, l.Phrase("export-dry", "n", count))
	case report.DryRun:
		fmt.Fprintln(w, l.Phrase("export-dry-file", "n", count, "path", report.Path))
	case report.Path == "":
		fmt.Fprintln(w, l.Phrase("export-stream", "n", count))
	default:
		fmt.Fprintln(w, l.Phrase("export-file", "n", count, "path", report.Path))
	}
	name := "export-next-xml"
	switch {
	case report.DryRun:
		return
	case report.Format == config.EForm:
		name = "export-next-eform"
	case report.IsXPH():
		name = "export-next-xph"
	}
	fmt.Fprintln(w, l.Phrase(name))
}
