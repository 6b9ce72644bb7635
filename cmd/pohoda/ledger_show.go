package main

import (
	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/view"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

func newLedgerShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "show DEAL",
		Short: "the whole story of one deal",
		Long: "Tells all that the ledger knows of a deal or an order: what it became, the files that\n" +
			"it was exported in, what happened to it and when, and how far it is paid, with the\n" +
			"invoices that prove it. DEAL is its id, its code, the order's number, POHODA's number\n" +
			"or the id of its item in a file. What became several documents has several stories.",
		Args:        arguments("DEAL"),
		Example:     "  pohoda ledger show OP-26-123\n  pohoda ledger show 26OP00012 --json | jq '.stories[].events'",
		Annotations: reportsWith(exitDone, exitUsage, exitRefused, exitUnreachable),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLedgerShow(cmd, env, args[0])
		},
	}
}

// ledgerShowReport is what ledger show prints with --json.
type ledgerShowReport struct {
	diag.Report
	Stories []ledger.History `json:"stories"`
}

func runLedgerShow(cmd *cobra.Command, env *Env, name string) error {
	book, err := env.lookBook(cmd)
	if err != nil {
		return err
	}
	defer book.Close()
	stories, err := book.Stories(cmd.Context(), name)
	if err != nil {
		return err
	}
	env.product = func(r diag.Report) any { return ledgerShowReport{r, stories} }
	if env.common.json || env.common.quiet {
		return nil
	}
	for n := range stories {
		if err := view.PrintHistory(env.Stdout, &stories[n], env.Lang(), env.zone()); err != nil {
			return err
		}
	}
	return nil
}
