package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/view"
)

// ledgerExportOptions are the flags of ledger export.
type ledgerExportOptions struct {
	ledgerFilter
	to, output string
	force      bool
}

func newLedgerExport(env *Env) *cobra.Command {
	var opts ledgerExportOptions
	cmd := &cobra.Command{
		Use:   "export [TEXT...]",
		Short: "the records of the ledger as data",
		Long: "Writes the records of the ledger as NDJSON, JSON or CSV, chosen as by ledger list. A\n" +
			"new file is readable by its owner only; one that holds something else is replaced with\n" +
			"--force alone. Times are in UTC, in CSV those of the clock here.",
		Args: arguments("[TEXT...]"),
		Example: "  pohoda ledger export --to ledger.csv\n" +
			"  pohoda ledger export --state exported --since 2026-03-01 | jq -r .code",
		Annotations: exitsWith(exitDone, exitUsage, exitRefused, exitUnreachable, exitInterrupted),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLedgerExport(cmd, env, opts, args)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	opts.flags(cmd)
	f.StringVar(&opts.to, "to", "", "`FILE` to write instead of the standard output: .json, .ndjson or .csv")
	f.StringVar(&opts.output, "output", "", "`FORMAT`: "+strings.Join(view.LedgerFormats(), ", ")+" (default: by --to, else ndjson)")
	f.BoolVar(&opts.force, "force", false, "replace a file that holds something else")
	return cmd
}

func runLedgerExport(cmd *cobra.Command, env *Env, opts ledgerExportOptions, names []string) error {
	filter, err := opts.filter(names, env.zone())
	if err != nil {
		return err
	}
	format, err := opts.format()
	if err != nil {
		return err
	}
	book, err := env.lookBook(cmd)
	if err != nil {
		return err
	}
	defer book.Close()
	export := view.LedgerExport{
		Ledger: book, Filter: filter, Format: format, To: opts.to, Stdout: env.Stdout, Force: opts.force, Zone: env.zone(),
	}
	env.Written, err = export.Run(cmd.Context())
	if opts.to != "" && env.StderrTerminal {
		env.summary = func() {
			env.say(env.Lang().Phrase("ledger-written", "n", strconv.Itoa(env.Written), "path", opts.to))
		}
	}
	return err
}

// format is the one that was asked for, or that of the file.
func (o *ledgerExportOptions) format() (string, error) {
	switch {
	case o.output != "" && !slices.Contains(view.LedgerFormats(), o.output):
		return "", diag.New(codeBadFlagValue, "flag", "--output", "type", strings.Join(view.LedgerFormats(), "|")).WithValue(o.output)
	case o.output != "":
		return o.output, nil
	case o.to == "":
		return "ndjson", nil
	}
	format := view.LedgerFormat(o.to)
	if format == "" {
		return "", diag.New(codeBadFlagValue, "flag", "--to", "type", "FILE.json|FILE.ndjson|FILE.csv").WithValue(o.to)
	}
	return format, nil
}
