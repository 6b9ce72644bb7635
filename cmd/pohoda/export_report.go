package main

import (
	"strconv"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/export"
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
func printExport(env *Env, report *export.Report) {
	l := env.Lang()
	if report.Transferred > 0 {
		defer env.say(l.Phrase("export-transferred", "n", strconv.Itoa(report.Transferred), "changed", strconv.Itoa(report.Changed)))
	}
	if report.Written == 0 {
		return
	}
	table := diag.NewTable(env.Stderr)
	for _, line := range report.Documents {
		table.Row(l.RecordName(line.Record), line.Customer,
			l.Phrase("export-lines", "n", strconv.Itoa(line.Lines), "linked", strconv.Itoa(line.Linked)),
			line.Total.Fixed(2)+" "+string(line.Currency))
	}
	// A terminal that is gone is no reason to fail.
	_ = table.Flush()
	if report.More > 0 {
		env.say(l.Phrase("export-more", "n", strconv.Itoa(report.More)))
	}
	nextStep(env, report)
}

// nextStep says what the accountant has to do with the file.
func nextStep(env *Env, report *export.Report) {
	l, count := env.Lang(), strconv.Itoa(report.Written)
	switch {
	case report.DryRun && report.Path == "":
		env.say(l.Phrase("export-dry", "n", count))
	case report.DryRun:
		env.say(l.Phrase("export-dry-file", "n", count, "path", report.Path))
	case report.Path == "":
		env.say(l.Phrase("export-stream", "n", count))
	default:
		env.say(l.Phrase("export-file", "n", count, "path", report.Path))
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
	env.say(l.Phrase(name))
}
