package canonical

import (
	"slices"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/sheet"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Raw is one record in its input's own form.
type Raw struct {
	// At is where the record begins.
	At diag.Position
	// Bytes are the record's own; a CSV record has its rows.
	Bytes []byte

	// Header is the row of the columns' names, without which the rows of a CSV
	// say nothing; nil for JSON.
	Header []byte

	// Rows are those of a CSV.
	Rows []sheet.Row
	By   decoder
	// Broken is what keeps the record, and all behind it in its file, from being
	// read.
	Broken *diag.Issue
}

// Result is a record and what was found in it. A record with an issue of
// severity error is refused; it then holds only what could be read.
type Result struct {
	Record trade.Record
	Issues diag.List
}

// decoder makes records of one in its input's own form; it is safe for concurrent use.
type decoder interface{ Decode(Raw) []Result }

// ResultOf binds a canonical tree; issues are those found in it before.
func ResultOf(n *Node, locate Locator, origin trade.Origin, issues diag.List) Result {
	record := RecordOf(n, locate, &issues)
	record.Origin = origin
	return Result{record, withoutEchoes(issues)}
}

// withoutEchoes drops the findings that a key is missing where another says
// already why a profile could not make it.
func withoutEchoes(issues diag.List) diag.List {
	if len(issues) < 2 {
		return issues
	}
	failed := map[string]bool{}
	for _, issue := range issues.Of(diag.Error) {
		if issue.Code != CodeMissingKey {
			failed[issue.Path] = true
		}
	}
	return slices.DeleteFunc(issues, func(i *diag.Issue) bool {
		parent := i.Path[:max(0, strings.LastIndexByte(i.Path, '.'))]
		return i.Code == CodeMissingKey && (failed[i.Path] || failed[parent])
	})
}
