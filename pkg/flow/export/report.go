package export

import (
	"strings"

	"github.com/gopohoda/pohoda/pkg/check"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/fieldtable"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/unit"
)

// Report is what a run did.
type Report struct {
	// Written counts the documents that are in the output; Skipped those that
	// were left out or wait.
	Written, Skipped int
	// Refused counts the records that were refused, and what was asked for and
	// not found.
	Refused int
	// OwnFault says that a record was refused since the tool wrote it wrongly.
	OwnFault bool
	// Documents are the first of the documents, a line each; More counts the rest.
	Documents []Line
	More      int
	// Waiting counts those of the skipped that are meant, but not ready.
	Waiting int
	// Transferred counts those of the skipped that the ledger knows as transferred,
	// Changed those of them that have changed since.
	Transferred, Changed int
	// Path is the file that was written, "" for a stream; Format is its kind.
	Path, Format string
	// DryRun says that nothing was written.
	DryRun bool
}

// IsXPH tells whether a file .xph was written: one to be opened by a double-click.
func (r *Report) IsXPH() bool { return isXPH(r.Path) }

// Line is one document in a report.
type Line struct {
	Record   string
	Number   string
	Customer string
	Lines    int
	Linked   int
	// Total is what is to be paid.
	Total    money.Decimal
	Currency money.Currency
	// Why says why a document waits.
	Why diag.Code
}

// MaxLines is how many documents a report lists one by one.
const MaxLines = 500

func (r *Report) list(line Line) {
	r.Written++
	if len(r.Documents) < MaxLines {
		// The texts of a record share its memory; the report keeps its own.
		line.Number, line.Customer = strings.Clone(line.Number), strings.Clone(line.Customer)
		line.Currency = money.Currency(strings.Clone(string(line.Currency)))
		r.Documents = append(r.Documents, line)
		return
	}
	r.More++
}

// onceCodes are findings about the unit rather than about a record: they are
// said once for each value.
var onceCodes = map[diag.Code]bool{
	unit.CodeUnchecked: true, unit.CodeWordUnmapped: true, unit.CodeWordNear: true, CodeStateUnlisted: true, check.CodeVATOSSUnproven: true,
	check.CodeOSSEvidenceMissing: true, fieldtable.CodeLikened: true,
}

// once drops the findings that were said before.
type once struct{ said *flow.Seen }

func (o once) filter(issues diag.List) diag.List {
	var kept diag.List
	for _, issue := range issues {
		again := onceCodes[issue.Code] && issue.Severity != diag.Error &&
			!o.said.Add(string(issue.Code)+"\x00"+issue.Args["map"]+"\x00"+issue.Value)
		if !again {
			kept.Add(issue)
		}
	}
	return kept
}
