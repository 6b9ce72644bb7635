package config

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMisspeltLedger(t *testing.T) {
	for _, place := range []Ledger{
		"host=db password=x", "password=x", "dbname=books host=db", " HOST = db", "host=db;Password=x",
		"postgres:/me:x@db/books", "postgres:me:x@db", "postgresql:", "postgresql:/db", "Postgres://db/books", "POSTGRES://me:x@db",
		"postgre://db", "pgsql:db", "psql:/db", "mysql://db/books", "jdbc:postgresql://db/books", "postgres//me:x@db", "postgres;//db",
		"file:l.db?_key=x", "PGPASSWORD=x", "l.db?key=x", "me:x@db/books", "m:x@db/books", "//me:x@db/books", `postgres:\\me:x@db`, " postgres://db",
		"postgres://me:12/34@db/books", "postgres://me:12#4@db/books", "postgres://me:1?2@db", "https://db/books",
		"postgres ://me:x@db", "postgres=//me:x@db", "user=me pass=x", "m:x@db", "m:x@db:5432/books",
	} {
		assert.True(t, place.isMisspelt(), "%q", string(place))
	}
	for _, place := range []Ledger{
		"ledger.db", "./a b/ledger.db", "/var/lib/pohoda/ledger.db", `C:\Users\me@firm\ledger.db`, "C:/ledger.db", "none", "",
		"postgres/ledger.db", "postgres.db", "ledger@home.db", "year=2026.db", "kniha: 2026.db",
		"postgres://db/books", "postgresql://me:x%2F@db:5432/books?sslmode=disable", "postgres:///books?host=/var/run/postgresql",
		"postgres://me@db/books?options=-c%20x=a@b",
	} {
		assert.False(t, place.isMisspelt(), "%q", string(place))
	}
}
