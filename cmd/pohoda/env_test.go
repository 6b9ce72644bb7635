package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The configuration of the user is found where the system keeps such files; paths
// in it count from there.
func TestUserFolder(t *testing.T) {
	home := t.TempDir()
	variable, folder := "XDG_CONFIG_HOME", home
	switch runtime.GOOS {
	case "windows":
		variable = "AppData"
	case "darwin":
		variable, folder = "HOME", filepath.Join(home, "Library", "Application Support")
	}
	t.Setenv(variable, home)
	t.Chdir(t.TempDir())
	file := filepath.Join(folder, "pohoda", "pohoda.yaml")
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o700))
	require.NoError(t, os.WriteFile(file, []byte("unit: {ico: 12345679}\nledger: books/ledger.db\n"), 0o600))

	env := processEnv()
	assert.Equal(t, folder, env.UserDir)
	c, err := env.Config()
	require.NoError(t, err)
	assert.Equal(t, file, c.File())
	assert.Equal(t, "12345679", c.Unit.ICO)
	assert.Equal(t, filepath.Join(folder, "pohoda", "books", "ledger.db"), string(c.Ledger))
}
