package main

import (
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/term"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
)

// Env is all that a command has of the world, and what it leaves for the end:
// the issues that it found and the numbers of its report.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// The streams that are terminals.
	StdinTerminal, StdoutTerminal, StderrTerminal bool
	// Vars is the environment.
	Vars map[string]string
	// UserDir is the folder of the user's configuration.
	UserDir string
	Now     func() time.Time
	// again is closed when the run is interrupted for the second time; nil never is.
	again <-chan struct{}
	// held is the ledger whose lock the run has.
	held atomic.Pointer[flow.Ledger]
	// Fault breaks off a run at a step of its ledger, for tests.
	Fault func(step string) error

	common common
	// Written and Skipped count documents, for the report.
	Written, Skipped int
	issues           diag.List
	// product makes the object that a command prints with --json out of the
	// report; nil prints the report alone.
	product func(diag.Report) any
	// opened says that the command has begun its JSON object by itself; the report
	// is the rest of it.
	opened bool
	// said counts the findings that were printed, by their codes, unsaidOf those that
	// were too many.
	said, unsaidOf map[diag.Code]int
	// summary says what was done and what comes next.
	summary func()

	// progress is the line that shows how far the work is.
	progress *progress

	config       *config.Config
	configIssues diag.List
	// loading is held while the configuration is read.
	loading sync.Mutex
}

// common are the flags of every command.
type common struct {
	config, ico, country, lang string
	json, quiet                bool
}

// processEnv is the world of a real run.
func processEnv() *Env {
	vars := map[string]string{}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		vars[name] = value
	}
	// Without a home there is no folder of the user's; that is no error.
	userDir, _ := os.UserConfigDir()
	isTerminal := func(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
	return &Env{
		Stdin: os.Stdin, Stdout: newStream(os.Stdout), Stderr: os.Stderr,
		StdinTerminal: isTerminal(os.Stdin), StdoutTerminal: isTerminal(os.Stdout), StderrTerminal: isTerminal(os.Stderr),
		Vars: vars, UserDir: userDir, Now: time.Now,
	}
}

// Config gives the configuration in force, or everything that is wrong with it.
func (e *Env) Config() (*config.Config, error) {
	e.loadConfig()
	if e.configIssues.Refused() {
		return nil, &failure{code: exitUsage, issues: e.configIssues}
	}
	return e.config, nil
}

// loadConfig reads the configuration once, however wrong it is.
func (e *Env) loadConfig() {
	e.loading.Lock()
	defer e.loading.Unlock()
	if e.config != nil {
		return
	}
	o := config.Options{File: e.common.config, UserDir: e.UserDir, Env: e.Vars}
	for _, flag := range []config.Flag{
		{Name: "ico", Key: "unit.ico", Value: e.common.ico},
		{Name: "country", Key: "unit.country", Value: e.common.country},
		{Name: "lang", Key: "lang", Value: e.common.lang},
	} {
		if flag.Value != "" {
			o.Flags = append(o.Flags, flag)
		}
	}
	e.config, e.configIssues = config.Load(o)
}

// Lang is the language of messages: by flag, environment or configuration,
// also when something else in the configuration is wrong.
func (e *Env) Lang() *diag.Language {
	e.loadConfig()
	return diag.Languages[e.config.Lang]
}

// Tell adds findings to what the command reports at its end.
func (e *Env) Tell(issues ...*diag.Issue) { e.issues.Add(issues...) }

// tellAtOnce prints a finding when it is found: of a long list there may be more
// than should be gathered. The JSON report needs them all together.
func (e *Env) tellAtOnce(issue *diag.Issue) {
	if e.common.json {
		issue.Value = strings.Clone(issue.Value) // it shares the memory of its record
		e.Tell(issue)
		return
	}
	if !e.common.quiet || issue.Severity == diag.Error {
		e.progress.clear()
		// There is nobody left to tell when the stream itself fails.
		_ = e.printSome(e.Stderr, diag.List{issue})
	}
}

// colour tells whether a stream wants colours. Old consoles of Windows show
// the codes themselves.
func (e *Env) colour(w io.Writer) bool {
	terminal := w == e.Stderr && e.StderrTerminal || w == e.Stdout && e.StdoutTerminal
	old := runtime.GOOS == "windows" && e.Vars["WT_SESSION"] == ""
	return terminal && !old && e.Vars["NO_COLOR"] == "" && e.Vars["TERM"] != "dumb"
}
