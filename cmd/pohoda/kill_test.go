package main

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gopohoda/pohoda/pkg/oracle"
)

// TestKilled proves that nothing is lost and nothing goes twice: whole commands
// are killed at some of their steps and run again, in trials which differ by their
// seeds: so many on SQLite, and a tenth of them on PostgreSQL. A trial that failed
// is repeated by its name and the number of trials:
//
//	POHODA_TEST_FAULTS=500 go test ./cmd/pohoda -run TestKilled/sqlite/seed-123$
func TestKilled(t *testing.T) {
	runs, first := oracle.Faults(t), int(oracle.Seed(t, 1))
	for _, c := range []struct {
		name   string
		trials int
		ledger func(t *testing.T, name, dir string) string
	}{
		{"sqlite", runs, func(_ *testing.T, _, dir string) string { return dir + "/ledger.db" }},
		{"postgres", (runs + 9) / 10, func(t *testing.T, name, _ string) string { return postgresSchema(t, name) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "postgres" {
				postgresServer(t)
			}
			sum := &tally{}
			t.Run("seeds", func(t *testing.T) {
				for seed := first; seed < first+c.trials; seed++ {
					t.Run(fmt.Sprintf("seed-%d", seed), func(t *testing.T) {
						t.Parallel()
						ledgers := map[string]func(dir string) string{}
						for _, name := range []string{"killed", "twin"} {
							ledgers[name] = func(dir string) string { return c.ledger(t, fmt.Sprintf("%s_%d", name, seed), dir) }
						}
						try(t, uint64(seed), sum, ledgers)
					})
				}
			})
			t.Logf("kill test %s: runs %d, commands %d, kills %d, lost %d, doubled %d", c.name, c.trials,
				sum.commands.Load(), sum.kills.Load(), sum.lost.Load(), sum.doubled.Load())
		})
	}
}

// try makes one trial.
func try(t *testing.T, seed uint64, sum *tally, ledgers map[string]func(dir string) string) {
	x := &trial{T: t, rng: rand.New(rand.NewPCG(seed, 0)), fate: rand.New(rand.NewPCG(seed, 1)), tally: sum}
	r := register{}
	worlds := map[string]*world{}
	for name, ledger := range ledgers {
		dir := t.TempDir()
		worlds[name] = newWorld(t, dir, ledger(dir), &r)
	}
	x.killed, x.twin = worlds["killed"], worlds["twin"]
	x.tell()
}
