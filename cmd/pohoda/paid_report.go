package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
)

// printPaid sums up on a terminal what was found, what was marked in a file and
// what the ledger got to know.
func printPaid(env *Env, report *flow.PaidReport, paid *flow.Paid) {
	l, w := env.Lang(), env.Stderr
	var counts []string
	for _, state := range flow.PaymentStates() {
		if n := report.States[state]; n > 0 {
			counts = append(counts, state+" "+strconv.Itoa(n))
		}
	}
	fmt.Fprintln(w, l.Phrase("paid-sum", "n", strconv.Itoa(report.Written+report.Skipped), "states", strings.Join(counts, ", ")))
	if paid.Mark != "" {
		fmt.Fprintln(w, l.Phrase("paid-marked", "n", strconv.Itoa(report.Marked), "path", paid.Mark))
	}
	if paid.Remember || paid.News {
		fmt.Fprintln(w, l.Phrase("paid-remembered", "n", strconv.Itoa(report.Remembered)))
	}
}

// someFindings is how many findings of one code a person is shown.
const someFindings = 20

// tellSome prints findings as they come, of each code the first few; errors are
// all printed, and the JSON report has everything. printMore says at the end what
// was left out.
func (e *Env) tellSome() (tell func(*diag.Issue), printMore func()) {
	told := map[diag.Code]int{}
	tell = func(issue *diag.Issue) {
		if issue.Severity != diag.Error && !e.common.json {
			if told[issue.Code]++; told[issue.Code] > someFindings {
				return
			}
		}
		e.tellAtOnce(issue)
	}
	printMore = func() {
		for _, code := range slices.Sorted(maps.Keys(told)) {
			if n := told[code] - someFindings; n > 0 {
				fmt.Fprintln(e.Stderr, e.Lang().Phrase("paid-more", "n", strconv.Itoa(n), "code", string(code)))
			}
		}
	}
	return tell, printMore
}
