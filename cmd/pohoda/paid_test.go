package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/flow"
)

// TestPaidWaitsForAnotherRun asks while another run has the unit, and writes when
// it is over.
func TestPaidWaitsForAnotherRun(t *testing.T) {
	dir := t.TempDir()
	list, place := filepath.Join(dir, "a.csv"), filepath.Join(dir, "ledger.db")
	require.NoError(t, os.WriteFile(list, []byte("Číslo;Datum;Občj;Celkem;K likvidaci\n1;20.3.2026;A;100;0\n"), 0o600))
	c := config.Default()
	c.Unit.ICO, c.Ledger = "12345679", config.Ledger(place)
	other, err := flow.OpenLedger(t.Context(), flow.LedgerOptions{Config: c, Now: time.Now, Holder: "export deals"})
	require.NoError(t, err)
	defer other.Close()

	paid := func(flags ...string) (code int, out, said string) {
		env, stdout, stderr := testEnv()
		env.Now = time.Now
		env.Vars["POHODA_LEDGER"] = place
		code = run(t.Context(), env, append([]string{"paid", list, "--ico", "12345679"}, flags...))
		return code, stdout.String(), stderr.String()
	}
	code, out, said := paid()
	assert.Equal(t, exitDone, code, said)
	assert.Contains(t, out, `"order":"A"`, "who only asks waits for nobody")
	for _, flags := range [][]string{{"--mark"}, {"--new", "--wait", "10ms"}} {
		code, out, said = paid(flags...)
		assert.Equal(t, exitLocked, code, flags)
		assert.Empty(t, out)
		assert.Contains(t, said, "export deals (process ")
	}
	time.AfterFunc(100*time.Millisecond, func() { other.Close() })
	code, out, said = paid("--new", "--wait", "1m")
	assert.Equal(t, exitDone, code, said)
	assert.Contains(t, out, `"order":"A"`)
}
