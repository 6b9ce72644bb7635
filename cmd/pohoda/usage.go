package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// Codes of a command line that is not understood.
var (
	codeUnknownCommand   = diag.Usage.Code("usage-unknown-command", "known")
	codeMissingCommand   = diag.Usage.Code("usage-missing-command", "command", "known")
	codeUnknownFlag      = diag.Usage.Code("usage-unknown-flag", "known")
	codeFlagWithoutValue = diag.Usage.Code("usage-flag-without-value", "command")
	codeBadFlagValue     = diag.Usage.Code("usage-bad-flag-value", "flag", "type")
	codeMissingArgument  = diag.Usage.Code("usage-missing-argument", "command")
	codeTooManyArguments = diag.Usage.Code("usage-too-many-arguments", "command")
	codeUnknownTopic     = diag.Usage.Code("usage-unknown-topic", "known")
	codeFlagTwice        = diag.Usage.Code("usage-flag-twice", "first", "flag")
)

// onceEach makes every flag with a single text refuse a second one, which would
// silently take the place of the first.
func onceEach(cmd *cobra.Command) {
	once := func(f *pflag.Flag) {
		if f.Value.Type() == "string" {
			f.Value = &onceValue{Value: f.Value, flag: "--" + f.Name}
		}
	}
	cmd.PersistentFlags().VisitAll(once)
	cmd.Flags().VisitAll(once)
	for _, sub := range cmd.Commands() {
		onceEach(sub)
	}
}

type onceValue struct {
	pflag.Value
	flag string
	set  bool
}

// Set takes the first value.
func (v *onceValue) Set(text string) error {
	if v.set {
		return diag.New(codeFlagTwice, "flag", v.flag, "first", v.String()).WithValue(text)
	}
	v.set = true
	return v.Value.Set(text)
}

// groups gives every command that only holds others an answer of its own, so
// that a mistyped word is never taken for an argument.
func groups(parent *cobra.Command) {
	for _, cmd := range parent.Commands() {
		if !cmd.HasSubCommands() {
			continue
		}
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return diag.New(codeMissingCommand, "command", cmd.CommandPath(), "known", strings.Join(subcommands(cmd), ", "))
		}
		groups(cmd)
	}
	parent.Args = cobra.ArbitraryArgs
}

func unknownCommand(cmd *cobra.Command, word string) error {
	return diag.New(codeUnknownCommand, "known", diag.Meant(word, subcommands(cmd))).WithValue(word)
}

func subcommands(cmd *cobra.Command) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}

// arguments takes exactly these; a name in brackets may be missing, one that
// ends with "..." may repeat.
func arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		for i, name := range names {
			if i >= len(args) && !strings.HasPrefix(name, "[") {
				return diag.New(codeMissingArgument, "command", cmd.CommandPath()).WithValue(name)
			}
		}
		endless := len(names) > 0 && strings.HasSuffix(strings.Trim(names[len(names)-1], "[]"), "...")
		if len(args) > len(names) && !endless {
			return diag.New(codeTooManyArguments, "command", cmd.CommandPath()).WithValue(args[len(names)])
		}
		return nil
	}
}

// flagError puts what the flag library found into the words of the catalogue.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		lacking *pflag.ValueRequiredError
		bad     *pflag.InvalidValueError
		twice   *diag.Issue
	)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown):
		// What follows a mistyped command is not the mistake.
		if word := cmd.Flags().Arg(0); word != "" && cmd.HasSubCommands() {
			return unknownCommand(cmd, word)
		}
		return unknownFlag(cmd, unknown)
	case errors.As(err, &lacking):
		return diag.New(codeFlagWithoutValue, "command", cmd.CommandPath()).WithValue("--" + lacking.GetFlag().Name)
	case errors.As(err, &twice):
		return twice
	case errors.As(err, &bad):
		kind := bad.GetFlag().Value.Type()
		if kind == "duration" {
			kind = "30s, 10m or 1h"
		}
		return diag.New(codeBadFlagValue, "flag", "--"+bad.GetFlag().Name, "type", kind).WithValue(bad.GetValue())
	}
	return diag.New(codeUnknownFlag, "known", cmd.CommandPath()+" --help").WithValue(err.Error())
}

func unknownFlag(cmd *cobra.Command, err *pflag.NotExistError) error {
	if short := err.GetSpecifiedShortnames(); short != "" {
		return diag.New(codeUnknownFlag, "known", cmd.CommandPath()+" --help").WithValue("-" + short)
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	word := "--" + err.GetSpecifiedName()
	near := diag.Nearest(err.GetSpecifiedName(), known)
	if len(near) == 0 {
		return diag.New(codeUnknownFlag, "known", cmd.CommandPath()+" --help").WithValue(word)
	}
	return diag.New(codeUnknownFlag, "known", "--"+strings.Join(near, ", --")).WithValue(word)
}
