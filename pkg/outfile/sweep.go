package outfile

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Temporary files are hidden, and named so that they are known again.
const spoolPrefix, spoolSuffix = ".pohoda-", ".tmp"

// sweepAge is how old a temporary file is at least that a run takes for a dead
// one's: one that lives holds its file but for a moment before it renames it.
const sweepAge = time.Minute

// Sweep removes the temporary files that runs left in a folder which were killed:
// they hold parts of what was never delivered.
func Sweep(folder string, now time.Time) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), spoolPrefix) || !strings.HasSuffix(entry.Name(), spoolSuffix) {
			continue
		}
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || now.Sub(info.ModTime()) < sweepAge {
			continue
		}
		removeUnheld(filepath.Join(folder, entry.Name()))
	}
}
