package main

import (
	"path/filepath"
	"testing"
)

// TestRound runs the scripts of a whole round, from a CRM's deals to their
// payment, over SQLite, and over PostgreSQL where one is given.
func TestRound(t *testing.T) {
	rounds := filepath.Join(scripts, "round")
	t.Run("sqlite", func(t *testing.T) { runScripts(t, rounds, "POHODA_LEDGER=ledger.db") })
	t.Run("postgres", func(t *testing.T) { runScripts(t, rounds, "POHODA_LEDGER="+postgresSchema(t, "round")) })
}
