package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/SOURCES.md says where each file of examples and tests comes from, and
// of none that is not there.
func TestEveryFileHasASource(t *testing.T) {
	const root = "../.."
	text, err := os.ReadFile(filepath.Join(root, "testdata", "SOURCES.md"))
	require.NoError(t, err)
	used := map[string]int{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(text), -1) {
		used[row[1]] = 0
	}
	require.NotEmpty(t, used)
	require.NoError(t, filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			if name := entry.Name(); err == nil && strings.HasPrefix(name, ".") && file != root {
				return fs.SkipDir
			}
			return err
		}
		name := filepath.ToSlash(file[len(root)+1:])
		if !strings.HasPrefix(name, "examples/") && !strings.Contains("/"+name, "/testdata/") {
			return nil
		}
		found := false
		for pattern := range used {
			matches, err := path.Match(pattern, name)
			require.NoError(t, err)
			if matches || strings.HasSuffix(pattern, "/") && strings.HasPrefix(name, pattern) {
				used[pattern]++
				found = true
			}
		}
		assert.True(t, found, "testdata/SOURCES.md does not say where %s comes from", name)
		return nil
	}))
	for pattern, files := range used {
		assert.NotZero(t, files, "testdata/SOURCES.md speaks of %s, which is not there", pattern)
	}
}
