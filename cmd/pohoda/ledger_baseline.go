package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// baselineReport is what ledger baseline prints with --json.
type baselineReport struct {
	diag.Report
	// Declared counts the records that now count as transferred, Known those that
	// did before.
	Declared int  `json:"declared"`
	Known    int  `json:"known"`
	DryRun   bool `json:"dryRun,omitempty"`
}

func newLedgerBaseline(env *Env) *cobra.Command {
	var opts exportOptions
	cmd := &cobra.Command{
		Use:   "baseline [deals|orders|offers]",
		Short: "declare what POHODA has already",
		Long: "Declares that POHODA has the records of a source as they are now, without exporting\n" +
			"them, so that the first export --new does not begin with history. Drafts are not\n" +
			"declared, and what the ledger knows stays as it is. If a record cannot be read,\n" +
			"nothing is declared, unless --skip-invalid says so.",
		Example: "  pohoda ledger baseline --from deals.ndjson --status won\n" +
			"  pohoda ledger baseline orders --from shop.csv --where 'issueDate < \"2026-11-01\"' --dry-run",
		Annotations: exitsWith(exitDone, exitFailed, exitUsage, exitRefused, exitUnreachable, exitLocked, exitInterrupted),
		Args:        arguments("[KIND]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			noun := "deals"
			if len(args) > 0 {
				noun = args[0]
			}
			return runBaseline(cmd, env, opts, noun)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	opts.readingFlags(f)
	opts.selectionFlags(f)
	f.BoolVar(&opts.skipInvalid, "skip-invalid", false, "declare the records that can be read although others cannot")
	f.BoolVar(&opts.dryRun, "dry-run", false, "say what would be declared, and write nothing")
	waitFlag(cmd, &opts.wait)
	return cmd
}

func runBaseline(cmd *cobra.Command, env *Env, opts exportOptions, noun string) error {
	export, err := opts.reading(env, noun, nil)
	if err != nil {
		return err
	}
	if export.Ledger, err = env.book(cmd.Context(), cmd, export.Config, bookUse{needed: !opts.dryRun, look: opts.dryRun, wait: opts.wait}); err != nil {
		return err
	}
	defer export.Ledger.Close()
	report, err := export.Baseline(cmd.Context())
	env.Written, env.Skipped = report.Declared, report.Skipped
	env.product = func(r diag.Report) any { return baselineReport{r, report.Declared, report.Known, opts.dryRun} }
	if err != nil {
		return err
	}
	phrase := "baseline-done"
	if opts.dryRun {
		phrase = "baseline-dry"
	}
	env.summary = func() {
		env.say(env.Lang().Phrase(phrase, "n", strconv.Itoa(report.Declared), "known", strconv.Itoa(report.Known)))
	}
	if report.Refused > 0 {
		return &failure{code: exitRefused}
	}
	return nil
}
