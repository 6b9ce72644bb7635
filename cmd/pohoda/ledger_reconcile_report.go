package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/reconcile"
)

// reconcileReport is what ledger reconcile prints with --json.
type reconcileReport struct {
	diag.Report
	Year        int                  `json:"year"`
	CRM         reconcileCounts      `json:"crm"`
	Pohoda      reconcileCounts      `json:"pohoda"`
	Differences []reconcileDifferent `json:"differences"`
	Notes       []reconcileDifferent `json:"notes"`
}

// reconcileCounts are the records, or the orders, of one side by their outcome.
type reconcileCounts struct {
	Total  int                       `json:"total"`
	Counts map[reconcile.Outcome]int `json:"counts"`
}

// reconcileDifferent is a difference, or a note.
type reconcileDifferent struct {
	diag.Finding
	ID       string                  `json:"id,omitempty"`
	Customer string                  `json:"customer,omitempty"`
	State    string                  `json:"state,omitempty"`
	Pohoda   []reconcile.PohodaOrder `json:"pohoda,omitempty"`
	Changed  []string                `json:"changed,omitempty"`
	Fields   []reconcile.Deviation   `json:"fields,omitempty"`
}

func reconcileProduct(l *diag.Language, r diag.Report, report *reconcile.Reconciliation) reconcileReport {
	return reconcileReport{
		r, report.Year, reconcileCount(report.Records), reconcileCount(report.Orders),
		reconcileFindings(l, report.Differences, diag.Warning), reconcileFindings(l, report.Notes, diag.Note),
	}
}

func reconcileCount(counts map[reconcile.Outcome]int) reconcileCounts {
	c := reconcileCounts{Counts: counts}
	for _, n := range counts {
		c.Total += n
	}
	return c
}

func reconcileFindings(l *diag.Language, all []reconcile.Difference, severity diag.Severity) []reconcileDifferent {
	findings := make([]reconcileDifferent, len(all))
	for i, d := range all {
		issue := diag.Warn(d.Code).WithRecord(d.Record)
		issue.Severity, issue.Advice = severity, d.Advice
		findings[i] = reconcileDifferent{l.Finding(issue), d.ID, d.Customer, string(d.State), d.Orders, d.Changed, d.Fields}
	}
	return findings
}

// someDifferences is how many differences of one kind a person is shown.
const someDifferences = 200

// printReconciliation prints the differences by kind, a line each, and then how
// many records there are of each outcome.
func printReconciliation(env *Env, report *reconcile.Reconciliation) {
	printDifferences(env, report.Differences, someDifferences)
	printDifferences(env, report.Notes, someFindings)
	l := env.Lang()
	crm, pohoda := reconcileCount(report.Records), reconcileCount(report.Orders)
	printOutcomes(env, l.Phrase("reconcile-crm", "n", strconv.Itoa(crm.Total)), reconcile.RecordOutcomes(), crm.Counts)
	title := l.Phrase("reconcile-pohoda", "n", strconv.Itoa(pohoda.Total), "year", strconv.Itoa(report.Year))
	printOutcomes(env, title, reconcile.OrderOutcomes(), pohoda.Counts)
}

func printDifferences(env *Env, all []reconcile.Difference, some int) {
	l := env.Lang()
	for len(all) > 0 {
		issue := diag.Warn(all[0].Code)
		issue.Advice = all[0].Advice
		n := slices.IndexFunc(all, func(d reconcile.Difference) bool { return d.Code != issue.Code || d.Advice != issue.Advice })
		if n < 0 {
			n = len(all)
		}
		// Who reads it may have enough of it.
		_ = env.print(fmt.Sprintf("%s, %d: %s", issue.Code, n, l.Message(issue)))
		table := diag.NewTable(env.Stdout)
		for _, d := range all[:min(n, some)] {
			row := []string{l.RecordName(d.Record), d.Customer, ordersText(d.Orders), whatDiffers(l, &d)}
			for len(row) > 0 && row[len(row)-1] == "" {
				row = row[:len(row)-1]
			}
			row[0] = "  " + row[0]
			table.Row(row...)
		}
		_ = table.Flush()
		if n > some {
			_ = env.print(l.Phrase("paid-more", "n", strconv.Itoa(n-some), "code", string(issue.Code)))
		}
		_ = env.print("  " + l.Phrase("hint") + ": " + l.Hint(issue))
		all = all[n:]
	}
}

// ordersText names orders of POHODA, by the number and else the id.
func ordersText(orders []reconcile.PohodaOrder) string {
	var names []string
	for _, o := range orders {
		name := o.Number
		if o.ID != 0 && (name == "" || len(orders) > 1) {
			name = strings.TrimSpace(fmt.Sprintf("%s (id %d)", name, o.ID))
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// whatDiffers says it in words: what the CRM changed, and both values of each
// field.
func whatDiffers(l *diag.Language, d *reconcile.Difference) string {
	var texts []string
	if len(d.Changed) > 0 {
		places := make([]string, len(d.Changed))
		for i, path := range d.Changed {
			places[i] = l.Place(path)
		}
		texts = append(texts, l.Phrase("reconcile-changed", "places", strings.Join(places, ", ")))
	}
	nothing := l.Phrase("reconcile-nothing")
	for _, f := range d.Fields {
		_, field, isLine := diag.LineOf(f.Path)
		place := l.Place(f.Path)
		switch {
		case isLine && field == "" && f.Pohoda == "":
			texts = append(texts, l.Phrase("reconcile-only-crm", "place", place, "value", f.CRM))
		case isLine && field == "" && f.CRM == "":
			texts = append(texts, l.Phrase("reconcile-only-pohoda", "place", place, "value", f.Pohoda))
		case d.Code == reconcile.CodeNumberDiffers:
			texts = append(texts, l.Phrase("reconcile-ledger", "place", place, "crm", f.CRM, "pohoda", f.Pohoda))
		default:
			texts = append(texts, l.Phrase("reconcile-both", "place", place, "crm", cmp.Or(f.CRM, nothing), "pohoda", cmp.Or(f.Pohoda, nothing)))
		}
	}
	return strings.Join(texts, "; ")
}

func printOutcomes(env *Env, title string, outcomes []reconcile.Outcome, counts map[reconcile.Outcome]int) {
	l := env.Lang()
	_ = env.print(title)
	for _, o := range outcomes {
		if counts[o] == 0 {
			continue
		}
		text := l.Phrase("outcome-" + string(o))
		if text == "" {
			text = l.Message(diag.Warn(diag.Code(o)))
		}
		_ = env.print(fmt.Sprintf("  %s: %d", text, counts[o]))
	}
}
