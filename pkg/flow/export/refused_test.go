package export_test

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

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/outfile"
	"github.com/gopohoda/pohoda/pkg/outfile/outfiletest"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// enoughForAFile is how many deals are more than a spool keeps in memory.
const enoughForAFile = 100

// untouched holds a trial's folders to what they were: the input alone, or with
// an output that still holds what it held.
func untouched(t *testing.T, tr *flowtest.Trial, temporary string) {
	t.Helper()
	assert.Zero(t, tr.Printed.Len())
	assert.Empty(t, outfiletest.FilesIn(t, temporary))
	want := []string{"deals.ndjson"}
	if tr.Output != "" {
		want = append(want, "out.xml")
		assert.Equal(t, "before", outfiletest.Content(t, tr.Output))
	}
	assert.Equal(t, want, outfiletest.FilesIn(t, tr.Folder))
}

// outputs runs a test for a stream and for a file that is there already.
func outputs(t *testing.T, test func(t *testing.T, onto func(*flowtest.Trial), temporary string)) {
	for name, file := range map[string]string{"stream": "", "file": "out.xml"} {
		t.Run(name, func(t *testing.T) {
			temporary := outfiletest.TemporaryFolder(t)
			test(t, func(tr *flowtest.Trial) {
				if file != "" {
					tr.Output, tr.Force = tr.WriteFile(t, file, "before"), true
				}
			}, temporary)
		})
	}
}

