package main

import (
	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/crm/profile"
	"github.com/gopohoda/pohoda/pkg/diag"
)

func newProfile(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "profile",
		Short: "mapping profiles: list, show, check",
		Long: "A mapping profile translates the records of one CRM or e-shop into the canonical\n" +
			"record; pohoda help profiles explains how to write one.",
		Example:     "  pohoda profile list\n  pohoda profile show raynet-deal > mine.yaml",
		Annotations: exitsWith(exitDone, exitUsage, exitRefused),
	}
	cmd.AddCommand(newProfileList(env), newProfileShow(env), newProfileCheck(env))
	return cmd
}

func newProfileList(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:         "list",
		Short:       "the profiles that ship with the tool",
		Args:        arguments(),
		Example:     "  pohoda profile list\n  pohoda profile list | cut -d ' ' -f 1",
		Annotations: exitsWith(exitDone, exitUsage),
		RunE: func(*cobra.Command, []string) error {
			table := diag.NewTable(env.Stdout)
			for _, p := range profile.Profiles() {
				table.Row(p.Name, string(p.Kind), p.Format, p.Title)
			}
			return table.Flush()
		},
	}
}

func newProfileShow(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "the text of a profile, to start an own one from",
		Args:  arguments("NAME"),
		Example: "  pohoda profile show raynet-deal\n" +
			"  pohoda profile show woocommerce-order > my-shop.yaml",
		Annotations: exitsWith(exitDone, exitUsage, exitRefused),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := profile.Show(args[0])
			if err != nil {
				return err
			}
			_, err = env.Stdout.Write(text)
			return err
		},
	}
}
