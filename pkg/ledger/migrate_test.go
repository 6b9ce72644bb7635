package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
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
		rows, err := l.db.Query(`SELECT name FROM pragma_table_info($1)`, into.name)
		require.NoError(t, err)
		var columns []string
		for rows.Next() {
			var name string
			require.NoError(t, rows.Scan(&name))
			columns = append(columns, name)
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
		assert.ElementsMatch(t, columns, regexp.MustCompile(`\w+`).FindAllString(into.columns, -1), into.name)
		assert.Equal(t, len(columns), into.width())
	}
}

// landed are the digests of the migrations that ledgers of users may have gone
// through. A change of the tables is a further file, never an edit of one of these.
var landed = map[string]string{
	"00001_ledger.sql": "80b89dd259b826b7921fe09b559077be2a7232a577fe554fc6ac7f0c9ed99f8d",
}

func TestMigrationsAreNeverEdited(t *testing.T) {
	files, err := os.ReadDir("migrations")
	require.NoError(t, err)
	assert.Len(t, files, len(landed), "a new migration gets its digest here")
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join("migrations", file.Name()))
		require.NoError(t, err)
		sum := sha256.Sum256([]byte(strings.ReplaceAll(string(text), "\r\n", "\n")))
		assert.Equal(t, landed[file.Name()], hex.EncodeToString(sum[:]), file.Name())
	}
}
