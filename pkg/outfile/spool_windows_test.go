package outfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/windows"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/outfile/outfiletest"
)

// inUse makes a file that somebody has open.
func inUse(t *testing.T) (target string, reader *os.File) {
	t.Helper()
	target = filepath.Join(t.TempDir(), "out.xml")
	require.NoError(t, os.WriteFile(target, []byte("before"), 0o600))
	reader, err := os.Open(target)
	require.NoError(t, err)
	t.Cleanup(func() { _ = reader.Close() })
	return target, reader
}

// A file that somebody has open stays as it was, and the message names it alone.
func TestAFileInUseIsNotReplaced(t *testing.T) {
	target, reader := inUse(t)
	issue := diag.As(WriteFile(target, []byte("after"), true))
	assert.Equal(t, CodeCannotWrite, issue.Code)
	assert.NotContains(t, diag.English.Message(issue), spoolPrefix)
	assert.Equal(t, []string{"out.xml"}, outfiletest.FilesIn(t, filepath.Dir(target)))
	require.NoError(t, reader.Close())
	assert.Equal(t, "before", outfiletest.Content(t, target))
	require.NoError(t, WriteFile(target, []byte("after"), true))
	assert.Equal(t, "after", outfiletest.Content(t, target))
}

// Virus scanners have a file open for moments.
func TestAFileInUseForAMomentIsReplaced(t *testing.T) {
	target, reader := inUse(t)
	time.AfterFunc(replaceTries*replacePause/5, func() { _ = reader.Close() })
	require.NoError(t, WriteFile(target, []byte("after"), true))
	assert.Equal(t, "after", outfiletest.Content(t, target))
}

// A file that is marked as read-only stays.
func TestAReadOnlyFileIsNotReplaced(t *testing.T) {
	if windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil {
		t.Skip("wine replaces such a file, Windows does not")
	}
	target, reader := inUse(t)
	require.NoError(t, reader.Close())
	require.NoError(t, os.Chmod(target, 0o400))
	assert.Equal(t, CodeCannotWrite, diag.As(WriteFile(target, []byte("after"), true)).Code)
	assert.Equal(t, "before", outfiletest.Content(t, target))
	assert.Equal(t, []string{"out.xml"}, outfiletest.FilesIn(t, filepath.Dir(target)))
}

// Letters of either size name the same file, there already or not.
func TestSameFileInOtherLetters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xml")
	other := filepath.Join(filepath.Dir(path), "OUT.XML")
	assert.True(t, SameFile(path, other))
	assert.True(t, SameFile(path, strings.ReplaceAll(path, `\`, "/")))
	assert.False(t, SameFile(path, path+"x"))
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	assert.True(t, SameFile(path, other))
}

func TestOutputThatNamesAFolder(t *testing.T) {
	for _, output := range []string{`out\`, "out/", `C:\out\`, t.TempDir()} {
		assert.True(t, IsFolder(output), output)
	}
	assert.False(t, IsFolder(`out\orders.xml`))
}
