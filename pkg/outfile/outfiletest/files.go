// Package outfiletest has what tests of written files share.
package outfiletest

import (
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// FilesIn lists the names in a folder.
func FilesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Content is the text of a file.
func Content(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

// TemporaryFolder is where temporary files of streams lie during a test.
func TemporaryFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	t.Setenv("TMP", folder) // Windows
	return folder
}

// FullDisk takes nothing.
type FullDisk struct{}

func (FullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }
