package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/crm/canonical"
	"github.com/gopohoda/pohoda/pkg/money"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// evil is a value that steers a terminal, turns its text and begins a line.
const evil = "ev\x1b]0;pwn\a\x1b[31mil\u009b31m\u202egnp\u2066\u2028\u0085\u200b\ufeff\nforged: a line\r\tforged"

// sly is what of evil an XML can hold.
const sly = "sly\u009b31m\u202egnp\u2066\u2028\u0085\u200b\nforged: a line"

// showing is a world in which commands run as if somebody looked.
type showing struct {
	t   *testing.T
	dir string
	env map[string]string
}

func newShowing(t *testing.T) *showing {
	t.Helper()
	s := &showing{t, t.TempDir(), map[string]string{"NO_COLOR": "1"}}
	s.write("pohoda.yaml", "unit: {ico: \"12345679\"}\nledger: l.db\nencoding: {output: utf-8}\ntexts: cut\n")
	return s
}

func (s *showing) path(name string) string { return filepath.Join(s.dir, name) }

func (s *showing) write(name, content string) string {
	s.t.Helper()
	require.NoError(s.t, os.WriteFile(s.path(name), []byte(content), 0o600))
	return s.path(name)
}

// run runs a command; an argument DIR/x is a file of the world. What the command
// says on a stream for people must be visible; data is said to be its standard output.
func (s *showing) run(data bool, args ...string) int {
	s.t.Helper()
	env := processEnv()
	var stdout, stderr bytes.Buffer
	env.Stdin, env.Stdout, env.Stderr = strings.NewReader(""), &stdout, &stderr
	env.StdinTerminal, env.StdoutTerminal, env.StderrTerminal = false, true, true
	env.Vars, env.UserDir = s.env, ""
	if !slices.Contains(args, "--config") {
		args = append([]string{"--config", s.path("pohoda.yaml")}, args...)
	}
	for n := range args {
		args[n] = strings.ReplaceAll(args[n], here, s.dir+string(filepath.Separator))
	}
	code := run(s.t.Context(), env, args)
	if !data {
		s.assertVisible(stdout.String(), args)
	}
	s.assertVisible(stderr.String(), args)
	return code
}

func (s *showing) assertVisible(text string, args []string) {
	s.t.Helper()
	if !assert.True(s.t, utf8.ValidString(text), args) {
		return
	}
	for line := range strings.Lines(text) {
		assert.False(s.t, strings.HasPrefix(strings.TrimSpace(line), "forged"), "%q forged %q", args, line)
		for _, r := range strings.TrimSuffix(line, "\n") {
			if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
				assert.Fail(s.t, "raw", "%q printed %q", args, line)
				return
			}
		}
	}
}

// everyText gives the places of all texts of a canonical record, by filling one.
func everyText(t *testing.T) [][]any {
	t.Helper()
	var doc trade.Document
	fill(reflect.ValueOf(&doc).Elem(), 0)
	text, err := canonical.Append(nil, trade.Record{Of: &doc})
	require.NoError(t, err)
	var record any
	require.NoError(t, json.Unmarshal(text, &record))
	var places [][]any
	var walk func(at []any, v any)
	walk = func(at []any, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, member := range v {
				walk(append(slices.Clone(at), name), member)
			}
		case []any:
			for n, member := range v {
				walk(append(slices.Clone(at), n), member)
			}
		case string:
			places = append(places, at)
		}
	}
	walk(nil, record)
	return places
}

