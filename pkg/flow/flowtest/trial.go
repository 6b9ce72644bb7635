package flow

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/config"
	"github.com/gopohoda/pohoda/pkg/diag"
)

// trial is an export in a folder of its own, and what came of it.
type trial struct {
	*Export
	folder string
	stdout bytes.Buffer
	told   diag.List
}

// newTrial exports records of one line each from a file.
func newTrial(t testing.TB, records ...string) *trial {
	t.Helper()
	tr := &trial{folder: t.TempDir()}
	c := config.Default()
	c.Unit.ICO = "12345679"
	tr.Export = &Export{
		Config: c, From: tr.file(t, "deals.ndjson", strings.Join(records, "\n")), Format: config.DataPack,
		Stdout: &tr.stdout, Now: time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC),
		Tell: func(issue *diag.Issue) { tr.told.Add(issue) },
	}
	return tr
}

// file puts a file beside the input and gives its path.
func (tr *trial) file(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(tr.folder, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// run runs an export that is not to fail.
func (tr *trial) run(t testing.TB) *Report {
	t.Helper()
	report, err := tr.Run(t.Context())
	require.NoError(t, err)
	return report
}

// fails runs an export that ends with an issue.
func (tr *trial) fails(t *testing.T, code diag.Code) {
	t.Helper()
	_, err := tr.Run(t.Context())
	require.Error(t, err)
	assert.Equal(t, code, diag.As(err).Code, err.Error())
}

// codes are those of what was told, without the two that every deal of the
// sample provokes.
func (tr *trial) codes() []diag.Code {
	codes := []diag.Code{}
	for _, issue := range tr.told {
		if issue.Code != CodeUnchecked && issue.Code != CodeWordUnmapped {
			codes = append(codes, issue.Code)
		}
	}
	return codes
}
