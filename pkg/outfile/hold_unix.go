//go:build !windows

package outfile

import (
	"io/fs"
	"os"
	"syscall"

	"github.com/natefinch/atomic"
)

// hold marks a file as that of a living process, and tells whether no other has
// it. A disk that knows no locks holds nothing.
func hold(file *os.File) bool {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

// removeUnheld removes a file that no living process holds.
func removeUnheld(path string) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer file.Close()
	if hold(file) {
		_ = os.Remove(path) // what cannot be removed is another's
	}
}

// replace puts a file in the place of another in one step.
func replace(from, to string) error { return atomic.ReplaceFile(from, to) }

// keepOwner gives a file the owner and the group of another, as far as the run may:
// who is not root may at most choose among its own groups.
func keepOwner(file *os.File, other fs.FileInfo) {
	if owner, ok := other.Sys().(*syscall.Stat_t); ok && file.Chown(int(owner.Uid), int(owner.Gid)) != nil {
		_ = file.Chown(-1, int(owner.Gid))
	}
}
