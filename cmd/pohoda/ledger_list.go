package main

import (
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/view"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

func newLedgerList(env *Env) *cobra.Command {
	var opts ledgerFilter
	cmd := &cobra.Command{
		Use:   "list [TEXT...]",
		Short: "what was transferred when, and where it stands",
		Long: "Lists the records of the ledger with their state, POHODA's number and the payment.\n" +
			"TEXT is an id, a code, an order number, POHODA's number or the id of an item in a\n" +
			"file. With --json the records are the entries of one object.",
		Args: arguments("[TEXT...]"),
		Example: "  pohoda ledger list --state exported --until 2026-03-31\n" +
			"  pohoda ledger list OP-26-123 OP-26-124\n" +
			"  pohoda ledger list --payment paid --json | jq '.entries[].code'",
		Annotations: reportsWith(exitDone, exitUsage, exitRefused, exitUnreachable, exitInterrupted),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLedgerList(cmd, env, opts, args)
		},
	}
	cmd.Flags().SortFlags = false
	opts.flags(cmd)
	return cmd
}

// ledgerListReport is what comes behind the entries with --json.
type ledgerListReport struct {
	diag.Report
	// States counts the records that are listed.
	States map[ledger.State]int64 `json:"states"`
}

func runLedgerList(cmd *cobra.Command, env *Env, opts ledgerFilter, names []string) error {
	filter, err := opts.filter(names, env.zone())
	if err != nil {
		return err
	}
	book, err := env.lookBook(cmd)
	if err != nil {
		return err
	}
	defer book.Close()
	list := view.LedgerList{Ledger: book, Filter: filter, Stdout: env.Stdout, JSON: env.common.json, Lang: env.Lang(), Zone: env.zone()}
	if env.common.quiet && !env.common.json {
		list.Stdout = io.Discard
	}
	if env.common.json {
		if err := env.openObject("entries"); err != nil {
			return err
		}
	}
	states, err := list.Run(cmd.Context())
	env.product = func(r diag.Report) any { return ledgerListReport{r, states} }
	if err == nil && !env.common.json && !env.common.quiet {
		err = env.print(countsOf(env.Lang(), states))
	}
	return err
}

// countsOf words how many records are in each state: "records: 12; exported 10,
// accepted 2".
func countsOf(l *diag.Language, states map[ledger.State]int64) string {
	total := int64(0)
	var counts []string
	for _, state := range ledger.New.Values() {
		if n := states[ledger.State(state)]; n > 0 {
			total += n
			counts = append(counts, state+" "+strconv.FormatInt(n, 10))
		}
	}
	if total == 0 {
		return l.Phrase("ledger-none")
	}
	return l.Phrase("ledger-sum", "n", strconv.FormatInt(total, 10), "states", strings.Join(counts, ", "))
}
