package flow

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// trial is an export in a folder of its own, and what came of it.
type trial struct {
	*Export
	folder string
	stdout bytes.Buffer
	told   diag.List
}

// newTrial exports records of one line each from a file.
func newTrial(t testing.TB, records ...string) *trial {
	t.Helper()
	tr := &trial{folder: t.TempDir()}
	c := config.Default()
	c.Unit.ICO = "12345679"
	tr.Export = &Export{
		Config: c, From: tr.file(t, "deals.ndjson", strings.Join(records, "\n")), Format: config.DataPack,
		Stdout: &tr.stdout, Now: time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC),
		Tell: func(issue *diag.Issue) { tr.told.Add(issue) },
	}
	return tr
}

// file puts a file beside the input and gives its path.
func (tr *trial) file(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(tr.folder, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// run runs an export that is not to fail.
func (tr *trial) run(t testing.TB) *Report {
	t.Helper()
	report, err := tr.Run(t.Context())
	require.NoError(t, err)
	return report
}

// fails runs an export that ends with an issue.
func (tr *trial) fails(t *testing.T, code diag.Code) {
	t.Helper()
	_, err := tr.Run(t.Context())
	require.Error(t, err)
	assert.Equal(t, code, diag.As(err).Code, err.Error())
}

// codes are those of what was told, without the two that every deal of the
// sample provokes.
func (tr *trial) codes() []diag.Code {
	codes := []diag.Code{}
	for _, issue := range tr.told {
		if issue.Code != CodeUnchecked && issue.Code != CodeWordUnmapped {
			codes = append(codes, issue.Code)
		}
	}
	return codes
}

// items are the ids of the items in a pack.
func items(pack string) []string {
	ids := []string{}
	for _, match := range regexp.MustCompile(`<dat:dataPackItem [^>]*id="([^"]*)"`).FindAllStringSubmatch(pack, -1) {
		ids = append(ids, match[1])
	}
	return ids
}

// item is the id of the item of a deal.
func item(n int) string { return "raynet:ukazka:deal:" + strconv.Itoa(n) + ":order" }

// change changes a record.
type change func(map[string]any)

// with sets a member, given by the keys on the way to it.
func with(value any, path ...string) change {
	return func(record map[string]any) {
		for _, key := range path[:len(path)-1] {
			record = record[key].(map[string]any)
		}
		record[path[len(path)-1]] = value
	}
}

// badRate is a rate that was never valid.
func badRate(record map[string]any) {
	record["lines"].([]any)[0].(map[string]any)["vatRate"] = "20"
}

// deal is the sample deal under another id and code, on one line.
func deal(t testing.TB, n int, changes ...change) string {
	t.Helper()
	text, err := os.ReadFile("../crm/testdata/canonical/deal_123.json")
	require.NoError(t, err)
	var record map[string]any
	require.NoError(t, json.Unmarshal(text, &record))
	with(strconv.Itoa(n), "source", "id")(record)
	with("OP-26-"+strconv.Itoa(n), "number")(record)
	for _, change := range changes {
		change(record)
	}
	line, err := json.Marshal(record)
	require.NoError(t, err)
	return string(line)
}

// deals are the deals 1 to n.
func deals(t testing.TB, n int) []string {
	t.Helper()
	one := deal(t, 1)
	all := []string{}
	for i := range n {
		id := strconv.Itoa(i + 1)
		all = append(all, strings.NewReplacer(`"id":"1"`, `"id":"`+id+`"`, `"OP-26-1"`, `"OP-26-`+id+`"`).Replace(one))
	}
	return all
}
