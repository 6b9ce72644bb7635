package export_test

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/flow/export"
	"github.com/gopohoda/pohoda/pkg/flow/flowtest"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

func TestExportReportsWhatItWrote(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deals(t, 3)...)
	report := tr.RunsWell(t)
	assert.Equal(t, []string{flowtest.Item(1), flowtest.Item(2), flowtest.Item(3)}, flowtest.Items(tr.Printed.String()))
	assert.Equal(t, 3, report.Written)
	require.Len(t, report.Documents, 3)
	line := report.Documents[1]
	assert.Equal(t, "19631.52", line.Total.Fixed(2))
	assert.Equal(t, export.Line{
		Record: "deal OP-26-2", Number: "OP-26-2", Customer: "Truhlárna Vzorová s.r.o.", Lines: 3, Linked: 2,
		Total: line.Total, Currency: "CZK",
	}, line)
	assert.Empty(t, tr.Codes())
	assert.Len(t, slices.DeleteFunc(tr.Told, func(i *diag.Issue) bool { return i.Code == export.CodeFieldUnsaid }), 2, "what concerns the house is said once")
}

func TestReportListsTheFirstDocuments(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deals(t, export.MaxLines+7)...)
	report := tr.RunsWell(t)
	assert.Equal(t, export.MaxLines+7, report.Written)
	assert.Len(t, report.Documents, export.MaxLines)
	assert.Equal(t, 7, report.More)
}

// TestNothingKeepsARecord has records so large that few of them would show.
func TestNothingKeepsARecord(t *testing.T) {
	large := func() *flowtest.Trial {
		var records []string
		for n := range 50 {
			records = append(records, flowtest.Deal(t, n, flowtest.With(map[string]any{"x": strings.Repeat("x", 200<<10)}, "custom")))
		}
		return flowtest.NewTrial(t, records...)
	}
	all, none := large(), large()
	before := heap()
	report := all.RunsWell(t)
	assert.Less(t, heap()-before, int64(4<<20))
	runtime.KeepAlive(report)

	// The names of all records are at hand when one is not found.
	none.Select.IDs = []string{"nothing of the kind"}
	none.Tell = func(issue *diag.Issue) {
		if issue.Code == export.CodeIDUnknown {
			assert.Less(t, heap()-before, int64(4<<20))
			none.Told.Add(issue)
		}
	}
	none.RunsWell(t)
	assert.Len(t, none.Told, 1)
}

// heap is the memory that is in use.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestSameInputGivesTheSameBytes(t *testing.T) {
	input := flowtest.Deals(t, 150)
	input[70] = flowtest.Deal(t, 71, flowtest.With("MORAVA", "carrier"))
	var first string
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for i, workers := range []int{1, 1, 2, 2, 3, 16} {
		runtime.GOMAXPROCS(workers)
		tr := flowtest.NewTrial(t, input...)
		tr.RunsWell(t)
		var told []string
		for _, issue := range tr.Told {
			told = append(told, strings.ReplaceAll(issue.Error(), tr.Folder, ""))
		}
		result := tr.Printed.String() + strings.Join(told, "\n")
		if i == 0 {
			first = result
			require.Len(t, flowtest.Items(first), 150)
		}
		require.True(t, first == result, "with %d workers", workers)
	}
}

// elements are the items of a pack as they stand in it.
func elements(pack string) []string {
	all := strings.SplitAfter(pack, "</dat:dataPackItem>\n")
	all[0] = all[0][strings.Index(all[0], "  <dat:dataPackItem"):]
	return all[:len(all)-1]
}

func TestDealAloneAndInAListIsTheSameItem(t *testing.T) {
	list := flowtest.NewTrial(t, flowtest.Deals(t, 20)...)
	list.RunsWell(t)
	all := elements(list.Printed.String())
	require.Len(t, all, 20)
	for _, n := range []int{1, 13, 20} {
		for _, asked := range []string{"OP-26-", ""} {
			alone := flowtest.NewTrial(t, flowtest.Deals(t, 20)...)
			alone.Select.IDs = []string{asked + strconv.Itoa(n)}
			report := alone.RunsWell(t)
			assert.Equal(t, []string{all[n-1]}, elements(alone.Printed.String()))
			assert.Equal(t, 1, report.Written)
			assert.Equal(t, 19, report.Skipped)
		}
	}
}

