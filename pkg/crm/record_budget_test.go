package crm

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/crm/expression"
)

// small is the beginning of a profile.
const small = `profile: 1
name: small
system: small
kind: order
fields:
  source.id: r.id
`

// The budget of a record holds for all its lines and fields together.
func TestBudgetOfARecord(t *testing.T) {
	path := fileOf(t, "own.yaml", small+"lines:\n  from: r.items\n  fields:\n    name: 'text(any(r.items, len(r.long) == 0))'\n")
	start := time.Now()
	results := resultsOf(t, fileOf(t, "r.json", strings.Replace(manyLines(300), "{", `{"id": 1, `, 1)), Options{Profile: path})
	require.Len(t, results, 1)
	assert.Contains(t, codes(results[0].Issues), expression.CodeExpressionEndless)
	assert.LessOrEqual(t, len(results[0].Issues), 2*canonical.MaxIssues)
	assert.Less(t, time.Since(start), 60*time.Second)
}

// Expressions that the parser would take too long over are refused before it.
func TestExpressionsThatAreNoExpressions(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("(", 16000), strings.Repeat("[", 16000), strings.Repeat("{a:", 5000), strings.Repeat("not ", 4000),
		strings.Repeat("-", 16000), strings.Repeat("!", 16000), strings.Repeat("a.", 8000) + "a", strings.Repeat("1+", 8000) + "1",
		strings.Repeat("a ? b : ", 2000), strings.Repeat("x", 1<<14+1), "1" + strings.Repeat("0", 10000), strings.Repeat("let a = 1; ", 1400),
	} {
		start := time.Now()
		_, err := expression.Compile(text, nil)
		require.Error(t, err)
		assert.Less(t, time.Since(start), 5*time.Second, text[:8])
		_, issue := expression.CompileWhere(text)
		assert.NotNil(t, issue)
	}
}

// manyLines is a record of so many lines, with a long text beside them.
func manyLines(n int) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf(`{"n": %d, "t": "x", "list": [1, 2, {"a": %d}]}`, i, i)
	}
	items := strings.Join(lines, ", ")
	return `{"long": "` + strings.Repeat("příliš ", 20_000) + `", "items": [` + items + `], "same": [` + items + `]}`
}
