package main

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
)

type profileCheckOptions struct {
	profile, instance string
	samples, with     []string
}

func newProfileCheck(env *Env) *cobra.Command {
	var opts profileCheckOptions
	cmd := &cobra.Command{
		Use:   "check NAME|FILE [SAMPLE...]",
		Short: "what is wrong with a profile, and what it makes of samples",
		Long: "Reports what is wrong with a profile: unknown keys and fields, expressions that\n" +
			"cannot be compiled. Samples are brought to canonical records by it; then it says\n" +
			"what is wrong with them and which of their keys the profile does not use, and\n" +
			"prints the records that come out.",
		Args: arguments("NAME|FILE", "[SAMPLE...]"),
		Example: "  pohoda profile check mine.yaml\n" +
			"  pohoda profile check mine.yaml deal.json --with company.json --json",
		Annotations: reportsWith(exitDone, exitUsage, exitRefused),
		RunE: func(_ *cobra.Command, args []string) error {
			opts.profile, opts.samples = args[0], args[1:]
			return runProfileCheck(env, opts)
		},
	}
	cmd.Flags().StringArrayVar(&opts.with, "with", nil, "further `FILE` that the samples refer to (repeatable)")
	cmd.Flags().StringVar(&opts.instance, "instance", "", "`NAME` of the account or shop")
	return cmd
}

// profileReport is what profile check prints with --json.
type profileReport struct {
	diag.Report
	Samples []sampleReport `json:"samples"`
}

type sampleReport struct {
	File    string   `json:"file"`
	Records int      `json:"records"`
	NotUsed []string `json:"notUsed"`
	// Made are the canonical records that come out.
	Made []json.RawMessage `json:"made"`
}

func runProfileCheck(env *Env, opts profileCheckOptions) error {
	check := crm.CheckProfile(opts.profile, crm.Options{With: opts.with, Instance: opts.instance}, opts.samples...)
	env.Tell(check.Issues...)
	samples := []sampleReport{}
	for _, sample := range check.Samples {
		if sample.Err != nil {
			env.Tell(diag.As(sample.Err))
		}
		env.Tell(sample.Findings...)
		made := []json.RawMessage{}
		for _, result := range sample.Results {
			env.Tell(result.Issues...)
			if text, err := canonical.Append(nil, result.Record); err == nil && !result.Issues.Refused() {
				made = append(made, text)
			}
		}
		samples = append(samples, sampleReport{sample.File, len(sample.Results), sample.NotUsed, made})
	}
	env.product = func(r diag.Report) any { return profileReport{r, samples} }
	if !env.common.json && !env.common.quiet {
		printSamples(env, samples)
	}
	if !env.issues.Refused() {
		return nil
	}
	if slices.ContainsFunc(env.issues, isMissing) {
		return &failure{code: exitUsage}
	}
	return &failure{code: exitRefused}
}

// isMissing tells a profile or sample that is not there from one that is wrong.
func isMissing(issue *diag.Issue) bool {
	return issue.Code == profile.CodeProfileNotFound || issue.Code == canonical.CodeFileNotFound
}

func printSamples(env *Env, samples []sampleReport) {
	for _, s := range samples {
		phrase := "profile-sample"
		if len(s.NotUsed) > 0 {
			phrase = "profile-sample-not-used"
		}
		// Who reads it may have enough of it.
		_ = env.print(env.Lang().Phrase(phrase,
			"file", s.File, "n", strconv.Itoa(s.Records), "keys", strings.Join(s.NotUsed, ", ")))
		for _, record := range s.Made {
			_ = env.print(string(diag.VisibleJSON(record)))
		}
	}
}
