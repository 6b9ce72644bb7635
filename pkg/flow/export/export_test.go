package flow

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/gopohoda/pohoda/pkg/vat"
)

func TestExportReportsWhatItWrote(t *testing.T) {
	tr := newTrial(t, deals(t, 3)...)
	report := tr.run(t)
	assert.Equal(t, []string{item(1), item(2), item(3)}, items(tr.stdout.String()))
	assert.Equal(t, 3, report.Written)
	require.Len(t, report.Documents, 3)
	line := report.Documents[1]
	assert.Equal(t, "19631.52", line.Total.Fixed(2))
	assert.Equal(t, Line{
		Record: "deal OP-26-2", Number: "OP-26-2", Customer: "Truhlárna Vzorová s.r.o.", Lines: 3, Linked: 2,
		Total: line.Total, Currency: "CZK",
	}, line)
	assert.Empty(t, tr.codes())
	assert.Len(t, tr.told, 2, "what concerns the house is said once")
}

func TestReportListsTheFirstDocuments(t *testing.T) {
	tr := newTrial(t, deals(t, maxLines+7)...)
	report := tr.run(t)
	assert.Equal(t, maxLines+7, report.Written)
	assert.Len(t, report.Documents, maxLines)
	assert.Equal(t, 7, report.More)
}

// TestNothingKeepsARecord has records so large that few of them would show.
func TestNothingKeepsARecord(t *testing.T) {
	large := func() *trial {
		var records []string
		for n := range 50 {
			records = append(records, deal(t, n, with(map[string]any{"x": strings.Repeat("x", 200<<10)}, "custom")))
		}
		return newTrial(t, records...)
	}
	all, none := large(), large()
	before := heap()
	report := all.run(t)
	assert.Less(t, heap()-before, int64(4<<20))
	runtime.KeepAlive(report)

	// The names of all records are at hand when one is not found.
	none.Select.IDs = []string{"nothing of the kind"}
	none.Tell = func(issue *diag.Issue) {
		if issue.Code == CodeIDUnknown {
			assert.Less(t, heap()-before, int64(4<<20))
			none.told.Add(issue)
		}
	}
	none.run(t)
	assert.Len(t, none.told, 1)
}

