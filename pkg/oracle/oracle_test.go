package oracle

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhatIsAbsentIsNoted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "absent")
	t.Setenv(absences, file)
	t.Setenv("POHODA_REFERENCE", "")
	t.Run("skipped", func(t *testing.T) {
		Reference(t)
		t.Error("went on without the reference")
	})
	Note("a disk")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "POHODA_REFERENCE\na disk\n", string(text))
}

func TestNumbersOfTheEnvironment(t *testing.T) {
	t.Setenv("POHODA_TEST_MUTANTS", "")
	t.Setenv("POHODA_TEST_FAULTS", "7")
	t.Setenv("POHODA_TEST_SEED", "")
	assert.Equal(t, 200, Mutants(t))
	assert.Equal(t, 7, Faults(t))
	assert.Equal(t, uint64(26), Seed(t, 26))
	t.Setenv("POHODA_TEST_SEED", "5")
	assert.Equal(t, uint64(5), Seed(t, 26))
}
