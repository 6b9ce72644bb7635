package pohodatest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/pohoda/pack"
)

// Official gives the folder of STORMWARE's own schemas.
func Official(t *testing.T) (schemas, samples string) {
	oracle.XMLLint(t)
	reference := oracle.Reference(t)
	return filepath.Join(reference, "pohoda", "xsd"), filepath.Join(reference, "pohoda", "samples")
}

// VerdictOf validates a file.
func VerdictOf(t *testing.T, v *pack.Validator, file string) pack.Verdict {
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	verdict, err := v.Validate(bytes.NewReader(content), file, func(*diag.Issue) {})
	require.NoError(t, err)
	return verdict
}
