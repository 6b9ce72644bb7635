package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/paid"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// paidOptions are the flags of paid.
type paidOptions struct {
	orders, to, output       string
	only, columns            []string
	mark, emptyIsZero, force bool
	news                     bool
	wait                     time.Duration
}

func newPaid(env *Env) *cobra.Command {
	var opts paidOptions
	cmd := &cobra.Command{
		Use:   "paid FILE...",
		Short: "which orders are paid, by POHODA's invoices",
		Long: "Reads lists of issued and advance invoices as POHODA exports them, CSV or XML, and\n" +
			"says of each order how far it is paid, with the invoices that prove it. With\n" +
			"--orders it answers for the orders of a CRM, or of an orders export of POHODA;\n" +
			"with a ledger also for the orders that were transferred; else every order number in\n" +
			"the lists is an order. What is not proven is unknown. --mark and --new write to the\n" +
			"ledger how far orders are paid. - is the standard input. pohoda help paid tells what\n" +
			"is read and what states mean.",
		Example: "  pohoda paid faktury.csv zalohy.csv\n" +
			"  pohoda paid faktury.csv --orders deals.json --only paid --to paid.csv\n" +
			"  pohoda paid faktury.csv --orders deals.json --mark --to deals.json\n" +
			"  pohoda paid faktury.csv zalohy.csv --new --only paid",
		Annotations: exitsWith(exitDone, exitFailed, exitUsage, exitRefused, exitUnreachable, exitLocked, exitInterrupted),
		Args:        arguments("FILE", "[FILE...]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPaid(cmd, env, opts, args)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&opts.orders, "orders", "", "`SRC` of the orders: a file or folder of a CRM, an orders export, - or a source of the configuration")
	f.StringSliceVar(&opts.only, "only", nil, "only orders in this `STATE`: "+strings.Join(paid.PaymentStates(), ", ")+" (repeatable)")
	f.StringArrayVar(&opts.columns, "column", nil, "column of a CSV, `NAME=HEADER`, such as order=Zakázka (repeatable)")
	f.BoolVar(&opts.emptyIsZero, "empty-is-zero", false, "an empty \"K likvidaci\" means that nothing is due")
	f.StringVar(&opts.to, "to", "", "`FILE` to write instead of the standard output: .json, .ndjson or .csv")
	f.StringVar(&opts.output, "output", "", "`FORMAT`: "+strings.Join(paid.Formats(), ", ")+" (default: by --to, table on a terminal, else ndjson)")
	f.BoolVar(&opts.news, "new", false, "only orders of which the ledger has something else, and write that to the ledger")
	f.BoolVar(&opts.mark, "mark", false, "write the states to the ledger and, with --to, the canonical records of --orders to that file, with their payment filled in")
	waitFlag(cmd, &opts.wait)
	f.BoolVar(&opts.force, "force", false, "replace a file that holds something else")
	return cmd
}

func runPaid(cmd *cobra.Command, env *Env, opts paidOptions, files []string) error {
	c, err := env.Config()
	if err != nil {
		return err
	}
	paid := &paid.Paid{
		Config: c, Now: env.Now(), Files: files, Stdin: env.Stdin, EmptyIsZero: opts.emptyIsZero, Only: opts.only,
		Stdout: env.Stdout, Lang: env.Lang(), Force: opts.force, News: opts.news,
	}
	paid.Tell = env.tellAtOnce
	if err := opts.fill(paid, c, env.StdoutTerminal); err != nil {
		return err
	}
	if paid.Ledger, err = opts.book(cmd, env, c); err != nil {
		return err
	}
	defer paid.Ledger.Close()
	paid.Remember = opts.mark && paid.Ledger != nil
	env.keepInLittleMemory()
	report, err := paid.Run(cmd.Context())
	env.Written, env.Skipped = report.Written, report.Skipped
	switch {
	case err != nil:
		return err
	case len(report.Unread) > 0:
		return &failure{code: exitOfAll(report.Unread), issues: report.Unread}
	}
	env.summary = func() {
		if env.StderrTerminal {
			printPaid(env, report, paid)
		}
	}
	if report.Refused > 0 {
		return &failure{code: exitRefused}
	}
	return nil
}

// writes tells whether the run writes to a ledger.
func (o *paidOptions) writes() bool { return o.news || o.mark }

// book opens the ledger. Marking a file needs none, and a run that only asks does
// without one that is not there yet.
func (o *paidOptions) book(cmd *cobra.Command, env *Env, c *config.Config) (*flow.Ledger, error) {
	book, err := env.book(cmd.Context(), cmd, c, bookUse{
		needed: o.news || o.mark && o.to == "", look: !o.writes(), wait: o.wait,
	})
	if !o.writes() && err != nil && diag.As(err).Code == ledger.CodeMissing {
		return nil, nil
	}
	return book, err
}

// fill puts the flags into the order, and says which of them do not go together.
func (o *paidOptions) fill(p *paid.Paid, c *config.Config, terminal bool) error {
	switch {
	case o.mark && o.to != "" && o.orders == "":
		return diag.New(codeFlagNeedsFlag, "flag", "--mark --to").WithValue("--orders")
	case o.wait != 0 && !o.writes():
		return diag.New(codeFlagNeedsFlag, "flag", "--wait").WithValue("--new or --mark")
	case o.mark:
		p.Mark = o.to
	default:
		p.To = o.to
	}
	for _, state := range o.only {
		if !slices.Contains(paid.PaymentStates(), state) {
			return diag.New(codeBadFlagValue, "flag", "--only", "type", strings.Join(paid.PaymentStates(), "|")).WithValue(state)
		}
	}
	if err := o.format(p, terminal); err != nil {
		return err
	}
	var err error
	if p.Columns, err = columnFlags(o.columns); err != nil || o.orders == "" {
		return err
	}
	source, err := (&exportOptions{from: o.orders}).source(c)
	p.Orders = source.Path
	p.Reading = crm.Options{Profile: source.Profile, With: source.With, Instance: source.Instance, Columns: source.Columns}
	return err
}

// format is the one that was asked for, that of the file, or what suits the stream.
func (o *paidOptions) format(p *paid.Paid, terminal bool) error {
	p.Format = o.output
	switch {
	case o.output != "":
		if !slices.Contains(paid.Formats(), o.output) {
			return diag.New(codeBadFlagValue, "flag", "--output", "type", strings.Join(paid.Formats(), "|")).WithValue(o.output)
		}
	case p.To != "":
		if p.Format = paid.Format(p.To); p.Format == "" {
			return diag.New(codeBadFlagValue, "flag", "--to", "type", "FILE.json|FILE.ndjson|FILE.csv").WithValue(p.To)
		}
	case terminal:
		p.Format = "table"
	default:
		p.Format = "ndjson"
	}
	return nil
}

// codeFlagNeedsFlag says that a flag means nothing without another.
var codeFlagNeedsFlag = diag.Usage.Code("usage-flag-needs-flag", "flag")
