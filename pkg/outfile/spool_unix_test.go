//go:build unix

package outfile

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/outfile/outfiletest"
)

func modeOf(t *testing.T, file string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(file)
	require.NoError(t, err)
	return info.Mode().Perm()
}

func TestPermissions(t *testing.T) {
	for _, c := range []struct {
		name         string
		umask        int
		before, want fs.FileMode
		private      bool
	}{
		{"all may read", 0o022, 0, 0o644, false},
		{"a group may write", 0o002, 0, 0o664, false},
		{"nobody else may read", 0o077, 0, 0o600, false},
		{"a private file that is there stays private", 0o022, 0o600, 0o600, false},
		{"a file for a group stays one", 0o022, 0o660, 0o660, false},
		{"a file to read only stays one", 0o022, 0o444, 0o444, false},
		{"rejects are private", 0o022, 0, 0o600, true},
		{"rejects that were there keep their mode", 0o022, 0o640, 0o640, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer syscall.Umask(syscall.Umask(c.umask))
			target := filepath.Join(t.TempDir(), "out")
			if c.before != 0 {
				require.NoError(t, os.WriteFile(target, nil, 0o600))
				require.NoError(t, os.Chmod(target, c.before))
			}
			s := NewSpool(target)
			s.Private = c.private
			require.NoError(t, s.Place(target))
			assert.Equal(t, c.want, modeOf(t, target))
		})
	}
}

func TestSpoolIsPrivateForAStream(t *testing.T) {
	folder := outfiletest.TemporaryFolder(t)
	s := spoolOf(t, "", spoolInMemory+1)
	defer s.Discard()
	names := outfiletest.FilesIn(t, folder)
	require.Len(t, names, 1)
	assert.Equal(t, fs.FileMode(0o600), modeOf(t, filepath.Join(folder, names[0])))
}

func TestWhoReadsTheOldFileReadsAllOfIt(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out.xml")
	require.NoError(t, os.WriteFile(target, []byte("before"), 0o600))
	reader, err := os.Open(target)
	require.NoError(t, err)
	defer reader.Close()
	require.NoError(t, spoolOf(t, target, 10).Place(target))
	old, err := io.ReadAll(reader)
	require.NoError(t, err)
	assert.Equal(t, "before", string(old))
}

func TestPipeIsWrittenInto(t *testing.T) {
	for name, size := range map[string]int{"small": 10, "large": spoolInMemory + 10} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			target := filepath.Join(folder, "pipe")
			require.NoError(t, syscall.Mkfifo(target, 0o600))
			got := make(chan int)
			go func() {
				file, err := os.Open(target)
				assert.NoError(t, err)
				defer file.Close()
				text, err := io.ReadAll(file)
				assert.NoError(t, err)
				got <- len(text)
			}()
			s := spoolOf(t, target, size)
			require.NoError(t, s.Place(target))
			s.Discard()
			assert.Equal(t, size, <-got)
			assert.Equal(t, []string{"pipe"}, outfiletest.FilesIn(t, folder))
		})
	}
}

func TestFolderThatIsReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		oracle.Absent(t, "a user other than root", "root writes anywhere")
	}
	folder := t.TempDir()
	require.NoError(t, os.Chmod(folder, 0o500))
	target := filepath.Join(folder, "out")
	assert.ErrorIs(t, spoolOf(t, target, 1).Place(target), fs.ErrPermission)
	assert.Empty(t, outfiletest.FilesIn(t, folder))
}
