package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
)

// commands are what pohoda can do, in the order of its help. A new command is
// one file and one line here.
var commands = []func(*Env) *cobra.Command{
	newExport,
	newPaid,
	newLedger,
	newValidate,
	newShow,
	newFields,
	newProfile,
	newSchema,
	newDoctor,
	newInit,
	newCompletion,
	newVersion,
}

// A variable of the library's, for all commands of a process: it is set before
// there can be two.
func init() { cobra.EnableCommandSorting = false }

func newRoot(env *Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "pohoda",
		Short: "business documents between a CRM or e-shop and POHODA",
		Long: "pohoda carries business documents between a CRM or e-shop and the POHODA\n" +
			"accounting system. It is independent of STORMWARE, whose trade mark POHODA is.",
		Example: "  pohoda init --ico 12345679\n  pohoda help xph",
		Version: version(),
	}
	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVar(&env.common.config, "config", "", "configuration `FILE` (default pohoda.yaml here, else in the user's folder)")
	flags.StringVar(&env.common.ico, "ico", "", "`ICO` (registration number) of the accounting unit in POHODA")
	flags.StringVar(&env.common.country, "country", "", "country of the accounting unit (`CZ|SK`)")
	flags.StringVar(&env.common.lang, "lang", "", "language of messages (`en|cs`)")
	flags.BoolVar(&env.common.json, "json", false, "the report as one JSON object")
	flags.BoolVar(&env.common.quiet, "quiet", false, "print errors only")
	for _, newCommand := range commands {
		root.AddCommand(newCommand(env))
	}
	root.SetHelpCommand(newHelp(env))
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { writeHelp(env.Stdout, cmd) })
	root.SetFlagErrorFunc(flagError)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	groups(root)
	onceEach(root)
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		return cmd.Help()
	}
	return root
}

// grace is how long an interrupted command has to put its things away.
const grace = 3 * time.Second

// run is the whole program but for the process around it.
func run(ctx context.Context, env *Env, args []string) int {
	root := newRoot(env)
	root.SetArgs(args)
	ended := make(chan int, 1)
	go func() { ended <- execute(ctx, env, root) }()
	select {
	case code := <-ended:
		return code
	case <-ctx.Done():
	}
	// A command that waits for its input does not see the signal.
	select {
	case code := <-ended:
		return code
	case <-time.After(grace):
	case <-env.again:
	}
	return env.abandon(root, ctx.Err())
}

// releaseGrace is how long the lock of a run that is abandoned is waited for: one
// that stays behind is taken over, since its process is gone.
const releaseGrace = 500 * time.Millisecond

// abandon ends a run whose command does not end. It may wait anywhere, also for its
// configuration, which is not asked for then.
func (e *Env) abandon(root *cobra.Command, err error) int {
	if book := e.held.Load(); book != nil {
		released := make(chan struct{})
		go func() {
			_ = book.Release(context.Background()) // what cannot be given back lapses
			close(released)
		}()
		select {
		case <-released:
		case <-time.After(releaseGrace):
		}
	}
	if !e.loading.TryLock() {
		code, issues := ending(err)
		_ = diag.Text(e.Stderr, diag.English, issues, e.colour(e.Stderr))
		return code
	}
	e.loading.Unlock()
	return e.finish(root, err)
}

// execute runs the command and turns a panic into a report, with what is needed
// to find its place.
func execute(ctx context.Context, env *Env, root *cobra.Command) (code int) {
	defer func() {
		if failed := recover(); failed != nil {
			stack := debug.Stack()
			if elsewhere, ok := failed.(*flow.Panic); ok {
				failed, stack = elsewhere.Value, elsewhere.Stack
			}
			code = env.finish(root, diag.New(diag.Unexpected, "error", fmt.Sprint(failed)))
			_ = diag.Lines(env.Stderr, string(stack)+"\n")
		}
	}()
	command, err := root.ExecuteContextC(ctx)
	return env.finish(command, err)
}

// finish prints what the command found and why it ended, and gives its exit
// code. Findings of a command whose product is a report go to the standard
// output.
func (e *Env) finish(command *cobra.Command, err error) int {
	e.progress.clear()
	code, issues := ending(err)
	code, issues = e.unsaid(code, issues)
	findings, told := e.Stderr, e.issues
	if command.Annotations[reports] != "" {
		findings = e.Stdout
	}
	if e.common.quiet {
		told, issues = told.Of(diag.Error), issues.Of(diag.Error)
	}
	var unsaid error
	if e.common.json {
		unsaid = e.printObject(findings, e.object(command, append(told, issues...), code))
		issues = nil
	} else {
		unsaid = e.printSome(findings, told)
	}
	if unsaid != nil && code != exitUsage {
		also, found := ending(unsaid)
		code, issues = gravest(code, also), append(issues, found...)
	}
	// There is nobody left to tell when this stream fails as well.
	_ = e.printSome(e.Stderr, issues)
	e.printMore()
	if e.summary != nil && !e.common.quiet && !e.common.json {
		e.summary()
	}
	return code
}

// unsaid adds what went wrong on the standard output without the command's noticing.
func (e *Env) unsaid(code int, issues diag.List) (int, diag.List) {
	if out, ok := e.Stdout.(*stream); ok && out.err != nil && code != exitUsage {
		also, found := ending(out.err)
		return gravest(code, also), append(slices.Clone(issues), found...)
	}
	return code, issues
}

// commandName is the command without the name of the program.
func commandName(cmd *cobra.Command) string {
	return strings.TrimPrefix(strings.TrimPrefix(cmd.CommandPath(), "pohoda"), " ")
}

// object is the report for --json, or what the command makes of it.
func (e *Env) object(command *cobra.Command, issues diag.List, code int) any {
	report := diag.Report{
		Command: commandName(command),
		Written: e.Written, Skipped: e.Skipped, Code: code,
	}
	report.Sort(e.Lang(), issues)
	if e.product != nil {
		return e.product(report)
	}
	return report
}
