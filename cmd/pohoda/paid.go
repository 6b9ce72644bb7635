package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
)

// paidOptions are the flags of paid.
type paidOptions struct {
	orders, to, output       string
	only, columns            []string
	mark, emptyIsZero, force bool
}

func newPaid(env *Env) *cobra.Command {
	var opts paidOptions
	cmd := &cobra.Command{
		Use:   "paid FILE...",
		Short: "which orders are paid, by POHODA's invoices",
		Long: "Reads lists of issued and advance invoices as POHODA exports them, CSV or XML, and\n" +
			"says of each order how far it is paid, with the invoices that prove it. With\n" +
			"--orders it answers for the orders of a CRM, or of an orders export of POHODA;\n" +
			"else every order number in the lists is an order. What is not proven is unknown.\n" +
			"- is the standard input. pohoda help paid tells what is read and what states mean.",
		Example: "  pohoda paid faktury.csv zalohy.csv\n" +
			"  pohoda paid faktury.csv --orders deals.json --only paid --to paid.csv\n" +
			"  pohoda paid faktury.csv --orders deals.json --mark --to deals.json",
		Annotations: exitsWith(exitDone, exitFailed, exitUsage, exitRefused, exitInterrupted),
		Args:        arguments("FILE", "[FILE...]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPaid(cmd.Context(), env, opts, args)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&opts.orders, "orders", "", "`SRC` of the orders: a file or folder of a CRM, an orders export, - or a source of the configuration")
	f.StringSliceVar(&opts.only, "only", nil, "only orders in this `STATE`: "+strings.Join(flow.PaymentStates(), ", ")+" (repeatable)")
	f.StringArrayVar(&opts.columns, "column", nil, "column of a CSV, `NAME=HEADER`, such as order=Zakázka (repeatable)")
	f.BoolVar(&opts.emptyIsZero, "empty-is-zero", false, "an empty \"K likvidaci\" means that nothing is due")
	f.StringVar(&opts.to, "to", "", "`FILE` to write instead of the standard output: .json, .ndjson or .csv")
	f.StringVar(&opts.output, "output", "", "`FORMAT`: "+strings.Join(flow.PaidFormats(), ", ")+" (default: by --to, table on a terminal, else ndjson)")
	f.BoolVar(&opts.mark, "mark", false, "write the canonical records of --orders to the file of --to, with their payment filled in")
	f.BoolVar(&opts.force, "force", false, "replace a file that holds something else")
	return cmd
}

func runPaid(ctx context.Context, env *Env, opts paidOptions, files []string) error {
	c, err := env.Config()
	if err != nil {
		return err
	}
	paid := &flow.Paid{
		Config: c, Files: files, Stdin: env.Stdin, EmptyIsZero: opts.emptyIsZero, Only: opts.only,
		Stdout: env.Stdout, Lang: env.Lang(), Force: opts.force,
	}
	tell, printMore := env.tellSome()
	paid.Tell = tell
	if err := opts.fill(paid, c, env.StdoutTerminal); err != nil {
		return err
	}
	env.keepInLittleMemory()
	report, err := paid.Run(ctx)
	env.Written, env.Skipped = report.Written, report.Skipped
	switch {
	case err != nil:
		return err
	case len(report.Unread) > 0:
		return &failure{code: exitOf(report.Unread[0].Code), issues: report.Unread}
	}
	env.summary = func() {
		printMore()
		if env.StderrTerminal {
			printPaid(env, report, paid.Mark)
		}
	}
	if report.Refused > 0 {
		return &failure{code: exitRefused}
	}
	return nil
}

// fill puts the flags into the order, and says which of them do not go together.
func (o *paidOptions) fill(p *flow.Paid, c *config.Config, terminal bool) error {
	switch {
	case o.mark && o.orders == "":
		return diag.New(codeFlagNeedsFlag, "flag", "--mark").Of("--orders")
	case o.mark && o.to == "":
		return diag.New(codeFlagNeedsFlag, "flag", "--mark").Of("--to")
	case o.mark:
		p.Mark = o.to
	default:
		p.To = o.to
	}
	for _, state := range o.only {
		if !slices.Contains(flow.PaymentStates(), state) {
			return diag.New(codeBadFlagValue, "flag", "--only", "type", strings.Join(flow.PaymentStates(), "|")).Of(state)
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
func (o *paidOptions) format(p *flow.Paid, terminal bool) error {
	p.Format = o.output
	switch {
	case o.output != "":
		if !slices.Contains(flow.PaidFormats(), o.output) {
			return diag.New(codeBadFlagValue, "flag", "--output", "type", strings.Join(flow.PaidFormats(), "|")).Of(o.output)
		}
	case p.To != "":
		if p.Format = flow.PaidFormat(p.To); p.Format == "" {
			return diag.New(codeBadFlagValue, "flag", "--to", "type", "FILE.json|FILE.ndjson|FILE.csv").Of(p.To)
		}
	case terminal:
		p.Format = "table"
	default:
		p.Format = "ndjson"
	}
	return nil
}

// codeFlagNeedsFlag says that a flag means nothing without another.
const codeFlagNeedsFlag diag.Code = "usage-flag-needs-flag"
