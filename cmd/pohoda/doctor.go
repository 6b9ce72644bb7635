package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
)

func newDoctor(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "the configuration in force, and what is wrong with it",
		Long: "Prints every value of the configuration that is in force and where it comes from:\n" +
			"a line of the file, an environment variable, a flag or the default. Then it says\n" +
			"what does not fit: missing files, an unknown profile, an accounting unit that is\n" +
			"not set.",
		Args:        arguments(),
		Example:     "  pohoda doctor\n  pohoda doctor --json --config unit-sk.yaml",
		Annotations: reportsWith(exitDone, exitUsage),
		RunE:        func(*cobra.Command, []string) error { return runDoctor(env) },
	}
}

// doctorReport is what doctor prints with --json.
type doctorReport struct {
	diag.Report
	// File is the configuration file, "" when there is none.
	File   string        `json:"file"`
	Values []doctorValue `json:"values"`
}

type doctorValue struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

func runDoctor(env *Env) error {
	env.loadConfig()
	c := env.config
	env.Tell(env.configIssues...)
	env.Tell(config.UnknownVariables(env.Vars)...)
	// What could not be read looks as if it were missing.
	if !env.configIssues.Refused() {
		env.Tell(flow.Inspect(c)...)
	}
	env.product = func(r diag.Report) any { return doctorReport{r, c.File(), doctorValues(c)} }
	if !env.common.json && !env.common.quiet {
		if err := printValues(env, c); err != nil {
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

func printValues(env *Env, c *config.Config) error {
	if c.File() == "" {
		fmt.Fprintln(env.Stdout, env.Lang().Phrase("doctor-no-file", "file", config.Name))
	}
	table := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, v := range doctorValues(c) {
		fmt.Fprintf(table, "%s\t%s\t%s\n", v.Key, oneLine(v.Value), v.Origin)
	}
	return table.Flush()
}

// oneLine keeps a value of several lines from breaking the table.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}
