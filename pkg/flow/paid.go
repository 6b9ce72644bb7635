package flow

import (
	"context"
	"io"
	"slices"

	"github.com/gopohoda/pohoda/pkg/charset"
	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
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
	// Force replaces a file that holds something else.
	Force bool
	// Tell gets every finding.
	Tell func(*diag.Issue)

	refused int
}

// PaidReport is what came of it.
type PaidReport struct {
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
}

// Run reads, judges and writes. Nothing is written before all is judged.
func (p *Paid) Run(ctx context.Context) (*PaidReport, error) {
	report := &PaidReport{States: map[string]int{}}
	if err := p.guard(); err != nil {
		return report, err
	}
	book := &orderBook{}
	if p.Orders != "" {
		var err error
		if book, err = p.readOrders(ctx); err != nil {
			return report, err
		}
	}
	if p.Mark != "" && book.unmarkable {
		return report, diag.New(CodeNotMarkable).Of(p.Orders)
	}
	payments := trade.NewPayments(book.known, p.tell)
	report.Unread = p.readInvoices(ctx, payments)
	if err := ctx.Err(); err != nil || len(report.Unread) > 0 {
		return report, err
	}
	err := p.give(payments, newMarker(book), report)
	report.Refused = p.refused
	return report, err
}

// The codes of inputs and outputs that cannot go together.
const (
	CodeStdinTwice diag.Code = "usage-stdin-twice"
	CodeMarkFile   diag.Code = "usage-mark-file"
)

// guard looks at the inputs and outputs before anything is read.
func (p *Paid) guard() error {
	inputs := slices.Clone(p.Files)
	if p.Orders == "-" && slices.Contains(p.Files, "-") {
		return diag.New(CodeStdinTwice)
	}
	if p.Mark != "" && (p.Orders == "-" || isFolder(p.Orders)) {
		return diag.New(CodeMarkFile).Of(p.Orders)
	}
	if p.Mark == "" {
		inputs = append(inputs, p.Orders)
	}
	for _, input := range inputs {
		for _, target := range []string{p.To, p.Mark} {
			if input != "-" && sameFile(input, target) {
				return diag.New(CodeFileIsInput).Of(target)
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

// readInvoices reads all files, so that one that cannot be read does not hide
// what is wrong with the others.
func (p *Paid) readInvoices(ctx context.Context, payments *trade.Payments) (unread diag.List) {
	options := pohoda.EvidenceOptions{
		Settings: Settings(p.Config, charset.UTF8), Columns: p.Columns, EmptyIsZero: p.EmptyIsZero,
	}
	for i, file := range p.Files {
		if slices.ContainsFunc(p.Files[:i], func(other string) bool { return sameFile(other, file) }) {
			continue
		}
		if err := p.readFile(ctx, file, options, payments); err != nil {
			unread.Add(unreadable(file, err))
		}
	}
	return unread
}

func (p *Paid) readFile(ctx context.Context, file string, o pohoda.EvidenceOptions, payments *trade.Payments) error {
	r, err := openInput(file, p.Stdin)
	if err != nil {
		return err
	}
	defer r.Close()
	digest, issues, err := pohoda.ReadEvidence(r, file, o, func(e *trade.Evidence) error {
		payments.Add(e)
		return ctx.Err()
	})
	for _, issue := range issues {
		p.tell(issue)
	}
	if err == nil {
		payments.Digest(file, digest)
	}
	return err
}

// give writes the verdicts and marks the records, all or nothing.
func (p *Paid) give(payments *trade.Payments, marks *marker, report *PaidReport) error {
	out := newSpool(p.To)
	defer out.Discard()
	writer := verdictWriters[p.Format](out, p.Lang)
	err := payments.Verdicts(func(v *trade.Verdict) error {
		report.States[string(v.State)]++
		if !p.wants(v.State) {
			report.Skipped++
			return nil
		}
		report.Written++
		marks.note(v)
		return writer.write(v)
	})
	if err == nil {
		err = writer.close()
	}
	if err != nil {
		return cannotWrite(p.To, err)
	}
	if p.Mark != "" {
		if report.Marked, err = marks.markFile(p.Mark, p.Force, p.tell); err != nil {
			return err
		}
	}
	return p.deliver(out, report)
}

func (p *Paid) deliver(out *spool, report *PaidReport) error {
	if p.To == "" {
		if err := out.Pour(p.Stdout); err != nil {
			return cannotWrite("-", err)
		}
		return nil
	}
	report.Path = p.To
	return out.placeAs(p.To, p.Force)
}

// wants tells whether verdicts of a state are asked for.
func (p *Paid) wants(state trade.PaymentState) bool {
	return len(p.Only) == 0 || slices.Contains(p.Only, string(state)) ||
		state == trade.Overpaid && slices.Contains(p.Only, string(trade.Paid))
}

// PaymentStates are the words for Paid.Only.
func PaymentStates() []string { return trade.Paid.Values() }