func TestRecordsThatMeet(t *testing.T) {
	for _, c := range []struct {
		name    string
		records []string
		codes   []diag.Code
		refused int
	}{
		{"one id twice", []string{flowtest.Deal(t, 1), flowtest.Deal(t, 2), flowtest.Deal(t, 1)}, []diag.Code{flow.CodeDuplicate}, 1},
		{"one code twice", []string{flowtest.Deal(t, 1), flowtest.Deal(t, 2, flowtest.With("OP-26-1", "number"))}, []diag.Code{export.CodeDuplicateCode}, 1},
		{"three times", []string{flowtest.Deal(t, 1), flowtest.Deal(t, 1), flowtest.Deal(t, 1)}, []diag.Code{flow.CodeDuplicate, flow.CodeDuplicate}, 2},
		{"no code at all", []string{flowtest.Deal(t, 1, flowtest.With("", "number")), flowtest.Deal(t, 2, flowtest.With("", "number"))}, []diag.Code{}, 0},
		{"two kinds of one id", []string{flowtest.Deal(t, 1), flowtest.Deal(t, 1, flowtest.With("order", "kind"), flowtest.With("X", "number"))}, []diag.Code{}, 0},
		{"two systems", []string{flowtest.Deal(t, 1), flowtest.Deal(t, 2, flowtest.With("eway", "source", "system")), flowtest.Deal(t, 3)}, []diag.Code{export.CodeSourcesMixed}, 1},
		{"two instances", []string{flowtest.Deal(t, 1), flowtest.Deal(t, 2, flowtest.With("jiná", "source", "instance"))}, []diag.Code{export.CodeSourcesMixed}, 1},
		{"of two a draft", []string{flowtest.Deal(t, 1, flowtest.With("draft", "status", "phase")), flowtest.Deal(t, 2, flowtest.With("OP-26-1", "number"))}, []diag.Code{export.CodeDraftWaits}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := flowtest.NewTrial(t, c.records...)
			report := tr.RunsWell(t)
			assert.Equal(t, c.codes, tr.Codes())
			assert.Equal(t, c.refused, report.Refused)
			assert.Equal(t, c.refused > 0, tr.Printed.Len() == 0)
		})
	}
}

func TestMeetingIsLocated(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1), flowtest.Deal(t, 2), flowtest.Deal(t, 1))
	tr.RunsWell(t)
	told := slices.DeleteFunc(tr.Told, func(i *diag.Issue) bool { return i.Code == export.CodeFieldUnsaid })
	issue := told[len(told)-1]
	assert.Equal(t, diag.Position{File: tr.From, Line: 3, Column: issue.At.Column}, issue.At)
	assert.Equal(t, "deal OP-26-1", issue.Record)
	assert.Equal(t, "1", issue.Value)
}

func TestPhases(t *testing.T) {
	for _, c := range []struct {
		phase            string
		include          bool
		code             diag.Code
		written, waiting int
	}{
		{"draft", true, export.CodeDraftWaits, 0, 1},
		{"won", false, "", 1, 0},
		{"lost", true, export.CodeCancelledSent, 1, 0},
		{"cancelled", true, export.CodeCancelledSent, 1, 0},
		{"lost", false, export.CodeCancelledLeft, 0, 0},
		{"cancelled", false, export.CodeCancelledLeft, 0, 0},
	} {
		t.Run(c.phase, func(t *testing.T) {
			tr := flowtest.NewTrial(t, flowtest.Deal(t, 1, flowtest.With(c.phase, "status", "phase")))
			tr.IncludeCancelled = c.include
			report := tr.RunsWell(t)
			assert.Equal(t, c.written, report.Written)
			assert.Equal(t, c.waiting, report.Waiting)
			assert.Equal(t, 1-c.written, report.Skipped)
			assert.Zero(t, report.Refused)
			assert.Equal(t, c.written == 0, tr.Printed.Len() == 0)
			if c.code != "" {
				assert.Equal(t, c.code, tr.Codes()[0])
			}
		})
	}
}

