// Package paid finds out which orders are paid, from lists of invoices that POHODA
// exported, and writes it down where it is wanted.
package paid

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/settlement"
)

// Paid says which orders are paid, by what POHODA says of their invoices.
type Paid struct {
	Config *config.Config
	// Files are lists of invoices; one named twice is read once.
	Files []string
	Stdin io.Reader
	// Orders are the orders that are known; "" makes an order of every number
	// that an invoice names. Reading says how they are read.
	Orders  string
	Reading crm.Options
	// Now is the time of the run: dates.order may ask for its day, and the day picks
	// the rates by which it is computed what an order comes to.
	Now time.Time
	// Columns names columns of a CSV outright; EmptyIsZero takes an empty amount
	// due for nothing due.
	Columns     map[string]string
	EmptyIsZero bool
	// Only are the states to be given and marked; none means all. An overpaid order
	// is paid.
	Only []string
	// Format is how verdicts are written; To is their file, "" for Stdout.
	Format string
	To     string
	Stdout io.Writer
	Lang   *diag.Language
	// Mark is a file for the records of Orders with their payment filled in.
	Mark string
	// Book is the ledger, nil for none: what was transferred are known orders too.
	// Remember writes the verdicts that are given to it, News gives and writes
	// those alone that it does not have.
	Ledger         *flow.Ledger
	Remember, News bool
	// Force replaces a file that holds something else.
	Force bool
	// Tell gets every finding.
	Tell func(*diag.Issue)

	refused int
}

// Report is what came of it.
type Report struct {
	// Written counts the orders that were given, Skipped those that Only leaves
	// out, States all of them by state.
	Written, Skipped int
	States           map[string]int
	// Refused counts the findings that are errors: contradictions, and what could
	// not be read.
	Refused int
	// Unread are the files that could not be read; there are no verdicts then.
	Unread diag.List
	// Path is the file that was written. Marked counts the records that have a new
	// state of payment.
	Path   string
	Marked int
	// Remembered counts the orders of which the ledger got to know something new.
	Remembered int
}

// Run reads, judges and writes. Nothing is written before all is judged.
func (p *Paid) Run(ctx context.Context) (*Report, error) {
	report := &Report{States: map[string]int{}}
	if p.News && p.To == "" {
		if err := outfile.Receives(p.Stdout); err != nil {
			return report, err
		}
	}
	if err := p.guard(); err != nil {
		return report, err
	}
	orders, err := p.knownOrders(ctx)
	if err != nil {
		return report, err
	}
	if p.Mark != "" && orders.unmarkable {
		return report, diag.New(CodeNotMarkable).WithValue(p.Orders)
	}
	payments := settlement.NewPayments(orders.known, p.tell)
	report.Unread = p.readInvoices(ctx, payments)
	if err := ctx.Err(); err != nil || len(report.Unread) > 0 {
		return report, err
	}
	err = p.give(ctx, payments, orders, report)
	report.Refused = p.refused
	return report, err
}

// The codes of inputs and outputs that cannot go together.
const (
	CodeMarkFile diag.Code = "usage-mark-file"
)

// guard looks at the inputs and outputs before anything is read.
func (p *Paid) guard() error {
	inputs := slices.Clone(p.Files)
	if p.Orders == "-" && slices.Contains(p.Files, "-") {
		return diag.New(flow.CodeStdinTwice)
	}
	if p.Mark != "" && (p.Orders == "-" || outfile.IsFolder(p.Orders)) {
		return diag.New(CodeMarkFile).WithValue(p.Orders)
	}
	if p.Mark == "" {
		inputs = append(inputs, p.Orders)
	}
	inputs = append(inputs, string(p.Config.Ledger))
	for _, input := range inputs {
		for _, target := range []string{p.To, p.Mark} {
			if input != "-" && outfile.SameFile(input, target) {
				return diag.New(outfile.CodeFileIsInput).WithValue(target)
			}
		}
	}
	return nil
}

func (p *Paid) tell(issue *diag.Issue) {
	if issue.Severity == diag.Error {
		p.refused++
	}
	p.Tell(issue)
}
