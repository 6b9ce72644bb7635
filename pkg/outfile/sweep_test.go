package outfile

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a run that was killed left behind goes; what a living one writes, what is
// young, and what others call theirs stays.
func TestSweep(t *testing.T) {
	folder := t.TempDir()
	later := time.Now().Add(2 * sweepAge)
	file := func(name string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte("a part"), 0o600))
		return path
	}
	dead, other := file(".pohoda-DEAD.tmp"), file(".pohoda.tmp")
	living := NewSpool(filepath.Join(folder, "out.xml"))
	_, err := living.Write(make([]byte, spoolInMemory+1))
	require.NoError(t, err)
	defer living.Discard()

	Sweep(folder, time.Now())
	assert.FileExists(t, dead, "it may be another run's that is renaming it")
	Sweep(folder, later)
	assert.NoFileExists(t, dead)
	assert.FileExists(t, other)
	assert.FileExists(t, living.file.Name())
	Sweep(filepath.Join(folder, "nowhere"), later)
}
