// Package decisiontest holds decisions against tables that people read.
package decisiontest

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the tables of decisions anew")

// Column is what a decision depends on, with all the values that it may have.
type Column struct {
	Name   string
	Values []string
}

// Walk holds what a function decides over all combinations of the columns'
// values against the table in a file. There combinations that differ in one column
// and are decided alike are one row, "any" stands for all values of a column, and
// every combination is in exactly one row. The function gets a value's place in each
// column.
func Walk(t *testing.T, file string, columns []Column, decide func(at []int) string) {
	t.Helper()
	rows := [][]string{nil}
	places := [][]int{nil}
	for _, c := range columns {
		var longer [][]string
		var further [][]int
		for n := range rows {
			for v, value := range c.Values {
				longer = append(longer, append(slices.Clone(rows[n]), value))
				further = append(further, append(slices.Clone(places[n]), v))
			}
		}
		rows, places = longer, further
	}
	for n := range rows {
		rows[n] = append(rows[n], decide(places[n]))
	}
	for n, c := range slices.Backward(columns) {
		rows = merged(rows, n, len(c.Values))
	}
	head := make([]string, 0, len(columns)+1)
	for _, c := range columns {
		head = append(head, c.Name)
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range slices.Concat([][]string{append(head, "decision")}, rows) {
		_, err := io.WriteString(w, strings.Join(row, "\t")+"\n")
		require.NoError(t, err)
	}
	require.NoError(t, w.Flush())
	path := filepath.Join("testdata", file)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}

// merged makes one of the rows that differ in a column alone, which has so many
// values.
func merged(rows [][]string, column, values int) (fewer [][]string) {
	at, count := map[string]int{}, map[int]int{}
	for _, row := range rows {
		others := slices.Clone(row)
		others[column] = ""
		key := strings.Join(others, "\x00")
		n, ok := at[key]
		if !ok {
			n = len(fewer)
			at[key] = n
			fewer = append(fewer, row)
		} else {
			fewer[n][column] += "|" + row[column]
		}
		if count[n]++; count[n] == values {
			fewer[n][column] = "any"
		}
	}
	return fewer
}
