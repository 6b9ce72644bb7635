package flowtest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// Items are the ids of the items in a pack.
func Items(pack string) []string {
	ids := []string{}
	for _, match := range regexp.MustCompile(`<dat:dataPackItem [^>]*id="([^"]*)"`).FindAllStringSubmatch(pack, -1) {
		ids = append(ids, match[1])
	}
	return ids
}

// Item is the id of the item of a deal.
func Item(n int) string { return "raynet:ukazka:deal:" + strconv.Itoa(n) + ":order" }

// Change changes a record.
type Change func(map[string]any)

// With sets a member, given by the keys on the way to it.
func With(value any, path ...string) Change {
	return func(record map[string]any) {
		for _, key := range path[:len(path)-1] {
			record = record[key].(map[string]any)
		}
		record[path[len(path)-1]] = value
	}
}

// BadRate is a rate that was never valid.
func BadRate(record map[string]any) {
	record["lines"].([]any)[0].(map[string]any)["vatRate"] = "20"
}

// Deal is the sample deal under another id and code, on one line.
func Deal(t testing.TB, n int, changes ...Change) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(oracle.Root(), "pkg", "crm", "testdata", "canonical", "deal_123.json"))
	require.NoError(t, err)
	var record map[string]any
	require.NoError(t, json.Unmarshal(text, &record))
	With(strconv.Itoa(n), "source", "id")(record)
	With("OP-26-"+strconv.Itoa(n), "number")(record)
	for _, change := range changes {
		change(record)
	}
	line, err := json.Marshal(record)
	require.NoError(t, err)
	return string(line)
}

// Deals are the deals 1 to n.
func Deals(t testing.TB, n int) []string {
	t.Helper()
	one := Deal(t, 1)
	all := []string{}
	for i := range n {
		id := strconv.Itoa(i + 1)
		all = append(all, strings.NewReplacer(`"id":"1"`, `"id":"`+id+`"`, `"OP-26-1"`, `"OP-26-`+id+`"`).Replace(one))
	}
	return all
}

// Document reads a record.
func Document(t testing.TB, record string) *trade.Document {
	t.Helper()
	source, err := crm.Open("-", crm.Options{Stdin: strings.NewReader(record)})
	require.NoError(t, err)
	raw, err := source.Next()
	require.NoError(t, err)
	return source.Decode(raw)[0].Record.Document()
}

// LinesOf changes the lines of a record.
func LinesOf(f func(lines []any) []any) Change {
	return func(r map[string]any) { r["lines"] = f(r["lines"].([]any)) }
}

// InLine sets a member of a line.
func InLine(n int, key string, value any) Change {
	return func(r map[string]any) { r["lines"].([]any)[n].(map[string]any)[key] = value }
}
