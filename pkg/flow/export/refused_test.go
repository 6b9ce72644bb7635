package flow

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// enoughForAFile is how many deals are more than a spool keeps in memory.
const enoughForAFile = 100

// untouched holds a trial's folders to what they were: the input alone, or with
// an output that still holds what it held.
func untouched(t *testing.T, tr *trial, temporary string) {
	t.Helper()
	assert.Zero(t, tr.stdout.Len())
	assert.Empty(t, filesIn(t, temporary))
	want := []string{"deals.ndjson"}
	if tr.Output != "" {
		want = append(want, "out.xml")
		assert.Equal(t, "before", content(t, tr.Output))
	}
	assert.Equal(t, want, filesIn(t, tr.folder))
}

// outputs runs a test for a stream and for a file that is there already.
func outputs(t *testing.T, test func(t *testing.T, onto func(*trial), temporary string)) {
	for name, file := range map[string]string{"stream": "", "file": "out.xml"} {
		t.Run(name, func(t *testing.T) {
			temporary := temporaryFolder(t)
			test(t, func(tr *trial) {
				if file != "" {
					tr.Output, tr.Force = tr.file(t, file, "before"), true
				}
			}, temporary)
		})
	}
}

func TestRefusedRunLeavesNothing(t *testing.T) {
	for name, at := range map[string]int{"the first": 0, "one in the middle": enoughForAFile, "the last": 2*enoughForAFile - 1} {
		t.Run(name, func(t *testing.T) {
			outputs(t, func(t *testing.T, onto func(*trial), temporary string) {
				records := deals(t, 2*enoughForAFile)
				records[at] = deal(t, at+1, badRate)
				tr := newTrial(t, records...)
				onto(tr)
				report := tr.run(t)
				assert.Equal(t, 1, report.Refused)
				assert.Zero(t, report.Written)
				assert.Empty(t, report.Path)
				untouched(t, tr, temporary)
			})
		})
	}
}

// endless is an input that goes on until it is closed; each deal tells something
// of its own.
func endless(t *testing.T) *io.PipeReader {
	r, w := io.Pipe()
	go func() {
		for n := 1; ; n++ {
			if _, err := io.WriteString(w, deal(t, n, with("C"+strconv.Itoa(n), "centre"))+"\n"); err != nil {
				return
			}
		}
	}()
	return r
}

// TestInterruptedRunLeavesNothing interrupts a run when part of its output is in
// a file; the goroutines must end as well.
func TestInterruptedRunLeavesNothing(t *testing.T) {
	outputs(t, func(t *testing.T, onto func(*trial), temporary string) {
		tr := newTrial(t)
		onto(tr)
		bubble(t, func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			input := endless(t)
			tr.From, tr.Reading.Stdin = "-", input
			told := 0
			tr.Tell = func(*diag.Issue) {
				if told++; told == 2*enoughForAFile {
					spooled := append(filesIn(t, tr.folder), filesIn(t, temporary)...)
					assert.True(t, slices.ContainsFunc(spooled, func(name string) bool { return strings.HasSuffix(name, ".tmp") }))
					interrupt()
				}
			}
			_, err := tr.Run(ctx)
			assert.ErrorIs(t, err, context.Canceled)
			assert.Less(t, told, 3*enoughForAFile)
			require.NoError(t, input.Close())
			untouched(t, tr, temporary)
		})
	})
}

func TestInterruptedWhileItWaitsForItsInput(t *testing.T) {
	tr := newTrial(t)
	bubble(t, func(t *testing.T) {
		ctx, interrupt := context.WithCancel(t.Context())
		input, w := io.Pipe()
		go func() {
			_, err := io.WriteString(w, strings.Join(deals(t, 3), "\n"))
			assert.NoError(t, err)
			time.Sleep(time.Minute)
			interrupt()
		}()
		tr.From, tr.Reading.Stdin = "-", input
		_, err := tr.Run(ctx)
		assert.ErrorIs(t, err, context.Canceled)
		require.NoError(t, input.Close())
		assert.Zero(t, tr.stdout.Len())
	})
}

// TestPanicLeavesNothing has a condition that fails as no condition should.
func TestPanicLeavesNothing(t *testing.T) {
	outputs(t, func(t *testing.T, onto func(*trial), temporary string) {
		tr := newTrial(t, deals(t, 2*enoughForAFile)...)
		onto(tr)
		tr.Select.Where = func(r *trade.Record) (bool, *diag.Issue) {
			if r.Document.Source.ID == strconv.Itoa(2*enoughForAFile-5) {
				panic("deep inside")
			}
			return true, nil
		}
		func() {
			defer func() {
				panicked, ok := recover().(*Panic)
				require.True(t, ok)
				assert.Equal(t, "deep inside", panicked.Value)
			}()
			_, err := tr.Run(t.Context())
			t.Errorf("ended with %v", err)
		}()
		untouched(t, tr, temporary)
	})
}

// brokenPipe fails after its first bytes.
type brokenPipe struct{ text string }

func (b *brokenPipe) Read(p []byte) (int, error) {
	if b.text == "" {
		return 0, errors.New("the pipe is broken")
	}
	n := copy(p, b.text)
	b.text = b.text[n:]
	return n, nil
}

