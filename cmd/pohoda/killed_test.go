package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// killed is a program that is pohoda but for what a test does to it: its
// environment says at which step its process is killed, and how far off its clock
// is.
const killed = "pohoda-killed"

const (
	// killStepVar is the name of the step before which the process is killed, or how
	// many steps have begun by then; killDelayVar is how long after that moment it is.
	killStepVar  = "KILLED_AT_STEP"
	killDelayVar = "KILLED_AFTER"
	// pauseVar is the name of the step before which the process says so on its
	// standard output, and waits for the end of its input.
	pauseVar = "PAUSED_AT_STEP"
	// clockVar is added to the time of the clock.
	clockVar = "KILLED_CLOCK"
)

func mainKilled() {
	env := processEnv()
	// Without a duration nothing is added.
	delay, _ := time.ParseDuration(env.Vars[killDelayVar])
	off, _ := time.ParseDuration(env.Vars[clockVar])
	kill, pause := killAt(env.Vars[killStepVar], delay), pauseAt(env.Vars[pauseVar])
	env.Fault = func(step string) error { return errors.Join(pause(step), kill(step)) }
	env.Now = func() time.Time { return time.Now().Add(off) }
	os.Exit(run(context.Background(), env, os.Args[1:]))
}

// killAt kills the process before a step, or a little later, somewhere inside of
// what the step does.
func killAt(step string, delay time.Duration) func(string) error {
	kill := func() error {
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		time.Sleep(time.Minute) // death may take a moment
		return err
	}
	n := 0
	return func(name string) error {
		n++
		switch {
		case name != step && strconv.Itoa(n) != step:
			return nil
		case delay == 0:
			return kill()
		}
		time.AfterFunc(delay, func() { _ = kill() })
		return nil
	}
}

// pauseAt lets a test do something before a step.
func pauseAt(step string) func(string) error {
	return func(name string) error {
		if name != step {
			return nil
		}
		fmt.Println("paused")
		_, err := io.Copy(io.Discard, os.Stdin)
		return err
	}
}

// asProgram prepares a process of this test binary as one of its programs, in a
// folder and with no more of an environment than it needs.
func asProgram(t testing.TB, program, dir string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	c := exec.CommandContext(t.Context(), self)
	c.Args = append([]string{program}, args...)
	c.Dir = dir
	c.Env = []string{"XDG_CONFIG_HOME=" + filepath.Join(dir, ".config"), "TMPDIR=" + os.TempDir(), "SystemRoot=" + os.Getenv("SystemRoot")}
	return c
}

// paused runs a command in another process, and does something before a step of
// it.
func (w *world) paused(step string, do func(), args ...string) ran {
	w.t.Helper()
	c := asProgram(w.t, killed, w.dir, w.args(args)...)
	c.Env = append(c.Env, pauseVar+"="+step)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	in, err := c.StdinPipe()
	require.NoError(w.t, err)
	out, err := c.StdoutPipe()
	require.NoError(w.t, err)
	require.NoError(w.t, c.Start())
	said, _ := io.ReadAll(io.LimitReader(out, int64(len("paused\n"))))
	assert.Equal(w.t, "paused\n", string(said), "it came to its step")
	do()
	require.NoError(w.t, in.Close())
	err = c.Wait()
	if failed := (*exec.ExitError)(nil); !errors.As(err, &failed) {
		require.NoError(w.t, err)
	}
	return ran{c.ProcessState.ExitCode(), "", stderr.String()}
}
