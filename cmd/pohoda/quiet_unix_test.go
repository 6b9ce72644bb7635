//go:build unix

package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// quietCommands has for each command of the registry a call that ends with 0.
var quietCommands = map[string][]string{
	"":                 {"--version"},
	"export":           {"export", "deals", "--from", "DIR/d.json", "--config", "DIR/none.yaml"},
	"paid":             {"paid", "DIR/i.csv"},
	"ledger":           {"ledger", "--help"},
	"ledger list":      {"ledger", "list"},
	"ledger show":      {"ledger", "show", "D-1"},
	"ledger forget":    {"ledger", "forget", "D-1", "--dry-run"},
	"ledger confirm":   {"ledger", "confirm", "--by-hand", "D-1", "26OP001"},
	"ledger baseline":  {"ledger", "baseline", "--from", "DIR/d.json", "--dry-run"},
	"ledger reconcile": {"ledger", "reconcile", "--orders", "DIR/none.xml", "--from", "DIR/d.json", "--status", "lost"},
	"ledger export":    {"ledger", "export"},
	"validate":         {"validate", "DIR/o.xml"},
	"show":             {"show", "DIR/o.xml"},
	"fields":           {"fields", "order"},
	"profile":          {"profile", "--help"},
	"profile list":     {"profile", "list"},
	"profile show":     {"profile", "show", "raynet-deal"},
	"profile check":    {"profile", "check", "raynet-deal"},
	"schema":           {"schema", "--help"},
	"schema list":      {"schema", "list"},
	"schema export":    {"schema", "export", "DIR/xsd"},
	"doctor":           {"doctor"},
	"init":             {"init", "--config", "DIR/new.yaml", "--ico", "12345679"},
	"completion":       {"completion", "bash"},
	"version":          {"version"},
	"help":             {"help", "errors"},
}

// TestNoOutputWanted: a program that starts pohoda without a standard output, or
// with /dev/null open in any way, gets the exit code of one that reads it, for every
// command of the registry. Only what the ledger would count as delivered is refused.
func TestNoOutputWanted(t *testing.T) {
	var names []string
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		names = append(names, commandName(cmd))
		for _, child := range cmd.Commands() {
			walk(child)
		}
	}
	walk(newRoot(processEnv()))
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, quietCommands, name, "a command without a call here")
			for _, args := range [][]string{quietCommands[name], append([]string{"help"}, strings.Fields(name)...), append([]string{"--json"}, quietCommands[name]...)} {
				for how, flags := range map[string]int{"1<>/dev/null": os.O_RDWR, "1>/dev/null": os.O_WRONLY} {
					want, read := quietRun(t, args, nil)
					null, err := os.OpenFile(os.DevNull, flags, 0)
					require.NoError(t, err)
					defer null.Close()
					out := newStream(null)
					assert.Equal(t, flags == os.O_RDWR, out.Lost())
					code, said := quietRun(t, args, out)
					assert.Equal(t, want, code, "%s %q: %s%s", how, args, said, read)
					assert.Equal(t, exitDone, code, "%s %q: %s%s", how, args, said, read)
				}
			}
		})
	}
}

// quietRun runs a command in a world of its own; nil is a standard output in memory.
func quietRun(t *testing.T, args []string, stdout *stream) (code int, said string) {
	t.Helper()
	s := newShowing(t)
	s.write("none.yaml", "unit: {ico: \"12345679\"}\nledger: none\n")
	s.write("d.json", dealWith(t, []any{"note"}, "x"))
	s.write("i.csv", "Číslo;Datum;Občj;Celkem;K likvidaci\n2600001;3.3.2026;D-1;1210,00;0,00\n")
	s.write("none.xml", `<rsp:responsePack version="2.0" id="orders" state="ok" ico="12345679" xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd" xmlns:lst="http://www.stormware.cz/schema/version_2/list.xsd">`+
		`<rsp:responsePackItem version="2.0" id="orders" state="ok"><lst:listOrder version="2.0" dateTimeStamp="2026-03-17T08:00:00" dateValidFrom="2026-03-17" state="ok"/></rsp:responsePackItem></rsp:responsePack>`)
	require.Equal(t, exitDone, s.run(false, "export", "deals", "--from", "DIR/d.json", "--new", "-o", "DIR/o.xml"))
	if args[len(args)-1] == "lost" { // an order that was exported is missing there
		require.NoError(t, os.Remove(s.path("l.db")))
		require.Equal(t, exitDone, s.run(false, "ledger", "baseline", "--from", "DIR/d.json", "--status", "lost"))
	}
	env := processEnv()
	var out, stderr bytes.Buffer
	env.Stdin, env.Stdout, env.Stderr = strings.NewReader(""), &out, &stderr
	if stdout != nil {
		env.Stdout = stdout
	}
	env.StdinTerminal, env.StdoutTerminal, env.StderrTerminal = false, false, false
	env.Vars, env.UserDir = s.env, ""
	full := []string{}
	if !strings.Contains(strings.Join(args, " "), "--config") {
		full = append(full, "--config", s.path("pohoda.yaml"))
	}
	for _, arg := range args {
		full = append(full, strings.ReplaceAll(arg, here, s.path("")+"/"))
	}
	code = run(t.Context(), env, full)
	return code, out.String() + stderr.String()
}
