package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
)

// testEnv is a world of its own; the streams are buffers.
func testEnv() (env *Env, stdout, stderr *bytes.Buffer) {
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return &Env{Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr, Vars: map[string]string{}}, stdout, stderr
}

// withCommand adds a command for one test.
func withCommand(t *testing.T, run func(ctx context.Context) error) {
	before := commands
	t.Cleanup(func() { commands = before })
	commands = append(slices.Clip(commands), func(*Env) *cobra.Command {
		return &cobra.Command{Use: "try", RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context()) }}
	})
}

func TestPanicIsReported(t *testing.T) {
	withCommand(t, func(context.Context) error { panic("deep inside") })
	env, stdout, stderr := testEnv()
	assert.Equal(t, exitFailed, run(t.Context(), env, []string{"try"}))
	assert.Empty(t, stdout.String())
	assert.True(t, strings.HasPrefix(stderr.String(), "unexpected failure: deep inside\n  hint: this is a fault of the tool"), stderr.String())
	assert.Contains(t, stderr.String(), "run_test.go")
}

func TestPanicElsewhereIsReportedWithItsPlace(t *testing.T) {
	withCommand(t, func(context.Context) error { panic(&flow.Panic{Value: "deep inside", Stack: []byte("its place")}) })
	env, _, stderr := testEnv()
	assert.Equal(t, exitFailed, run(t.Context(), env, []string{"try"}))
	assert.True(t, strings.HasPrefix(stderr.String(), "unexpected failure: deep inside\n"), stderr.String())
	assert.True(t, strings.HasSuffix(stderr.String(), "\nits place\n"), stderr.String())
}

func TestInterruptedCommandEndsWithItsCode(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	withCommand(t, func(ctx context.Context) error {
		interrupt()
		<-ctx.Done()
		return ctx.Err()
	})
	env, _, stderr := testEnv()
	assert.Equal(t, exitInterrupted, run(ctx, env, []string{"try"}))
	assert.Equal(t, "interrupted\n", stderr.String())
}

func TestEnding(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		code int
		want diag.Code
	}{
		{"nothing", nil, exitDone, ""},
		{"usage", diag.New(codeUnknownFlag), exitUsage, codeUnknownFlag},
		{"configuration", diag.New("config-syntax"), exitUsage, "config-syntax"},
		{"profile", diag.New("profile-not-found"), exitUsage, "profile-not-found"},
		{"file", diag.New("file-not-found"), exitUsage, "file-not-found"},
		{"input", diag.New("vat-rate-unknown"), exitRefused, "vat-rate-unknown"},
		{"id", diag.New("id-not-found"), exitRefused, "id-not-found"},
		{"wrapped", errors.Join(diag.New("config-syntax"), errors.New("more")), exitUsage, "config-syntax"},
		{"own choice", &failure{code: exitInvalid, issues: diag.List{diag.New("config-syntax")}}, exitInvalid, "config-syntax"},
		{"stream", &fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}, exitUsage, "cannot-write"},
		{"unforeseen", errors.New("x"), exitFailed, diag.Unexpected},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, issues := ending(c.err)
			assert.Equal(t, c.code, code)
			if c.want == "" {
				assert.Empty(t, issues)
				return
			}
			assert.Equal(t, c.want, issues[0].Code)
		})
	}
}

// TestGravest: whatever a run ends for, in whichever order, the first of the documented
// order is its code.
func TestGravest(t *testing.T) {
	require.Len(t, byWeight, len(exits))
	assert.Equal(t, exitDone, gravest())
	for n, first := range byWeight {
		rest := byWeight[n:]
		for shift := range rest {
			assert.Equal(t, first, gravest(slices.Concat(rest[shift:], rest[:shift])...))
		}
	}
	refused, missing := diag.New("invoices-no-list"), diag.New("file-not-found")
	for _, unread := range []diag.List{{refused, missing}, {missing, refused}} {
		assert.Equal(t, exitUsage, exitOfAll(unread))
		code, issues := ending(flow.Unread(unread))
		assert.Equal(t, exitUsage, code)
		assert.Equal(t, unread, issues)
	}
}

func TestEveryExitCodeIsExplained(t *testing.T) {
	for _, code := range []int{exitDone, exitFailed, exitUsage, exitRefused, exitInvalid, exitUnreachable, exitLocked, exitInterrupted} {
		found := false
		for _, e := range exits {
			found = found || e.code == code
		}
		assert.True(t, found, code)
	}
}

func TestColour(t *testing.T) {
	env, _, stderr := testEnv()
	assert.False(t, env.colour(stderr), "no terminal")
	env.StderrTerminal = true
	env.Vars["WT_SESSION"] = "x"
	assert.True(t, env.colour(stderr))
	env.Vars["NO_COLOR"] = "1"
	assert.False(t, env.colour(stderr))
}

func TestArguments(t *testing.T) {
	for _, c := range []struct {
		names, args []string
		want        string
	}{
		{nil, nil, ""},
		{nil, []string{"x"}, `"x" is one argument too many`},
		{[]string{"A"}, nil, `try needs "A"`},
		{[]string{"A", "[B]"}, []string{"a"}, ""},
		{[]string{"A", "[B]"}, []string{"a", "b", "c"}, `"c" is one argument too many`},
		{[]string{"A..."}, nil, `try needs "A..."`},
		{[]string{"A..."}, []string{"a", "b"}, ""},
		{[]string{"A", "[B...]"}, []string{"a", "b", "c"}, ""},
	} {
		err := arguments(c.names...)(&cobra.Command{Use: "try"}, c.args)
		if c.want == "" {
			assert.NoError(t, err)
			continue
		}
		assert.EqualError(t, err, c.want)
	}
}
