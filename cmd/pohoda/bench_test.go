//go:build bench && linux

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/stretchr/testify/require"
)

// TestBench measures whole commands and prints one table; make bench runs it. It
// asserts no times. All of it is of one machine and one run, in which each command
// has several rounds in turn with the others; the median counts.
//
//   - POHODA_BENCH_DEALS: deals of the list (50000); the long list has four times as many
//   - POHODA_BENCH_ROUNDS: rounds of each command (3)
//   - POHODA_REFERENCE: STORMWARE's own schemas, for the yardstick: the time that
//     xmllint takes to validate the output
func TestBench(t *testing.T) {
	n, rounds := number(t, "POHODA_BENCH_DEALS", 50_000), number(t, "POHODA_BENCH_ROUNDS", 3)
	b := newBench(t)
	one, list, long := b.deals("deal", 1), b.deals("list", n), b.deals("long", 4*n)

	for range 20 {
		b.export("one", one)
	}
	for range rounds {
		b.export("list", list)
		b.yardstick()
		b.run("validate", b.pohoda, "validate", b.out("list"))
	}
	b.export("long", long)
	b.print(n)
}

// bench is a folder of inputs and outputs with what was measured.
type bench struct {
	t           *testing.T
	dir, pohoda string
	// env is what the commands find beside the environment of the test.
	env   []string
	times map[string][]time.Duration
	// peak is the largest memory of a command, in bytes.
	peak map[string]int64
}

// newBench builds the tool; it has no ledger and no configuration but those of env.
func newBench(t *testing.T) *bench {
	b := &bench{t: t, dir: t.TempDir(), times: map[string][]time.Duration{}, peak: map[string]int64{}}
	b.pohoda = filepath.Join(b.dir, "pohoda")
	b.run("build", "go", "build", "-trimpath", "-o", b.pohoda, ".")
	b.env = []string{"POHODA_LEDGER=none"}
	return b
}

// number reads a number of the environment.
func number(t *testing.T, name string, otherwise int) int {
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err, name)
	return n
}

// deals writes the sample deal so many times, each under an id and a code of its
// own, a record a line.
func (b *bench) deals(name string, n int) string {
	sample, err := os.ReadFile("../../pkg/crm/testdata/canonical/deal_123.json")
	require.NoError(b.t, err)
	var line bytes.Buffer
	require.NoError(b.t, json.Compact(&line, sample))
	path := filepath.Join(b.dir, name+".ndjson")
	file, err := os.Create(path)
	require.NoError(b.t, err)
	out := bufio.NewWriter(file)
	for i := 1; i <= n; i++ {
		id := []byte(strconv.Itoa(i))
		text := bytes.Replace(line.Bytes(), []byte(`"id":"123"`), slices.Concat([]byte(`"id":"`), id, []byte(`"`)), 1)
		text = bytes.Replace(text, []byte(`"OP-26-123"`), slices.Concat([]byte(`"OP-26-`), id, []byte(`"`)), 1)
		_, _ = out.Write(append(text, '\n')) // Flush tells
	}
	require.NoError(b.t, out.Flush())
	require.NoError(b.t, file.Close())
	return path
}

func (b *bench) out(name string) string { return filepath.Join(b.dir, name+".xml") }

func (b *bench) export(name, input string) {
	b.run(name, b.pohoda, "export", "deals", "--from", input, "--ico", "12345679", "--quiet", "--force", "-o", b.out(name))
}

// yardstick validates the output as libxml2 does it, where it and the schemas are.
func (b *bench) yardstick() {
	schema := filepath.Join(os.Getenv("POHODA_REFERENCE"), "pohoda", "xsd", "data.xsd")
	if _, err := exec.LookPath("xmllint"); err == nil && os.Getenv("POHODA_REFERENCE") != "" {
		b.run("xmllint", "xmllint", "--noout", "--stream", "--schema", schema, b.out("list"))
	}
}

// run runs a command, which must succeed, and notes what it took.
func (b *bench) run(name string, command ...string) {
	cmd := exec.Command(command[0], command[1:]...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Env = append(os.Environ(), b.env...)
	begin := time.Now()
	require.NoError(b.t, cmd.Start())
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			b.times[name] = append(b.times[name], time.Since(begin))
			require.NoError(b.t, err, "%s: %s", name, said.String())
			return
		case <-time.After(2 * time.Millisecond):
			b.peak[name] = max(b.peak[name], peak(cmd.Process.Pid))
		}
	}
}

// peak is the most memory that a process has had so far (VmHWM), in bytes. What
// wait4 tells (ru_maxrss) counts from the peak of the process that started it.
func peak(pid int) int64 {
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	_, after, found := bytes.Cut(status, []byte("VmHWM:"))
	if err != nil || !found {
		return 0 // it has ended
	}
	kB, _, _ := bytes.Cut(bytes.TrimSpace(after), []byte(" "))
	n, _ := strconv.ParseInt(string(kB), 10, 64)
	return n << 10
}

// median is the median time of a command, 0 for one that did not run.
func (b *bench) median(name string) time.Duration {
	times := slices.Sorted(slices.Values(b.times[name]))
	if len(times) == 0 {
		return 0
	}
	return times[len(times)/2]
}

func (b *bench) print(n int) {
	yard := b.median("xmllint")
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "command\tdeals\tseconds\t× xmllint\tdeals/s\tMiB/s\tpeak MiB\t")
	for _, c := range []struct {
		name, title, file string
		deals             int
	}{
		{"xmllint", "xmllint --stream --schema", b.out("list"), n},
		{"list", "pohoda export", filepath.Join(b.dir, "list.ndjson"), n},
		{"long", "pohoda export", filepath.Join(b.dir, "long.ndjson"), 4 * n},
		{"validate", "pohoda validate", b.out("list"), n},
		{"one", "pohoda export, cold start", filepath.Join(b.dir, "deal.ndjson"), 1},
	} {
		took := b.median(c.name).Seconds()
		if took == 0 {
			continue
		}
		info, err := os.Stat(c.file)
		require.NoError(b.t, err)
		ratio := ""
		if yard > 0 && c.deals == n {
			ratio = fmt.Sprintf("%.2f", took/yard.Seconds())
		}
		fmt.Fprintf(table, "%s\t%d\t%.3f\t%s\t%.0f\t%.1f\t%.1f\t\n", c.title, c.deals, took, ratio,
			float64(c.deals)/took, float64(info.Size())/took/(1<<20), float64(b.peak[c.name])/(1<<20))
	}
	require.NoError(b.t, table.Flush())
	if yard == 0 {
		fmt.Println("no yardstick: xmllint or POHODA_REFERENCE is not there")
	}
}
