// Package flowtest has what the tests of the use cases share: records, and an export
// in a folder of its own.
package flowtest

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
	"github.com/gopohoda/pohoda/pkg/flow/export"
	"github.com/gopohoda/pohoda/pkg/unit"
)

// Trial is an export in a folder of its own, and what came of it.
type Trial struct {
	*export.Export
	Folder  string
	Printed bytes.Buffer
	Told    diag.List
}

// NewTrial exports records of one line each from a file.
func NewTrial(t testing.TB, records ...string) *Trial {
	t.Helper()
	tr := &Trial{Folder: t.TempDir()}
	c := config.Default()
	c.Unit.ICO = "12345679"
	tr.Export = &export.Export{
		Config: c, From: tr.WriteFile(t, "deals.ndjson", strings.Join(records, "\n")), Format: config.DataPack,
		Stdout: &tr.Printed, Now: time.Date(2026, 3, 17, 9, 0, 0, 0, time.UTC),
		Tell: func(issue *diag.Issue) { tr.Told.Add(issue) },
	}
	return tr
}

// WriteFile puts a file beside the input and gives its path.
func (tr *Trial) WriteFile(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(tr.Folder, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// RunsWell runs an export that is not to fail.
func (tr *Trial) RunsWell(t testing.TB) *export.Report {
	t.Helper()
	report, err := tr.Run(t.Context())
	require.NoError(t, err)
	return report
}

// Fails runs an export that ends with an issue.
func (tr *Trial) Fails(t *testing.T, code diag.Code) {
	t.Helper()
	_, err := tr.Run(t.Context())
	require.Error(t, err)
	assert.Equal(t, code, diag.As(err).Code, err.Error())
}

// Codes are those of what was told, without the three that every deal of the
// sample provokes.
func (tr *Trial) Codes() []diag.Code {
	codes := []diag.Code{}
	for _, issue := range tr.Told {
		if issue.Code != unit.CodeUnchecked && issue.Code != unit.CodeWordUnmapped && issue.Code != export.CodeFieldUnsaid {
			codes = append(codes, issue.Code)
		}
	}
	return codes
}