// fill gives every field of a value something.
func fill(v reflect.Value, depth int) {
	switch v.Interface().(type) {
	case money.Decimal:
		v.Set(reflect.ValueOf(money.FromInt(1)))
		return
	case trade.Date:
		day, _ := trade.ParseDate("2026-03-02")
		v.Set(reflect.ValueOf(day))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Struct:
		for n := range v.NumField() {
			if v.Type().Field(n).IsExported() && depth < 8 {
				fill(v.Field(n), depth+1)
			}
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		if v.Type().Elem().Kind() != reflect.Uint8 {
			fill(v.Index(0), depth+1)
		}
	}
}

// dealWith is a record without fault, with one text replaced.
func dealWith(t *testing.T, at []any, text string) string {
	t.Helper()
	var record any
	require.NoError(t, json.Unmarshal([]byte(`{"kind":"deal","source":{"system":"crm","id":"1"},"number":"D-1","issueDate":"2026-03-02",
		"customer":{"name":"Vzorová","address":{"city":"Brno"}},"currency":"CZK","lines":[{"name":"Stůl","quantity":"1","unitPrice":"1000","vatRate":"21"}]}`), &record))
	list, err := json.Marshal([]any{with(record, at, text)})
	require.NoError(t, err)
	return string(list)
}

// with sets what stands at a place.
func with(v any, at []any, value any) any {
	if len(at) == 0 {
		return value
	}
	switch step := at[0].(type) {
	case string:
		members, _ := v.(map[string]any)
		if members == nil {
			members = map[string]any{}
		}
		members[step] = with(members[step], at[1:], value)
		return members
	default:
		items, _ := v.([]any)
		if len(items) == 0 {
			items = []any{nil}
		}
		items[0] = with(items[0], at[1:], value)
		return items
	}
}

// TestEveryFieldIsShownVisibly puts an evil text into each field of a record, and
// looks at what each command makes of it.
func TestEveryFieldIsShownVisibly(t *testing.T) {
	places := everyText(t)
	require.Greater(t, len(places), 60)
	s := newShowing(t)
	s.write("none.yaml", "unit: {ico: \"12345679\"}\nledger: none\nencoding: {output: utf-8}\ntexts: cut\n")
	var written []string
	for n, at := range places {
		s.write("d.json", dealWith(t, at, evil))
		s.run(false, "export", "deals", "--from", "DIR/d.json", "-o", "DIR/o.xml", "--dry-run", "--config", "DIR/none.yaml")
		s.run(false, "export", "deals", "--from", "DIR/d.json", "-o", "DIR/o.xml", "--dry-run", "--json", "--config", "DIR/none.yaml")
		deal := dealWith(t, at, sly)
		s.write("d.json", deal)
		if code := s.run(false, "export", "deals", "--from", "DIR/d.json", "-o", "DIR/o.xml", "--force", "--config", "DIR/none.yaml"); code != exitDone {
			continue
		}
		s.run(false, "show", "DIR/o.xml")
		s.run(false, "show", "DIR/o.xml", "--json")
		s.run(false, "validate", "DIR/o.xml")
		deal = strings.NewReplacer(`"id":"1"`, `"id":"`+strconv.Itoa(n)+`"`, `"D-1"`, `"D-`+strconv.Itoa(n)+`"`).Replace(deal)
		written = append(written, strings.TrimSuffix(strings.TrimPrefix(deal, "["), "]"))
	}
	t.Logf("places: %d, of them written: %d", len(places), len(written))
	assert.Greater(t, len(written), 30)
	s.write("all.json", "["+strings.Join(written, ",")+"]")
	s.run(false, "export", "deals", "--from", "DIR/all.json", "-o", "DIR/all.xml", "--new", "--skip-invalid")
	for _, c := range [][]string{
		{"ledger", "list"}, {"ledger", "show", "1"}, {"show", "DIR/all.xml"}, {"export", "deals", "--from", "DIR/all.json", "-o", "DIR/p.xml"},
		{"ledger", "reconcile", "--orders", "DIR/all.xml", "--from", "DIR/all.json"}, {"ledger", "forget", "1", "--dry-run"},
	} {
		s.run(false, c...)
	}
}

// TestEveryCommandShowsVisibly goes through the commands that print.
func TestEveryCommandShowsVisibly(t *testing.T) {
	s := newShowing(t)
	for _, name := range []string{"terminal-escape.json", "summary-injection.json"} {
		content, err := os.ReadFile(repository(t, "testdata", "attack", name))
		require.NoError(t, err)
		s.write(name, string(content))
		s.run(false, "export", "deals", "--from", here+name, "-o", "DIR/out/", "--new")
	}
	// All that a ledger remembers of a record, as an older version may have taken it.
	quoted, err := json.Marshal(sly)
	require.NoError(t, err)
	s.write("ids.json", `{"kind":"deal","source":{"system":"crm","id":"9","instance":`+string(quoted)+`},"number":"D-9","title":`+string(quoted)+
		`,"issueDate":"2026-03-02","customer":{"name":`+string(quoted)+`,"address":{"city":"Brno"}},"currency":"CZK","lines":[{"name":"Stůl","quantity":"1","unitPrice":"1000","vatRate":"21"}]}`)
	s.write("ok.json", dealWith(t, []any{"customer", "name"}, sly))
	s.run(false, "export", "deals", "--from", "DIR/ids.json", "-o", "DIR/ids.xml", "--new")
	s.run(false, "export", "deals", "--from", "DIR/ok.json", "-o", "DIR/ok.xml", "--new")
	db := openDB(t, s.path("l.db"))
	_, err = db.Exec(`UPDATE records SET code = $1, number = $1, pohoda_number = $1`, evil)
	require.NoError(t, err)
	_, err = db.Exec(`UPDATE exports SET path = $1, host = $1`, "/tmp/"+evil)
	require.NoError(t, err)
	_, err = db.Exec(`INSERT INTO cursors VALUES (1, $1, $1, '')`, evil)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	s.write("i.csv", "Číslo;Datum;Občj;Celkem;K likvidaci\n\"1"+evil+"\";2.3.2026;\"D-1"+evil+"\";1210,00;0,00\n")
	s.write("bad.xml", "<a b=\"x\u202e\u009b\"><"+"c/></a>")
	s.write("p.yaml", "name: \"\\e[31m\\u202E\\nforged\"\nkind: deal\nformat: json\nsystem: \"\\e\\u009b\"\nrecord:\n  number: r.\"\\e\"\n")
	for _, c := range [][]string{
		{"ledger", "list", "--json"}, {"ledger", "show", "1", "--json"}, {"ledger", "forget", "9", "--dry-run", "--json"}, {"show", "DIR/ok.xml", "--json"}, {"show", "DIR/ids.xml", "--json"},
		{"paid", "DIR/i.csv", "--output", "ndjson"}, {"paid", "DIR/i.csv", "--output", "json"}, {"paid", "DIR/i.csv", "--json"}, {"ledger", "export", "--output", "json"}, {"ledger", "export", "--output", "ndjson"},
		{"ledger", "reconcile", "--orders", "DIR/ok.xml", "--from", "DIR/ok.json", "--json"}, {"profile", "check", "raynet-deal", "DIR/ok.json", "--json"}, {"ledger", "confirm", "--by-hand", "1", "--json", "--dry-run"},
		{"ledger", "list"}, {"ledger", "show", "1"}, {"ledger", "show", "9"}, {"ledger", "show", evil},
		{"ledger", "forget", "9", "--dry-run"}, {"ledger", "forget", evil, "--dry-run"}, {"ledger", "confirm", "--by-hand", "1", evil},
		{"ledger", "confirm", "--by-hand", "9", "--state", evil}, {"ledger", "baseline", "--from", "DIR/ids.json", "--dry-run"},
		{"ledger", "confirm", "DIR/bad.xml"}, {"ledger", "export", "--to", "DIR/l.csv"}, {"ledger", "reconcile", "--orders", "DIR/ok.xml", "--from", "DIR/ok.json"},
		{"ledger", "list", "--state", evil}, {"ledger", "list", "--since", evil},
		{"paid", "DIR/i.csv", "--output", "table"}, {"paid", "DIR/i.csv", "--new", "--output", "table"}, {"paid", "DIR/i.csv", "--to", "DIR/p.csv"},
		{"paid", "DIR/i.csv", "--orders", "DIR/ok.json", "--mark", "--to", "DIR/m.json"}, {"paid", "DIR/i.csv", "--column", evil}, {"paid", "DIR/i.csv", "--column", "order=" + evil},
		{"show", "DIR/bad.xml"}, {"validate", "DIR/bad.xml"}, {"validate", "DIR/bad.xml", "--json"}, {"doctor"}, {"doctor", "--json"},
		{"profile", "check", "DIR/p.yaml"}, {"profile", "check", "DIR/p.yaml", "DIR/ok.json"}, {"profile", "check", "raynet-deal", "DIR/ok.json", "--json"}, {"profile", "show", evil},
		{"export", "deals", "--from", "DIR/ok.json", "--profile", "DIR/p.yaml"}, {"export", "deals", "--from", "DIR/ok.json", "--where", evil},
		{"export", "deal", evil, "--from", "DIR/ok.json"}, {"export", "deals", "--from", "DIR/ok.json", "--status", evil}, {"export", "deals", "--from", "DIR/ok.json", "--as", evil},
		{"export", "deals", "--from", "DIR/ok.json", "--since", evil}, {"export", "deals", "--from", "DIR/ok.json", "--format", evil}, {"export", evil, "--from", "DIR/ok.json"},
		{"fields", evil}, {"help", evil}, {evil}, {"--" + evil}, {"ledger", evil}, {"completion", evil}, {"schema", "export", here + "x" + evil}, {"--lang", evil, "doctor"}, {"--country", evil, "doctor"}, {"--ico", evil, "doctor"},
		{"init", "--ico", evil}, {"init", "--config", here + "new" + evil},
	} {
		s.run(false, c...)
	}
}

// TestFileNamesAreShownVisibly names files after something evil.
func TestFileNamesAreShownVisibly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such names")
	}
	name := strings.ReplaceAll(evil, "/", "")
	s := newShowing(t)
	s.write("ok.json", dealWith(t, []any{"note"}, sly))
	for _, ending := range []string{".json", ".xml", ".csv", ".yaml", ".ndjson"} {
		s.write("bad-"+name+ending, "nothing of the kind")
	}
	content, err := os.ReadFile(s.path("ok.json"))
	require.NoError(t, err)
	s.write("ok-"+name+".json", string(content))
	assert.Equal(t, exitDone, s.run(false, "export", "deals", "--from", here+"ok-"+name+".json", "-o", here+"o-"+name+".xml", "--new"))
	require.NoError(t, os.Mkdir(s.path("dir-"+name), 0o750))
	bad := here + "bad-" + name
	for _, c := range [][]string{
		{"show", here + "o-" + name + ".xml"}, {"validate", here + "o-" + name + ".xml"}, {"validate", here + "o-" + name + ".xml", "--json"}, {"ledger", "list"}, {"ledger", "show", "1"},
		{"export", "deals", "--from", here + "ok-" + name + ".json", "-o", here + "dir-" + name + "/", "--again"},
		{"export", "deals", "--from", here + "ok-" + name + ".json", "-o", here + "o-" + name + ".xml", "--dry-run"},
		{"export", "deals", "--from", bad + ".json"}, {"export", "deals", "--from", bad + ".csv"}, {"export", "deals", "--from", "DIR/ok.json", "--with", bad + ".json", "--again"},
		{"export", "deals", "--from", "DIR/ok.json", "--profile", bad + ".yaml"}, {"export", "deals", "--from", "DIR/ok.json", "-o", bad + ".xml", "--again"}, {"export", "deals", "--from", here + name + "/no.json"},
		{"export", "deals", "--from", "DIR/ok.json", "-o", here + name + "/no.xml", "--again"}, {"export", "deals", "--from", "DIR/ok.json", "-o", here + "o.xml", "--rejects", bad + ".json", "--again"},
		{"validate", bad + ".xml"}, {"show", bad + ".xml"}, {"ledger", "confirm", bad + ".xml"}, {"ledger", "confirm", here + "o-" + name + ".xml"}, {"ledger", "export", "--to", bad + ".csv"}, {"ledger", "export", "--to", here + "l-" + name + ".csv"},
		{"ledger", "reconcile", "--orders", bad + ".xml", "--from", "DIR/ok.json"}, {"paid", bad + ".csv"}, {"paid", bad + ".csv", "--orders", bad + ".json"}, {"profile", "check", bad + ".yaml"}, {"profile", "check", "raynet-deal", bad + ".json"},
		{"schema", "export", here + "schemas-" + name}, {"validate", "DIR/ok.json", "--schema", here + name}, {"doctor", "--config", bad + ".yaml"}, {"doctor", "--config", here + name + "/no.yaml"}, {"init", "--config", bad + ".yaml"},
	} {
		s.run(false, c...)
	}
}

