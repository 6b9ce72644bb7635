package main

import (
	"bufio"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/view"
)

func newShow(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show FILE",
		Short: "what is in a file for POHODA, as a person wants to see it",
		Long: "Prints the documents of a dataPack, a list that POHODA exported, or an eForm:\n" +
			"customer, lines, which of them are tied to stock, sums by rate, the total. Sums\n" +
			"that the file states are shown as they are; the others are computed as POHODA\n" +
			"computes them. With --json it prints canonical records, one a line. - is the standard\n" +
			"input.",
		Args:        arguments("FILE"),
		Example:     "  pohoda show OP-26-123.xph\n  pohoda show orders.xml | less\n  pohoda show orders.xml --json | jq .number",
		Annotations: exitsWith(exitDone, exitUsage, exitRefused),
		RunE: func(_ *cobra.Command, args []string) error {
			return runShow(env, args[0])
		},
	}
	return cmd
}

func runShow(env *Env, file string) error {
	c, err := env.Config()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(env.Stdout)
	issues, err := flow.Show(c, file, env.Stdin, func(s *flow.Shown) error {
		env.Written++
		if env.common.json {
			return s.JSON(out)
		}
		view.PrintRecord(out, s, env.Lang())
		return nil
	})
	env.Tell(issues...)
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		return err
	}
	if env.Written == 0 {
		env.Tell(diag.Warn(codeNothingToShow).WithPosition(diag.Position{File: file}))
	}
	return nil
}

// codeNothingToShow says that a file holds no document that the tool reads.
var codeNothingToShow = diag.Warning.Code("nothing-to-show")
