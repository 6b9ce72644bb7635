package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/outfile"
)

//go:embed pohoda.yaml
var configTemplate string

type initOptions struct {
	path, ico, country string
	force              bool
}

func newInit(env *Env) *cobra.Command {
	var opts initOptions
	cmd := &cobra.Command{
		Use:   "init",
		Short: "write a commented " + config.Name,
		Long: "Writes a configuration with every key explained into the working directory, or\n" +
			"where --config says; --ico and --country are filled in.",
		Args:        arguments(),
		Example:     "  pohoda init --ico 12345679\n  pohoda init --ico 12345679 --country SK --config unit-sk.yaml",
		Annotations: exitsWith(exitDone, exitUsage),
		RunE: func(*cobra.Command, []string) error {
			opts.path = cmp.Or(env.common.config, config.Name)
			opts.ico, opts.country = env.common.ico, env.common.country
			return runInit(env, opts)
		},
	}
	cmd.Flags().BoolVar(&opts.force, "force", false, "replace a file that exists")
	return cmd
}

func runInit(env *Env, opts initOptions) error {
	content := configTemplate
	if opts.ico != "" {
		content = strings.Replace(content, `ico: ""`, fmt.Sprintf("ico: %q", opts.ico), 1)
	}
	if opts.country != "" {
		content = strings.Replace(content, "country: CZ", fmt.Sprintf("country: %q", opts.country), 1)
	}
	c, issues := config.Read(opts.path, []byte(content), env.Vars)
	issues.Add(flow.Wrong(c)...)
	if issues.Refused() {
		return &failure{exitUsage, issues}
	}
	env.Tell(issues...)
	if err := outfile.WriteFile(opts.path, []byte(content), opts.force); err != nil {
		return err
	}
	env.Written++
	if !env.common.quiet && !env.common.json {
		env.say(env.Lang().Phrase("init-done", "file", opts.path))
	}
	return nil
}
