package main

import (
	"bufio"
	"io"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/trade"
)

func newShow(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show FILE",
		Short: "what is in a file for POHODA, as a person wants to see it",
		Long: "Prints the documents of a dataPack, a list that POHODA exported, or an eForm:\n" +
			"customer, lines, which of them are tied to stock, sums by rate, the total. The sums\n" +
			"are computed as POHODA computes them. With --json it prints canonical records, one\n" +
			"a line. - is the standard input.",
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
			return writeRecord(out, s.Document)
		}
		printDocument(out, env.Lang(), s)
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
		env.Tell(diag.Warn(codeNothingToShow).Located(diag.Position{File: file}))
	}
	return nil
}

// codeNothingToShow says that a file holds no document that the tool reads.
const codeNothingToShow diag.Code = "nothing-to-show"

// writeRecord writes a document as a canonical record on a line of its own.
func writeRecord(w io.Writer, doc *trade.Document) error {
	text, err := crm.Append(nil, trade.Record{Kind: doc.Kind, Document: doc})
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}
