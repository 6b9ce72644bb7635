//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestInterruptedTwice: a run that waits in a call of the system which nothing ends,
// for its input, for who reads its output, for its configuration, ends at the
// second Ctrl-C, and leaves no lock behind that would keep the next run waiting.
func TestInterruptedTwice(t *testing.T) {
	for name, args := range map[string][]string{
		"output":        {"export", "deals", "--from", "deals.ndjson", "--new", "-o", "fifo"},
		"again":         {"export", "deals", "--from", "deals.ndjson", "--again", "-o", "fifo"},
		"rejects":       {"export", "deals", "--from", "bad.ndjson", "--new", "--rejects", "fifo"},
		"source":        {"export", "deals", "--from", "fifo", "--new", "-o", "x.xml"},
		"with":          {"export", "deals", "--from", "deals.ndjson", "--with", "fifo", "--new", "-o", "x.xml"},
		"profile":       {"export", "deals", "--from", "deals.ndjson", "--profile", "./fifo", "--new", "-o", "x.xml"},
		"baseline":      {"ledger", "baseline", "--from", "fifo"},
		"confirm":       {"ledger", "confirm", "fifo"},
		"ledger export": {"ledger", "export", "--to", "fifo", "--output", "csv"},
		"reconcile":     {"ledger", "reconcile", "--orders", "fifo", "--from", "deals.ndjson"},
		"paid":          {"paid", "fifo", "--new"},
		"orders":        {"paid", "invoices.csv", "--orders", "fifo", "--new"},
		"paid to":       {"paid", "invoices.csv", "--new", "--to", "fifo", "--output", "csv"},
		"show":          {"show", "fifo"},
		"validate":      {"validate", "fifo"},
		"configuration": {"doctor", "--config", "fifo"},
		"check":         {"profile", "check", "fifo"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			write := func(name, content string) { require.NoError(t, os.WriteFile(name, []byte(content), 0o600)) }
			write("pohoda.yaml", "unit: {ico: \"12345679\"}\nledger: l.db\n")
			deal := `{"kind":"deal","source":{"system":"crm","id":"1"},"number":"D-1","issueDate":"2026-03-02","customer":{"name":"V","address":{"city":"B"}},"currency":"CZK","lines":[{"name":"S","quantity":"1","unitPrice":"1","vatRate":"21"}]}`
			write("deals.ndjson", deal)
			write("bad.ndjson", `{"kind":"deal","source":{"system":"crm","id":"2"},"lines":[{"name":"S","quantity":"x"}]}`)
			write("invoices.csv", "Číslo;Datum;Občj;Celkem;K likvidaci\n1;2.3.2026;D-1;1,21;0,00\n")
			code, _, said := runs(t, "ledger", "baseline", "--from", "bad.ndjson", "--skip-invalid")
			require.Equal(t, exitRefused, code, said) // it makes the ledger
			require.NoError(t, syscall.Mkfifo("fifo", 0o600))

			c := asProgram(t, "pohoda", dir, args...)
			var stderr bytes.Buffer
			c.Stderr = &stderr
			require.NoError(t, c.Start())
			ended := make(chan error, 1)
			go func() { ended <- c.Wait() }()
			select {
			case err := <-ended:
				t.Fatal("it does not wait:", err, stderr.String())
			case <-time.After(700 * time.Millisecond):
			}
			require.NoError(t, c.Process.Signal(os.Interrupt))
			time.Sleep(200 * time.Millisecond)
			require.NoError(t, c.Process.Signal(os.Interrupt))
			select {
			case err := <-ended:
				var failed *exec.ExitError
				require.ErrorAs(t, err, &failed)
				assert.Equal(t, exitInterrupted, failed.ExitCode(), stderr.String())
			case <-time.After(2500 * time.Millisecond):
				t.Fatal("it goes on")
			}
			assert.Contains(t, stderr.String(), "interrupted\n")
			code, _, said = runs(t, "export", "deals", "--from", "deals.ndjson", "--new", "-o", "next.xml", "--json")
			assert.Equal(t, exitDone, code, said)
			assert.Contains(t, said, `"written":1`)
		})
	}
}

// TestInterruptedWhileNobodyReads: what it has to say waits for a reader as well.
func TestInterruptedWhileNobodyReads(t *testing.T) {
	dir := t.TempDir()
	var bad bytes.Buffer
	for range 5000 {
		bad.WriteString("<x/>")
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "bad.xml"), []byte("<a>"+bad.String()), 0o600))
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	filled := bufio.NewWriter(w)
	require.NoError(t, w.SetWriteDeadline(time.Now().Add(200*time.Millisecond)))
	_, err = io.Copy(filled, bytes.NewReader(make([]byte, 1<<20)))
	require.True(t, errors.Is(err, os.ErrDeadlineExceeded), err)
	c := asProgram(t, "pohoda", dir, "validate", "bad.xml")
	c.Stdout, c.Stderr = w, w
	require.NoError(t, c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case err := <-ended:
		t.Fatal("it does not wait:", err)
	case <-time.After(500 * time.Millisecond):
	}
	require.NoError(t, c.Process.Signal(os.Interrupt))
	time.Sleep(200 * time.Millisecond)
	require.NoError(t, c.Process.Signal(os.Interrupt))
	select {
	case err := <-ended:
		assert.Error(t, err)
		assert.Equal(t, exitInterrupted, c.ProcessState.ExitCode())
	case <-time.After(10 * time.Second):
		t.Fatal("it goes on")
	}
}
