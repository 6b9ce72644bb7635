package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/view"
)

func newDoctor(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "the configuration in force, and what is wrong with it",
		Long: "Prints every value of the configuration that is in force and where it comes from:\n" +
			"a line of the file, an environment variable, a flag or the default. Then it says\n" +
			"what does not fit: missing files, an unknown profile, an accounting unit that is\n" +
			"not set, a ledger that cannot be used. Of the ledger it tells how many records are\n" +
			"in each state, and who works on the unit just now.",
		Args:        arguments(),
		Example:     "  pohoda doctor\n  pohoda doctor --json --config unit-sk.yaml",
		Annotations: reportsWith(exitDone, exitUsage),
		RunE:        func(cmd *cobra.Command, _ []string) error { return runDoctor(cmd.Context(), env) },
	}
}

// doctorReport is what doctor prints with --json.
type doctorReport struct {
	diag.Report
	// File is the configuration file, "" when there is none.
	File   string        `json:"file"`
	Values []doctorValue `json:"values"`
	// Ledger is null when there is none.
	Ledger *view.LedgerView `json:"ledger"`
}

type doctorValue struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

func runDoctor(ctx context.Context, env *Env) error {
	env.loadConfig()
	c := env.config
	env.Tell(env.configIssues...)
	env.Tell(config.UnknownVariables(env.Vars)...)
	var book *view.LedgerView
	// What could not be read looks as if it were missing.
	if !env.configIssues.Refused() {
		env.Tell(flow.Inspect(c)...)
		look, found := view.InspectLedger(ctx, c, env.UserDir, env.Now)
		env.Tell(found...)
		book = look
	}
	env.product = func(r diag.Report) any { return doctorReport{r, c.File(), doctorValues(c), book} }
	if !env.common.json && !env.common.quiet {
		if err := printValues(env, c, book); err != nil {
			return err
		}
	}
	if env.issues.Refused() {
		return &failure{code: exitUsage}
	}
	return nil
}

func doctorValues(c *config.Config) []doctorValue {
	var values []doctorValue
	for _, v := range c.Values() {
		values = append(values, doctorValue{v.Key, v.Text, v.Origin.String()})
	}
	return values
}

func printValues(env *Env, c *config.Config, book *view.LedgerView) error {
	if c.File() == "" {
		if err := env.print(env.Lang().Phrase("doctor-no-file", "file", config.Name)); err != nil {
			return err
		}
	}
	table := diag.NewTable(env.Stdout)
	for _, v := range doctorValues(c) {
		table.Row(v.Key, v.Value, v.Origin)
	}
	if book != nil && book.Default {
		table.Row("ledger", book.Place, string(config.FromDefault))
	}
	if err := table.Flush(); err != nil || book == nil {
		return err
	}
	err := env.print(env.Lang().Phrase("doctor-ledger", "records", countsOf(env.Lang(), book.States)))
	for _, cursor := range book.Cursors {
		err = errors.Join(err, env.print(env.Lang().Phrase("doctor-cursor", "source", strings.TrimSuffix(cursor.Source, ":"), "value", cursor.Value)))
	}
	return err
}
