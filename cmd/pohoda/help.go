package main

import (
	"cmp"
	"embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// Annotations of a command: its exit codes, and whether its product is a report.
const (
	exitCodes = "exits"
	reports   = "reports"
)

// exitsWith notes the exit codes of a command for its help.
func exitsWith(codes ...int) map[string]string {
	var texts []string
	for _, code := range codes {
		texts = append(texts, strconv.Itoa(code))
	}
	return map[string]string{exitCodes: strings.Join(texts, " ")}
}

// reportsWith is exitsWith for a command whose product is a report.
func reportsWith(codes ...int) map[string]string {
	notes := exitsWith(codes...)
	notes[reports] = "yes"
	return notes
}

//go:embed topics/*.md
var topicFiles embed.FS

// generated are the parts of topics that come from the program itself, after
// the text of the file.
var generated = map[string]func(*diag.Language) string{
	"errors":     errorsTopic,
	"exit-codes": func(*diag.Language) string { return exitTable(nil) },
	"profiles":   func(*diag.Language) string { return functionTable() },
}

func newHelp(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:         "help [COMMAND|TOPIC]",
		Short:       "help on a command or a topic",
		Long:        "Prints the help of a command, or one of the topics that pohoda help lists.",
		Example:     "  pohoda help xph\n  pohoda help schema export",
		Annotations: exitsWith(exitDone, exitUsage),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runHelp(env, cmd.Root(), args)
		},
	}
}

func runHelp(env *Env, root *cobra.Command, args []string) error {
	if len(args) == 1 && slices.Contains(topics(), args[0]) {
		_, err := io.WriteString(env.Stdout, topic(args[0], env.Lang()))
		return err
	}
	if len(args) == 0 {
		return root.Help()
	}
	target, rest, err := root.Find(args)
	if err != nil || len(rest) > 0 || target == root {
		word := args[len(args)-max(1, len(rest))]
		return diag.New(codeUnknownTopic, "known", diag.Meant(word, append(subcommands(root), topics()...))).WithValue(word)
	}
	return target.Help()
}

func topics() []string {
	// The folder is part of the program, so reading it cannot fail.
	entries, _ := topicFiles.ReadDir("topics")
	var names []string
	for _, entry := range entries {
		names = append(names, strings.TrimSuffix(entry.Name(), ".md"))
	}
	return names
}

func topic(name string, lang *diag.Language) string {
	content, _ := topicFiles.ReadFile("topics/" + name + ".md")
	text := string(content)
	if generate, ok := generated[name]; ok {
		text += "\n" + generate(lang)
	}
	return text
}

// title is the heading of a topic.
func title(name string) string {
	heading, _, _ := strings.Cut(topic(name, diag.English), "\n")
	return strings.TrimPrefix(heading, "# ")
}

// helpWidth is where the explanations of flags are broken.
const helpWidth = 100

// writeHelp prints the help of a command; every one ends with its exit codes
// and examples.
func writeHelp(w io.Writer, cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nUSAGE\n  %s\n", cmp.Or(cmd.Long, cmd.Short), useLine(cmd))
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\nCOMMANDS\n" + commandList(cmd))
	}
	if !cmd.HasParent() {
		b.WriteString("\nTOPICS (pohoda help TOPIC)\n")
		for _, name := range topics() {
			fmt.Fprintf(&b, "  %-12s %s\n", name, title(name))
		}
	}
	if flags := cmd.LocalNonPersistentFlags(); flags.HasAvailableFlags() {
		b.WriteString("\nFLAGS\n" + flags.FlagUsagesWrapped(helpWidth))
	}
	b.WriteString("\nCOMMON FLAGS\n" + cmd.Root().PersistentFlags().FlagUsagesWrapped(helpWidth))
	b.WriteString("\nEXIT STATUS\n" + exitTable(exitsOf(cmd)))
	b.WriteString("\nEXAMPLES\n" + cmd.Example + "\n")
	// There is nobody left to tell when the stream itself fails.
	_, _ = io.WriteString(w, b.String())
}

func useLine(cmd *cobra.Command) string {
	if cmd.HasSubCommands() {
		return cmd.CommandPath() + " COMMAND"
	}
	return cmd.UseLine()
}

func commandList(cmd *cobra.Command) string {
	var b strings.Builder
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			fmt.Fprintf(&b, "  %-12s %s\n", sub.Name(), sub.Short)
		}
	}
	return b.String()
}

// exitsOf are the exit codes of a command; nil, for the root, means all.
func exitsOf(cmd *cobra.Command) []string {
	if !cmd.HasParent() {
		return nil
	}
	return strings.Fields(cmd.Annotations[exitCodes])
}

// exitTable lists exit codes with their meaning; nil lists all.
func exitTable(codes []string) string {
	var b strings.Builder
	for _, exit := range exits {
		if code := strconv.Itoa(exit.code); codes == nil || slices.Contains(codes, code) {
			fmt.Fprintf(&b, "  %-4s %s\n", code, exit.meaning)
		}
	}
	return b.String()
}

// functionTable lists the functions of the profiles' language.
func functionTable() string {
	var b strings.Builder
	for _, f := range expression.Functions() {
		fmt.Fprintf(&b, "    %-32s %s\n", f.Usage, f.Does)
	}
	return b.String()
}

// errorsTopic lists every issue code with how it ends a run, its message and hint.
func errorsTopic(lang *diag.Language) string {
	var b strings.Builder
	for _, code := range diag.Codes() {
		entry := lang.Entries[code]
		fmt.Fprintf(&b, "- `%s` (%s): %s\n", code, ends(code, lang), entry.Message)
		if entry.Hint != "" {
			fmt.Fprintf(&b, "  %s: %s\n", lang.Phrase("hint"), entry.Hint)
		}
	}
	return b.String()
}

// ends says how an issue of a code ends a run: by its exit code, or not at all.
func ends(code diag.Code, lang *diag.Language) string {
	r, _ := code.Registration()
	if r.Severity == diag.Error {
		return lang.Phrase("exit", "code", strconv.Itoa(int(r.Exit)))
	}
	return lang.Phrase(string(r.Severity))
}
