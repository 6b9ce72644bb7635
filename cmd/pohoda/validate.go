package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow/view"
)

func newValidate(env *Env) *cobra.Command {
	var schemas string
	cmd := &cobra.Command{
		Use:   "validate FILE...",
		Short: "validate POHODA XML files",
		Long: "Reads dataPacks and responsePacks and reports every place that the schemas do not\n" +
			"allow: file, line, column, the path of the element with the id of its item, what\n" +
			"was found and what was expected. A document of an agenda that the bundled schemas\n" +
			"do not have is neither valid nor invalid (exit 3); give STORMWARE's own schemas by\n" +
			"--schema. - is the standard input.",
		Args:        arguments("FILE", "[FILE...]"),
		Example:     "  pohoda validate orders.xml\n  pohoda export deals --from deals.ndjson | pohoda validate - --json\n  pohoda validate response.xml --schema stormware-xsd/",
		Annotations: reportsWith(exitDone, exitUsage, exitRefused, exitInvalid),
		RunE: func(_ *cobra.Command, args []string) error {
			return runValidate(env, args, schemas)
		},
	}
	cmd.Flags().StringVar(&schemas, "schema", "", "`DIR` with STORMWARE's own schemas (default: the bundled ones)")
	return cmd
}

// validateReport is what validate prints with --json.
type validateReport struct {
	diag.Report
	Files    []view.FileVerdict `json:"files"`
	Findings []diag.Finding     `json:"findings"`
}

func runValidate(env *Env, files []string, schemas string) error {
	findings := []diag.Finding{}
	v := view.Validate{Schemas: schemas, Stdin: env.Stdin, Tell: func(issue *diag.Issue) {
		if env.common.quiet && issue.Severity != diag.Error {
			return
		}
		if env.common.json {
			findings = append(findings, env.Lang().Finding(issue))
			return
		}
		// The findings of a large file are told one by one, not gathered. Who
		// reads them may have enough of it.
		_ = diag.Text(env.Stdout, env.Lang(), diag.List{issue}, env.colour(env.Stdout))
	}}
	verdicts, unread, err := v.Run(files)
	env.product = func(r diag.Report) any { return validateReport{r, verdicts, findings} }
	if err != nil {
		env.Tell(unread...)
		return err
	}
	code := exitDone
	for _, verdict := range verdicts {
		switch {
		case !verdict.Valid:
			code = gravest(code, exitInvalid)
		case verdict.Uncovered > 0:
			code = gravest(code, exitRefused)
		}
		if !env.common.json && !env.common.quiet {
			_ = env.print(verdictLine(env.Lang(), verdict))
		}
	}
	if code = gravest(code, exitOfAll(unread)); code != exitDone {
		return &failure{code: code, issues: unread}
	}
	return nil
}

func verdictLine(l *diag.Language, v view.FileVerdict) string {
	name := "validate-valid"
	switch {
	case !v.Valid:
		name = "validate-invalid"
	case v.Uncovered > 0:
		name = "validate-uncovered"
	}
	return l.Phrase(name, "file", v.File, "n", strconv.Itoa(v.Documents), "uncovered", strconv.Itoa(v.Uncovered))
}
