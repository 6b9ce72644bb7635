package outfile

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gopohoda/pohoda/pkg/diag"
	"github.com/gopohoda/pohoda/pkg/oracle"
	"github.com/gopohoda/pohoda/pkg/outfile/outfiletest"
)

func spoolOf(t *testing.T, target string, size int) *Spool {
	t.Helper()
	s := NewSpool(target)
	n, err := s.Write(bytes.Repeat([]byte("x"), size))
	require.NoError(t, err)
	require.Equal(t, size, n)
	return s
}

func TestSpoolStaysInMemoryWhileItIsSmall(t *testing.T) {
	folder := t.TempDir()
	target := filepath.Join(folder, "out.xml")
	s := spoolOf(t, target, spoolInMemory)
	assert.Empty(t, outfiletest.FilesIn(t, folder))
	_, err := s.Write([]byte("y"))
	require.NoError(t, err)
	names := outfiletest.FilesIn(t, folder)
	require.Len(t, names, 1)
	assert.NotEqual(t, "out.xml", names[0])
	assert.Equal(t, 1, s.memory.Len(), "what follows is gathered for the next write")
	s.Discard()
	assert.Empty(t, outfiletest.FilesIn(t, folder))
}

func TestSpoolKeepsEveryByte(t *testing.T) {
	random := rand.New(rand.NewPCG(oracle.Seed(t, 1), 2))
	for range 20 {
		folder := t.TempDir()
		target := filepath.Join(folder, "out")
		file, stream := NewSpool(target), NewSpool("")
		var want bytes.Buffer
		for range random.IntN(60) {
			p := make([]byte, random.IntN(16<<10))
			for i := range p {
				p[i] = byte(random.Uint32())
			}
			want.Write(p)
			for _, s := range []*Spool{file, stream} {
				_, err := s.Write(p)
				require.NoError(t, err)
			}
		}
		var got bytes.Buffer
		require.NoError(t, stream.Pour(&got))
		stream.Discard()
		require.NoError(t, file.Place(target))
		assert.True(t, bytes.Equal(want.Bytes(), got.Bytes()))
		assert.True(t, want.String() == outfiletest.Content(t, target))
		assert.Equal(t, []string{"out"}, outfiletest.FilesIn(t, folder))
	}
}

func TestPlaceReplacesInOneStep(t *testing.T) {
	for name, size := range map[string]int{"small": 10, "large": 3 * spoolInMemory} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			target := filepath.Join(folder, "out.xml")
			require.NoError(t, os.WriteFile(target, []byte("before"), 0o600))
			s := spoolOf(t, target, size)
			assert.Equal(t, "before", outfiletest.Content(t, target), "until it is placed")
			require.NoError(t, s.Place(target))
			s.Discard()
			assert.Len(t, outfiletest.Content(t, target), size)
			assert.Equal(t, []string{"out.xml"}, outfiletest.FilesIn(t, folder))
		})
	}
}

func TestADeviceIsWrittenInto(t *testing.T) {
	require.True(t, IsStream(os.DevNull))
	require.NoError(t, spoolOf(t, os.DevNull, 10).Place(os.DevNull))
	assert.True(t, IsStream(os.DevNull))
}

func TestFolderThatIsMissing(t *testing.T) {
	target := filepath.Join(t.TempDir(), "nowhere", "out.xml")
	s := spoolOf(t, target, 10)
	assert.ErrorIs(t, s.Place(target), fs.ErrNotExist)
	_, err := NewSpool(target).Write(make([]byte, spoolInMemory+1))
	assert.ErrorIs(t, err, fs.ErrNotExist)
	assert.NoDirExists(t, filepath.Dir(target))
}

func TestFolderIsNotReplaced(t *testing.T) {
	folder := t.TempDir()
	target := filepath.Join(folder, "out.xml")
	require.NoError(t, os.Mkdir(target, 0o700))
	assert.Error(t, spoolOf(t, target, 10).Place(target))
	assert.DirExists(t, target)
	assert.Equal(t, []string{"out.xml"}, outfiletest.FilesIn(t, folder))
}

func TestPourSaysWhatFailed(t *testing.T) {
	for _, size := range []int{10, spoolInMemory + 10} {
		s := spoolOf(t, "", size)
		assert.EqualError(t, s.Pour(outfiletest.FullDisk{}), "no space left")
		s.Discard()
	}
}

func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pohoda.yaml")
	code := func(err error) diag.Code { return diag.As(err).Code }
	require.NoError(t, WriteFile(path, []byte("one"), false))
	require.NoError(t, WriteFile(path, []byte("one"), false), "it holds the same")
	assert.Equal(t, CodeFileExists, code(WriteFile(path, []byte("two"), false)))
	assert.Equal(t, "one", outfiletest.Content(t, path))
	require.NoError(t, WriteFile(path, []byte("two"), true))
	assert.Equal(t, "two", outfiletest.Content(t, path))
	assert.Equal(t, CodeFileExists, code(WriteFile(filepath.Dir(path), nil, false)))
	assert.Equal(t, CodeCannotWrite, code(WriteFile(filepath.Join(path, "below"), nil, false)))
	assert.Equal(t, []string{"pohoda.yaml"}, outfiletest.FilesIn(t, filepath.Dir(path)))
}
