package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/pohoda"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// scripts are the folders of the scripts; a script is one or more calls of
// pohoda with what they must print and leave behind.
const scripts = "../../testdata/script"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pohoda": main, killed: mainKilled})
}

func TestScripts(t *testing.T) { runScripts(t, scripts) }

// TestErrors runs the scripts that provoke each issue code, one a code.
func TestErrors(t *testing.T) { runScripts(t, filepath.Join(scripts, "errors")) }

func runScripts(t *testing.T, dir string, variables ...string) {
	reference := os.Getenv("POHODA_REFERENCE")
	if reference != "" {
		absolute, err := filepath.Abs(reference)
		require.NoError(t, err)
		reference = absolute
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			env.Values[holding{}] = &holding{}
			env.Setenv("REFERENCE", reference)
			env.Setenv("REPO", root)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, ".config"))
			env.Vars = append(env.Vars, variables...)
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name == "reference" {
				if reference == "" {
					oracle.Note("POHODA_REFERENCE")
				}
				return reference != "", nil
			}
			// What some scripts need further agendas may take away.
			if list, ok := strings.CutPrefix(name, "unwritten:"); ok {
				return !slices.Contains(pohoda.UnitLists(), list), nil
			}
			if kind, ok := strings.CutPrefix(name, "becomes-nothing:"); ok {
				return len(pohoda.Reachable([]trade.Kind{trade.Kind(kind)}, "")) == 0, nil
			}
			return false, errors.New("unknown condition " + name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"cmpxml":  cmpXML,
			"cp1250":  encodedAs(charmap.Windows1250),
			"exits":   exitsCmd,
			"hold":    hold,
			"repeat":  repeat,
			"sql":     sqlCmd,
			"utf16":   encodedAs(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
			"utf16le": encodedAs(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)),
		},
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
	})
}

// exitsCmd runs a command that must end with a code: exits CODE COMMAND [ARG...].
func exitsCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// encodedAs makes a command that writes a UTF-8 file in another encoding:
// cp1250 IN OUT; utf16 marks the order of its bytes, utf16le does not.
func encodedAs(e encoding.Encoding) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 2 {
			ts.Fatalf("usage: cp1250|utf16|utf16le IN OUT")
		}
		encoded, err := e.NewEncoder().String(ts.ReadFile(args[0]))
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(encoded), 0o600))
	}
}

// repeat appends a text to a file so many times, # in it being the number of
// the time: repeat FILE TIMES TEXT.
func repeat(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: repeat FILE TIMES TEXT")
	}
	times, err := strconv.Atoi(args[1])
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	ts.Check(err)
	defer file.Close()
	out := bufio.NewWriter(file)
	for i := 1; i <= times; i++ {
		_, _ = out.WriteString(strings.ReplaceAll(args[2], "#", strconv.Itoa(i)))
	}
	ts.Check(out.Flush())
}

// cmpXML compares two XML files by what they say: cmpxml GOT WANT.
func cmpXML(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: cmpxml GOT WANT")
	}
	got, err := plainXML(ts.ReadFile(args[0]))
	ts.Check(err)
	want, err := plainXML(ts.ReadFile(args[1]))
	ts.Check(err)
	if (got == want) == neg {
		ts.Fatalf("%s:\n%s\n%s:\n%s", args[0], got, args[1], want)
	}
}

func TestPlainXML(t *testing.T) {
	one, err := plainXML("<?xml version=\"1.0\" encoding=\"Windows-1250\"?>\n<a:x xmlns:a=\"u\" c=\"1\" b=\"\xe8\"><!-- n --><a:y/>\n</a:x>")
	require.NoError(t, err)
	two, err := plainXML(`<x xmlns="u" b="č" c="1"><y></y></x>`)
	require.NoError(t, err)
	assert.Equal(t, two, one)
	three, err := plainXML(`<x xmlns="u" b="č" c="1"><y> </y>z</x>`)
	require.NoError(t, err)
	assert.NotEqual(t, two, three)
}

// unscripted are the codes that no input provokes, why, and the test that does.
var unscripted = map[diag.Code]string{
	"field-required":        "no agenda that ships needs it: cmd/pohoda, TestFurtherAgendas",
	"ledger-busy":           "SQLite would wait for 20 seconds: pkg/ledger, TestAFileThatIsKept",
	"ledger-full":           "needs a full disk: pkg/ledger, TestNoRoomLeft",
	"ledger-lock-lost":      "needs a run that sleeps for a minute: pkg/ledger, TestTheLeaseOfARunElsewhere",
	"ledger-never-replaced": "POHODA deletes orders, and nothing else is exported yet: pkg/flow, TestOnlyWhatPohodaDeletesIsReplaced",
	"mark-orders-changed":   "a script cannot change a file while it is read: pkg/flow, TestOrdersChangedWhileRead",
	diag.Unexpected:         "nobody foresaw it: TestPanicIsReported",
	"own-output-invalid":    "no input leads to it, a fault of the tool would: pkg/flow, TestOwnFaultIsReported",
	"vat-country-unknown":   "units and rates are Czech or Slovak, and OSS has vat-oss-level: pkg/vat, TestLevel",
}

// TestEveryCodeHasAScript holds each issue code to a script of its name that
// sees the code in a report.
func TestEveryCodeHasAScript(t *testing.T) {
	var missing []string
	for _, code := range diag.Codes() {
		// ledger-item-unknown is an answer's: it comes with ledger confirm.
		if unscripted[code] != "" || code == "ledger-item-unknown" {
			continue
		}
		script, err := os.ReadFile(filepath.Join(scripts, "errors", string(code)+".txtar"))
		if err != nil || !strings.Contains(string(script), `"code":"`+string(code)+`"`) {
			missing = append(missing, string(code))
		}
	}
	if len(missing) > 0 {
		t.Errorf("codes without a script in testdata/script/errors that looks for their \"code\":\n%s", strings.Join(missing, "\n"))
	}
}

// TestEveryScriptHasACode finds scripts whose code is gone.
func TestEveryScriptHasACode(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(scripts, "errors", "*.txtar"))
	require.NoError(t, err)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		assert.True(t, slices.Contains(diag.Codes(), diag.Code(name)), "no code %s", name)
		assert.NotContains(t, unscripted, diag.Code(name))
	}
	for code := range unscripted {
		assert.True(t, slices.Contains(diag.Codes(), code), "no code %s", code)
	}
}
