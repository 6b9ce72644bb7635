package ledger

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Columns may be added by a later migration, so an INSERT says which it fills.
func TestInsertsNameTheirColumns(t *testing.T) {
	inserts := regexp.MustCompile(`(?i)\binsert\s+(or\s+\w+\s+)?into\b`)
	// The last form is insert's, which adds the columns of a table.
	named := regexp.MustCompile(`(?is)\binsert\s+(or\s+\w+\s+)?into\s+(\w+\s*\([\w\s,]+\)\s*(values|select)|$)`)
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	found := 0
	for _, path := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING || path == "migrate_test.go" {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			require.NoError(t, err)
			all := len(inserts.FindAllString(text, -1))
			found += all
			assert.Len(t, named.FindAllString(text, -1), all, "%s: %s", path, text)
			return true
		})
	}
	assert.Positive(t, found)
}

// No column may be NULL or has a value of its own, so whoever adds rows gives all.
func TestTablesNameEveryColumn(t *testing.T) {
	l := open(t, sqlitePlace(t))
	for _, into := range []table{recordTable, itemTable, exportTable, eventTable} {
		columns := columnsOf(t, l, into.name)
		assert.ElementsMatch(t, columns, regexp.MustCompile(`\w+`).FindAllString(into.columns, -1), into.name)
		assert.Equal(t, len(columns), into.width())
	}
}

// columnsOf are the columns that a table of a SQLite ledger has.
func columnsOf(t *testing.T, l *Ledger, table string) (columns []string) {
	t.Helper()
	rows, err := l.db.Query(`SELECT name FROM pragma_table_info($1)`, table)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		require.NoError(t, rows.Scan(&name))
		columns = append(columns, name)
	}
	require.NoError(t, rows.Err())
	return columns
}
