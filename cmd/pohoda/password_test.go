package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPasswordsStayHidden: whatever form the place of a ledger has, in the file or
// in the environment, no command shows the password, and none makes a file of it.
func TestPasswordsStayHidden(t *testing.T) {
	const deal = `{"kind":"deal","source":{"system":"crm","id":"1"},"number":"D-1","issueDate":"2026-03-02","customer":{"name":"V","address":{"city":"B"}},"currency":"CZK","lines":[{"name":"S","quantity":"1","unitPrice":"1","vatRate":"21"}]}`
	for _, place := range []string{
		"host=127.0.0.1 user=clerk password=sesame", "password='open sesame' host=127.0.0.1", "host=127.0.0.1;Password=sesame", "dbname=books password = sesame",
		"postgres:/clerk:sesame@127.0.0.1:1/books", "postgresql:clerk:sesame@127.0.0.1", "postgres//clerk:sesame@127.0.0.1:1/books", "POSTGRES://clerk:sesame@127.0.0.1:1/books",
		"jdbc:postgresql://clerk:sesame@127.0.0.1:1/books", "mysql://clerk:sesame@127.0.0.1/books", "clerk:sesame@127.0.0.1/books", "postgres://clerk:12/sesame@127.0.0.1:1/books",
		"postgres://clerk:ses@me-sesame@127.0.0.1:1/books?connect_timeout=1", "postgres://clerk:sesame#1@127.0.0.1:1/books",
		"postgres ://clerk:sesame@127.0.0.1:1/books", "postgres;//clerk:sesame@127.0.0.1/books", "postgres=//clerk:sesame@127.0.0.1/books", "user=clerk pass=sesame", "c:sesame@127.0.0.1", "//c:sesame@127.0.0.1/books",
		"file:l.db?_key=sesame", "PGPASSWORD=sesame", "postgres:sesame",
		// These are proper, and nobody answers there.
		"postgres://clerk:sesame@127.0.0.1:1/books?sslmode=disable&connect_timeout=1", "postgres://127.0.0.1:1/books?user=clerk&password=sesame&connect_timeout=1",
	} {
		for _, inFile := range []bool{true, false} {
			t.Chdir(t.TempDir())
			require.NoError(t, os.WriteFile("deals.ndjson", []byte(deal), 0o600))
			require.NoError(t, os.WriteFile("i.csv", []byte("Číslo;Datum;Občj;Celkem;K likvidaci\n1;2.3.2026;D-1;1,21;0,00\n"), 0o600))
			content, vars := "unit: {ico: \"12345679\"}\n", map[string]string{"POHODA_LEDGER": place}
			if inFile {
				content, vars = content+"ledger: \""+place+"\"\n", map[string]string{}
				// A mapping is no place, and its message shows no value either.
				_, issues := config.Read(config.Name, []byte("ledger: {url: \""+place+"\"}\n"), nil)
				require.Len(t, issues, 1)
				assert.NotContains(t, diag.English.Line(issues[0]), "sesame", place)
			}
			require.NoError(t, os.WriteFile("pohoda.yaml", []byte(content), 0o600))
			before, err := os.ReadDir(".")
			require.NoError(t, err)
			commands := [][]string{
				{"doctor"}, {"doctor", "--json"}, {"ledger", "list"}, {"ledger", "list", "--json"}, {"export", "deals", "--from", "deals.ndjson", "--new", "-o", "x.xml"}, {"export", "deals", "--from", "deals.ndjson", "--new", "--json", "-o", "x.xml"},
				{"ledger", "show", "D-1"}, {"ledger", "export"}, {"ledger", "forget", "D-1", "--yes"},
				{"ledger", "confirm", "--by-hand", "D-1"}, {"ledger", "baseline", "--from", "deals.ndjson"}, {"ledger", "reconcile", "--orders", "i.csv", "--from", "deals.ndjson"},
				{"paid", "i.csv", "--new"}, {"paid", "i.csv"},
			}
			if strings.Contains(place, "connect_timeout") {
				commands = commands[1:2] // each waits for a while
				if inFile {
					commands = [][]string{{"ledger", "list"}}
				}
			}
			for _, args := range commands {
				env := processEnv()
				var out bytes.Buffer
				env.Stdin, env.Stdout, env.Stderr, env.Vars, env.UserDir = strings.NewReader(""), &out, &out, vars, ""
				env.StdinTerminal, env.StderrTerminal = false, false
				code := run(t.Context(), env, args)
				assert.Contains(t, []int{exitUsage, exitUnreachable}, code, "%s: %v\n%s", place, args, out.String())
				assert.NotContains(t, out.String(), "sesame", "%s: %v", place, args)
			}
			after, err := os.ReadDir(".")
			require.NoError(t, err)
			assert.Equal(t, len(before), len(after), place)
		}
	}
}
