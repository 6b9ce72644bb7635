//go:build !windows

package flow

import (
	"os"
	"syscall"
)

// hold marks a file as that of a living process, and tells whether no other has
// it. A disk that knows no locks holds nothing.
func hold(file *os.File) bool {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