func TestDraftIsNotChecked(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1, flowtest.With("draft", "status", "phase"), flowtest.BadRate), flowtest.Deal(t, 2))
	report := tr.RunsWell(t)
	assert.Equal(t, []diag.Code{export.CodeDraftWaits}, tr.Codes())
	assert.Equal(t, 1, report.Written)
	assert.Equal(t, []string{flowtest.Item(2)}, flowtest.Items(tr.Printed.String()))
}

func TestIDsThatAreNotThere(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deals(t, 20)...)
	tr.Select.IDs = []string{"OP-26-3", "OP-26-21", "nothing of the kind", "3"}
	report := tr.RunsWell(t)
	assert.Equal(t, []diag.Code{export.CodeIDNotFound, export.CodeIDUnknown}, tr.Codes())
	assert.Equal(t, 2, report.Refused)
	assert.Zero(t, report.Written, "what was found is not written without the rest")
	assert.Zero(t, tr.Printed.Len())
	issue := tr.Told[len(tr.Told)-2]
	assert.Equal(t, "OP-26-21", issue.Value)
	assert.Contains(t, issue.Args["near"], "OP-26-2")
}

func TestRecordThatWasNotAskedForIsNotChecked(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1, flowtest.BadRate), `{"kind":"deal","lines":1}`, flowtest.Deal(t, 2))
	tr.Select.IDs = []string{"2"}
	assert.Equal(t, 1, tr.RunsWell(t).Written)
	assert.Empty(t, tr.Codes())
}

func TestNothingSelected(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deals(t, 3)...)
	tr.Select.Kinds = []trade.Kind{trade.Offer}
	report := tr.RunsWell(t)
	assert.Equal(t, []diag.Code{export.CodeNothingFound}, tr.Codes())
	assert.Equal(t, 3, report.Skipped)
	assert.Zero(t, tr.Printed.Len())
}

func TestFindingsComeInTheOrderOfTheRecords(t *testing.T) {
	records := flowtest.Deals(t, 200)
	var want []string
	for i := 0; i < len(records); i += 3 {
		records[i] = flowtest.Deal(t, i+1, flowtest.BadRate)
		want = append(want, "deal OP-26-"+strconv.Itoa(i+1))
	}
	tr := flowtest.NewTrial(t, records...)
	report := tr.RunsWell(t)
	var got []string
	for _, issue := range tr.Told.Of(diag.Error) {
		assert.Equal(t, vat.CodeRateUnknown, issue.Code)
		got = append(got, issue.Record)
	}
	assert.Equal(t, want, slices.Compact(got))
	assert.Equal(t, len(want), report.Refused)
}

func TestWrongUseEndsTheRun(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*flowtest.Trial)
		code   diag.Code
	}{
		"no such file":      {func(tr *flowtest.Trial) { tr.From += "x" }, canonical.CodeFileNotFound},
		"no such catalogue": {func(tr *flowtest.Trial) { tr.Config.Lines.Catalogue = "nowhere.ndjson" }, canonical.CodeFileNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			tr := flowtest.NewTrial(t, flowtest.Deal(t, 1))
			c.change(tr)
			tr.Fails(t, c.code)
			assert.Zero(t, tr.Printed.Len())
		})
	}
}

func TestWrongTargetIsSaidOfTheRecord(t *testing.T) {
	tr := flowtest.NewTrial(t, flowtest.Deal(t, 1))
	tr.As = "offer"
	report := tr.RunsWell(t)
	assert.Equal(t, 1, report.Refused)
	assert.Equal(t, []diag.Code{pohoda.CodeUnknownTarget}, tr.Codes())
}
