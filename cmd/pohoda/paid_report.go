package main

import (
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/flow/paid"
)

// printPaid sums up on a terminal what was found, what was marked in a file and
// what the ledger got to know.
func printPaid(env *Env, report *paid.Report, run *paid.Paid) {
	l := env.Lang()
	var counts []string
	for _, state := range paid.PaymentStates() {
		if n := report.States[state]; n > 0 {
			counts = append(counts, state+" "+strconv.Itoa(n))
		}
	}
	env.say(l.Phrase("paid-sum", "n", strconv.Itoa(report.Written+report.Skipped), "states", strings.Join(counts, ", ")))
	if run.Mark != "" {
		env.say(l.Phrase("paid-marked", "n", strconv.Itoa(report.Marked), "path", run.Mark))
	}
	if run.Remember || run.News {
		env.say(l.Phrase("paid-remembered", "n", strconv.Itoa(report.Remembered)))
	}
}
