package diag

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMask(t *testing.T) {
	for text, want := range map[string]string{
		"postgres://me:sesame@db/books?sslmode=disable":    "postgres://db/books",
		"postgresql://me:ses@me@db/books":                  "postgresql://db/books",
		"cannot parse `postgres://me:sesame@db/books`: no": "cannot parse `postgres://db/books`: no",
		"postgres:/me:sesame@db/books":                     "postgres:/db/books",
		"postgresql:me:sesame@db":                          "postgresql:db",
		"postgres:///books?password=sesame&user=me":        "postgres:///books",
		"postgres://me:se same@db/books":                   "postgres://db/books",
		"/home/me/postgres:/me:sesame@db/books":            "/home/me/postgres:/db/books",
		"jdbc:postgresql://me:sesame@db/books":             "jdbc:db/books",
		"host=db password=sesame user=me":                  "host=db password=… user=me",
		"host=db password = 'ses ame' user=me":             "host=db password = … user=me",
		`host=db PASSWORD="ses ame`:                        "host=db PASSWORD=…",
		"https://me:sesame@shop.example/x":                 "https://shop.example/x",
		"{host: db, password: sesame}":                     "{host: db, password: …",
		"deals.csv:12: e-mail me@firm.example":             "deals.csv:12: e-mail me@firm.example",
		"https://shop.example/users/me@firm.example":       "https://shop.example/users/me@firm.example",
		"C:/Users/me@firm/pohoda.yaml":                     "C:/Users/me@firm/pohoda.yaml",
		"a=b, c?d":                                         "a=b, c?d",
	} {
		assert.Equal(t, want, Mask(text), text)
	}
}

// TestMaskPlace: whatever form the place of a ledger has, no part of its password
// is shown.
func TestMaskPlace(t *testing.T) {
	for _, form := range []string{
		"postgres://me:§@db/books", "postgres:/me:§@db/books", "postgres:me:§@db", "postgresql:§@db", "postgres//me:§@db",
		"POSTGRES://me:§@db/books", "jdbc:postgresql://me:§@db", "mysql://me:§@db", "me:§@db/books", "//me:§@db/books",
		"host=db password=§", "password = § host=db", "user=me pwd='§' host=db", "postgres://db/books?password=§&user=me",
		"postgres://db/books?user=me&sslpassword=§", `host=db;Password="§"`, "postgres ://me:§@db", "postgres;//me:§@db", "postgres=//me:§@db", "user=me pass=§", "m:§@db", "//m:§@db", "psql://me:§@db",
		"postgres:\\\\me:§@db",
	} {
		for _, password := range []string{"sesame", "12/34sesame", "sesame#x", "ses@me@sesame", "sesame?a", "a b sesame", "sesame:1"} {
			shown := MaskPlace(strings.ReplaceAll(form, "§", password))
			assert.NotContains(t, shown, "sesame", form)
			assert.NotContains(t, shown, "34", form)
			assert.NotContains(t, shown, ":"+password[:1], form)
		}
	}
}
