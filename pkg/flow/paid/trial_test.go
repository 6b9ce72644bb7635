package paid

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/flow"
	"github.com/gopohoda/pohoda/pkg/ledger"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/trade"
)

// paidTrial is a folder of lists and orders with a ledger beside them.
type paidTrial struct {
	t      *testing.T
	config *config.Config
	dir    string
	told   diag.List
	// fault breaks off what is done with the ledger; nil breaks off nothing.
	fault func(step string) error
}

// paidOnBoth runs a test with a ledger in SQLite, and in PostgreSQL where one is
// given.
func paidOnBoth(t *testing.T, test func(*paidTrial)) {
	t.Run("sqlite", func(t *testing.T) { test(newPaidTrial(t, filepath.Join(t.TempDir(), "ledger.db"))) })
	t.Run("postgres", func(t *testing.T) { test(newPaidTrial(t, emptySchema(t))) })
}

func newPaidTrial(t *testing.T, place string) *paidTrial {
	c := config.Default()
	c.Unit.ICO, c.Ledger = "12345679", config.Ledger(place)
	return &paidTrial{t: t, config: c, dir: t.TempDir()}
}

// emptySchema is a schema of the test's own in the PostgreSQL that the environment
// names.
func emptySchema(t *testing.T) string {
	server := oracle.Postgres(t)
	admin, err := sql.Open("pgx", server)
	require.NoError(t, err)
	name := fmt.Sprintf("%.40s_%d", strings.ToLower(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(t.Name(), "_")), os.Getpid())
	for _, text := range []string{`DROP SCHEMA IF EXISTS ` + name + ` CASCADE`, `CREATE SCHEMA ` + name} {
		_, err = admin.Exec(text)
		require.NoError(t, err)
	}
	t.Cleanup(func() {
		_, err := admin.Exec(`DROP SCHEMA ` + name + ` CASCADE`)
		assert.NoError(t, errors.Join(err, admin.Close()))
	})
	u, err := url.Parse(server)
	require.NoError(t, err)
	query := u.Query()
	query.Set("search_path", name)
	u.RawQuery = query.Encode()
	return u.String()
}

// book opens the ledger.
func (tr *paidTrial) book() *flow.Ledger {
	b, err := flow.OpenLedger(tr.t.Context(), flow.LedgerOptions{
		Config: tr.config, Now: func() time.Time { return time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC) },
		Holder: "test", Required: true, Tell: func(i *diag.Issue) { tr.told.Add(i) }, Fault: tr.step,
	})
	require.NoError(tr.t, err)
	return b
}

func (tr *paidTrial) step(name string) error {
	if tr.fault == nil {
		return nil
	}
	return tr.fault(name)
}

// export writes down that deals were exported; a deal is its id, its number in
// POHODA and, where they differ, its code.
func (tr *paidTrial) export(deals ...[3]string) {
	b := tr.book()
	defer b.Close()
	var items []ledger.Item
	for _, d := range deals {
		code := d[1]
		if d[2] != "" {
			code = d[2]
		}
		items = append(items, ledger.Item{
			Key:  ledger.Key{System: "crm", Kind: trade.Deal, ID: d[0], Target: "order"},
			Code: code, OrderNumber: d[1], ID: "crm:deal:" + d[0] + ":order", Content: d[0], Document: d[0],
		})
	}
	id, err := b.Begin(tr.t.Context(), ledger.Export{Path: "orders.xml", Digest: "d", Pack: "crm"}, func(yield func(ledger.Item) bool) {
		for _, i := range items {
			if !yield(i) {
				return
			}
		}
	})
	require.NoError(tr.t, err)
	require.NoError(tr.t, b.Placed(tr.t.Context(), id))
}

// file writes a file and gives its path.
func (tr *paidTrial) file(name, text string) string {
	path := filepath.Join(tr.dir, name)
	require.NoError(tr.t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// list writes a list of invoices.
func (tr *paidTrial) list(rows ...string) string {
	return tr.file("a.csv", "Číslo;Datum;Občj;Celkem;K likvidaci\n"+strings.Join(rows, "\n")+"\n")
}

// run runs paid over a list with the ledger and gives what it wrote, an order and
// its state a line.
func (tr *paidTrial) run(p Paid, rows ...string) (*Report, string) {
	p.Ledger = tr.book()
	defer p.Ledger.Close()
	report, out, err := tr.try(p, rows...)
	require.NoError(tr.t, err)
	return report, out
}

func (tr *paidTrial) try(p Paid, rows ...string) (*Report, string, error) {
	var out bytes.Buffer
	tr.told = nil
	p.Config, p.Files, p.Format, p.Stdout, p.Lang = tr.config, []string{tr.list(rows...)}, "ndjson", &out, diag.English
	p.Stdin, p.Tell = strings.NewReader(""), func(i *diag.Issue) { tr.told.Add(i) }
	report, err := p.Run(context.Background())
	return report, strings.Join(said(out.String()), " "), err
}

// said are the orders of an output with their states.
func said(out string) []string {
	var lines []string
	for _, match := range regexp.MustCompile(`(?m)^\{"order":"([^"]*)","state":"([^"]*)"`).FindAllStringSubmatch(out, -1) {
		lines = append(lines, match[1]+" "+match[2])
	}
	return lines
}

// payments are what the ledger has of some orders.
func (tr *paidTrial) payments(orders ...string) string {
	b := tr.book()
	defer b.Close()
	known, err := b.Payments(tr.t.Context(), orders)
	require.NoError(tr.t, err)
	var lines []string
	for _, order := range orders {
		if p, ok := known[order]; ok {
			lines = append(lines, fmt.Sprintf("%s %s %s", order, p.State, p.Due))
		}
	}
	return strings.Join(lines, ", ")
}

// events counts what the ledger tells of payments.
func (tr *paidTrial) events() (count int) {
	b := tr.book()
	defer b.Close()
	for e, err := range b.Entries(tr.t.Context(), ledger.Filter{}) {
		require.NoError(tr.t, err)
		story, err := b.History(tr.t.Context(), e.RowID)
		require.NoError(tr.t, err)
		for _, event := range story.Events {
			if event.Kind == ledger.EventPayment {
				count++
			}
		}
	}
	return count
}
