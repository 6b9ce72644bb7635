package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// oldLedgers are the folders of ledgers that older versions have made; each holds
// ledger.db, ledger.sql, records.ndjson and shop.ndjson.
func oldLedgers(t *testing.T) []string {
	t.Helper()
	folders, err := filepath.Glob(filepath.Join(root, "testdata", "ledger", "*"))
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	return folders
}

// TestLedgersStay opens ledgers of older versions: nothing of them is sent again, no
// item has another id, and the records are taken over with one note, once.
func TestLedgersStay(t *testing.T) {
	for _, folder := range oldLedgers(t) {
		t.Run(filepath.Base(folder)+" sqlite", func(t *testing.T) {
			dir := t.TempDir()
			content, err := os.ReadFile(filepath.Join(folder, "ledger.db"))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, "ledger.db"), content, 0o600))
			staysAsItWas(t, dir, folder, filepath.Join(dir, "ledger.db"))
		})
		t.Run(filepath.Base(folder)+" postgres", func(t *testing.T) {
			server := os.Getenv("POHODA_TEST_POSTGRES")
			if server == "" {
				t.Skip("POHODA_TEST_POSTGRES is not set")
			}
			staysAsItWas(t, t.TempDir(), folder, restored(t, server, filepath.Join(folder, "ledger.sql")))
		})
	}
}

// restored reads a dump into a schema of the test's own.
func restored(t *testing.T, server, dump string) (place string) {
	t.Helper()
	content, err := os.ReadFile(dump)
	require.NoError(t, err)
	const schema = "pohoda_test_stays"
	db, err := sql.Open("pgx", server)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := db.ExecContext(context.Background(), `DROP SCHEMA IF EXISTS `+schema+` CASCADE`)
		assert.NoError(t, err)
		assert.NoError(t, db.Close())
	})
	_, err = db.Exec(`DROP SCHEMA IF EXISTS ` + schema + ` CASCADE`)
	require.NoError(t, err)
	text := regexp.MustCompile(`\bledger_[0-9a-f]{7}\b`).ReplaceAllString(string(content), schema)
	for statement := range strings.SplitSeq(text, ";\n") {
		if strings.TrimSpace(statement) != "" {
			_, err = db.Exec(statement)
			require.NoError(t, err, statement)
		}
	}
	u, err := url.Parse(server)
	require.NoError(t, err)
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String()
}

// itemIDs are the ids of the items in a file for POHODA.
var itemIDs = regexp.MustCompile(`<dat:dataPackItem [^>]*id="([^"]*)"`)

func idsIn(t *testing.T, file string) (ids []string) {
	t.Helper()
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, found := range itemIDs.FindAllStringSubmatch(string(content), -1) {
		ids = append(ids, found[1])
	}
	return ids
}

