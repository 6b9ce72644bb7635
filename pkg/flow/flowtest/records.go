package flow

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/trade"
	"github.com/stretchr/testify/require"
)

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
	text, err := os.ReadFile(filepath.Join(oracle.Root(), "pkg", "crm", "testdata", "canonical", "deal_123.json"))
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

// document reads a record.
func document(t testing.TB, record string) *trade.Document {
	t.Helper()
	source, err := crm.Open("-", crm.Options{Stdin: strings.NewReader(record)})
	require.NoError(t, err)
	raw, err := source.Next()
	require.NoError(t, err)
	return source.Decode(raw)[0].Record.Document
}

func linesOf(f func(lines []any) []any) change {
	return func(r map[string]any) { r["lines"] = f(r["lines"].([]any)) }
}

func inLine(n int, key string, value any) change {
	return func(r map[string]any) { r["lines"].([]any)[n].(map[string]any)[key] = value }
}
