package main

import (
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// shells write the completion script of each shell.
var shells = map[string]func(*cobra.Command, io.Writer) error{
	"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
	"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
	"powershell": func(root *cobra.Command, w io.Writer) error { return root.GenPowerShellCompletionWithDesc(w) },
	"zsh":        func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) },
}

func newCompletion(env *Env) *cobra.Command {
	names := slices.Sorted(maps.Keys(shells))
	return &cobra.Command{
		Use:   "completion bash|fish|powershell|zsh",
		Short: "script that completes commands and flags in a shell",
		Args:  arguments("bash|fish|powershell|zsh"),
		Example: "  source <(pohoda completion bash)\n" +
			"  pohoda completion powershell | Out-String | Invoke-Expression",
		Annotations: exitsWith(exitDone, exitUsage),
		ValidArgs:   names,
		RunE: func(cmd *cobra.Command, args []string) error {
			write, ok := shells[args[0]]
			if !ok {
				return diag.New(codeUnknownCommand, "known", diag.Meant(args[0], names)).WithValue(args[0])
			}
			return write(cmd.Root(), env.Stdout)
		},
	}
}
