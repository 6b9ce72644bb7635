package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/reconcile"
)

// reconcileOptions are the flags of ledger reconcile; those of the source are
// export's.
type reconcileOptions struct {
	exportOptions
	orders []string
	year   int
}

func newLedgerReconcile(env *Env) *cobra.Command {
	var opts reconcileOptions
	cmd := &cobra.Command{
		Use:   "reconcile --orders EXPORT.xml",
		Short: "the CRM, the ledger and POHODA side by side",
		Long: "Holds the records of a CRM, what the ledger remembers of them, and POHODA's export of\n" +
			"its orders side by side, and reports every difference with what settles it: an order\n" +
			"that one of them lacks, that POHODA has twice, that was changed or cancelled on one\n" +
			"side, that is paid and not marked so. Nothing is changed.\n\n" +
			"POHODA's export must hold all orders of its accounting year, since one that it lacks\n" +
			"counts as deleted; orders of other years are in another database of POHODA's, and are\n" +
			"only counted. --status and --where say which records should be in POHODA, as for\n" +
			"export; records that were transferred are compared in any case. Exit status 3 says\n" +
			"that something differs.",
		Example: "  pohoda ledger reconcile --orders orders.xml --from deals.json\n" +
			"  pohoda ledger reconcile --orders orders.xml --from deals.ndjson --status won --json",
		Annotations: reportsWith(exitDone, exitFailed, exitUsage, exitRefused, exitUnreachable, exitInterrupted),
		Args:        arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runReconcile(cmd.Context(), env, cmd, opts)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringArrayVar(&opts.orders, "orders", nil, "`FILE` of POHODA's orders: its answer to a request, or a pack; - is the standard input (repeatable)")
	f.IntVar(&opts.year, "year", 0, "the accounting `YEAR` of POHODA's database (default: the last one of its orders)")
	opts.readingFlags(f)
	opts.selectionFlags(f)
	return cmd
}

func runReconcile(ctx context.Context, env *Env, cmd *cobra.Command, opts reconcileOptions) error {
	if len(opts.orders) == 0 {
		return diag.New(codeMissingArgument, "command", cmd.CommandPath()).WithValue("--orders FILE")
	}
	if opts.year != 0 && (opts.year < 1990 || opts.year > 2999) {
		return diag.New(codeBadFlagValue, "flag", "--year", "type", "YYYY").WithValue(strconv.Itoa(opts.year))
	}
	source, err := opts.reading(env, "orders", nil)
	if err != nil {
		return err
	}
	// What the records become decides, not their kind.
	source.Select.Kinds = nil
	book, err := env.book(ctx, cmd, source.Config, bookUse{needed: true, look: true})
	if err != nil {
		return err
	}
	defer func() { _ = book.Close() }() // it was only read
	env.keepInLittleMemory()
	reconcile := &reconcile.Reconcile{
		Config: source.Config, Orders: opts.orders, Year: opts.year,
		From: source.From, Reading: source.Reading, Select: source.Select, As: source.As,
		Ledger: book, Stdin: env.Stdin, Now: source.Now, Tell: env.tellAtOnce, Progress: env.showProgress(),
	}
	report, err := reconcile.Run(ctx)
	if err != nil {
		return err
	}
	env.product = func(r diag.Report) any { return reconcileProduct(env.Lang(), r, report) }
	if !env.common.json && !env.common.quiet {
		printReconciliation(env, report)
	}
	if report.Refused > 0 || len(report.Differences) > 0 {
		return &failure{code: exitRefused}
	}
	return nil
}
