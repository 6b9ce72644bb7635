//go:build unix

package outfile

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
)

// elsewhere is a folder on another file system, "" where there is none.
func elsewhere(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "pohoda-test-*") //nolint:usetesting // that is the file system of the test
	if err != nil {
		return ""
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// TestLinksStay: a target that is a symbolic link stays one, and the file that it
// leads to is written, small or large, and keeps its mode.
func TestLinksStay(t *testing.T) {
	for name, c := range map[string]struct {
		// link makes the link and gives the file that it leads to.
		link  func(t *testing.T, link string) string
		there bool
	}{
		"to a file": {func(t *testing.T, link string) string {
			file := filepath.Join(t.TempDir(), "real.xml")
			require.NoError(t, os.Symlink(file, link))
			return file
		}, true},
		"that dangles": {func(t *testing.T, link string) string {
			file := filepath.Join(t.TempDir(), "real.xml")
			require.NoError(t, os.Symlink(file, link))
			return file
		}, false},
		"relative, to a link, out of a linked folder": {func(t *testing.T, link string) string {
			root := filepath.Dir(link)
			require.NoError(t, os.MkdirAll(filepath.Join(root, "a", "b"), 0o750))
			require.NoError(t, os.Symlink(filepath.Join("a", "b"), filepath.Join(root, "c")))
			require.NoError(t, os.Symlink(filepath.Join("c", "second"), link))
			// ".." is the folder a, and not that of the link.
			require.NoError(t, os.Symlink(filepath.Join("..", "real.xml"), filepath.Join(root, "a", "b", "second")))
			return filepath.Join(root, "a", "real.xml")
		}, true},
		"to another file system": {func(t *testing.T, link string) string {
			folder := elsewhere(t)
			if folder == "" {
				t.Skip("there is no other file system")
			}
			file := filepath.Join(folder, "real.xml")
			require.NoError(t, os.Symlink(file, link))
			return file
		}, true},
	} {
		for _, size := range []int{10, spoolInMemory + 10} {
			t.Run(name, func(t *testing.T) {
				defer syscall.Umask(syscall.Umask(0o022))
				link := filepath.Join(t.TempDir(), "out.xml")
				file := c.link(t, link)
				want := fs.FileMode(0o644)
				if c.there {
					require.NoError(t, os.WriteFile(file, []byte("old"), 0o600))
					require.NoError(t, os.Chmod(file, 0o640))
					want = 0o640
				}
				for n, s := range []*Spool{NewSpool(link), NewSpool(filepath.Join(filepath.Dir(link), "x"))} {
					content := bytes.Repeat([]byte{'x' + byte(n)}, size)
					_, err := s.Write(content)
					require.NoError(t, err)
					require.NoError(t, s.PlaceAs(link, true))
					assertLink(t, link)
					got, err := os.ReadFile(file)
					require.NoError(t, err)
					assert.True(t, bytes.Equal(content, got))
					assert.Equal(t, want, modeOf(t, file))
					assert.Equal(t, []string{"real.xml"}, regularIn(t, filepath.Dir(file)), "nothing else is left there")
					assert.Empty(t, regularIn(t, filepath.Dir(link)))
				}
			})
		}
	}
}

func assertLink(t *testing.T, link string) {
	t.Helper()
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&fs.ModeSymlink, "it is a link still")
}

// regularIn are the files of a folder that are no links and no folders.
func regularIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		if e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names
}

// TestTheOwnerStays: who may give a file away leaves it to its owner.
func TestTheOwnerStays(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root gives files away")
	}
	target := filepath.Join(t.TempDir(), "out.xml")
	require.NoError(t, os.WriteFile(target, nil, 0o600))
	require.NoError(t, os.Chown(target, 1234, 2345))
	require.NoError(t, NewSpool(target).Place(target))
	info, err := os.Stat(target)
	require.NoError(t, err)
	owner := info.Sys().(*syscall.Stat_t)
	assert.Equal(t, []uint32{1234, 2345}, []uint32{owner.Uid, owner.Gid})
}

func TestLinksThatLeadNowhere(t *testing.T) {
	folder := t.TempDir()
	loop, gone, dir := filepath.Join(folder, "loop"), filepath.Join(folder, "gone"), filepath.Join(folder, "dir")
	require.NoError(t, os.Symlink("loop", loop))
	require.NoError(t, os.Symlink(filepath.Join("nowhere", "x"), gone))
	require.NoError(t, os.Symlink(t.TempDir(), dir))
	for target, want := range map[string]diag.Code{loop: CodeCannotWrite, gone: CodeNoFolder, dir: CodeCannotWrite} {
		s := NewSpool(target)
		_, err := s.Write([]byte("x"))
		require.NoError(t, err)
		err = s.PlaceAs(target, true)
		require.Error(t, err, target)
		assert.Equal(t, want, diag.As(err).Code, target)
		assertLink(t, target)
		s.Discard()
	}
	assert.Empty(t, regularIn(t, folder))
}

// TestTwoLinksToOneFile: two outputs of a run meet behind links that dangle.
func TestTwoLinksToOneFile(t *testing.T) {
	folder := t.TempDir()
	a, b := filepath.Join(folder, "a"), filepath.Join(folder, "b")
	require.NoError(t, os.Symlink("real", a))
	require.NoError(t, os.Symlink(filepath.Join(".", "real"), b))
	assert.True(t, SameFile(a, b))
	assert.True(t, SameFile(a, filepath.Join(folder, "real")))
	assert.False(t, SameFile(a, filepath.Join(folder, "other")))
}

// TestAConfigurationIsNobodyElsesToWrite whatever the umask.
func TestAConfigurationIsNobodyElsesToWrite(t *testing.T) {
	for umask, want := range map[int]fs.FileMode{0: 0o644, 0o002: 0o644, 0o022: 0o644, 0o077: 0o600} {
		func() {
			defer syscall.Umask(syscall.Umask(umask))
			path := filepath.Join(t.TempDir(), "pohoda.yaml")
			require.NoError(t, WriteFile(path, []byte("unit: {}\n"), false))
			assert.Equal(t, want, modeOf(t, path))
		}()
	}
}
