package main

import (
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// What a command says to people goes through here and through pkg/diag, which shows
// what would steer a terminal; TestOneWriter holds the commands to it.

// say prints a line on the standard error.
func (e *Env) say(line string) {
	// There is nobody left to tell when the stream itself fails.
	_ = diag.Line(e.Stderr, line)
}

// print prints a line on the standard output.
func (e *Env) print(line string) error { return diag.Line(e.Stdout, line) }

// How many findings of one code a person is shown: more of them say no more, and
// push what matters off the screen. The JSON report has all.
const (
	someFindings = 20
	someErrors   = 100
)

// printSome prints findings, of each code the first ones.
func (e *Env) printSome(w io.Writer, issues diag.List) error {
	if e.said == nil {
		e.said = map[diag.Code]int{}
	}
	var some diag.List
	for _, issue := range issues {
		limit := someFindings
		if issue.Severity == diag.Error {
			limit = someErrors
		}
		if e.said[issue.Code]++; e.said[issue.Code] <= limit {
			some.Add(issue)
			continue
		}
		if e.unsaidOf == nil {
			e.unsaidOf = map[diag.Code]int{}
		}
		e.unsaidOf[issue.Code]++
	}
	return diag.Text(w, e.Lang(), some, e.colour(w))
}

// printMore says how many findings printSome has left out.
func (e *Env) printMore() {
	for _, code := range slices.Sorted(maps.Keys(e.unsaidOf)) {
		e.say(e.Lang().Phrase("paid-more", "n", strconv.Itoa(e.unsaidOf[code]), "code", string(code)))
	}
}