// TestEverySettingIsShownVisibly puts something evil into each setting.
func TestEverySettingIsShownVisibly(t *testing.T) {
	s := newShowing(t)
	s.write("ok.json", dealWith(t, []any{"note"}, sly))
	attack, err := os.ReadFile(repository(t, "testdata", "attack", "doctor-escape.yaml"))
	require.NoError(t, err)
	t.Chdir(t.TempDir()) // a ledger of such a name is made where the command runs
	keys := 0
	var walk func(v reflect.Type, prefix string)
	walk = func(v reflect.Type, prefix string) {
		for field := range v.Fields() {
			tag := field.Tag.Get("yaml")
			switch {
			case tag == "":
			case field.Type.Kind() == reflect.Struct:
				walk(field.Type, prefix+"_"+tag)
			default:
				keys++
				name := "POHODA" + strings.ToUpper(prefix+"_"+tag)
				s.env = map[string]string{"NO_COLOR": "1", name: evil}
				s.run(false, "doctor")
				s.run(false, "export", "deals", "--from", "DIR/ok.json", "-o", "DIR/o"+strconv.Itoa(keys)+".xml", "--again")
			}
		}
	}
	walk(reflect.TypeFor[config.Config](), "")
	assert.Greater(t, keys, 25)
	s.env = map[string]string{"NO_COLOR": "1", "POHODA_" + evil: "x"}
	s.run(false, "doctor")
	value := strconv.QuoteToASCII(strings.ReplaceAll(evil, "\x1b", "\u001b"))
	value = strings.NewReplacer(`\x1b`, `\e`, `\u0085`, `\N`).Replace(value)
	for n, content := range []string{
		string(attack),
		"maps: {payment: {" + value + ": " + value + "}}\n",
		"sources: {" + value + ": {path: " + value + ", with: [" + value + "], columns: {" + value + ": " + value + "}}}\n",
		"defaults: {labels: [" + value + "]}\nstates: {won: [" + value + "]}\n",
		value + ": 1\n", "unit: {" + value + ": 1}\n", "unit: " + value + "\n", "texts: " + value + "\n", "vat: {rates: [{country: " + value + "}]}\n",
		"unit: {ico: \"${" + value + "}\"}\n", "a: [\x1b\u202e\n", "\x1b: \u009b\n- x",
	} {
		file := s.write("c"+strconv.Itoa(n)+".yaml", content)
		s.run(false, "doctor", "--config", file)
		s.run(false, "doctor", "--config", file, "--json")
		s.run(false, "export", "deals", "--from", "DIR/ok.json", "--config", file, "-o", "DIR/cx.xml", "--force")
	}
}

