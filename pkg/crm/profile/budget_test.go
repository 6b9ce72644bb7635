package profile

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/expression"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// manyLines is a record of so many lines, with a long text beside them.
func manyLines(n int) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf(`{"n": %d, "t": "x", "list": [1, 2, {"a": %d}]}`, i, i)
	}
	items := strings.Join(lines, ", ")
	return `{"long": "` + strings.Repeat("příliš ", 20_000) + `", "items": [` + items + `], "same": [` + items + `]}`
}

// Every expression ends in a time that does not depend on the record.
func TestExpressionsEnd(t *testing.T) {
	record := manyLines(300)
	for _, text := range []string{
		`any(r.items, let a = #; any(r.items, let b = #; any(r.items, # == a and # == b and false)))`,
		`any(r.items, any(r.items, any(r.items, any(r.items, .n < 0))))`,
		`all(r.items, all(r.items, all(r.items, .n >= 0)))`,
		`none(r.items, one(r.items, none(r.items, count(r.items, .n < 0) > 0)))`,
		`map(r.items, map(r.items, map(r.items, 1)))`,
		`filter(r.items, len(filter(r.items, len(filter(r.items, .n == 1)) == 2)) == 3)`,
		`find(r.items, find(r.items, find(r.items, .n < 0) != nil) != nil)`,
		// Inside loops what functions and operators read counts.
		`any(r.items, any(r.items, upper(r.long) == "X"))`,
		`any(r.items, any(r.items, len(plain(r.long)) == 1))`,
		`any(r.items, any(r.items, r.long contains "žluť"))`,
		`any(r.items, any(r.items, r.long matches "(a|b)*c$"))`,
		`any(r.items, any(r.items, len(r.long) == 1))`,
		`any(r.items, any(r.items, r.items != r.same))`,
		`any(r.items, any(r.items, 5000 in map(r.items, .n)))`,
		`any(r.items, any(r.items, not (r.items in [r.same])))`,
		`any(r.items, any(r.items, len(concat(r.items, r.items)) == 1))`,
		`any(r.items, any(r.items, meta(r.items, "none") != nil))`,
		`any(r.items, any(r.items, sum(map(r.items, .n)) == 1))`,
	} {
		start := time.Now()
		_, issue := evaluate(t, text, record)
		if assert.NotNil(t, issue, text) {
			// What a loop builds has a budget of its own, which may end first.
			out := issue.Code == expression.CodeExpressionEndless || issue.Code == expression.CodeExpressionFailed && issue.Args["error"] == "memory budget exceeded"
			assert.True(t, out, "%s: %v", text, issue)
		}
		assert.Less(t, time.Since(start), 20*time.Second, text)
	}
}

// What a person writes stays far below the budget.
func TestBudgetIsEnough(t *testing.T) {
	for text, want := range map[string]string{
		`count(r.items, let a = #; any(r.same, .n == a.n))`:           "700",
		`let ns = map(r.same, .n); len(filter(r.items, .n in ns))`:    "700",
		`sum(map(r.items, let a = #; find(r.same, .n == a.n).n * 2))`: "489300",
		`len(filter(r.items, upper(.t) == "X" and .list[2].a == .n))`: "700",
	} {
		got, issue := evaluate(t, text, manyLines(700))
		require.Nil(t, issue, text)
		assert.Equal(t, want, got, text)
	}
}

func TestConditionOnRecordsEnds(t *testing.T) {
	lines := make([]trade.Line, 300)
	for i := range lines {
		lines[i].Name = "x"
	}
	record := &trade.Record{Of: &trade.Document{Head: trade.Head{Kind: trade.Deal}, Lines: lines}}
	where, issue := expression.CompileWhere(`any(lines, any(lines, any(lines, any(lines, .name == "y"))))`)
	require.Nil(t, issue)
	_, issue = where(record)
	require.NotNil(t, issue)
	assert.Equal(t, expression.CodeExpressionEndless, issue.Code)

	where, issue = expression.CompileWhere(`any(lines, any(lines, .name < "z"))`)
	require.Nil(t, issue)
	holds, issue := where(record)
	require.Nil(t, issue)
	assert.True(t, holds)
}