func TestRefusedRunLeavesNothing(t *testing.T) {
	for name, at := range map[string]int{"the first": 0, "one in the middle": enoughForAFile, "the last": 2*enoughForAFile - 1} {
		t.Run(name, func(t *testing.T) {
			outputs(t, func(t *testing.T, onto func(*flowtest.Trial), temporary string) {
				records := flowtest.Deals(t, 2*enoughForAFile)
				records[at] = flowtest.Deal(t, at+1, flowtest.BadRate)
				tr := flowtest.NewTrial(t, records...)
				onto(tr)
				report := tr.RunsWell(t)
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
			if _, err := io.WriteString(w, flowtest.Deal(t, n, flowtest.With("C"+strconv.Itoa(n), "centre"))+"\n"); err != nil {
				return
			}
		}
	}()
	return r
}

// TestInterruptedRunLeavesNothing interrupts a run when part of its output is in
// a file; the goroutines must end as well.
func TestInterruptedRunLeavesNothing(t *testing.T) {
	outputs(t, func(t *testing.T, onto func(*flowtest.Trial), temporary string) {
		tr := flowtest.NewTrial(t)
		onto(tr)
		flowtest.Bubble(t, func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			input := endless(t)
			tr.From, tr.Reading.Stdin = "-", input
			told := 0
			tr.Tell = func(*diag.Issue) {
				if told++; told == 2*enoughForAFile {
					spooled := append(outfiletest.FilesIn(t, tr.Folder), outfiletest.FilesIn(t, temporary)...)
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
	tr := flowtest.NewTrial(t)
	flowtest.Bubble(t, func(t *testing.T) {
		ctx, interrupt := context.WithCancel(t.Context())
		input, w := io.Pipe()
		go func() {
			_, err := io.WriteString(w, strings.Join(flowtest.Deals(t, 3), "\n"))
			assert.NoError(t, err)
			time.Sleep(time.Minute)
			interrupt()
		}()
		tr.From, tr.Reading.Stdin = "-", input
		_, err := tr.Run(ctx)
		assert.ErrorIs(t, err, context.Canceled)
		require.NoError(t, input.Close())
		assert.Zero(t, tr.Printed.Len())
	})
}

// TestPanicLeavesNothing has a condition that fails as no condition should.
func TestPanicLeavesNothing(t *testing.T) {
	outputs(t, func(t *testing.T, onto func(*flowtest.Trial), temporary string) {
		tr := flowtest.NewTrial(t, flowtest.Deals(t, 2*enoughForAFile)...)
		onto(tr)
		tr.Select.Where = func(r *trade.Record) (bool, *diag.Issue) {
			if r.Document().Source.ID == strconv.Itoa(2*enoughForAFile-5) {
				panic("deep inside")
			}
			return true, nil
		}
		func() {
			defer func() {
				panicked, ok := recover().(*flow.Panic)
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
	outputs(t, func(t *testing.T, onto func(*flowtest.Trial), temporary string) {
		tr := flowtest.NewTrial(t)
		onto(tr)
		tr.From, tr.Reading.Stdin = "-", &brokenPipe{strings.Join(flowtest.Deals(t, 2*enoughForAFile), "\n")}
		tr.SkipInvalid = true
		tr.Fails(t, canonical.CodeFileNotReadable)
		untouched(t, tr, temporary)
	})
}

func TestStreamThatFailsIsReported(t *testing.T) {
	temporary := outfiletest.TemporaryFolder(t)
	for _, n := range []int{1, 2 * enoughForAFile} {
		tr := flowtest.NewTrial(t, flowtest.Deals(t, n)...)
		tr.Stdout = outfiletest.FullDisk{}
		tr.Fails(t, outfile.CodeCannotWrite)
		assert.Empty(t, outfiletest.FilesIn(t, temporary))
	}
}

func TestTargetThatCannotBeWritten(t *testing.T) {
	for _, n := range []int{1, 2 * enoughForAFile} {
		tr := flowtest.NewTrial(t, flowtest.Deals(t, n)...)
		tr.Output = filepath.Join(tr.Folder, "nowhere", "out.xml")
		tr.Fails(t, outfile.CodeNoFolder)
		assert.Equal(t, []string{"deals.ndjson"}, outfiletest.FilesIn(t, tr.Folder))
	}
}

func TestSkipInvalidWritesTheRest(t *testing.T) {
	records := flowtest.Deals(t, 5)
	records[1], records[3] = flowtest.Deal(t, 2, flowtest.BadRate), `{"kind":"deal",`
	tr := flowtest.NewTrial(t, records...)
	tr.SkipInvalid = true
	tr.Rejects = filepath.Join(tr.Folder, "rejects.ndjson")
	report := tr.RunsWell(t)
	assert.Equal(t, 3, report.Written)
	assert.Equal(t, 2, report.Refused)
	assert.Equal(t, []string{flowtest.Item(1), flowtest.Item(3), flowtest.Item(5)}, flowtest.Items(tr.Printed.String()))
	assert.Equal(t, records[1]+"\n"+records[3]+"\n", outfiletest.Content(t, tr.Rejects))

	without := flowtest.NewTrial(t, records[0], records[2], records[4])
	without.RunsWell(t)
	assert.Equal(t, without.Printed.String(), tr.Printed.String(), "as if the others were not there")
}

func TestSkipInvalidWithNothingLeft(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1, flowtest.BadRate))
	tr.SkipInvalid, tr.Output = true, filepath.Join(tr.Folder, "out.xml")
	report := tr.RunsWell(t)
	assert.Equal(t, 1, report.Refused)
	assert.Equal(t, []string{"deals.ndjson"}, outfiletest.FilesIn(t, tr.Folder))
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
		{"none", flowtest.Deal(t, 1), "deals.ndjson", ""},
		{"a record that meets another", flowtest.Deal(t, 1) + "\n" + flowtest.Deal(t, 1), "deals.ndjson", flowtest.Deal(t, 1) + "\n"},
		{"an item of an array", "[" + flowtest.Deal(t, 1) + ", " + flowtest.Deal(t, 2, flowtest.BadRate) + "]", "deals.json", flowtest.Deal(t, 2, flowtest.BadRate) + "\n"},
		{"no line end at the end", flowtest.Deal(t, 1, flowtest.BadRate), "deals.ndjson", flowtest.Deal(t, 1, flowtest.BadRate) + "\n"},
		{"all rows of a record under their header", header + good + bad + strings.ReplaceAll(bad, "A2", "A3"), "orders.csv",
			header + bad + strings.ReplaceAll(bad, "A2", "A3")},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := flowtest.NewTrial(t)
			tr.From = tr.WriteFile(t, c.file, c.input)
			tr.Rejects = filepath.Join(tr.Folder, "rejects.out")
			tr.RunsWell(t)
			if c.want == "" {
				assert.NoFileExists(t, tr.Rejects)
				return
			}
			assert.Equal(t, c.want, outfiletest.Content(t, tr.Rejects))
		})
	}
}

func TestRejectsDoNotReplaceTheInput(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1), flowtest.Deal(t, 2, flowtest.BadRate))
	before := outfiletest.Content(t, tr.From)
	tr.Rejects = filepath.Join(tr.Folder, "..", filepath.Base(tr.Folder), "deals.ndjson")
	for _, tr.Force = range []bool{false, true} {
		tr.Fails(t, outfile.CodeFileIsInput)
		assert.Equal(t, before, outfiletest.Content(t, tr.From))
	}
}

func TestDryRunWritesNothing(t *testing.T) {
	outputs(t, func(t *testing.T, onto func(*flowtest.Trial), temporary string) {
		tr := flowtest.NewTrial(t, append(flowtest.Deals(t, 2*enoughForAFile), flowtest.Deal(t, 999, flowtest.BadRate))...)
		onto(tr)
		tr.DryRun, tr.SkipInvalid, tr.Rejects = true, true, filepath.Join(tr.Folder, "rejects.ndjson")
		report := tr.RunsWell(t)
		assert.True(t, report.DryRun)
		assert.Equal(t, 2*enoughForAFile, report.Written)
		assert.Equal(t, tr.Output, report.Path)
		untouched(t, tr, temporary)
	})
}