// TestOneWriter: no command writes to a stream but through the one writer of what
// people read. Data go out whole: what is allowed is named here.
func TestOneWriter(t *testing.T) {
	allowed := []string{
		"object.go:openObject",                                                    // JSON
		"profile.go:newProfileShow", "help.go:runHelp", "schema.go:newSchemaList", // texts of the program itself
		"progress.go:clear",
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	calls := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, decl := range parsed.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil || slices.Contains(allowed, file+":"+fn.Name.Name) {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				target, name := calledOn(call)
				calls++
				raw := target == "fmt" && (strings.HasPrefix(name, "Fprint") || strings.HasPrefix(name, "Print")) ||
					target == "io" && name == "WriteString" || target == "tabwriter"
				if to, ok := call.Args[0].(*ast.UnaryExpr); ok && to.Op == token.AND {
					raw = false // into memory
				}
				if raw && len(call.Args) == 2 {
					if inner, ok := call.Args[1].(*ast.CallExpr); ok {
						if on, what := calledOn(inner); on == "diag" && what == "Visible" || on == "b" && what == "String" {
							raw = false
						}
					}
				}
				if to, ok := call.Args[0].(*ast.Ident); ok && to.Name == "b" {
					raw = false
				}
				assert.False(t, raw, "%s: %s writes by %s.%s, and not by pkg/diag", file, fn.Name.Name, target, name)
				return true
			})
		}
	}
	assert.Greater(t, calls, 500)
}

// openDB opens the file of a ledger as pohoda never would.
func openDB(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	return db
}

func calledOn(call *ast.CallExpr) (target, name string) {
	if s, ok := call.Fun.(*ast.SelectorExpr); ok {
		if x, ok := s.X.(*ast.Ident); ok {
			return x.Name, s.Sel.Name
		}
	}
	return "", ""
}
