package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/confirm"
	"github.com/gopohoda/pohoda/pkg/ledger"
)

// confirmOptions are the flags of ledger confirm.
type confirmOptions struct {
	ledgerFilter
	byHand bool
	state  string
	wait   time.Duration
}

func newLedgerConfirm(env *Env) *cobra.Command {
	var opts confirmOptions
	cmd := &cobra.Command{
		Use:   "confirm FILE... | --by-hand DEAL [NUMBER]",
		Short: "what POHODA did with the exported documents",
		Long: "Reads POHODA's answers, the responsePacks that an import leaves, and settles the\n" +
			"documents that they are about: accepted with POHODA's number, accepted and altered,\n" +
			"refused with POHODA's reasons. A file opened by a double-click leaves no answer; then\n" +
			"an export of POHODA's orders says which of them are there. With --by-hand a person\n" +
			"says it of one deal, by its code, id or order number. The same answer twice changes\n" +
			"nothing, and one that does not fit does not keep the others from being taken.\n" +
			"- is the standard input.",
		Args:        arguments("[FILE...]"),
		Example:     "  pohoda ledger confirm response.xml\n  pohoda ledger confirm pohoda-orders.xml --json\n  pohoda ledger confirm --by-hand OP-26-123 26OP00017\n  pohoda ledger confirm --by-hand OP-26-124 --state cancelled",
		Annotations: reportsWith(exitDone, exitFailed, exitUsage, exitRefused, exitInvalid, exitUnreachable, exitLocked, exitInterrupted),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLedgerConfirm(cmd, env, opts, args)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&opts.byHand, "by-hand", false, "take a person's word for one deal: POHODA has it, under NUMBER where that is known")
	f.StringVar(&opts.state, "state", "", "with --by-hand, `STATE` of the deal instead: refused or cancelled")
	opts.identityFlags(cmd)
	waitFlag(cmd, &opts.wait)
	return cmd
}

// confirmReport is what ledger confirm prints with --json.
type confirmReport struct {
	diag.Report
	Files   []confirm.ConfirmedFile `json:"files"`
	Settled []*confirm.Confirmed    `json:"settled"`
}

func runLedgerConfirm(cmd *cobra.Command, env *Env, opts confirmOptions, args []string) error {
	c, err := env.Config()
	if err != nil {
		return err
	}
	confirm := &confirm.Confirm{Config: c, Stdin: env.Stdin, Tell: func(issue *diag.Issue) { env.Tell(issue) }}
	if err := opts.fill(cmd, confirm, args); err != nil {
		return err
	}
	confirm.Ledger, err = env.book(cmd.Context(), cmd, c, bookUse{needed: true, there: true, wait: opts.wait})
	if err != nil {
		return err
	}
	defer confirm.Ledger.Close()
	return confirmAll(cmd.Context(), env, confirm)
}

// confirmAll runs it, prints what came of it and finds the exit code.
func confirmAll(ctx context.Context, env *Env, run *confirm.Confirm) error {
	settled := []*confirm.Confirmed{}
	run.Settled = func(r *confirm.Confirmed) {
		switch {
		case env.common.json:
			settled = append(settled, r)
		case !env.common.quiet && (r.Changed || run.ByHand != nil):
			// Who reads it may have enough of it.
			_ = env.print(confirmedLine(env.Lang(), r))
		}
	}
	report, err := run.Run(ctx)
	env.product = func(r diag.Report) any { return confirmReport{r, report.Files, settled} }
	code := exitDone
	for _, file := range report.Files {
		env.Written += file.Settled
		env.Skipped += file.Known
		switch {
		case file.Refused > 0:
			code = exitInvalid
		case file.Untaken > 0 && code == exitDone:
			code = exitRefused
		}
		if !env.common.json && !env.common.quiet && file.File != "" {
			_ = env.print(confirmedFileLine(env.Lang(), file))
		}
	}
	switch {
	case err != nil:
		env.Tell(report.Unread...)
		return err
	case len(report.Unread) > 0:
		return &failure{code: int(report.Unread[0].Code.Exit()), issues: report.Unread}
	case code != exitDone:
		return &failure{code: code}
	}
	return nil
}

// confirmedLine is a record in the report.
func confirmedLine(l *diag.Language, r *confirm.Confirmed) string {
	words := []string{l.RecordName(r.Record), string(r.From) + " → " + string(r.State)}
	if !r.Changed {
		words[1] = l.Phrase("confirm-known", "state", string(r.State))
	}
	if r.PohodaNumber != "" {
		words = append(words, r.PohodaNumber)
	}
	return strings.Join(words, "  ")
}

// confirmedFileLine sums a file up: only what there is beside the settled is
// named.
func confirmedFileLine(l *diag.Language, f confirm.ConfirmedFile) string {
	parts := []string{l.Phrase("confirm-file", "file", f.File, "n", strconv.Itoa(f.Settled))}
	for _, part := range []struct {
		name string
		n    int
	}{{"confirm-before", f.Known}, {"confirm-refused", f.Refused}, {"confirm-untaken", f.Untaken}, {"confirm-elsewhere", f.Elsewhere}} {
		if part.n > 0 {
			parts = append(parts, l.Phrase(part.name, "n", strconv.Itoa(part.n)))
		}
	}
	return strings.Join(parts, ", ")
}

// statesByHand are the states that a person may give a record.
var statesByHand = map[string]ledger.State{
	"": ledger.Accepted, string(ledger.Refused): ledger.Refused, string(ledger.Cancelled): ledger.Cancelled,
}

// fill puts the flags and arguments into the order, and says which of them do not
// go together.
func (o *confirmOptions) fill(cmd *cobra.Command, c *confirm.Confirm, args []string) error {
	if len(args) == 0 {
		missing := map[bool]string{false: "FILE", true: "DEAL"}[o.byHand]
		return diag.New(codeMissingArgument, "command", cmd.CommandPath()).WithValue(missing)
	}
	if !o.byHand {
		c.Files = args
		for _, flag := range []string{"state", "system", "as"} {
			if cmd.Flags().Changed(flag) {
				return diag.New(codeFlagNeedsFlag, "flag", "--"+flag).WithValue("--by-hand")
			}
		}
		return nil
	}
	filter, err := o.filter(nil, time.UTC)
	if err != nil {
		return err
	}
	state, known := statesByHand[o.state]
	most := 2
	if o.state != "" {
		most = 1
	}
	switch {
	case !known:
		return diag.New(codeBadFlagValue, "flag", "--state", "type", string(ledger.Refused)+"|"+string(ledger.Cancelled)).WithValue(o.state)
	case len(args) > most:
		return diag.New(codeTooManyArguments, "command", cmd.CommandPath()).WithValue(args[most])
	}
	c.ByHand = &confirm.ByHand{Deal: args[0], State: state, Filter: filter}
	if len(args) > 1 {
		c.ByHand.Number = args[1]
	}
	return nil
}