// heap is the memory that is in use.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestSameInputGivesTheSameBytes(t *testing.T) {
	input := deals(t, 150)
	input[70] = deal(t, 71, with("MORAVA", "carrier"))
	var first string
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for i, workers := range []int{1, 1, 2, 2, 3, 16} {
		runtime.GOMAXPROCS(workers)
		tr := newTrial(t, input...)
		tr.run(t)
		var told []string
		for _, issue := range tr.told {
			told = append(told, strings.ReplaceAll(issue.Error(), tr.folder, ""))
		}
		result := tr.stdout.String() + strings.Join(told, "\n")
		if i == 0 {
			first = result
			require.Len(t, items(first), 150)
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
	list := newTrial(t, deals(t, 20)...)
	list.run(t)
	all := elements(list.stdout.String())
	require.Len(t, all, 20)
	for _, n := range []int{1, 13, 20} {
		for _, asked := range []string{"OP-26-", ""} {
			alone := newTrial(t, deals(t, 20)...)
			alone.Select.IDs = []string{asked + strconv.Itoa(n)}
			report := alone.run(t)
			assert.Equal(t, []string{all[n-1]}, elements(alone.stdout.String()))
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
		{"one id twice", []string{deal(t, 1), deal(t, 2), deal(t, 1)}, []diag.Code{CodeDuplicate}, 1},
		{"one code twice", []string{deal(t, 1), deal(t, 2, with("OP-26-1", "number"))}, []diag.Code{CodeDuplicateCode}, 1},
		{"three times", []string{deal(t, 1), deal(t, 1), deal(t, 1)}, []diag.Code{CodeDuplicate, CodeDuplicate}, 2},
		{"no code at all", []string{deal(t, 1, with("", "number")), deal(t, 2, with("", "number"))}, []diag.Code{}, 0},
		{"two kinds of one id", []string{deal(t, 1), deal(t, 1, with("order", "kind"), with("X", "number"))}, []diag.Code{}, 0},
		{"two systems", []string{deal(t, 1), deal(t, 2, with("eway", "source", "system")), deal(t, 3)}, []diag.Code{CodeSourcesMixed}, 1},
		{"two instances", []string{deal(t, 1), deal(t, 2, with("jiná", "source", "instance"))}, []diag.Code{CodeSourcesMixed}, 1},
		{"of two a draft", []string{deal(t, 1, with("draft", "status", "phase")), deal(t, 2, with("OP-26-1", "number"))}, []diag.Code{CodeDraftWaits}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := newTrial(t, c.records...)
			report := tr.run(t)
			assert.Equal(t, c.codes, tr.codes())
			assert.Equal(t, c.refused, report.Refused)
			assert.Equal(t, c.refused > 0, tr.stdout.Len() == 0)
		})
	}
}

func TestMeetingIsLocated(t *testing.T) {
	tr := newTrial(t, deal(t, 1), deal(t, 2), deal(t, 1))
	tr.run(t)
	issue := tr.told[len(tr.told)-1]
	assert.Equal(t, diag.Position{File: tr.From, Line: 3, Column: issue.At.Column}, issue.At)
	assert.Equal(t, "deal OP-26-1", issue.Record)
	assert.Equal(t, "1", issue.Value)
}

func TestPhases(t *testing.T) {
	for _, c := range []struct {
		phase   string
		code    diag.Code
		written int
	}{
		{"draft", CodeDraftWaits, 0},
		{"won", "", 1},
		{"lost", CodeCancelledSent, 1},
		{"cancelled", CodeCancelledSent, 1},
	} {
		t.Run(c.phase, func(t *testing.T) {
			tr := newTrial(t, deal(t, 1, with(c.phase, "status", "phase")))
			report := tr.run(t)
			assert.Equal(t, c.written, report.Written)
			assert.Equal(t, 1-c.written, report.Waiting)
			assert.Equal(t, 1-c.written, report.Skipped)
			assert.Zero(t, report.Refused)
			assert.Equal(t, c.written == 0, tr.stdout.Len() == 0)
			if c.code != "" {
				assert.Equal(t, []diag.Code{c.code}, tr.codes())
			}
		})
	}
}

func TestDraftIsNotChecked(t *testing.T) {
	tr := newTrial(t, deal(t, 1, with("draft", "status", "phase"), badRate), deal(t, 2))
	report := tr.run(t)
	assert.Equal(t, []diag.Code{CodeDraftWaits}, tr.codes())
	assert.Equal(t, 1, report.Written)
	assert.Equal(t, []string{item(2)}, items(tr.stdout.String()))
}

func TestIDsThatAreNotThere(t *testing.T) {
	tr := newTrial(t, deals(t, 20)...)
	tr.Select.IDs = []string{"OP-26-3", "OP-26-21", "nothing of the kind", "3"}
	report := tr.run(t)
	assert.Equal(t, []diag.Code{CodeIDNotFound, CodeIDUnknown}, tr.codes())
	assert.Equal(t, 2, report.Refused)
	assert.Zero(t, report.Written, "what was found is not written without the rest")
	assert.Zero(t, tr.stdout.Len())
	issue := tr.told[len(tr.told)-2]
	assert.Equal(t, "OP-26-21", issue.Value)
	assert.Contains(t, issue.Args["near"], "OP-26-2")
}

func TestRecordThatWasNotAskedForIsNotChecked(t *testing.T) {
	tr := newTrial(t, deal(t, 1, badRate), `{"kind":"deal","lines":1}`, deal(t, 2))
	tr.Select.IDs = []string{"2"}
	assert.Equal(t, 1, tr.run(t).Written)
	assert.Empty(t, tr.codes())
}

func TestNothingSelected(t *testing.T) {
	tr := newTrial(t, deals(t, 3)...)
	tr.Select.Kinds = []trade.Kind{trade.Offer}
	report := tr.run(t)
	assert.Equal(t, []diag.Code{CodeNothingFound}, tr.codes())
	assert.Equal(t, 3, report.Skipped)
	assert.Zero(t, tr.stdout.Len())
}

func TestFindingsComeInTheOrderOfTheRecords(t *testing.T) {
	records := deals(t, 200)
	var want []string
	for i := 0; i < len(records); i += 3 {
		records[i] = deal(t, i+1, badRate)
		want = append(want, "deal OP-26-"+strconv.Itoa(i+1))
	}
	tr := newTrial(t, records...)
	report := tr.run(t)
	var got []string
	for _, issue := range tr.told.Of(diag.Error) {
		assert.Equal(t, vat.CodeRateUnknown, issue.Code)
		got = append(got, issue.Record)
	}
	assert.Equal(t, want, slices.Compact(got))
	assert.Equal(t, len(want), report.Refused)
}

func TestWrongUseEndsTheRun(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*trial)
		code   diag.Code
	}{
		"no such file":      {func(tr *trial) { tr.From += "x" }, crm.CodeFileNotFound},
		"no such catalogue": {func(tr *trial) { tr.Config.Lines.Catalogue = "nowhere.ndjson" }, crm.CodeFileNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTrial(t, deal(t, 1))
			c.change(tr)
			tr.fails(t, c.code)
			assert.Zero(t, tr.stdout.Len())
		})
	}
}

func TestWrongTargetIsSaidOfTheRecord(t *testing.T) {
	tr := newTrial(t, deal(t, 1))
	tr.As = "offer"
	report := tr.run(t)
	assert.Equal(t, 1, report.Refused)
	assert.Equal(t, []diag.Code{pohoda.CodeUnknownTarget}, tr.codes())
}
