package outfile

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/natefinch/atomic"
	"golang.org/x/sys/windows"
)

// hold marks a file as that of a living process. Windows does that by itself: it
// removes no file that is open.
func hold(*os.File) {}

// removeUnheld removes a file that no living process holds. It is not opened
// before: its own handle would keep it, too.
func removeUnheld(path string) {
	_ = os.Remove(path) // what cannot be removed is another's
}

// A file that is in use is tried so often, for a second in all, before it counts as
// one that cannot be replaced. Virus scanners and indexers open a new file for
// moments.
const (
	replaceTries = 50
	replacePause = 20 * time.Millisecond
)

// replace puts a file in the place of another in one step. Windows refuses that
// while somebody has the other open, and says so in two ways.
func replace(from, to string) error {
	for try := 1; ; try++ {
		err := atomic.ReplaceFile(from, to)
		inUse := errors.Is(err, windows.ERROR_ACCESS_DENIED) || errors.Is(err, windows.ERROR_SHARING_VIOLATION)
		if !inUse || try == replaceTries {
			return err
		}
		time.Sleep(replacePause)
	}
}

// keepOwner does nothing: a file in a folder of Windows takes over its rights.
func keepOwner(*os.File, fs.FileInfo) {}
