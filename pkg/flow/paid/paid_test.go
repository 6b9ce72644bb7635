package paid

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
)

const someInvoices = "Číslo;Datum;Občj;Celkem;K likvidaci\n1;20.3.2026;A;1210;0\n"

// paidIn makes files in a folder of its own, and is ready to read a.csv there.
func paidIn(t *testing.T, files map[string]string) (*Paid, *bytes.Buffer, string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	c, issues := config.Load(config.Options{Env: map[string]string{}})
	require.Empty(t, issues)
	var out bytes.Buffer
	return &Paid{
		Config: c, Files: []string{filepath.Join(dir, "a.csv")}, Stdin: strings.NewReader(""), Format: "ndjson",
		Stdout: &out, Lang: diag.English, Tell: func(*diag.Issue) {},
	}, &out, dir
}

func TestPaidIsInterrupted(t *testing.T) {
	p, out, _ := paidIn(t, map[string]string{"a.csv": someInvoices})
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	_, err := p.Run(ctx)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, out.String())
}

// TestMarkKeepsTheLayout leaves a byte order mark and line ends where they are.
func TestMarkKeepsTheLayout(t *testing.T) {
	const order = `{"kind":"deal","source":{"system":"crm","id":"1"},"number":"A"`
	p, _, dir := paidIn(t, map[string]string{
		"a.csv": someInvoices, "orders.json": "\uFEFF\r\n[\r\n" + order + "}\r\n]\r\n\r\n",
	})
	p.Orders = filepath.Join(dir, "orders.json")
	p.Mark = p.Orders
	report, err := p.Run(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 1, report.Marked)
	marked, err := os.ReadFile(p.Mark)
	require.NoError(t, err)
	assert.Equal(t, "\uFEFF\r\n[\r\n"+order+`,"payment":{"state":"paid","amountDue":0,"paidAmount":1210}}`+"\r\n]\r\n\r\n", string(marked))

	report, err = p.Run(t.Context())
	require.NoError(t, err)
	assert.Zero(t, report.Marked)
}

// TestOrdersChangedWhileRead refuses to mark records that are not those that
// were read.
func TestOrdersChangedWhileRead(t *testing.T) {
	const deal = `{"kind":"deal","source":{"system":"crm","id":"1"},"number":"A"}`
	for name, now := range map[string]string{
		"another record": strings.Replace(deal, "A", "B", 1),
		"one more":       deal + "\n" + deal,
		"one less":       "",
	} {
		t.Run(name, func(t *testing.T) {
			p, out, dir := paidIn(t, map[string]string{"a.csv": someInvoices, "orders.ndjson": deal})
			p.Orders = filepath.Join(dir, "orders.ndjson")
			p.Mark = filepath.Join(dir, "new.ndjson")
			p.Files = []string{"-"}
			// The standard input is read between the two readings of the orders.
			p.Stdin = &firstRead{before: func() { assert.NoError(t, os.WriteFile(p.Orders, []byte(now), 0o600)) }, r: strings.NewReader(someInvoices)}
			_, err := p.Run(t.Context())
			assert.Equal(t, diag.New(CodeOrdersChanged).WithValue(p.Orders), err)
			assert.NoFileExists(t, p.Mark)
			assert.Empty(t, out.String())
		})
	}
}

// firstRead does something before it is read.
type firstRead struct {
	before func()
	r      io.Reader
}

func (f *firstRead) Read(p []byte) (int, error) {
	if f.before != nil {
		f.before()
		f.before = nil
	}
	return f.r.Read(p)
}