func staysAsItWas(t *testing.T, dir, folder, place string) {
	t.Helper()
	t.Chdir(dir)
	require.NoError(t, os.WriteFile("pohoda.yaml", []byte("unit: {ico: \"12345679\"}\nlines: {link: never}\nledger: \""+filepath.ToSlash(place)+"\"\n"), 0o600))
	records, shop := filepath.Join(folder, "records.ndjson"), filepath.Join(folder, "shop.ndjson")
	before := entriesByCode(t)
	require.Len(t, before, 9)

	// What is in the ledger is not sent; what was forgotten counts as new, as it did.
	code, _, said := runs(t, "export", "deals", "--from", records, "--new", "--dry-run")
	require.Equal(t, exitDone, code, said)
	assert.Contains(t, said, "records that an older version of pohoda wrote down: 6;", "a dry run says it as well")
	code, _, said = runs(t, "export", "deals", "--from", records, "--new", "-o", "new.xml")
	require.Equal(t, exitDone, code, said)
	assert.Equal(t, []string{"crm:firma:deal:5:order"}, idsIn(t, "new.xml"))
	assert.Equal(t, 1, strings.Count(said, "an older version of pohoda"), said)
	assert.Contains(t, said, `deal OP-26-8: warning: it was transferred, is accepted in the ledger, and has changed since: note`)
	assert.NotContains(t, said, "OP-26-2")
	code, _, said = runs(t, "export", "orders", "--from", shop, "--new", "-o", "shop.xml")
	require.Equal(t, exitDone, code, said)
	assert.NoFileExists(t, "shop.xml")
	assert.Contains(t, said, "an older version of pohoda wrote down: 1;")

	// Once is enough, and what had changed before still has.
	code, _, said = runs(t, "export", "deals", "--from", records, "--new", "-o", "again.xml")
	require.Equal(t, exitDone, code, said)
	assert.NoFileExists(t, "again.xml")
	assert.NotContains(t, said, "an older version")
	assert.Contains(t, said, `OP-26-8: warning: it was transferred, is accepted in the ledger, and has changed since: note`)

	// From now on a change is a change.
	content, err := os.ReadFile(records)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile("changed.ndjson", []byte(strings.Replace(string(content), `"Zakázka 2"`, `"Jiná zakázka"`, 1)), 0o600))
	code, _, said = runs(t, "export", "deals", "--from", "changed.ndjson", "--new", "--dry-run")
	require.Equal(t, exitDone, code, said)
	assert.Contains(t, said, `OP-26-2: warning: it was transferred, is accepted in the ledger, and has changed since: title`)

	// The states, the numbers of POHODA, the payments and the ids are what they were.
	after := entriesByCode(t)
	for name, was := range before {
		is := after[name]
		for _, key := range []string{"state", "pohodaId", "pohodaNumber", "payment", "revision", "item", "exportedAt", "changed"} {
			if name == "OP-26-5" {
				continue // it was exported above
			}
			assert.Equal(t, was[key], is[key], "%s of %s", key, name)
		}
	}
	code, _, said = runs(t, "export", "deals", "--from", records, "--again", "-o", "all.xml", "--skip-invalid")
	require.Contains(t, []int{exitDone, exitRefused}, code, said)
	assert.Equal(t, []string{
		"crm:firma:deal:1:order", "crm:firma:deal:2:order", "crm:firma:deal:3:order", "crm:firma:deal:4:order",
		"crm:firma:deal:5:order", "crm:firma:deal:7:order:2:delete", "crm:firma:deal:7:order:2", "crm:firma:deal:8:order",
	}, idsIn(t, "all.xml"))
	code, _, said = runs(t, "export", "orders", "--from", shop, "--again", "-o", "shop.xml")
	require.Equal(t, exitDone, code, said)
	assert.Equal(t, []string{"shop%3Aeu:a%3Ab:order:2026/0001:order"}, idsIn(t, "shop.xml"))
}

// entriesByCode are the entries of the ledger by their codes.
func entriesByCode(t *testing.T) map[string]map[string]any {
	t.Helper()
	code, stdout, stderr := runs(t, "ledger", "list", "--json")
	require.Equal(t, exitDone, code, stderr)
	var list struct {
		Entries []map[string]any `json:"entries"`
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &list))
	all := map[string]map[string]any{}
	for _, e := range list.Entries {
		all[e["code"].(string)] = e
	}
	return all
}

// landed are the digests of the migrations that landed. A ledger out there was made
// by them, so none of them is ever edited: a further one is a further line here.
var landed = map[string]string{
	"00001_ledger.sql": "80b89dd259b826b7921fe09b559077be2a7232a577fe554fc6ac7f0c9ed99f8d",
}

func TestAMigrationThatLandedStays(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "pkg", "ledger", "migrations", "*"))
	require.NoError(t, err)
	var names []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		digest := sha256.Sum256(content)
		names = append(names, filepath.Base(file))
		assert.Equal(t, landed[filepath.Base(file)], hex.EncodeToString(digest[:]), "%s was edited: write a new migration", file)
	}
	for name := range landed {
		assert.True(t, slices.Contains(names, name), "%s is gone", name)
	}
}
