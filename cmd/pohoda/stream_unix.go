//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// wasClosed tells a stream that the process was started without. Go puts /dev/null
// in its place, open for reading and writing. A shell that directs a stream there
// opens it for writing alone; other programs open it as Go does, and cannot be told
// from a stream that was closed.
func wasClosed(file *os.File) bool {
	info, err := file.Stat()
	null, errNull := os.Stat(os.DevNull)
	if err != nil || errNull != nil || !os.SameFile(info, null) {
		return err != nil
	}
	flags, err := unix.FcntlInt(file.Fd(), unix.F_GETFL, 0)
	return err == nil && flags&unix.O_ACCMODE == unix.O_RDWR
}
