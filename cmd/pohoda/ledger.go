package main

import "github.com/spf13/cobra"

// ledgerCommands are what can be done with the ledger, in the order of its help.
var ledgerCommands = []func(*Env) *cobra.Command{
	newLedgerList,
	newLedgerShow,
	newLedgerConfirm,
	newLedgerBaseline,
	newLedgerExport,
	newLedgerForget,
	newLedgerReconcile,
}

func newLedger(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ledger",
		Short: "what was transferred, and what became of it",
		Long: "The ledger remembers every record that was exported, with the file, POHODA's answer\n" +
			"and the payment, so that nothing goes twice and nothing is forgotten. It is one\n" +
			"file, or a PostgreSQL database that several machines share (pohoda help ledger).",
		Example:     "  pohoda ledger list --state exported\n  pohoda ledger show OP-26-123",
		Annotations: exitsWith(exitDone, exitUsage),
	}
	for _, newCommand := range ledgerCommands {
		cmd.AddCommand(newCommand(env))
	}
	return cmd
}
