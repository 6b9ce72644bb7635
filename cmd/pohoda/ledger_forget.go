package main

import (
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/confirm"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// ledgerForgetOptions are the flags of ledger forget.
type ledgerForgetOptions struct {
	ledgerFilter
	erase, yes, dryRun bool
	wait               time.Duration
}

func newLedgerForget(env *Env) *cobra.Command {
	var opts ledgerForgetOptions
	cmd := &cobra.Command{
		Use:   "forget DEAL...",
		Short: "let a deal count as new again, or erase personal data",
		Long: "A deal that is forgotten counts as new: the next export --new exports it again under\n" +
			"the same id, which POHODA's duplicity check, where it is on, refuses if POHODA has it.\n" +
			"Its story stays. --erase removes ids, codes, numbers, file names and invoices of the\n" +
			"deal instead, for good; digests stay, so that it is known and not exported anew.\n" +
			"Several deals are forgotten together or not at all.",
		Args: arguments("DEAL", "[DEAL...]"),
		Example: "  pohoda ledger forget OP-26-123\n" +
			"  pohoda ledger forget OP-26-123 OP-26-124 --yes --wait 1m\n" +
			"  pohoda ledger forget --erase OP-26-123",
		Annotations: exitsWith(exitDone, exitUsage, exitRefused, exitUnreachable, exitLocked, exitInterrupted),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLedgerForget(cmd, env, opts, args)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&opts.erase, "erase", false, "remove what tells a person, keep digests, times and POHODA's number")
	opts.identityFlags(cmd)
	f.BoolVar(&opts.yes, "yes", false, "do it without asking")
	f.BoolVar(&opts.dryRun, "dry-run", false, "say what would be forgotten, and forget nothing")
	waitFlag(cmd, &opts.wait)
	return cmd
}

// ledgerForgetReport is the report of forgetting.
type ledgerForgetReport struct {
	diag.Report
	// Records are those that are meant, as they stood before.
	Records []ledger.Entry `json:"records"`
	DryRun  bool           `json:"dryRun"`
}

// codeNeedsYes says that there is nobody to ask.
var codeNeedsYes = diag.Usage.Code("usage-needs-yes", "command")

func runLedgerForget(cmd *cobra.Command, env *Env, opts ledgerForgetOptions, names []string) error {
	filter, err := opts.filter(nil, env.zone())
	if err != nil {
		return err
	}
	if !opts.yes && !opts.dryRun && !env.canAsk() {
		return diag.New(codeNeedsYes, "command", cmd.CommandPath())
	}
	book, err := env.openBook(cmd, bookUse{needed: true, there: true, look: opts.dryRun, wait: opts.wait})
	if err != nil {
		return err
	}
	defer book.Close()
	forget := confirm.LedgerForget{Ledger: book, Names: names, Filter: filter, Erase: opts.erase, Tell: env.tellAtOnce}
	meant, refused, err := forget.Find(cmd.Context())
	switch {
	case err != nil:
		return err
	case refused:
		return &failure{code: exitRefused}
	}
	env.Skipped = len(names) - len(meant)
	env.product = func(r diag.Report) any { return ledgerForgetReport{r, meant, opts.dryRun} }
	if opts.dryRun || !opts.yes {
		printMeant(env, meant)
	}
	question := "forget-ask"
	if opts.erase {
		question = "erase-ask"
	}
	if opts.dryRun || len(meant) == 0 || !opts.yes && !env.ask(question, "n", strconv.Itoa(len(meant))) {
		return nil
	}
	if err := forget.Run(cmd.Context(), meant); err != nil {
		return err
	}
	env.Written = len(meant)
	return nil
}

// printMeant says which records are meant, and where they stand.
func printMeant(env *Env, meant []ledger.Entry) {
	if env.common.json || env.common.quiet {
		return
	}
	for n := range meant {
		e := &meant[n]
		line := env.Lang().RecordName(flow.RecordOf(&e.Record)) + ": " + env.Lang().Phrase("state-"+string(e.State))
		if e.PohodaNumber != "" {
			line += ", " + e.PohodaNumber
		}
		env.say("  " + line)
	}
}