func TestInputThatFailsLeavesNothing(t *testing.T) {
	outputs(t, func(t *testing.T, onto func(*trial), temporary string) {
		tr := newTrial(t)
		onto(tr)
		tr.From, tr.Reading.Stdin = "-", &brokenPipe{strings.Join(deals(t, 2*enoughForAFile), "\n")}
		tr.SkipInvalid = true
		tr.fails(t, crm.CodeFileNotReadable)
		untouched(t, tr, temporary)
	})
}

func TestStreamThatFailsIsReported(t *testing.T) {
	temporary := temporaryFolder(t)
	for _, n := range []int{1, 2 * enoughForAFile} {
		tr := newTrial(t, deals(t, n)...)
		tr.Stdout = fullDisk{}
		tr.fails(t, CodeCannotWrite)
		assert.Empty(t, filesIn(t, temporary))
	}
}

func TestTargetThatCannotBeWritten(t *testing.T) {
	for _, n := range []int{1, 2 * enoughForAFile} {
		tr := newTrial(t, deals(t, n)...)
		tr.Output = filepath.Join(tr.folder, "nowhere", "out.xml")
		tr.fails(t, CodeNoFolder)
		assert.Equal(t, []string{"deals.ndjson"}, filesIn(t, tr.folder))
	}
}

func TestSkipInvalidWritesTheRest(t *testing.T) {
	records := deals(t, 5)
	records[1], records[3] = deal(t, 2, badRate), `{"kind":"deal",`
	tr := newTrial(t, records...)
	tr.SkipInvalid = true
	tr.Rejects = filepath.Join(tr.folder, "rejects.ndjson")
	report := tr.run(t)
	assert.Equal(t, 3, report.Written)
	assert.Equal(t, 2, report.Refused)
	assert.Equal(t, []string{item(1), item(3), item(5)}, items(tr.stdout.String()))
	assert.Equal(t, records[1]+"\n"+records[3]+"\n", content(t, tr.Rejects))

	without := newTrial(t, records[0], records[2], records[4])
	without.run(t)
	assert.Equal(t, without.stdout.String(), tr.stdout.String(), "as if the others were not there")
}

func TestSkipInvalidWithNothingLeft(t *testing.T) {
	tr := newTrial(t, deal(t, 1, badRate))
	tr.SkipInvalid, tr.Output = true, filepath.Join(tr.folder, "out.xml")
	report := tr.run(t)
	assert.Equal(t, 1, report.Refused)
	assert.Equal(t, []string{"deals.ndjson"}, filesIn(t, tr.folder))
}

func TestRejects(t *testing.T) {
	const (
		header = "Číslo objednávky;Datum vystavení;Odběratel;Město;Název;Množství;Jedn. cena;Sazba DPH\n"
		good   = "A1;16.3.2026;Truhlárna;Brno;Židle;1;100,00;21\n"
		bad    = "A2;16.3.2026;Truhlárna;Brno;Židle;1;100,00;21\nA2;16.3.2026;Truhlárna;Brno;Stůl;1;100,00;20\n"
	)
	for _, c := range []struct {
		name, input, file, want string
	}{
		{"none", deal(t, 1), "deals.ndjson", ""},
		{"a record that meets another", deal(t, 1) + "\n" + deal(t, 1), "deals.ndjson", deal(t, 1) + "\n"},
		{"an item of an array", "[" + deal(t, 1) + ", " + deal(t, 2, badRate) + "]", "deals.json", deal(t, 2, badRate) + "\n"},
		{"no line end at the end", deal(t, 1, badRate), "deals.ndjson", deal(t, 1, badRate) + "\n"},
		{"all rows of a record under their header", header + good + bad + strings.ReplaceAll(bad, "A2", "A3"), "orders.csv",
			header + bad + strings.ReplaceAll(bad, "A2", "A3")},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t)
			tr.From = tr.file(t, c.file, c.input)
			tr.Rejects = filepath.Join(tr.folder, "rejects.out")
			tr.run(t)
			if c.want == "" {
				assert.NoFileExists(t, tr.Rejects)
				return
			}
			assert.Equal(t, c.want, content(t, tr.Rejects))
		})
	}
}

func TestRejectsDoNotReplaceTheInput(t *testing.T) {
	tr := newTrial(t, deal(t, 1), deal(t, 2, badRate))
	before := content(t, tr.From)
	tr.Rejects = filepath.Join(tr.folder, "..", filepath.Base(tr.folder), "deals.ndjson")
	for _, tr.Force = range []bool{false, true} {
		tr.fails(t, CodeFileIsInput)
		assert.Equal(t, before, content(t, tr.From))
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	outputs(t, func(t *testing.T, onto func(*trial), temporary string) {
		tr := newTrial(t, append(deals(t, 2*enoughForAFile), deal(t, 999, badRate))...)
		onto(tr)
		tr.DryRun, tr.SkipInvalid, tr.Rejects = true, true, filepath.Join(tr.folder, "rejects.ndjson")
		report := tr.run(t)
		assert.True(t, report.DryRun)
		assert.Equal(t, 2*enoughForAFile, report.Written)
		assert.Equal(t, tr.Output, report.Path)
		untouched(t, tr, temporary)
	})
}
